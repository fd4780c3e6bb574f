"""Ce que le carnet d'accueil apporte au cas ; voir `socle.dossier`."""

from ..questions.controle import Controle, Diagnostic
from ..questions.registre import Registre
from ..socle.nombres import euros
from . import installation

ATELIERS = {"essai": (".essai_exercice:Essai", ".essai_atelier:AtelierEssai")}
FIGURES = {"cas": ".carte_figure:figure_cas"}
REPONSES = {"ma_reponse": "essai"}
STAGIAIRES, GRATIFICATION_EUR = 4, 1315.0  # inventés : s'entraîner n'apprend rien du cas


def controles(cas: Registre) -> dict[str, Controle]:
    """La question d'essai, hors du sujet : combien verse-t-on en tout aux stagiaires ?"""
    somme = Diagnostic(
        "somme", GRATIFICATION_EUR + STAGIAIRES,
        "Vous avez additionné : chaque stagiaire reçoit ce montant, il faut multiplier.", None, "1319",
    )  # fmt: skip
    total = STAGIAIRES * GRATIFICATION_EUR
    essai = Controle("essai", "total versé aux stagiaires", total, "eur", None, diagnostics=(somme,),
                     calcul=f"{STAGIAIRES} × {euros(GRATIFICATION_EUR)}")  # fmt: skip
    return {essai.code: essai}


def verifier_installation(cas: Registre) -> installation.Installation:
    """Tout est-il en place sur cet ordinateur ? Voir `installation.verifier_installation`."""
    return installation.verifier_installation(cas)
