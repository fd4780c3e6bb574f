"""Autour du simulateur : chercher un seuil, garder des scénarios, mesurer sensibilité et risque."""

import base64
from collections.abc import Callable
from dataclasses import replace
from html import escape

import ipywidgets as widgets
import pandas as pd

from ..balayage import TAUX, prix_volume, risque, sensibilite
from ..budget import Projection, projeter, seuil
from ..contexte import Contexte
from ..csv_francais import decimal, en_csv
from ..erreurs import ErreurHypothese
from ..figures.base import Illustration
from ..figures.scenarios import (
    NOMS,
    FigureCarte,
    FigureRisque,
    FigureScenarios,
    FigureTornade,
)
from ..hypotheses import LIMITES, VARIABLES, Hypotheses, ecrire
from ..nombres import euros, nombre, pourcent
from ..suivi import Garde, Suivi
from .base import Annonce, Atelier, Curseur, ImageVive, grille, intitule
from .reglages import bornes, curseur

LARGE = {"style": {"description_width": "initial"}, "layout": {"width": "auto"}}


class Seuils(widgets.VBox):
    """« À partir de quelle valeur la règle est-elle respectée ? », pour l'hypothèse choisie."""

    def __init__(self, simulateur):
        self.simulateur = simulateur
        self.variable = widgets.Dropdown(
            options=[(LIMITES[c][0], c) for c in VARIABLES], value="mois_embauche",
            description="Je change seulement", **LARGE,
        )  # fmt: skip
        self.plafond = widgets.Dropdown(
            options=[(pourcent(p, None), p) for p in simulateur.contexte.plafonds],
            description="pour ramener la part européenne à", **LARGE,
        )  # fmt: skip
        self.reponse = Annonce()
        self.placer = widgets.Button(description="Placer le curseur sur cette valeur")
        self.valeur = None
        super().__init__(
            [
                intitule("Chercher un seuil"),
                widgets.HBox(
                    [self.variable, self.plafond], layout=widgets.Layout(flex_flow="row wrap")
                ),
                self.reponse,
                self.placer,
            ]
        )

    def actualiser(self) -> None:
        champ, hypotheses = self.variable.value, self.simulateur.hypotheses
        self.valeur = seuil(
            self.simulateur.budget, hypotheses, champ, self.simulateur.contexte, self.plafond.value
        )
        libelle, plafond = LIMITES[champ][0], pourcent(self.plafond.value, None)
        self.placer.disabled = self.valeur is None
        if self.valeur is None:
            phrase = f"Aucune valeur possible pour {libelle} ne ramène la part à {plafond}."
        elif champ == "mois_embauche":
            phrase = (
                f"Il faut embaucher à partir de <strong>{ecrire(champ, self.valeur)}</strong> "
                f"pour ne pas dépasser {plafond}."
            )
        else:
            curseur = self.simulateur.curseurs[champ]
            minimum, maximum = curseur.minimum, curseur.maximum
            hors = not minimum <= self.valeur <= maximum
            self.placer.disabled = hors
            phrase = (
                f"La part est exactement de {plafond} quand {libelle} vaut "
                f"<strong>{ecrire(champ, self.valeur)}</strong>"
                + (" : c'est en dehors du curseur, donc peu réaliste." if hors else ".")
            )
        self.reponse.html = f"<div>{phrase} Les autres réglages ne bougent pas.</div>"

    def appliquer(self) -> None:
        """Place le curseur sur le seuil trouvé."""
        if self.valeur is not None:
            self.simulateur.appliquer(
                replace(self.simulateur.hypotheses, **{self.variable.value: self.valeur})
            )


