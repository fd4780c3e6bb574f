"""Les ateliers du dossier 3 : la cohérence, la croissance, la carte de la culture."""

from html import escape

import ipywidgets as widgets

from ..chargement import Donnees
from ..coordination import (
    DIMENSIONS,
    NETTETE,
    SEMAINE,
    Assemblage,
    Coherence,
    Reseau,
    composantes,
    corriger_liaisons,
    corriger_rangement,
    croissance,
    effectif_limite,
    effectifs_du_cas,
    effets_de_la_culture,
    faits_de_culture,
    heures,
    phrase_croissance,
    reseau,
)
from ..figures.base import Illustration
from ..figures.coordination import (
    VERDICTS,
    FigureCoherence,
    FigureCroissance,
    FigureCulture,
    carte_complete,
    leviers,
)
from ..nombres import nombre
from ..suivi import Garde, Suivi
from ..typographie import typographier
from .base import Annonce, Atelier, Curseur, ImageVive, grille
from .rangement import Rangement
from .verdicts import en_avis


def _conclusion(phrase: str) -> str:
    return typographier(f"<div class='conclusion'>{escape(phrase)}</div>")


# --- La cohérence -----------------------------------------------------------------------

DEPART = {"structure": "simple", "mecanisme": "supervision_directe", "decision": "autoritaire"}
MOTS_ACCORDS = {
    "renforce": "se\u00a0renforcent", "compatible": "compatibles", "tension": "en\u00a0tension",
}  # fmt: skip
CLASSES = {"renforce": "oui", "compatible": "sans-objet", "tension": "non",
           "pour": "oui", "contre": "non"}  # fmt: skip
SIGNES = {"renforce": "✔", "compatible": "≈", "tension": "✘", "pour": "✔", "contre": "✘"}


class AtelierCoherence(Atelier):
    """Choisir une structure, un mécanisme et un mode de décision ; voir s'ils vont ensemble.

    `choix` : l'état des trois listes, à lire ; `assemblage` : ce qui s'en déduit.
    """

    def __init__(self, donnees: Donnees, **choix: str):
        self.modele = Coherence(donnees)
        depart = DEPART | choix
        self.modele.evaluer(**depart)  # refuse tout de suite un choix inconnu
        self.listes = {}
        for dimension, titre in DIMENSIONS.items():
            possibles = self.modele.choix_possibles(dimension)
            self.listes[dimension] = widgets.Dropdown(
                options=list(zip(possibles["libelle"], possibles["option"], strict=True)),
                value=depart[dimension],
                description=titre,
                style={"description_width": "15em"},
                layout=widgets.Layout(width="auto"),
            )
            self.listes[dimension].add_class("cerdd-choix")
        self.vue = widgets.ToggleButtons(
            options=[
                ("Les liens", "liens"),
                ("Faits : structure", "structure"),
                ("Faits : coordination", "mecanisme"),
                ("Faits : décision", "decision"),
            ],
            description="Voir",
            style={"description_width": "initial", "button_width": "auto"},
        )
        self.image = ImageVive(FigureCoherence())
        self.conclusion = Annonce()
        self.detail = Annonce()
        super().__init__(
            [widgets.VBox(list(self.listes.values())), self.conclusion, self.image, self.vue,
             self.detail]
        )  # fmt: skip
        for liste in self.listes.values():
            self.relier(liste, "value")
        self.relier(self.vue, "value")
        self.actualiser()

    @property
    def choix(self) -> dict[str, str]:
        return {dimension: liste.value for dimension, liste in self.listes.items()}

    @property
    def assemblage(self) -> Assemblage:
        return self.modele.evaluer(**self.choix)

    def actualiser(self) -> None:
        assemblage = self.assemblage
        self.image.montrer(assemblage)
        self.conclusion.html = _conclusion(assemblage.conclusion)
        if self.vue.value == "liens":
            self.detail.html = typographier(tableau_des_liens(assemblage))
        else:
            self.detail.html = typographier(self._tableau_des_faits(assemblage, self.vue.value))

    def _tableau_des_faits(self, assemblage: Assemblage, dimension: str) -> str:
        possibles = self.modele.choix_possibles(dimension).set_index("option")["definition"]
        return (
            f"<p><strong>{escape(assemblage.libelles[dimension])}</strong> — "
            f"{escape(possibles[assemblage.choix[dimension]])}</p>"
            + tableau_des_faits(assemblage, dimension)
        )

    def apercu(self) -> Illustration:
        return FigureCoherence().illustration(self.assemblage)


