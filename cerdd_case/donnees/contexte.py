"""Ce que les annexes fixent pour le budget 2015 : effectif, hypothèses, lignes indexées, règles.

`Cas` construit un `Contexte` depuis ses propres données ; les calculs le reçoivent. Deux cas ouverts
sur deux dossiers ne se voient donc pas, et aucun calcul n'ouvre de fichier.
"""

from dataclasses import dataclass

from ..socle.erreurs import ErreurDonnees, ErreurHypothese
from .hypotheses import TAUX_PAR_RECETTE, Hypotheses, valider
from .paquet import Donnees

PLAFOND_UE, PLAFOND_UE_EXCEPTIONNEL = "plafond_ue", "plafond_ue_exceptionnel"

TEMPS_PLEINS, MI_TEMPS, SALARIES = "INT-52", "INT-53", "INT-51"
EMBAUCHES, MOIS_EMBAUCHE, HAUSSE_SALAIRE, SECOURS = "D2-09", "D2-11", "D2-12", "D2-15"
CHARGES, ETAT, AUTRES_RECETTES = "charges_hors_personnel", "recettes_etat", "autres_recettes"


@dataclass(frozen=True)
class Regle:
    """Une règle de bonne gestion de l'annexe 3.

    `seuil` vaut nan quand elle n'est pas chiffrée ; `lecture_proposee` : l'annexe ne dit pas comment la
    vérifier, la mesure est celle de la collection.
    """

    code: str
    libelle: str
    seuil: float
    lecture_proposee: bool = False


@dataclass(frozen=True)
class Contexte:
    """Ce que le sujet fixe, une fois pour toutes.

    - `hypotheses` : celles de l'énoncé et de l'annexe 6, effectif et lignes indexées compris ;
    - `salaries` (personnes) : introduction, § 7 ;
    - `secours_eur` (eur) : charges de personnel de qui n'a pas répondu à 2.3 (énoncé, § 8) ;
    - `regles` : annexe 3, dans l'ordre.
    """

    hypotheses: Hypotheses
    salaries: float
    secours_eur: float
    regles: tuple[Regle, ...]

    @property
    def plafonds(self) -> tuple[float, float]:
        """Les plafonds européens (parts) : ordinaire, puis avec projet exceptionnel."""
        seuils = {regle.code: regle.seuil for regle in self.regles}
        return seuils[PLAFOND_UE], seuils[PLAFOND_UE_EXCEPTIONNEL]

    def plafond(self, projet_exceptionnel: bool = False) -> float:
        """Le plafond européen (part) qui s'applique."""
        return self.plafonds[1 if projet_exceptionnel else 0]


def contexte(donnees: Donnees) -> Contexte:
    """Lit l'introduction, l'énoncé du dossier 2, les annexes 3 et 6.

    Lève `ErreurDonnees` : fait ou ligne absents, taux hors limites, avec le fichier et la ligne.
    """
    annexe = donnees.annexe(6).set_index("hypothese")
    postes = {h: tuple(annexe.at[h, "postes"].split()) for h in annexe.index}

    def lue(champ: str, valeur: float, lieu: str) -> float | int:
        """Une hypothèse dans ses limites, ou la case qui l'en fait sortir."""
        try:
            return valider(champ, valeur)
        except ErreurHypothese as erreur:
            raise ErreurDonnees(f"{lieu} : {erreur}") from None

    def fait(champ: str, code: str) -> float:
        return lue(champ, donnees.fait(code), donnees.lieu_du_fait(code))

    def taux(champ: str, *hypotheses: str, poste: str = "") -> float:
        """Celui de l'hypothèse qui porte sur ce poste, ou zéro."""
        for h in hypotheses:
            if not poste or poste in postes[h]:
                lieu = donnees.lieu("annexe-06-hypotheses", h, "taux")
                return lue(champ, annexe.at[h, "taux"], lieu)
        return 0.0

    return Contexte(
        hypotheses=Hypotheses(
            lue("etp_initial", etp_initial(donnees), donnees.lieu_du_fait(TEMPS_PLEINS)),
            fait("etp_ajoutes", EMBAUCHES),
            int(fait("mois_embauche", MOIS_EMBAUCHE)),
            fait("taux_salaire", HAUSSE_SALAIRE),
            taux("taux_charges", CHARGES),
            **{
                champ: taux(champ, ETAT, AUTRES_RECETTES, poste=poste)
                for poste, champ in TAUX_PAR_RECETTE.items()
            },
            lignes_indexees=postes[CHARGES],
            investissement_indexe="investissement" in postes[CHARGES],
        ),
        salaries=donnees.fait(SALARIES),
        secours_eur=fait("charges_personnel_eur", SECOURS),
        regles=tuple(
            Regle(r.regle, r.libelle, float(r.seuil), bool(r.lecture_proposee))
            for r in donnees.annexe(3).itertuples()
        ),
    )


def etp_initial(donnees: Donnees) -> float:
    """Emplois à temps plein fin 2014 : temps pleins + moitié des mi-temps (introduction, § 7)."""
    return donnees.fait(TEMPS_PLEINS) + donnees.fait(MI_TEMPS) / 2
