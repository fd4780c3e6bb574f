"""Des listes à remplir, un bouton « Vérifier », une figure qui se remplit."""

from html import escape

import ipywidgets as widgets

from ..dossier_1.diagnostic_figure import DITS
from ..figures.mise_en_page import Illustration
from ..questions.verdict import Verdict
from ..socle.suivi import Garde, Suivi
from .atelier import Atelier
from .avis import compter, en_avis
from .image import ImageVive, Texte, _boutons
from .rangement import Rangement


def _phrase_du_bilan(verdicts: list[Verdict], total: int) -> str:
    comptes = {etat: compter(verdicts, etat) for etat in ("juste", "presque", "faux")}
    morceaux = [
        f"{combien} {DITS[etat]}{'s' * (etat == 'juste' and combien > 1)}"
        for etat, combien in comptes.items()
    ]
    return f"Vérifiés : {len(verdicts)} sur {total} — {', '.join(morceaux)}."


class AtelierListe(Atelier):
    """Des listes déroulantes à remplir, un bouton « Vérifier », une figure qui se remplit.

    Une classe fille donne `CLE` (dans le suivi), `lignes()`, `verdict(cle, choix)`,
    `donnees_de_la_figure()` et `nouvelle_figure()`. Changer un choix efface son avis.
    """

    CLE = ""

    def __init__(self, suivi: Suivi, consigne: str, legende: str, figure):
        self.suivi = suivi
        self.liste = Rangement(lignes=self.lignes(), legende=legende)
        permis = {
            liste["cle"]: {code for code, _ in liste["options"]}
            for ligne in self.liste.lignes for liste in ligne["listes"]
        }  # fmt: skip
        self.garde = Garde(suivi, self.CLE)
        self.liste.choix = self.garde.lire(
            {}, lambda garde: {cle: c for cle, c in garde.items() if c in permis.get(cle, ())}
        )
        self.verifier = widgets.Button(description="Vérifier")
        self.recommencer = widgets.Button(description="↺ Tout recommencer")
        self.bilan = Texte()
        self.image = ImageVive(figure)
        self._juges: dict[str, str] = {}
        super().__init__(
            [
                Texte(role="", html=consigne),
                self.liste,
                _boutons(self.verifier, self.recommencer),
                self.bilan,
                self.image,
            ]
        )
        self.relier(self.liste, "choix")
        self.au_clic(self.verifier, self._verifier)
        self.au_clic(self.recommencer, self._recommencer)
        self.actualiser()

    def lignes(self) -> list[dict]:
        raise NotImplementedError

    def verdict(self, cle: str, choix: str) -> Verdict:
        """Le verdict d'un choix."""
        raise NotImplementedError

    def donnees_de_la_figure(self) -> tuple:
        raise NotImplementedError

    @property
    def juges(self) -> set[str]:
        """Les clés dont le choix actuel est vérifié."""
        return {cle for cle, choix in self._juges.items() if self.liste.choix.get(cle) == choix}

    def _verifier(self) -> None:
        self._juges = dict(self.liste.choix)
        self.actualiser()

    def _recommencer(self) -> None:
        self._juges = {}
        self.liste.choix = {}
        self.actualiser()

    def actualiser(self) -> None:
        choix = dict(self.liste.choix)
        verdicts = {
            cle: self.verdict(cle, choix[cle]) for cle in self.liste.cles if cle in self.juges
        }
        self.liste.avis = {
            cle: en_avis(verdict, DITS[verdict.etat].capitalize())
            for cle, verdict in verdicts.items()
        }
        total = len(self.liste.cles)
        if verdicts:
            phrase = _phrase_du_bilan(list(verdicts.values()), total)
        else:
            phrase = f"Choisis : {total - self.liste.restants} sur {total}."
            phrase += " Pressez « Vérifier » quand vous voulez." if choix else ""
        self.bilan.html = f"<div class='conclusion'>{escape(phrase)}</div>"
        self.image.montrer(*self.donnees_de_la_figure())
        self.garde.ecrire(choix)

    def apercu(self) -> Illustration:
        return self.nouvelle_figure().illustration(*self.donnees_de_la_figure())

    def nouvelle_figure(self):
        raise NotImplementedError
