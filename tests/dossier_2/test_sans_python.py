"""Le simulateur sans Python dit, au signe près, ce que dit Python."""

import json
import math
import os
import random
import subprocess
from pathlib import Path

import pandas as pd
import pytest
from outils import cas_change, programme

from cerdd_case import Cas, projeter
from cerdd_case.donnees.hypotheses import LIMITES, VARIABLES, Hypotheses, champs
from cerdd_case.dossier_2.projection import POSTES
from cerdd_case.dossier_2.projection_figure import FigureBudget
from cerdd_case.dossier_2.reglages import REGLAGES
from cerdd_case.dossier_2.regles import conclure, juger
from cerdd_case.dossier_2.sensibilite import phrase_prix_volume
from cerdd_case.dossier_2.simulateur_autonome import exporter, simulateur_autonome
from cerdd_case.socle.erreurs import ErreurCas
from cerdd_case.socle.typographie import typographier

pytestmark = pytest.mark.entiere

CAS = Cas()
BUDGET, CONTEXTE = CAS.annexe(4), CAS.contexte
TIRAGES, FIGURES = 20_000, 200
ESSAI = Path(__file__).with_name("projection.test.mjs")


def sur_un_pas(champ: str, hasard: random.Random) -> float:
    """Une valeur où le curseur peut s'arrêter."""
    *_, minimum, maximum, pas = REGLAGES[champ]
    return round(minimum + pas * hasard.randint(0, round((maximum - minimum) / pas)), 6)


def n_importe_ou(champ: str, hasard: random.Random) -> float:
    """Une valeur admise, même hors du curseur."""
    return hasard.uniform(*LIMITES[champ][1:3])


def tirer(nombre: int):
    """Des hypothèses : sur les pas des curseurs, n'importe où, puis au ras des plafonds."""
    hasard = random.Random(2015)
    for rang in range(nombre):
        choisir = n_importe_ou if rang % 2 else sur_un_pas
        h = {champ: choisir(champ, hasard) for champ in VARIABLES}
        h["mois_embauche"] = hasard.randint(1, 12)
        if hasard.random() < 0.75:
            del h["charges_personnel_eur"]
        if hasard.random() < 0.6:
            h["projet_exceptionnel_eur"] = 0
        yield CAS.hypotheses(**h, investissement_indexe=hasard.random() < 0.5)
    for champ in VARIABLES:
        for projet in (0, 50_000):
            autres = (
                {} if champ == "projet_exceptionnel_eur" else {"projet_exceptionnel_eur": projet}
            )
            trouve = CAS.seuil(champ, **autres)
            if champ == "mois_embauche" or trouve is None:
                continue
            for ecart in (0, 1e-7, -1e-7, 1e-6, 1e-5, 1e-4, -1e-4, 1e-3):
                minimum, maximum = LIMITES[champ][1:3]
                voulu = min(max(trouve * (1 + ecart), minimum), maximum)
                yield CAS.hypotheses(**autres, **{champ: voulu})


def dire(h: Hypotheses, figure: FigureBudget) -> dict:
    """Ce que Python dit de ces hypothèses, tel que la page le montre."""
    p = projeter(BUDGET, h)
    regles = juger(p, CONTEXTE)
    textes = [conclure(p, CONTEXTE), phrase_prix_volume(BUDGET, h), figure.actualiser(p)]
    textes += [texte for _, libelle, _, _, _, dit in regles for texte in (libelle, dit)]
    phrase, prix_volume, alternative, *dites = typographier("\n".join(textes)).split("\n")
    jugees = [None if respectee is pd.NA else respectee for *_, respectee, _ in regles]
    return {
        "hypotheses": champs(h),
        "montants": {poste: p.montant(poste) for poste in POSTES},
        "total": p.total_eur,
        "ue": p.ue_eur,
        "part": nombre_ou_rien(p.part_ue),
        "evolution": nombre_ou_rien(p.evolution_part),
        "phrase": phrase,
        "regles": list(zip(dites[::2], jugees, dites[1::2], strict=True)),
        "prix_volume": prix_volume,
        "alternative": alternative,
    }


def nombre_ou_rien(valeur: float) -> float | None:
    return None if math.isnan(valeur) else valeur


