"""Ce que l'on demande au cas d'une façon qu'il n'attend pas se dit en français."""

import inspect
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from types import ModuleType

import matplotlib.pyplot as plt
import numpy as np
import pytest

from cerdd_case import Cas, ErreurCas
from cerdd_case.socle import dossier
from cerdd_case.socle.appels import verifier_appel
from cerdd_case.socle.memoire import Memoire

CAS = Cas(memoire=Memoire())
DEMANDES = [nom for nom in dir(CAS) if nom[0] != "_" and callable(getattr(CAS, nom))]
ETRANGES = [14, "non", None, [7, 8], {"a": 1}, True, float("nan")]


@pytest.mark.parametrize(
    ("nom", "arguments", "options", "dit"),
    [
        ("question", (), {}, "Donnez : numero"), ("lire", (), {}, "Donnez"),
        ("indice", (), {}, "Donnez : question. Vous pouvez aussi donner : rang"),
        ("grille", (), {}, "Donnez : question"), ("annexe", (), {}, "Donnez"),
        ("atelier", (), {}, "Donnez : nom"), ("seuil", (), {}, "cas.seuil ne s'appelle pas ainsi"),
        ("regles", (), {}, "Donnez : projection"), ("suivi", (), {"truc": 1}, "option : truc. Vous"),
        ("verifier", ("2.3", 5, True, 3), {}, "cas.verifier ne s'appelle pas ainsi"),
        ("projeter", (2,), {}, "avec son nom : nom=valeur"),
        ("projecteur", ("non",), {}, r"« actif », oui ou non \(True ou False\). Vous avez donné 'non'"),
        ("regles", (14,), {}, r"une projection, comme celle que rend cas.projeter\(\)"),
        ("regles", (CAS.projeter,), {}, "« projeter » sans ses parenthèses"),
        ("comparer", (CAS.annexe(4),), {}, "Vous avez donné un tableau"),
        ("comparer", (CAS,), {}, "Vous avez donné un objet Cas"),
        ("lire", ([7, 8],), {}, "« numero », un nombre entier ou un texte entre guillemets"),
        ("glossaire", (7,), {}, "« mot », un texte entre guillemets. Vous avez donné 7"),
        ("montrer", (CAS.annexe(4),), {"colonnes": [3]}, "« colonnes », une liste de textes"),
        ("montrer", (CAS.annexe(4),), {"colonnes": ["x"]}, "Pas de colonne « x ».*Choisissez"),
        ("part_publique", ("etat", 3), {}, "« postes », un texte entre guillemets"),
        ("figure", ("cascade", CAS.annexe(4)), {}, r"comme celui que rend cas.ecarts\(\)"),
        ("atelier", ("indicateur",), {"complete": True}, "pas de réponse proposée"),
        ("atelier", ("web",), {"complete": "oui"}, r"« complete », oui ou non \(True ou False\)"),
    ],
)  # fmt: skip
def test_un_appel_mal_ecrit_dit_ce_qui_est_attendu(nom, arguments, options, dit):
    with pytest.raises(ErreurCas, match=dit):
        getattr(CAS, nom)(*arguments, **options)


@pytest.mark.parametrize("reponses", ["x", [4], {4: 1}, {"mois_embauche": []}])
def test_des_reponses_mal_donnees(reponses):
    for nom in ("simulateur", "sensibilite", "finalites"):
        with pytest.raises(ErreurCas):
            CAS.atelier(nom, reponses=reponses)


def test_un_choix_qui_n_est_pas_un_texte_se_dit():
    with pytest.raises(ErreurCas, match="INT-06"):
        CAS.atelier("finalites", reponses={"INT-06": ["finalite"]})


def test_une_demande_garde_son_nom_et_sa_documentation():
    assert CAS.lire.__name__ == "lire" and CAS.projeter.__doc__


def accepte(demande, *arguments, **options):
    """Réussit, ou lève `ErreurCas` : toute autre erreur fait échouer l'essai."""
    with suppress(ErreurCas):
        demande(*arguments, **options)
    plt.close("all")


def essayer(demande, signature: inspect.Signature, *debut):
    """Chaque valeur étrange à la place de chaque argument, par son rang puis par son nom."""
    for valeur in ETRANGES:
        accepte(demande, *debut, valeur)
        accepte(demande, *debut, valeur, valeur)
        for p in signature.parameters.values():
            if p.kind is p.POSITIONAL_OR_KEYWORD:
                accepte(demande, *debut, **{p.name: valeur})


