"""Le budget 2015 à remplir, case par case : lire, additionner, juger."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache

from ..questions.controle import Controle, Diagnostic
from ..questions.exercice import Saisies
from ..questions.jugement import a_completer, juger
from ..questions.registre import Registre, faits_d_une_reponse
from ..questions.verdict import Verdict
from ..socle.nombres import euros, lire
from ..socle.nombres.ecriture import chiffres
from ..socle.typographie import majuscule, pluriel
from .controles import cases_du_budget, lectures
from .projection import DEPENSES, POSTES, RECETTES_FRANCAISES, Projection
from .projection_figure import FigureComparaison

AUTRE_UNITE = "Un montant en euros est attendu."
ARRONDI = "C'est presque cela : refaites le calcul sans arrondir, à l'euro près."
SOLDE = "C'est bien le solde de vos lignes"
PLUSIEURS_ARRONDIS = 5.0  # neuf cases à l'euro près : le total peut s'écarter d'autant


class Tableau2015(Saisies):
    """Remplir le budget 2015, un poste après l'autre, à partir de celui de 2014.

    Réponses : ce qui est tapé, par poste de l'annexe 4.
    """

    cle, titre = "atelier:tableau_2015", "Le budget prévisionnel de 2015"
    depart = dict.fromkeys(POSTES, "")
    mots = {
        "juste": "Juste", "presque": "Presque", "faux": "À revoir", "unite": "Autre unité",
        "illisible": "Pas lu", "ambigu": "À préciser", "deux_nombres": "Deux nombres",
    }  # fmt: skip
    consigne = (
        "<p><strong>Remplissez la colonne 2015.</strong> Dans chaque case, tapez un montant en euros "
        "ou un calcul, comme 1 200 × 1,05 ; la touche Entrée passe à la case suivante. Les totaux "
        "se font seuls. Pressez « Vérifier » quand vous voulez.</p>"
    )

    def __init__(self, cas: Registre):
        self.budget, self.cas, self.source = cas.annexe(4), cas, cas  # dans l'ordre de l'annexe
        self.faits = tuple(faits_d_une_reponse("2.4", cas))

    @cached_property
    def cases(self) -> dict[str, Controle]:
        """Ce qu'attend chaque case."""
        return cases_du_budget(self.cas)

    @cached_property
    def lectures(self) -> list[tuple]:
        """Les budgets que l'on admet : leur projection, et comment les dire."""
        autres = [(self.cas.projeter(**h), lecture) for h, lecture in lectures(self.cas)]
        return [(self.cas.projeter(), ""), *autres]

    def nommer(self, cle: str) -> str:
        return dict(zip(self.budget["poste"], self.budget["libelle"], strict=True)).get(cle, "")

    def solution(self) -> dict[str, str]:
        return {poste: euros(case.valeur) for poste, case in self.cases.items()}

    # --- Ce qui est lu, et les totaux -----------------------------------------------------

    def montants(self, reponses: Mapping) -> dict[str, float]:
        """Les montants lus, en euros ; ce qui ne se lit pas n'y est pas."""
        lus = {poste: _lire(reponses.get(poste, ""))[0] for poste in POSTES}
        return {poste: montant for poste, montant in lus.items() if montant is not None}

    def lus(self, reponses: Mapping) -> dict[str, dict]:
        """Ce que la page dit sous chaque case pendant que l'on tape : un calcul fait, un obstacle."""
        lues = {poste: _lire(reponse) for poste, reponse in reponses.items()}
        return {
            poste: {"texte": phrase, "faute": montant is None}
            for poste, (montant, phrase) in lues.items()
            if phrase
        }

    def totaux(self, reponses: Mapping) -> dict[str, float]:
        """Le total des cases lues, par nature : `depense`, `recette`."""
        montants = self.montants(reponses)
        natures = {"depense": DEPENSES, "recette": (*RECETTES_FRANCAISES, "ue")}
        return {n: round(sum(montants.get(p, 0) for p in postes), 2)
                for n, postes in natures.items()}  # fmt: skip

    def equilibre(self, reponses: Mapping) -> str:
        """Les dépenses moins les recettes, en une phrase ; vide tant que rien n'est lu."""
        montants, totaux = self.montants(reponses), self.totaux(reponses)
        if not montants:
            return ""
        ecart = round(totaux["depense"] - totaux["recette"], 2)
        dit, reste = f"Dépenses − recettes = {euros(ecart)}", len(POSTES) - len(montants)
        if reste:
            manquent = "1 case n'est" if reste == 1 else f"{reste} cases ne sont"
            return f"{dit} ; {manquent} pas encore {pluriel('comptée', reste)}."
        if abs(ecart) < PLUSIEURS_ARRONDIS:
            arrondi = " : un reste d'arrondi" if ecart else ""
            return f"{dit}{arrondi}."
        return f"{dit}. Un budget prévisionnel peut-il se terminer ainsi (annexe 3, § 1) ?"

    # --- Ce que l'on en juge --------------------------------------------------------------

    def juger(self, reponses: Mapping) -> dict[str, Verdict]:
        verdicts = {
            p: _juger(case, reponses.get(p, "")) for p, case in self.cases.items() if p != "ue"
        }
        verdicts["ue"] = self._juger_le_solde(reponses, verdicts)
        return {p: replace(v, faits=self.faits) for p, v in verdicts.items()}

    def _juger_le_solde(self, reponses: Mapping, verdicts: Mapping[str, Verdict]) -> Verdict:
        """Les crédits européens équilibrent les lignes de cet élève : on les juge avec elles."""
        montants = self.montants(reponses)
        verdict = _juger(self._case_de_l_ue(montants), reponses.get("ue", ""))
        if verdict.juste is not False or len(montants) < len(POSTES):
            return verdict
        totaux = self.totaux(reponses)
        if abs(totaux["depense"] - totaux["recette"]) >= 1:
            return verdict
        if all(v.juste for v in verdicts.values()):
            return replace(verdict, etat="juste", paragraphe=None, phrase=f"{SOLDE}, arrondies.")
        phrase = f"{SOLDE}. Corrigez d'abord celles qui sont à revoir, puis refaites ce calcul."
        return replace(verdict, etat="presque", diagnostic="solde_reporte", phrase=phrase)

    def _case_de_l_ue(self, montants: Mapping[str, float]) -> Controle:
        """La case de l'Union européenne, pour les lectures que suivent le personnel et
        l'investissement : le solde d'une autre lecture n'équilibre pas ce budget."""
        suivies = [(p, dite) for p, dite in self.lectures if self._suit(montants, p)]
        premiere, *reste = [(p.ue_eur, dite) for p, dite in suivies]
        valeurs = {valeur for valeur, _ in (premiere, *reste)}
        ecartees = {p.ue_eur for p, _ in self.lectures} - valeurs
        phrase = (
            "C'est le solde d'un autre budget : reprenez le total de vos dépenses, avec le "
            "personnel et l'investissement que vous avez tapés."
        )
        autres = tuple(
            Diagnostic("autre_lecture", v, phrase, "A6§4", chiffres(v, 0, 2)) for v in ecartees
        )
        case = self.cases["ue"]
        return replace(
            case, valeur=premiere[0], juste=_en_phrase(premiere[1]),
            variantes=tuple((valeur, _en_phrase(dite)) for valeur, dite in reste),
            diagnostics=(*autres, *case.diagnostics),
        )  # fmt: skip

    def _suit(self, montants: Mapping[str, float], projection: Projection) -> bool:
        """Vrai si ce qui est tapé ne dit pas que l'on suit une autre lecture que celle-ci."""
        for poste in ("personnel", "investissement"):
            tape, case = montants.get(poste), self.cases[poste]
            if tape is None or case.egale(tape, projection.montant(poste)):
                continue
            if any(case.egale(tape, valeur) for valeur in case.acceptees):
                return False
        return True

    def bilan(self, choisis: int, verdicts: list[Verdict]) -> str:
        if not verdicts:
            return f"Cases remplies : {choisis} sur {len(POSTES)}."
        etats = [v.etat for v in verdicts]
        comptes: tuple[tuple[int, str, str], ...] = (
            (etats.count("juste"), "juste", "justes"),
            (etats.count("presque"), "presque juste", "presque justes"),
            (
                sum(v.juste is False for v in verdicts) - etats.count("presque"),
                "à revoir",
                "à revoir",
            ),
            (sum(v.juste is None for v in verdicts), "à récrire", "à récrire"),
        )
        dits = [f"{n} {un if n < 2 else plusieurs}" for n, un, plusieurs in comptes if n]
        return f"Vérifiées : {len(verdicts)} sur {len(POSTES)} — {', '.join(dits)}."

    # --- Ce que l'on en dessine -----------------------------------------------------------

    def dessin(self) -> FigureComparaison:
        return FigureComparaison(self.budget)

    def donnees(self, reponses: Mapping, verifies: Collection[str]) -> tuple:
        return (self.montants(reponses),)