class Scenarios(widgets.VBox):
    """Des réglages gardés sous un nom, comparés côte à côte et emportés en CSV."""

    def __init__(self, simulateur, suivi: Suivi):
        self.simulateur, self.garde = simulateur, Garde(suivi, "scenarios")
        sujet, secours_eur = simulateur.contexte.hypotheses, simulateur.contexte.secours_eur
        self.prets = {
            "Le sujet": sujet,
            "Valeur de secours": replace(sujet, charges_personnel_eur=secours_eur),
            # La moitié des embauches en janvier, l'autre en juillet : neuf mois en moyenne.
            "Embauches étalées": replace(sujet, mois_embauche=4),
        }
        self._relire()
        self.nom = widgets.Text(placeholder="par exemple : deux ETP", description="Nom", **LARGE)
        self.garder = widgets.Button(description="Garder ces réglages")
        self.choix = widgets.Dropdown(options=[], description="Scénario", **LARGE)
        self.charger = widgets.Button(description="Reprendre ses réglages")
        self.retirer = widgets.Button(description="Retirer")
        self.boutons_prets = [
            widgets.Button(description=f"+ {nom}", tooltip=f"Ajouter le scénario « {nom} »")
            for nom in self.prets
        ]
        self.message = Annonce()
        self.image = ImageVive(FigureScenarios(simulateur.contexte))
        self.tableau = Annonce(role="")
        rang = widgets.Layout(flex_flow="row wrap")
        super().__init__(
            [
                intitule(f"Comparer des scénarios (jusqu'à {FigureScenarios.PLACES})"),
                widgets.HBox([self.nom, self.garder, *self.boutons_prets], layout=rang),
                Annonce(role="", html="<span class='cerdd-aide'>Embauches étalées : la moitié en "
                        "janvier, l'autre en juillet ; pour le budget 2015, cela revient à tout "
                        "embaucher en avril.</span>"),
                self.message,
                self.image,
                self.tableau,
                widgets.HBox([self.choix, self.charger, self.retirer], layout=rang),
            ]
        )  # fmt: skip
        self.actualiser()

    def _relire(self) -> None:
        """Reprend les scénarios enregistrés, y compris depuis un autre onglet."""
        sujet = self.simulateur.contexte.hypotheses
        self.gardes, self._illisibles = _relire(self.garde.lire({}), sujet)

    def ajouter(self, nom: str, hypotheses: Hypotheses) -> None:
        """Garde des hypothèses sous un nom ; le dit si c'est impossible."""
        self._relire()
        nom = " ".join(nom.split())[:60]
        if not nom:
            nom = next(n for n in (f"Scénario {i}" for i in range(1, 99)) if n not in self.gardes)
        if nom in self.gardes:
            return self._dire(f"« {nom} » existe déjà : choisissez un autre nom.", faute=True)
        if len(self.gardes) >= FigureScenarios.PLACES:
            return self._dire(
                f"{FigureScenarios.PLACES} scénarios au plus : retirez-en un d'abord.", faute=True
            )
        self.gardes[nom] = hypotheses
        self.nom.value = ""
        self._enregistrer()
        self._dire(f"« {nom} » est gardé.")

    def oter(self) -> None:
        """Retire le scénario choisi."""
        nom = self.choix.value
        self._relire()
        if nom in self.gardes:
            del self.gardes[nom]
            self._enregistrer()
            self._dire(f"« {nom} » est retiré.")

    def reprendre(self) -> None:
        """Remet les curseurs sur le scénario choisi."""
        if self.choix.value in self.gardes:
            self.simulateur.appliquer(self.gardes[self.choix.value])

    def _dire(self, phrase: str, faute: bool = False) -> None:
        classe, signe = ("non", "✘ ") if faute else ("oui", "✔ ")
        self.message.html = f"<span class='{classe}'>{signe}{escape(phrase)}</span>"

    def _enregistrer(self) -> None:
        lisibles = {
            nom: {champ: getattr(h, champ) for champ in GARDES} for nom, h in self.gardes.items()
        }
        self.actualiser()
        self.garde.ecrire({**self._illisibles, **lisibles})

    def projections(self) -> list[tuple[str, Projection]]:
        """Le budget 2015 de chaque scénario gardé."""
        return [(nom, projeter(self.simulateur.budget, h)) for nom, h in self.gardes.items()]

    def actualiser(self) -> None:
        projections = self.projections()
        self.image.montrer(projections)
        self.image.layout.display = None if projections else "none"
        choisi = self.choix.value
        self.choix.options = list(self.gardes)
        if self.gardes:
            self.choix.value = choisi if choisi in self.gardes else list(self.gardes)[-1]
        for element in (self.choix, self.charger, self.retirer):
            element.layout.display = None if projections else "none"
        self.tableau.html = self._tableau(projections) if projections else ""

    def _tableau(self, projections) -> str:
        lignes = "".join(
            f"<tr><td>{escape(nom)}</td><td class='nombre'>{euros(p.montant('personnel'), 0)}</td>"
            f"<td class='nombre'>{euros(p.total_eur, 0)}</td>"
            f"<td class='nombre'>{euros(p.ue_eur, 0)}</td>"
            f"<td class='nombre'>{pourcent(p.part_ue)}</td>"
            f"<td>{_lien(scenarios_en_csv([(nom, p)]), f'{nom}.csv', 'CSV')}</td></tr>"
            for nom, p in projections
        )
        return (
            "<table><thead><tr><th>Scénario</th><th class='nombre'>Personnel</th>"
            "<th class='nombre'>Budget total</th><th class='nombre'>Union européenne</th>"
            "<th class='nombre'>Part</th><th>Emporter</th></tr></thead>"
            f"<tbody>{lignes}</tbody></table>"
            + _lien(scenarios_en_csv(projections), "scenarios.csv", "Emporter la comparaison (CSV)")
        )