def tableau_des_liens(assemblage: Assemblage) -> str:
    """Les trois couples de choix, leur accord et pourquoi, en HTML."""
    noms = assemblage.libelles
    lignes = "".join(
        f"<tr><td>{escape(noms[lien.dimension_a])} + {escape(noms[lien.dimension_b])}</td>"
        f"<td class='{CLASSES[lien.accord]}'>{SIGNES[lien.accord]}\u00a0"
        f"{MOTS_ACCORDS[lien.accord]}</td>"
        f"<td>{escape(lien.explication)}</td></tr>"
        for lien in assemblage.liens.itertuples()
    )
    return (
        "<table><thead><tr><th>Deux à deux</th><th>Accord</th><th>Pourquoi</th></tr></thead>"
        f"<tbody>{lignes}</tbody></table><p class='cerdd-aide'>Ces règles résument les travaux de "
        "Mintzberg et de Likert ; les cas intermédiaires sont notre jugement, discutable.</p>"
    )


def tableau_des_faits(assemblage: Assemblage, dimension: str) -> str:
    """Les faits pour et contre un choix, avec leur place dans le sujet, en HTML."""
    faits = assemblage.indices[assemblage.indices["dimension"] == dimension]
    lignes = "".join(
        f"<tr><td class='{CLASSES[f.sens]}'>{SIGNES[f.sens]}\u00a0{f.sens}</td>"
        f"<td>{escape(f.fait)} <span class='cerdd-aide'>({escape(f.lieu)})</span></td>"
        f"<td>{escape(f.lecture)}</td></tr>"
        for f in faits.itertuples()
    )
    return (
        "<table><thead><tr><th>Sens</th><th>Fait</th><th>Notre lecture</th></tr></thead>"
        f"<tbody>{lignes}</tbody></table><p class='cerdd-aide'>Compter n'est pas prouver : un fait "
        f"peut peser plus qu'un autre. Nous disons « appuyé » ou « contredit » à {NETTETE} contre "
        "1.</p>"
    )


# --- La croissance ----------------------------------------------------------------------


