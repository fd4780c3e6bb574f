"""Ranger les faits dans la carte de la culture, puis les relier à la performance."""

from html import escape

import ipywidgets as widgets

from ..donnees.paquet import Donnees
from ..figures.mise_en_page import Illustration
from ..socle.suivi import Garde, Suivi
from ..widgets.atelier import Atelier
from ..widgets.avis import en_avis
from ..widgets.image import Annonce, ImageFixe, ImageVive
from ..widgets.rangement import Rangement
from .coherence_atelier import _conclusion
from .culture import (
    composantes,
    corriger_liaisons,
    corriger_rangement,
    effets_de_la_culture,
    faits_de_culture,
)
from .culture_figure import FigureCulture, carte_complete, leviers

RANGER, RELIER = "ranger", "relier"
CLE_RANGEMENT, CLE_LEVIERS = "culture:rangement", "culture:leviers"


class CarteCulture(Atelier):
    """Ranger les faits dans les composantes de la culture, puis les relier à la performance.

    Deux étapes. Ce qui est choisi est gardé dans le suivi. `complete=True` montre d'emblée la
    carte et les enchaînements proposés par la collection.
    """

    def __init__(self, donnees: Donnees, suivi: Suivi | None = None, complete: bool = False):
        self.donnees, self.suivi = donnees, suivi or Suivi()
        self.composantes = composantes(self.donnees)
        self.faits = faits_de_culture(self.donnees)
        self.effets = effets_de_la_culture(self.donnees)
        self.montre = complete
        self.gardes = {cle: Garde(self.suivi, cle) for cle in (CLE_RANGEMENT, CLE_LEVIERS)}
        self.etape = widgets.ToggleButtons(
            options=[("1. Ranger les faits", RANGER), ("2. Relier à la performance", RELIER)],
            description="Étape",
            style={"description_width": "initial", "button_width": "auto"},
        )
        self.consigne, self.bilan = Annonce(role=""), Annonce()
        self.rangement = self._liste_a_ranger()
        self.liaison = self._liste_a_relier()
        self.verifier = widgets.Button(description="Vérifier")
        self.proposer = widgets.Button(description="Montrer la proposition")
        self.image = ImageVive(FigureCulture(self.composantes))
        self.figure_leviers = ImageFixe()
        self.corps = widgets.VBox([])
        super().__init__([self.etape, self.consigne, self.corps, self.bilan])
        self.relier(self.etape, "value")
        for element in (self.rangement, self.liaison):
            self.relier(element, "choix")
        self.au_clic(self.verifier, self._verifier)
        self.au_clic(self.proposer, self._proposer)
        self.actualiser()

    def _liste_a_ranger(self) -> Rangement:
        options = self.composantes[["composante", "libelle"]].to_numpy().tolist()
        lignes = [
            {
                "texte": f.fait,
                "lieu": f.lieu,
                "listes": [{"cle": f.fait_id, "libelle": "", "options": options}],
            }
            for f in self.faits[self.faits["a_classer"]].sort_values("etiquette").itertuples()
        ]
        return self._liste("Faits à ranger", lignes, CLE_RANGEMENT)

    def _liste_a_relier(self) -> Rangement:
        def options(colonne: str) -> list[list[str]]:
            return [[str(r), t] for r, t in sorted(
                zip(self.effets.index, self.effets[colonne], strict=True), key=lambda o: o[1]
            )]  # fmt: skip

        lignes = [
            {
                "texte": e.trait,
                "lieu": e.lieu_trait,
                "listes": [
                    {"cle": f"{e.Index}:{colonne}", "libelle": mot, "options": options(colonne)}
                    for colonne, mot in (("conduite", "donc…"), ("effet", "et donc…"))
                ],
            }
            for e in self.effets.itertuples()
        ]
        return self._liste("Traits à relier à la performance", lignes, CLE_LEVIERS)

    def _liste(self, legende: str, lignes: list[dict], cle: str) -> Rangement:
        liste = Rangement(legende=legende, lignes=lignes)
        permis = {x["cle"]: {o[0] for o in x["options"]} for li in lignes for x in li["listes"]}
        liste.choix = self.gardes[cle].lire(
            {}, lambda garde: {c: v for c, v in garde.items() if v in permis.get(c, ())}
        )
        return liste

    @property
    def liste(self) -> Rangement:
        """La liste de l'étape en cours."""
        return self.rangement if self.etape.value == RANGER else self.liaison

    def actualiser(self) -> None:
        for liste in (self.rangement, self.liaison):
            # Un choix changé depuis la vérification n'est plus jugé.
            avis = {c: a for c, a in liste.avis.items() if liste.choix.get(c) == a["choix"]}
            if avis != liste.avis:
                liste.avis = avis
        boutons = widgets.HBox([self.verifier, self.proposer])
        if self.etape.value == RANGER:
            self.consigne.html = self._definitions()
            self.image.montrer(*self._carte())
            self._montrer(self.rangement, boutons, self.image)
        else:
            self.consigne.html = (
                "<p>Pour chaque trait, choisissez la conduite qu'il favorise, puis l'effet de "
                "cette conduite sur la performance. Plusieurs enchaînements se défendent : nous "
                "en proposons un, avec une preuve à chaque maillon.</p>"
            )
            self._montrer(self.liaison, boutons, *([self.figure_leviers] * self.montre))
            if self.montre:
                self.figure_leviers.montrer(leviers(self.effets))
        self.bilan.html = _conclusion(self._bilan())
        for liste, cle in ((self.rangement, CLE_RANGEMENT), (self.liaison, CLE_LEVIERS)):
            self.gardes[cle].ecrire(liste.choix)

    def _montrer(self, *enfants) -> None:
        if self.corps.children != enfants:
            self.corps.children = enfants

    def _definitions(self) -> str:
        puces = "".join(
            f"<li><strong>{escape(c.libelle)}</strong> : {escape(c.definition)}</li>"
            for c in self.composantes.itertuples()
        )
        return (
            "<p>Dans quelle composante de la culture rangez-vous chaque fait ? La carte se remplit "
            f"à mesure.</p><details><summary>Les composantes</summary><ul>{puces}</ul></details>"
        )

    def _carte(self) -> tuple:
        """Les faits à montrer sur la carte, et s'il faut écrire les silences du sujet."""
        if self.montre:
            return self.faits.assign(etat=self.faits["statut"]), True
        rangement = corriger_rangement(self.rangement.choix, self.donnees)
        places = rangement[rangement["choix"].notna()].copy()
        places["etat"] = [
            verdict.etat if fait in self.rangement.avis else "attente"
            for fait, verdict in zip(places["fait_id"], places["verdict"], strict=True)
        ]
        return places.assign(composante=places["choix"]), False

    def _verifier(self) -> None:
        if self.etape.value == RANGER:
            corrige = corriger_rangement(self.rangement.choix, self.donnees)
            verdicts = dict(zip(corrige["fait_id"], corrige["verdict"], strict=True))
        else:
            verdicts = corriger_liaisons(self.liaison.choix, self.effets)
        # Chaque avis garde le choix qu'il juge.
        self.liste.avis = {
            cle: {**en_avis(verdicts[cle]), "choix": choix}
            for cle, choix in self.liste.choix.items()
        }
        self.actualiser()

    def _proposer(self) -> None:
        self.montre = True
        self.actualiser()

    def _bilan(self) -> str:
        liste = self.liste
        total, restants = len(liste.cles), liste.restants
        nom = "fait" if self.etape.value == RANGER else "maillon"
        if self.montre:
            return (
                "Carte proposée par la collection. En pointillés : ce que le sujet ne dit pas "
                "lui-même."
                if self.etape.value == RANGER
                else "Enchaînements proposés par la collection. Les revers ne sont pas dans le "
                "sujet : ils sont à discuter."
            )
        if not liste.avis:
            faits = total - restants
            return (
                f"{faits} {nom}{'s' * (faits > 1)} sur {total}."
                + (" Pressez « Vérifier »." if faits else "")
            )  # fmt: skip
        signes = [avis["signe"] for avis in liste.avis.values()]
        justes, defendables = signes.count("✔"), signes.count("≈")
        fin = (
            "Corrigez ce qui porte une croix, puis vérifiez à nouveau."
            if "✘" in signes
            else "Tout est en place : affichez la proposition et comparez."
            if len(signes) == total
            else f"Il en reste {total - len(signes)}."
        )
        aussi = f", {defendables} à discuter" if defendables else ""
        return f"{justes} sur {total} comme dans la proposition{aussi}. {fin}"

    def apercu(self) -> Illustration:
        if self.etape.value == RELIER and self.montre:
            return leviers(self.effets)
        if self.montre:
            return carte_complete(self.composantes, self.faits)
        return FigureCulture(self.composantes).illustration(*self._carte())