GARDES = (*VARIABLES, "investissement_indexe")  # ce qu'un scénario règle


def _relire(gardes: dict, sujet: Hypotheses) -> tuple[dict[str, Hypotheses], dict]:
    """Les scénarios d'une séance passée ; ceux qui ne se lisent plus sont conservés à part."""
    lisibles, illisibles = {}, {}
    for nom, valeurs in gardes.items():
        try:
            lisibles[nom] = replace(sujet, **valeurs)
        except (TypeError, ErreurHypothese):
            illisibles[nom] = valeurs
    return lisibles, illisibles


def scenarios_en_csv(projections: list[tuple[str, Projection]]) -> str:
    """Des scénarios pour un tableur français : une colonne chacun, hypothèses puis montants."""

    def ligne(titre: str, valeur: Callable[[Projection], float | None], decimales: int) -> list:
        valeurs = [valeur(p) for _, p in projections]
        return [titre, *("calculé" if v is None else decimal(v, decimales) for v in valeurs)]

    lignes = [["Ligne", *(nom for nom, _ in projections)]]
    for champ, (libelle, *_) in LIMITES.items():
        titre = libelle[0].upper() + libelle[1:]
        lignes.append(ligne(titre, lambda p, champ=champ: getattr(p.hypotheses, champ), 4))
    for poste in projections[0][1].lignes.itertuples():
        lignes.append(ligne(poste.libelle, lambda p, poste=poste: p.montant(poste.poste), 2))
    lignes.append(ligne("Budget total", lambda p: p.total_eur, 2))
    lignes.append(ligne("Part de l'UE", lambda p: p.part_ue, 4))
    return en_csv(lignes)


def _lien(contenu: str, fichier: str, texte: str) -> str:
    """Un lien qui télécharge ce texte (UTF-8 avec indicatif : Excel reconnaît les accents)."""
    donnees = base64.b64encode(contenu.encode("utf-8-sig")).decode("ascii")
    return (
        f'<a download="{escape(fichier, quote=True)}" '
        f'href="data:text/csv;charset=utf-8;base64,{donnees}">{escape(texte)}</a>'
    )


def phrase_prix_volume(budget: pd.DataFrame, hypotheses: Hypotheses) -> str:
    """La hausse des charges de personnel en une phrase ; vide si elles sont imposées."""
    try:
        effets = prix_volume(budget, hypotheses).set_index("effet")["effet_eur"]
    except ErreurHypothese:
        return ""
    return (
        f"Charges de personnel : {euros(effets['total'], signe=True)} par rapport à 2014, dont "
        f"{euros(effets['effectif'], signe=True)} dus à l'effectif (volume) et "
        f"{euros(effets['salaire'], signe=True)} dus au salaire moyen (prix)."
    )