class AtelierCroissance(Atelier):
    """Faire grandir l'équipe et voir jusqu'où chacun peut s'ajuster à chacun.

    `reseau` : le réseau que montrent les réglages.
    """

    def __init__(self, donnees: Donnees):
        self.effectifs = effectifs_du_cas(donnees)
        self.reperes = donnees.table("corrige-croissance-reperes")
        salaries = int(self.effectifs.loc["salaries", "effectif"])
        self.maximum = int(self.effectifs["effectif"].max())
        self.effectif = Curseur(
            "Effectif", salaries, unite="entier", minimum=2, maximum=self.maximum, pas=1,
            repere=salaries,
            nom_repere="aujourd'hui", aide="Nombre de personnes qui doivent s'accorder.",
        )  # fmt: skip
        self.minutes = Curseur(
            "Temps par lien", 15, unite="entier", minimum=1, maximum=60, pas=1, repere=15,
            nom_repere="notre hypothèse",
            aide="Minutes par semaine pour rester accordé avec un collègue.",
        )  # fmt: skip
        self.part = Curseur(
            "Part acceptée", 0.20, unite="part", minimum=0.05, maximum=0.60, pas=0.05, repere=0.20,
            nom_repere="notre hypothèse",
            aide=f"Part de la semaine de {nombre(SEMAINE)}\u00a0h que l'on accepte d'y passer.",
        )  # fmt: skip
        self.taille = Curseur(
            "Taille d'équipe", 10, unite="entier", minimum=3, maximum=30, pas=1, actif=False,
            aide="Au plus, si l'on découpe. Chaque équipe a un référent.",
        )  # fmt: skip
        self.decoupe = widgets.Checkbox(
            value=False,
            indent=False,
            description="Découper en équipes, avec un référent chacune",
            layout=widgets.Layout(width="auto"),
        )
        self.boutons = []
        for e in self.effectifs.itertuples():
            bouton = widgets.Button(description=nombre(e.effectif), tooltip=e.libelle)
            bouton.add_class("cerdd-effectif")
            self.boutons.append(bouton)
        self.image = ImageVive(FigureCroissance(self.maximum))
        self.conclusion = Annonce()
        self.tableau = Annonce(role="")
        raccourcis = widgets.HBox(
            [Annonce(role="", html="<strong>Aller à :</strong>"), *self.boutons],
            layout=widgets.Layout(flex_flow="row wrap", align_items="center"),
        )
        super().__init__(
            [
                self.conclusion,
                self.image,
                raccourcis,
                grille(self.effectif, self.minutes, self.part,
                       widgets.VBox([self.decoupe, self.taille])),
                self.tableau,
            ]
        )  # fmt: skip
        for curseur in (self.effectif, self.minutes, self.part, self.taille):
            self.relier(curseur, "valeur")
        self.relier(self.decoupe, "value")
        for bouton, n in zip(self.boutons, self.effectifs["effectif"], strict=True):
            self.au_clic(bouton, lambda n=n: self.aller(n))
        self.actualiser()

    def aller(self, effectif: int) -> None:
        """Place le curseur de l'effectif."""
        self.effectif.erreur = ""
        self.effectif.valeur = float(effectif)

    @property
    def reglages(self) -> dict:
        """Les hypothèses que montrent les réglages, pour `coordination.reseau`."""
        return {
            "minutes": self.minutes.valeur,
            "part_acceptee": self.part.valeur,
            "taille_equipe": int(self.taille.valeur) if self.decoupe.value else None,
        }

    @property
    def reseau(self) -> Reseau:
        return reseau(int(self.effectif.valeur), **self.reglages)

    def actualiser(self) -> None:
        reglages = self.reglages
        self.taille.actif = self.decoupe.value
        r = self.reseau
        self.image.montrer(r, *reglages.values())
        self.conclusion.html = _conclusion(phrase_croissance(r, self.part.valeur)) + typographier(
            f"<p>{escape(self._limite())}</p>"
        )
        self.tableau.html = typographier(self._tableau(reglages))

    def _limite(self) -> str:
        reglages = self.reglages
        n = effectif_limite(**reglages)
        if reglages["taille_equipe"] is None:
            return (
                f"Avec ces hypothèses, tout le monde peut s'ajuster à tout le monde jusqu'à "
                f"{nombre(n)} personnes. Changez une hypothèse : le seuil bouge. Ce n'est donc pas "
                "une loi."
            )
        suite = (
            "L'ajustement mutuel survit dans chaque équipe, mais les référents forment un nouvel "
            "étage : la structure n'est plus tout à fait plate."
            if len(self.reseau.equipes) > 1
            else "Ici, une seule équipe suffit : rien ne change."
        )
        return f"En équipes, la limite passe à {nombre(n)} personnes. {suite}"

    def _tableau(self, reglages: dict) -> str:
        calcul = croissance(self.effectifs["effectif"], **reglages)
        lignes = "".join(
            f"<tr><td class='nombre'>{nombre(r.effectif)}</td>"
            f"<td>{escape(e.libelle)} <span class='cerdd-aide'>({escape(e.origine)})</span></td>"
            f"<td class='nombre'>{nombre(r.liens)}</td>"
            f"<td class='nombre'>{heures(r.heures)}</td>"
            f"<td class='{dict(tient='oui', impossible='non').get(r.verdict, '')}'>"
            f"{VERDICTS[r.verdict][0][0]}\u00a0{r.verdict}</td></tr>"
            for r, e in zip(calcul.itertuples(), self.effectifs.itertuples(), strict=True)
        )
        reperes = "".join(
            f"<li><strong>{nombre(r.effectif)}</strong> — {escape(r.libelle)} "
            f"({escape(r.nature)}). {escape(r.precaution)}</li>"
            for r in self.reperes.itertuples()
        )
        qui = "chacun" if reglages["taille_equipe"] is None else "le plus chargé"
        return (
            "<table><thead><tr><th class='nombre'>Effectif</th><th>D'où il vient</th>"
            f"<th class='nombre'>Liens</th><th class='nombre'>Heures ({qui})</th><th>Verdict</th>"
            f"</tr></thead><tbody>{lignes}</tbody></table>"
            "<details><summary>Ce que ce modèle oublie, et les repères que l'on cite</summary>"
            "<p>Une réunion entretient plusieurs liens à la fois ; tous les liens ne servent pas ; "
            "les outils aident ; les gens ne se ressemblent pas. Le sujet ne chiffre rien de tout "
            f"cela : les minutes et la part acceptée sont nos hypothèses.</p><ul>{reperes}</ul>"
            "</details>"
        )

    def apercu(self) -> Illustration:
        figure = FigureCroissance(self.maximum)
        return figure.illustration(self.reseau, *self.reglages.values())


# --- La culture -------------------------------------------------------------------------

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


class ImageFixe(Annonce):
    """Une illustration montrée dans un atelier, avec son texte de remplacement."""

    def __init__(self):
        super().__init__(role="")

    def montrer(self, illustration: Illustration) -> None:
        from base64 import b64encode

        donnees = b64encode(illustration.png()).decode("ascii")
        self.html = (
            f"<img style='max-width:100%;height:auto' src='data:image/png;base64,{donnees}' "
            f"alt='{escape(illustration.alternative)}'>"
        )