def _juger(case: Controle, reponse: object) -> Verdict:
    """Le verdict d'une case, plus bref que celui d'une question : le poste est sous les yeux."""
    verdict = juger(case, reponse)
    lu = verdict.lu
    if lu is not None and verdict.diagnostic == "arrondi":
        return replace(verdict, phrase=f"Lu : {euros(lu)}. {ARRONDI}")
    if lu is None or not verdict.juste or not case.egale(lu, case.valeur):
        return verdict
    exact = abs(lu - case.valeur) < 0.005
    dits = ("" if exact else f"Au centime : {euros(case.valeur)}.", case.juste)
    return replace(verdict, phrase=" ".join([f"Lu : {euros(lu)}.", *filter(None, dits)]))


def _en_phrase(lecture: str) -> str:
    return f"{majuscule(lecture)}." if lecture else ""


def _lire(reponse: object) -> tuple[float | None, str]:
    """Le montant lu, en euros, et ce qui est à dire : le résultat d'un calcul, ou l'obstacle."""
    return _lire_texte(reponse) if isinstance(reponse, str) else _comprendre(reponse)


def _comprendre(reponse: object) -> tuple[float | None, str]:
    if a_completer(reponse):
        return None, ""
    lecture = lire(reponse)
    if lecture.etat != "lu":
        return None, lecture.phrase
    if lecture.unite not in (None, "eur"):
        return None, AUTRE_UNITE
    montant = round(lecture.sure, 2)
    ecrit, dit = " ".join(str(reponse).removesuffix("€").split()), euros(montant)
    return montant, "" if ecrit == " ".join(dit.removesuffix("€").split()) else f"= {dit}"


_lire_texte = lru_cache(maxsize=64)(_comprendre)  # à chaque touche, une seule case a changé