def ecrire(fichier: Path, nombre: int) -> int:
    """Écrit les réglages, puis les tirages et ce qu'en dit Python ; renvoie combien."""
    figure, lignes = FigureBudget(BUDGET, CONTEXTE), [exporter(CAS)]
    tous = list(tirer(nombre))
    for rang, h in enumerate(tous):
        lignes.append(dire(h, figure))
        if rang % (len(tous) // FIGURES | 1) == 0:  # un pas impair : les deux sortes de tirages
            lignes[-1]["devant"] = figure.devant()
    texte = "\n".join(json.dumps(li, ensure_ascii=False, allow_nan=False) for li in lignes)
    fichier.write_text(texte, encoding="utf-8")
    return len(tous)


def comparer(fichier: Path, abime: tuple[str, str] | None = None) -> subprocess.CompletedProcess:
    """Lance Node sur ces tirages."""
    node = programme("node", "le simulateur sans Python n'a pas été comparé.")
    reglages = {"CERDD_TIRAGES": str(fichier)} | (
        {"CERDD_ABIME": json.dumps(abime)} if abime else {}
    )
    return subprocess.run(
        [node, "--test", ESSAI], env={**os.environ, **reglages},
        capture_output=True, text=True, encoding="utf-8", timeout=120,
    )  # fmt: skip


def test_vingt_mille_tirages_donnent_les_memes_montants_et_les_memes_phrases(tmp_path):
    combien = ecrire(tmp_path / "tirages.jsonl", TIRAGES)
    essai = comparer(tmp_path / "tirages.jsonl")
    assert essai.returncode == 0, essai.stdout[-5000:] + essai.stderr[-1000:]
    assert combien > TIRAGES and f"comparé {combien} tirages, " in essai.stdout


@pytest.fixture(scope="module")
def tirages(tmp_path_factory):
    fichier = tmp_path_factory.mktemp("tirages") / "tirages.jsonl"
    ecrire(fichier, 2_000)
    return fichier


@pytest.mark.parametrize(
    "abime",
    [
        ("bas % 2", "true"),  # un demi toujours vers le haut
        ("v.toFixed(2)", "v.toFixed(3)"),
        ("(13 - h.mois_embauche) / 12)", "(12 - h.mois_embauche) / 12)"),
        ("part <= plafond + cas.tolerance", "part <= plafond"),
        ("[1, 2, 3]", "[1, 2]"),  # moins de décimales au ras du plafond
        ("v < 0 && /[1-9]/.test(texte)", "v < 0"),
        ("droite * 0.84", "droite * 0.85"),
        ("p.part < 0) return", "p.part < -1) return"),
        ("par rapport à 2014, dont", "par rapport à 2014 dont"),
    ],
    ids=lambda abime: abime[0],
)
def test_un_script_abime_se_verrait(tirages, abime):
    essai = comparer(tirages, abime)
    assert essai.returncode == 1 and "Python " in essai.stdout


def test_sans_rien_abimer_le_meme_essai_passe(tirages):
    assert comparer(tirages).returncode == 0


def test_au_depart_le_bloc_est_celui_de_2014_et_ne_contient_pas_le_budget_du_sujet():
    bloc, sujet = simulateur_autonome(CAS), projeter(BUDGET, CONTEXTE.hypotheses)
    assert '"ouverture":"2014"' in bloc
    for montant in (sujet.total_eur, sujet.ue_eur, sujet.montant("personnel")):
        assert str(int(montant)) not in bloc
    assert '"ouverture":"sujet"' in simulateur_autonome(CAS, depart="sujet")
    with pytest.raises(ErreurCas, match="ne part pas de « 2013 »"):
        simulateur_autonome(CAS, depart="2013")


def test_le_bloc_suit_les_donnees_du_cas():
    cle = ("hypothese", "charges_hors_personnel", "taux")
    change = exporter(cas_change({"annexe-06-hypotheses": {cle: 0.03}}))
    assert change["hypotheses"]["sujet"]["taux_charges"] == 0.03
    (curseur,) = (c for c in change["curseurs"] if c["champ"] == "taux_charges")
    assert curseur["repere"] == 0.03
