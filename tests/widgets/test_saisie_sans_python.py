"""Sans Python, un curseur ne lit que ce que Python lit aussi, et de la même façon."""

import csv
import json
import random
import subprocess
from pathlib import Path

from outils import programme

from cerdd_case.socle.erreurs import ErreurCas
from cerdd_case.socle.nombres import MOIS
from cerdd_case.widgets.curseur import PAGES, Curseur

TABLES = Path(__file__).parents[1] / "socle" / "nombres"
UNITES = ("etp", "part", "points", "eur", "mois", "entier", "nombre")
LIRE = """
const { lire } = await import("data:text/javascript," + encodeURIComponent(SCRIPT));
const lues = (textes, unite) => textes.map((t) => lire(t, { ...BORNES, unite }).valeur ?? null);
console.log(JSON.stringify(UNITES.map((unite) => lues(TEXTES, unite))));
"""
BORNES = {"minimum": -1e9, "maximum": 1e9, "valeur": 1, "repere": None}


def textes() -> list[str]:
    """Ce que l'on tape : nos tables, tous les débuts de mois, des nombres bien ou mal écrits."""
    lignes = [
        ligne
        for nom in ("nombres.csv", "autres_nombres.csv", "jugements.csv")
        for ligne in csv.DictReader((TABLES / nom).open(encoding="utf-8"))
    ]
    tapes = [json.loads(li["saisie_json"]) for li in lignes]
    tapes += [m[:n] + fin for m in MOIS for n in range(len(m) + 1) for fin in ("", ".")]
    hasard = random.Random(2015)
    for _ in range(1_500):
        nombre = "".join(hasard.choices("0123456789", k=hasard.randint(1, 7)))
        coupe = hasard.randint(0, len(nombre))
        signe = hasard.choice(["", "", "-", "−", "+"])
        milieu = hasard.choice(["", ",", ".", " ", "\u202f", "\u00a0"])
        fin = hasard.choice(["", "", " %", "%", " €", "\u00a0ETP", " etp", " pt", " pts", " k€"])
        tapes.append(signe + nombre[:coupe] + milieu + nombre[coupe:] + fin)
    return [t for t in tapes if isinstance(t, str)]


def test_ce_qui_est_lu_sans_python_est_lu_de_meme_par_python():
    node = programme("node", "la saisie sans Python n'a pas été comparée.")
    tapes = textes()
    script = "".join(
        (PAGES / f"{nom}.js").read_text(encoding="utf-8") for nom in ("curseur", "hote")
    )
    donnees = {"SCRIPT": script, "TEXTES": tapes, "UNITES": UNITES, "BORNES": BORNES}
    entete = "".join(f"const {nom} = {json.dumps(v)};" for nom, v in donnees.items())
    essai = subprocess.run(
        [node, "--input-type=module"], input=entete + LIRE, capture_output=True, text=True,
        encoding="utf-8", check=True,
    )  # fmt: skip
    ecarts, lus = [], 0
    for unite, valeurs in zip(UNITES, json.loads(essai.stdout), strict=True):
        curseur = Curseur("Temps", 1.0, aide="Par semaine.", unite=unite, minimum=-1e9, maximum=1e9)
        for tape, valeur in zip(tapes, valeurs, strict=True):
            if valeur is None:
                continue
            lus += 1
            try:
                attendu = curseur.lire(tape)
            except ErreurCas as refus:
                attendu = str(refus)
            if isinstance(attendu, str) or abs(attendu - valeur) > 1e-15 * max(1, abs(valeur)):
                ecarts.append(f"{unite} : « {tape} » : {valeur}, et pour Python {attendu}")
    assert ecarts == [] and lus > 1_500