class AtelierSensibilite(Atelier):
    """Quelle hypothèse compte le plus ? Une tornade, puis une carte de deux hypothèses."""

    def __init__(self, budget: pd.DataFrame, contexte: Contexte):
        self.budget, self.contexte = budget, contexte
        sujet = contexte.hypotheses
        champs = ("etp_ajoutes", "mois_embauche", "taux_collectivites", "taux_etat")
        self.curseurs = {c: curseur(c, getattr(sujet, c)) for c in champs}
        options = [(nom, champ) for champ, nom in NOMS.items()]
        self.x = widgets.Dropdown(options=options, value="etp_ajoutes", description="Horizontal",
                                  **LARGE)  # fmt: skip
        self.y = widgets.Dropdown(options=options, value="taux_collectivites",
                                  description="Vertical", **LARGE)  # fmt: skip
        self.lecture = Annonce()
        self.tornade = ImageVive(FigureTornade(contexte))
        etendues = {c: bornes(c, getattr(sujet, c)) for c in NOMS}
        self.carte = ImageVive(FigureCarte(budget, contexte, etendues))
        super().__init__(
            [
                self.lecture,
                self.tornade,
                grille(*self.curseurs.values()),
                intitule("La carte de deux hypothèses"),
                widgets.HBox([self.x, self.y], layout=widgets.Layout(flex_flow="row wrap")),
                self.carte,
            ]
        )
        for element in self.curseurs.values():
            self.relier(element, "valeur")
        for axe, autre in ((self.x, self.y), (self.y, self.x)):
            axe.observe(lambda choix, autre=autre: self.choisir(choix, autre), names="value")
        self.actualiser()

    def choisir(self, choix, autre) -> None:
        """Deux axes, deux hypothèses : reprendre celle de l'autre axe les échange."""
        if choix.new == autre.value:
            autre.value = choix.old  # ce changement redessine la carte
        else:
            self.proteger(self.actualiser)

    @property
    def hypotheses(self) -> Hypotheses:
        reglages = {c: element.valeur for c, element in self.curseurs.items()}
        return replace(self.contexte.hypotheses, **reglages)

    def actualiser(self) -> None:
        h = self.hypotheses
        part = projeter(self.budget, h).part_ue
        mesures = sensibilite(self.budget, h)
        self.tornade.montrer(mesures, part)
        premiere = mesures.iloc[0]
        self.lecture.html = (
            f"<div class='conclusion'>Autour de {pourcent(part)}, l'hypothèse qui pèse le plus "
            f"est : {escape(NOMS[premiere['hypothese']])}.</div><div>Chaque barre change une seule "
            "hypothèse d'un pas : un demi-ETP, un mois ou un point.</div>"
        )
        self.carte.montrer(self.x.value, self.y.value, h)

    def apercu(self) -> Illustration:
        h = self.hypotheses
        return FigureTornade(self.contexte).illustration(
            sensibilite(self.budget, h), projeter(self.budget, h).part_ue
        )


class AtelierRisque(Atelier):
    """La probabilité de dépasser le plafond quand les taux sont incertains."""

    def __init__(self, budget: pd.DataFrame, contexte: Contexte):
        self.budget, self.contexte = budget, contexte
        sujet = contexte.hypotheses
        self.decisions = {
            c: curseur(c, getattr(sujet, c)) for c in ("etp_ajoutes", "mois_embauche")
        }
        self.marges = {
            champ: Curseur(
                f"± {NOMS[champ]}", 0.02, unite="points", minimum=0.0, maximum=0.10, pas=0.005,
                aide=f"Autour de {ecrire(champ, getattr(sujet, champ))}, prévu par le sujet.",
            )
            for champ in TAUX
        }  # fmt: skip
        self.lecture = Annonce()
        self.image = ImageVive(FigureRisque(contexte))
        super().__init__(
            [
                self.lecture,
                self.image,
                intitule("Ce que la direction décide"),
                grille(*self.decisions.values()),
                intitule("Ce qu'elle ne sait pas : de combien chaque taux peut s'écarter"),
                grille(*self.marges.values()),
            ]
        )
        for element in (*self.decisions.values(), *self.marges.values()):
            self.relier(element, "valeur")
        self.actualiser()

    def _risque(self):
        reglages = {c: element.valeur for c, element in self.decisions.items()}
        h = replace(self.contexte.hypotheses, **reglages)
        plages = {}
        for champ, element in self.marges.items():
            centre = getattr(h, champ)
            plages[champ] = (centre - element.valeur, centre, centre + element.valeur)
        return risque(self.budget, self.contexte, plages, h)

    def actualiser(self) -> None:
        resultat = self._risque()
        self.image.montrer(resultat)
        bas, haut = resultat.intervalle
        plafond = pourcent(resultat.plafond, None)
        self.lecture.html = (
            f"<div class='conclusion'>Risque de dépasser {plafond} : "
            f"{pourcent(resultat.probabilite)} (entre {pourcent(bas)} et {pourcent(haut)}).</div>"
            "<div>On imagine "
            f"{nombre(len(resultat.parts))} années 2015 possibles : dans chacune, chaque taux est "
            "tiré au hasard dans sa plage, plus souvent près du milieu. On compte celles où la part "
            "européenne dépasse le plafond. Ce n'est pas une prédiction : changez les plages, le "
            "risque change.</div>"
        )

    def apercu(self) -> Illustration:
        return FigureRisque(self.contexte).illustration(self._risque())