@pytest.mark.parametrize("nom", DEMANDES)
def test_aucune_demande_ne_leve_une_erreur_de_python(nom):
    demande = getattr(CAS, nom)
    essayer(demande, inspect.signature(demande))


@pytest.mark.parametrize("nom", dossier.figures())
def test_aucune_figure_ne_leve_une_erreur_de_python(nom):
    for valeur in ETRANGES:
        accepte(CAS.figure, nom, valeur)
        for option in list(inspect.signature(dossier.figure(nom)).parameters)[1:]:
            accepte(CAS.figure, nom, **{option: valeur})


@pytest.mark.parametrize("nom", dossier.ateliers())
def test_aucun_atelier_ne_leve_une_erreur_de_python(nom):
    depart = dossier.exercice(nom)(CAS).depart
    for valeur in ETRANGES:
        accepte(CAS.atelier, nom, valeur)
        accepte(CAS.atelier, nom, complete=valeur)
        for reponse in list(depart)[:2]:
            accepte(CAS.atelier, nom, {reponse: valeur})


def test_une_erreur_de_python_se_verrait():
    with pytest.raises(AttributeError):
        accepte(lambda mot: mot.strip(), 14)


def test_chaque_argument_d_une_demande_dit_son_genre():
    """Sans annotation, rien ne se vérifierait."""
    fonctions = {f"cas.{nom}": getattr(Cas, nom, None) for nom in DEMANDES} | dossier.demandes()
    fonctions |= {f"figure {nom}": figure for nom, figure in dossier.figures().items()}
    muets = [
        f"{nom}, {p.name}"
        for nom, fonction in fonctions.items() if fonction
        for p in list(inspect.signature(fonction).parameters.values())[1:]
        if p.annotation is p.empty
    ]  # fmt: skip
    assert muets == []


@pytest.mark.parametrize(
    ("demande", "nom", "proche"),
    [("atelier", "VOTE", "vote"), ("atelier", "Vote ", "vote"), ("figure", "Cascade", "cascade"),
     ("figure", "calendirer", "calendrier"), ("atelier", "stratégie", "strategie")],
)  # fmt: skip
def test_un_nom_mal_ecrit_propose_le_plus_proche(demande, nom, proche):
    with pytest.raises(ErreurCas, match=f'Vouliez-vous écrire "{proche}"'):
        getattr(CAS, demande)(nom)


def piece(nom: str, **apports) -> ModuleType:
    """Un module `apports` d'une pièce inventée."""
    module = ModuleType(f"cerdd_case.{nom}.apports")
    module.__package__ = f"cerdd_case.{nom}"
    for fonction in filter(inspect.isfunction, apports.values()):
        fonction.__module__ = module.__name__
    vars(module).update(apports)
    return module


@pytest.mark.parametrize(
    ("lire", "fabrique", "dit"),
    [
        (dossier.ateliers, lambda: {"ATELIERS": {"vote": ("a", "b")}}, "L'atelier « vote »"),
        (dossier.figures, lambda: {"FIGURES": {"vote": "a"}}, "La figure « vote »"),
        (dossier.demandes.__wrapped__, lambda: {"voter": lambda cas: 1}, "La demande « voter »"),
        (lambda: dossier.controles(CAS), lambda: {"controles": lambda cas: {"2.3": 1}},
         "La réponse chiffrée « 2.3 »"),
    ],
)  # fmt: skip
def test_deux_dossiers_ne_prennent_pas_le_meme_nom(monkeypatch, lire, fabrique, dit):
    pieces = (piece("dossier_8", **fabrique()), piece("dossier_9", **fabrique()))
    monkeypatch.setattr(dossier, "modules", lambda: pieces)
    with pytest.raises(ErreurCas, match=f"{dit} est dans deux dossiers, dossier_8 et dossier_9"):
        lire()


def test_aucune_demande_d_un_dossier_ne_prend_le_nom_d_une_du_cas():
    assert [nom for nom in dossier.demandes() if hasattr(Cas, nom)] == []


def test_un_nombre_est_un_nombre_quel_que_soit_son_type():
    def demande(cas, part: float, rang: int, oui: bool = True):
        """Un nombre, un rang."""

    for part in (1, 0.5, Decimal("0.5"), Fraction(1, 2), np.float32(0.5), np.int64(1)):
        verifier_appel("Ici", demande, CAS, part, np.int64(2), np.bool_(True))
    for part, rang in ((True, 2), ("0,5", 2), (0.5, 2.5), (0.5, True)):
        with pytest.raises(ErreurCas, match="Ici attend, pour « (part|rang) », un nombre"):
            verifier_appel("Ici", demande, CAS, part, rang)
