"""Les ateliers du dossier 4 : chaîne de l'information, publics, Web, réseau, preuves."""

import re
from html import escape

import anywidget
import ipywidgets as widgets
import pandas as pd
import traitlets as t

from ..coordination import heures
from ..erreurs import ErreurCas
from ..figures.base import Illustration
from ..figures.information import (
    FigureChaine,
    FigureReseau,
    balance_des_preuves,
    chaine_information,
    comparaison_web,
    figure_reseau,
    matrice_communication,
)
from ..information import (
    APPUIS,
    CASES,
    COLONNES,
    FONCTIONS,
    GAINS,
    GENERATIONS,
    HYPOTHESES_RESEAU,
    LIMITES_RESEAU,
    MODES,
    PARTIES,
    PLUSIEURS_VERS_PLUSIEURS,
    PUBLICS,
    RUBRIQUES,
    Reseau,
    ajouter_personnel,
    auteurs_avant_surcharge,
    choisir,
    circuler,
    compter,
    defis,
    deplacer,
    filtrer,
    lire_choix,
    lire_reseau,
    matrice,
    modifier,
    plan_texte,
    relire_plan,
    solution_comparaison,
    texte_du_choix,
    verifier_comparaison,
    verifier_defi,
    verifier_mission,
)
from ..nombres import nombre, pourcent
from ..suivi import Garde, Suivi
from ..verdict import Verdict
from .base import PAGES, Annonce, Atelier, Curseur, ImageVive, grille
from .verdicts import compter as compter_verdicts
from .verdicts import en_avis, en_html

FEUILLE = PAGES / "information.css"


def liste(description: str, options: list[tuple[str, object]], valeur) -> widgets.Dropdown:
    """Une liste déroulante dont le nom et les choix restent entiers."""
    choix = widgets.Dropdown(
        description=description, options=options, value=valeur,
        style={"description_width": "initial"}, layout=widgets.Layout(width="auto"),
    )  # fmt: skip
    choix.add_class("cerdd-liste")
    return choix


def avancement(justes: int, repondus: int, total: int) -> str:
    """Le bilan d'une vérification, en une phrase."""
    fin = f" ; {total - repondus} à compléter" if repondus < total else ""
    accord = "s" * (justes >= 2)
    bravo = " Tout est juste." if justes == total else ""
    phrase = f"{justes} case{accord} juste{accord} sur {total}{fin}.{bravo}"
    return f"<div class='conclusion'>{phrase}</div>"


class TableauACompleter(anywidget.AnyWidget):
    """Un tableau dont chaque case est une liste déroulante, corrigée sur demande.

    - `lignes` : `[{libelle, detail, cases: [{cle, options: [{code, texte}]}]}]` ;
    - `choix` : `{cle: code}` ; `retours` : `{cle: verdict}`, comme l'écrit `verdicts.en_avis` ;
    - `demande` : `[geste, rang]`, le dernier bouton pressé (verifier, effacer ou retablir). Elle
      voyage avec les choix : la vérification ne peut pas arriver avant eux ;
    - `retablissable` : un effacement peut encore être annulé.
    """

    _esm = PAGES / "tableau.js"
    _css = FEUILLE

    titre = t.Unicode("").tag(sync=True)
    entetes = t.List().tag(sync=True)
    lignes = t.List().tag(sync=True)
    choix = t.Dict().tag(sync=True)
    retours = t.Dict().tag(sync=True)
    demande = t.List(["", 0]).tag(sync=True)
    retablissable = t.Bool(False).tag(sync=True)

    def montrer(self, verdicts: dict[str, Verdict]) -> None:
        """Affiche sous chaque case ce que la vérification en dit."""
        self.retours = {cle: en_avis(verdict) for cle, verdict in verdicts.items()}


class AtelierACompleter(Atelier):
    """Un tableau à compléter, gardé dans le suivi, que l'on vérifie quand on veut.

    Une classe fille définit `cle_suivi`, `corriger()`, qui renvoie un verdict par case, et
    `solution()`. Changer une case efface son ancien verdict : il ne vaut plus. Rempli avec la
    solution (`complete`), l'atelier ne touche pas au travail gardé.
    """

    cle_suivi: str

    def preparer(self, tableau: TableauACompleter, suivi: Suivi, complete: bool) -> None:
        self.tableau, self.suivi, self.complete = tableau, suivi, complete
        self.bilan = Annonce()
        self._effaces: dict = {}
        self._corriges: dict | None = None
        permis = {
            c["cle"]: {o["code"] for o in c["options"]} for r in tableau.lignes for c in r["cases"]
        }
        self.garde = Garde(suivi, self.cle_suivi)
        if not complete:
            tableau.choix = self.garde.lire(
                {}, lambda garde: {k: v for k, v in garde.items() if v in permis.get(k, ())}
            )

    def brancher(self) -> None:
        self.tableau.observe(lambda c: self.proteger(self._a_change), names="choix")
        self.tableau.observe(lambda c: self.proteger(self._a_la_demande), names="demande")
        if self.complete:
            self.remplir(self.solution())
            self.montrer_correction()

    def corriger(self) -> dict[str, Verdict]:
        raise NotImplementedError

    def solution(self) -> dict[str, str]:
        """Le tableau que propose la collection."""
        raise NotImplementedError

    def remplir(self, choix: dict[str, str]) -> None:
        """Remplit le tableau (une case absente reste vide)."""
        self.tableau.choix = dict(choix)

    def montrer_correction(self) -> None:
        """Corrige toutes les cases remplies et fait le bilan."""
        verdicts = self.corriger()
        remplis = {c: v for c, v in verdicts.items() if v.etat != "a_completer"}
        self._corriges = dict(self.tableau.choix)
        self.tableau.montrer(remplis)
        justes = compter_verdicts(remplis.values(), "juste")
        self.bilan.html = avancement(justes, len(remplis), len(verdicts))

    def _a_change(self) -> None:
        choix, corriges = self.tableau.choix, self._corriges or {}
        self.tableau.retours = {
            c: r for c, r in self.tableau.retours.items() if choix.get(c) == corriges.get(c)
        }
        if choix != self._corriges:
            self.bilan.html = ""
        if choix:
            self.tableau.retablissable = False
        self.actualiser()
        if not self.complete:
            self.garde.ecrire({c: v for c, v in choix.items() if v})

    def _a_la_demande(self) -> None:
        geste = self.tableau.demande[0]
        if geste == "verifier":
            self.montrer_correction()
        elif geste == "effacer":
            self._effaces = dict(self.tableau.choix)
            self.tableau.choix = {}
            self.tableau.retablissable = any(self._effaces.values())
        elif geste == "retablir":
            self.tableau.choix = self._effaces


def _options(codes: dict[str, str]) -> list[dict]:
    return [{"code": code, "texte": texte} for code, texte in codes.items()]


# --- 4.1 : la chaîne de l'information ---------------------------------------------------


class AtelierChaine(AtelierACompleter):
    """Ranger les missions dans le système d'information, puis arrêter un maillon.

    `missions` : le tableau de `information.missions_du_systeme`.
    """

    cle_suivi = "atelier:chaine"

    def __init__(self, missions: pd.DataFrame, suivi: Suivi, complete: bool = False):
        self.missions = missions
        lignes = [
            {
                "libelle": m.mission,
                "detail": ", ".join(re.split(r"\s*;\s*", m.specificites)),
                "cases": [
                    {"cle": f"{m.ordre}-fonctions", "options": _options(FONCTIONS)},
                    {"cle": f"{m.ordre}-gains", "options": _options(GAINS)},
                ],
            }
            for m in missions.itertuples()
        ]
        self.preparer(
            TableauACompleter(
                titre="Les missions de l'annexe 9 : rangez-les, puis vérifiez.",
                entetes=["Mission", "Que devient l'information ?", "Ce que la performance y gagne"],
                lignes=lignes,
            ),
            suivi,
            complete,
        )
        self.arret = liste(
            "Et si une mission s'arrêtait ?",
            [("aucune", 0), *[(m.mission, m.ordre) for m in missions.itertuples()]],
            0,
        )
        self.image = ImageVive(FigureChaine(missions))
        super().__init__([self.tableau, self.bilan, self.arret, self.image])
        self.brancher()
        self.relier(self.arret, "value")
        self.actualiser()

    def _choix(self, demande: str) -> dict[int, str | None]:
        return {o: self.tableau.choix.get(f"{o}-{demande}") for o in self.missions["ordre"]}

    def corriger(self) -> dict[str, Verdict]:
        return {
            f"{m['ordre']}-{demande}": verifier_mission(
                m, demande, self.tableau.choix.get(f"{m['ordre']}-{demande}")
            )
            for _, m in self.missions.iterrows()
            for demande in ("fonctions", "gains")
        }

    def solution(self) -> dict[str, str]:
        return {
            f"{m.ordre}-{demande}": getattr(m, demande)[0]
            for m in self.missions.itertuples()
            for demande in ("fonctions", "gains")
        }

    def _etat(self):
        return self._choix("fonctions"), self._choix("gains"), self.arret.value or None

    def actualiser(self) -> None:
        self.image.montrer(*self._etat())

    def apercu(self) -> Illustration:
        return chaine_information(self.missions, *self._etat())


# --- 4.2 : la matrice de communication --------------------------------------------------


class MatriceCliquable(anywidget.AnyWidget):
    """La matrice en tableau : chaque nombre et chaque titre est un bouton qui filtre."""

    _esm = PAGES / "matrice.js"
    _css = FEUILLE

    titre = t.Unicode("").tag(sync=True)
    groupes = t.List().tag(sync=True)
    lignes = t.List().tag(sync=True)
    choix = t.Dict({"public": "", "case": ""}).tag(sync=True)


class AtelierCommunication(Atelier):
    """Les éléments de communication par public, colonne et rubrique : filtrer, compter, vérifier.

    `elements` : le tableau de `information.elements_communication`.
    """

    BREFS = {"Positionnement": "Posit.", "Méthodes": "Méth.", "Productions": "Prod.",
             "prioritaires": "prior.", "en place": "place"}  # fmt: skip

    def __init__(self, elements: pd.DataFrame):
        self.elements = elements
        self.matrice = MatriceCliquable(
            titre="Pressez un nombre, une ligne ou une colonne : la liste en dessous se filtre.",
            groupes=self._groupes(),
        )
        plan = compter(elements[elements["genre"] == "plan"])
        genres = [("plan et supports", ""), (f"les {plan} éléments du plan", "plan"),
                  ("supports", "support")]  # fmt: skip
        self.genre = liste("Éléments", genres, "")
        self.appui = liste("Public", [("tous", ""), *[(nom, c) for c, nom in APPUIS.items()]], "")
        self.tout = widgets.Button(description="↺ Tout montrer")
        self.compte, self.liste = Annonce(), Annonce(role="")
        self.defis = defis(elements)
        self.defi = liste(
            "Défi", [(f"{i}. {d.question}", i - 1) for i, d in enumerate(self.defis, 1)], 0
        )
        self.saisie = widgets.Text(
            description="Votre compte", style={"description_width": "initial"},
            layout=widgets.Layout(width="220px"), continuous_update=False,
        )  # fmt: skip
        self.verifier = widgets.Button(description="Vérifier")
        self.verdict = Annonce()
        ligne = widgets.Layout(flex_flow="wrap")
        super().__init__(
            [
                self.matrice,
                widgets.HBox([self.genre, self.appui, self.tout], layout=ligne),
                self.compte,
                self.liste,
                Annonce(role="", html="<h4 class='cerdd-titre'>Défis de comptage</h4>"),
                self.defi,
                widgets.HBox([self.saisie, self.verifier], layout=ligne),
                self.verdict,
            ]
        )
        self.relier(self.matrice, "choix")
        self.relier(self.genre, "value")
        self.relier(self.appui, "value")
        self.au_clic(self.tout, self.tout_montrer)
        self.au_clic(self.verifier, self._verifier)
        self.defi.observe(lambda _: self.proteger(self._changer_de_defi), names="value")
        self.actualiser()

    def _groupes(self) -> list[dict]:
        groupes: dict[str, dict] = {}
        for colonne, rubrique in CASES:
            support = rubrique == "supports"
            titre = "Supports" if support else COLONNES[colonne]
            nom = COLONNES[colonne].removeprefix("Supports ") if support else RUBRIQUES[rubrique]
            groupe = groupes.setdefault(titre, {"titre": titre, "cases": []})
            groupe["cases"].append(
                {"code": f"{colonne}/{rubrique}", "nom": nom, "bref": self.BREFS[nom]}
            )
        return list(groupes.values())

    @property
    def visibles(self) -> pd.DataFrame:
        """Les éléments que laissent passer les deux listes."""
        genre, appui = self.genre.value, self.appui.value
        garde = self.elements if not appui else filtrer(self.elements, appui=appui)
        return garde if not genre else garde[garde["genre"] == genre].reset_index(drop=True)

    @property
    def choisis(self) -> pd.DataFrame:
        """Les éléments que laissent passer les deux listes et la matrice."""
        public, case = self.matrice.choix.get("public"), self.matrice.choix.get("case")
        colonne, _, rubrique = (case or "").partition("/")
        return filtrer(
            self.visibles, public=public or None, colonne=colonne or None, rubrique=rubrique or None
        )

    def tout_montrer(self) -> None:
        """Retire tous les filtres."""
        self.genre.value = self.appui.value = ""
        self.matrice.choix = {"public": "", "case": ""}

    def _changer_de_defi(self) -> None:
        self.saisie.value = ""
        self.verdict.html = ""

    def _verifier(self) -> None:
        verdict = verifier_defi(self.defis[self.defi.value], self.saisie.value)
        self.verdict.html = f"<p>{en_html(verdict)}</p>"

    def actualiser(self) -> None:
        comptes = matrice(self.visibles)
        self.matrice.lignes = [
            {
                "code": code,
                "nom": nom,
                "nombres": [int(comptes.loc[code, case]) for case in CASES],
                "total": compter(filtrer(self.visibles, public=code)),
            }
            for code, nom in PUBLICS.items()
        ]
        choisis = self.choisis
        combien = compter(choisis)
        mot = "éléments" if combien >= 2 else "élément"
        self.compte.html = (
            f"<div class='conclusion'>{combien} {mot} : {escape(self._filtre())}</div>"
        )
        self.liste.html = tableau_des_elements(choisis)

    def _filtre(self) -> str:
        public, case = self.matrice.choix.get("public"), self.matrice.choix.get("case")
        mots = []
        if case:
            colonne, _, rubrique = case.partition("/")
            mots.append(COLONNES[colonne])
            if rubrique != "supports":
                mots.append(RUBRIQUES[rubrique])
        if public:
            mots.append(PUBLICS[public])
        if self.genre.value:
            mots.append("plan" if self.genre.value == "plan" else "supports")
        if self.appui.value:
            mots.append(APPUIS[self.appui.value])
        return ", ".join(mots) if mots else "tout"

    def apercu(self) -> Illustration:
        public, case = self.matrice.choix.get("public"), self.matrice.choix.get("case")
        couple = tuple(case.split("/")) if case else None
        illustration = matrice_communication(self.visibles, public or None, couple)
        combien = compter(self.choisis)
        illustration.alternative += f" Filtre : {self._filtre()}, {combien} élément(s)."
        return illustration


def tableau_des_elements(elements: pd.DataFrame) -> str:
    """La liste des éléments en HTML, un élément par ligne, avec ses publics et leur appui."""
    if elements.empty:
        return "<p class='sans-objet'>Aucun élément : changez le filtre.</p>"
    lignes = []
    for _, groupe in elements.groupby("element_id", sort=False):
        e = groupe.iloc[0]
        publics = "<br>".join(
            f"{escape(PUBLICS[p.public])} <span class='sans-objet'>({APPUIS[p.appui]})</span>"
            if p.public != "tous"
            else f"<span class='sans-objet'>{APPUIS[p.appui]}</span>"
            for p in groupe.itertuples()
        )
        lignes.append(
            f"<tr><td>{escape(e['libelle'])}<br><span class='cerdd-aide'>{escape(e['reference'])}"
            f"</span></td><td>{publics}</td><td>{escape(' '.join(groupe['explication']))}</td></tr>"
        )
    return (
        "<div style='max-height:19em;overflow-y:auto' tabindex='0' aria-label='Liste filtrée'>"
        "<table><thead><tr><th>Élément</th><th>Public</th><th>Pourquoi ce classement</th></tr>"
        f"</thead><tbody>{''.join(lignes)}</tbody></table></div>"
    )


# --- 4.3 : Web 1.0 et Web 2.0 -----------------------------------------------------------


class AtelierWeb(AtelierACompleter):
    """La comparaison du Web 1.0 et du Web 2.0, à compléter puis à vérifier.

    `options` : le tableau `corrige-web-comparaison`.
    """

    cle_suivi = "atelier:web"

    def __init__(self, options: pd.DataFrame, suivi: Suivi, complete: bool = False):
        self.options = options
        lignes = []
        for critere, groupe in options.groupby("critere", sort=False):
            propositions = dict(zip(groupe["option_id"], groupe["option"], strict=True))
            cases = [
                {"cle": f"{critere}|{web}", "options": _options(propositions)}
                for web in GENERATIONS
            ]
            lignes.append({"libelle": groupe["libelle"].iloc[0], "detail": "", "cases": cases})
        self.preparer(
            TableauACompleter(
                titre="Choisissez ce que dit l'annexe 11 ; elle peut se taire.",
                entetes=["Critère", *[f"Web {web}" for web in GENERATIONS]],
                lignes=lignes,
            ),
            suivi,
            complete,
        )
        super().__init__([self.tableau, self.bilan])
        self.brancher()

    @property
    def correction(self) -> pd.DataFrame:
        """Le tableau de `information.verifier_comparaison` pour les choix actuels."""
        reponses = {tuple(cle.split("|")): code for cle, code in self.tableau.choix.items() if code}
        return verifier_comparaison(self.options, reponses)

    def corriger(self) -> dict[str, Verdict]:
        return {f"{c.critere}|{c.web}": c.verdict for c in self.correction.itertuples()}

    def solution(self) -> dict[str, str]:
        return {f"{c}|{web}": o for (c, web), o in solution_comparaison(self.options).items()}

    def actualiser(self) -> None:
        pass  # rien d'autre que le tableau ne dépend des choix

    def apercu(self) -> Illustration:
        return comparaison_web(self.correction)


# --- 4.3 : le réseau --------------------------------------------------------------------

# champ: (libellé, phrase, unité, minimum, maximum, pas)
REGLAGES_RESEAU = {
    "partenaires": ("Partenaires", "Organisations reliées au CERDD.", "entier", 2, 300, 1),
    "part_auteurs": ("Part d'auteurs", "Partenaires qui publient ; les autres lisent seulement.",
                     "part", 0, 1, 0.05),
    "contributions": ("Contributions par auteur", "Contenus publiés par semaine.",
                      "nombre", 0, 5, 0.5),
    "publications_cerdd": ("Publications du CERDD", "Contenus publiés par semaine.",
                           "nombre", 0, 10, 1),
    "part_utile": ("Contributions utiles", "Part des contributions qui méritent d'être lues.",
                   "part", 0, 1, 0.05),
    "minutes_lecture": ("Lire un contenu", "Minutes pour un contenu.", "nombre", 1, 20, 1),
    "minutes_disponibles": ("Temps de lecture", "Minutes par partenaire et par semaine.",
                            "nombre", 0, 300, 10),
    "minutes_tri": ("Trier une contribution", "Minutes que le CERDD y passe, s'il trie.",
                    "nombre", 0, 30, 1),
}  # fmt: skip


class AtelierReseau(Atelier):
    """Faire circuler l'information dans les deux Web, jusqu'à la surcharge.

    `reseau` : les réglages actuels, à lire ; `appliquer(...)` les change. `a_essayer` : un nombre de
    partenaires que le curseur doit pouvoir atteindre.
    """

    def __init__(self, a_essayer: int = 0):
        depart = Reseau()
        self.curseurs = {}
        for champ, (libelle, aide, unite, minimum, maximum, pas) in REGLAGES_RESEAU.items():
            if champ == "partenaires":
                maximum = max(maximum, min(a_essayer, LIMITES_RESEAU[champ][2]))
            bas, haut = LIMITES_RESEAU[champ][1:]
            if not bas <= minimum <= maximum <= haut:
                raise ErreurCas(f"Le curseur {champ} sort des limites du modèle.")
            self.curseurs[champ] = Curseur(
                libelle, float(getattr(depart, champ)), aide=aide, unite=unite, minimum=minimum,
                maximum=maximum, pas=pas, repere=float(getattr(depart, champ)),
                nom_repere="départ",
            )  # fmt: skip
        self.tri = widgets.Checkbox(
            value=False, indent=False, description="Le CERDD trie les contributions"
        )
        self.retour = widgets.Button(description="↺ Revenir aux valeurs de départ")
        self.image = ImageVive(FigureReseau())
        self.conclusion, self.tableau = Annonce(), Annonce(role="")
        points = "".join(f"<li>{escape(h)}</li>" for h in HYPOTHESES_RESEAU)
        hypotheses = Annonce(
            role="",
            html="<strong>Les hypothèses de ce modèle</strong>"
            f"<ul class='cerdd-hypotheses'>{points}</ul>",
        )
        self._suspendu = False
        super().__init__(
            [
                self.conclusion,
                self.image,
                grille(*self.curseurs.values(), widgets.VBox([self.tri, self.retour])),
                self.tableau,
                hypotheses,
            ]
        )
        for element in self.curseurs.values():
            self.relier(element, "valeur")
        self.relier(self.tri, "value")
        self.au_clic(self.retour, lambda: self.appliquer(Reseau()))
        self.actualiser()

    @property
    def reseau(self) -> Reseau:
        """Le réseau que montrent les curseurs."""
        valeurs = {champ: element.valeur for champ, element in self.curseurs.items()}
        return Reseau(**valeurs, tri=self.tri.value)

    def appliquer(self, reseau: Reseau) -> None:
        """Place les curseurs sur ces réglages ; la figure est redessinée une seule fois."""
        self._suspendu = True
        try:
            for champ, element in self.curseurs.items():
                element.erreur = ""
                element.valeur = float(getattr(reseau, champ))
            self.tri.value = reseau.tri
        finally:
            self._suspendu = False
        self.actualiser()

    def actualiser(self) -> None:
        if self._suspendu:
            return
        self.curseurs["minutes_tri"].actif = self.tri.value
        reseau = self.reseau
        self.image.montrer(reseau)
        self.conclusion.html = f"<div class='conclusion'>{escape(lire_reseau(reseau))}</div>"
        self.tableau.html = tableau_du_reseau(reseau)

    def apercu(self) -> Illustration:
        illustration = figure_reseau(self.reseau)
        illustration.alternative = f"{lire_reseau(self.reseau)} {illustration.alternative}"
        return illustration


def tableau_du_reseau(reseau: Reseau) -> str:
    """Les deux modes côte à côte, en HTML, et le seuil de surcharge."""
    modes = {mode: circuler(reseau, mode) for mode in MODES}
    mesures = [
        ("Liens possibles", lambda c: nombre(c.liens)),
        ("Ceux qui publient, CERDD compris", lambda c: nombre(c.auteurs)),
        ("Contenus publiés", lambda c: nombre(c.contenus)),
        ("Portée : lectures possibles", lambda c: nombre(c.lectures_possibles)),
        ("Contenus reçus par un partenaire", lambda c: nombre(round(c.recus, 1))),
        ("Temps qu'il faudrait pour tout lire", lambda c: heures(c.minutes_demandees / 60)),
        ("Part lue", lambda c: ("✘ " if c.surcharge else "✔ ") + pourcent(c.part_lue, 0)),
        ("Contenus utiles lus", lambda c: nombre(round(c.utiles_lus, 1))),
        (
            "Partenaires qui lisent un contenu du CERDD",
            lambda c: nombre(round(c.lecteurs_du_cerdd)),
        ),
        ("Temps de tri pour le CERDD", lambda c: heures(c.minutes_de_tri / 60)),
    ]
    tete = "".join(
        f"<th class='nombre'>{escape(nom).replace(' (', '<br>(')}</th>" for nom in MODES.values()
    )
    corps = "".join(
        f"<tr><td>{escape(nom)}</td>"
        + "".join(f"<td class='nombre'>{ecrire(c)}</td>" for c in modes.values())
        + "</tr>"
        for nom, ecrire in mesures
    )
    seuil = auteurs_avant_surcharge(reseau)
    if seuil is None:
        phrase = "Avec ces réglages, il n'y a jamais surcharge, même si tous publient."
    else:
        mot = "auteurs" if seuil >= 2 else "auteur"
        phrase = (
            f"La surcharge commence à {nombre(seuil)} {mot} sur {nombre(reseau.partenaires)} "
            f"partenaires ({pourcent(seuil / reseau.partenaires, 0)}) ; "
            f"vous en avez {nombre(modes[PLUSIEURS_VERS_PLUSIEURS].auteurs - 1)}."
        )
    return (
        f"<table><thead><tr><th>En une semaine</th>{tete}</tr></thead>"
        f"<tbody>{corps}</tbody></table><p>{phrase}</p>"
    )


# --- 4.3 : le tableau de preuves --------------------------------------------------------


class TableauDePreuves(anywidget.AnyWidget):
    """Les faits et le plan, côte à côte ; les gestes de la page vont à `AtelierArguments`."""

    _esm = PAGES / "preuves.js"
    _css = FEUILLE

    preuves = t.List().tag(sync=True)
    sources = t.List().tag(sync=True)
    parties = t.List().tag(sync=True)
    choix = t.List().tag(sync=True)
    plan = t.Unicode("").tag(sync=True)


class AtelierArguments(Atelier):
    """Choisir des faits pour ou contre le Web 2.0 et en faire le plan de la réponse 4.3.

    - `tableau` : celui de `information.preuves` ;
    - `choix` : le plan en cours, gardé dans le suivi à chaque geste ; mettre de côté ne perd rien ;
    - `plan` : le plan en texte.
    """

    cle_suivi = "atelier:arguments"

    def __init__(self, tableau: pd.DataFrame, suivi: Suivi):
        self.preuves, self.suivi = tableau, suivi
        self.garde = Garde(suivi, self.cle_suivi)
        self.choix = self.garde.lire([], lire_choix)
        self.page = TableauDePreuves(
            preuves=[
                {"id": p.preuve_id, "source": p.source, "reference": p.reference,
                 "texte": p.texte, "conseil": bool(p.selection)}
                for p in tableau.itertuples()
            ],
            sources=list(dict.fromkeys(tableau["source"])),
            parties=_parties(),
        )  # fmt: skip
        self.explications = {
            p.preuve_id: p.explication for p in tableau.itertuples() if not pd.isna(p.explication)
        }
        self.relecture = Annonce()
        consigne = Annonce(
            role="",
            html="Lisez un fait, puis décidez : argument pour, ou contre ? Rangez-le dans le plan. "
            "L'avis de la collection n'apparaît qu'après votre choix, et il se discute.",
        )
        super().__init__([consigne, self.page, self.relecture])
        self.page.on_msg(lambda _, contenu, __: self.proteger(lambda: self.recevoir(contenu)))
        self.actualiser()

    @property
    def plan(self) -> str:
        """Le plan en texte, prêt à copier."""
        return plan_texte(self.choix, self.preuves)

    def recevoir(self, message: dict) -> None:
        """Un geste de la page : choisir, annoter, ranger, déplacer, mettre de côté, reprendre."""
        geste, preuve = message.get("geste"), str(message.get("preuve", ""))
        if geste == "choisir":
            self.garder(choisir(self.choix, preuve, message.get("sens")))
        elif geste == "personnel":
            try:
                nouveau = ajouter_personnel(self.choix, message.get("texte", ""), message["sens"])
            except ErreurCas as erreur:
                self.page.send({"refus": str(erreur)})
                return
            self.garder(nouveau)
            self.page.send({"personnel": "ajouté"})
        elif geste == "annoter":
            self.garder(modifier(self.choix, preuve, note=str(message.get("note", ""))))
        elif geste == "partie":
            self.garder(modifier(self.choix, preuve, partie=message.get("partie")))
        elif geste == "deplacer":
            self.garder(deplacer(self.choix, preuve, int(message.get("pas", 0))))
        elif geste in ("mettre_de_cote", "reprendre"):
            self.garder(modifier(self.choix, preuve, cote=geste == "mettre_de_cote"))

    def garder(self, choix: list[dict]) -> None:
        """Prend un nouvel état du plan et l'enregistre aussitôt."""
        self.choix = choix
        self.actualiser()
        self.garde.ecrire(choix)

    def actualiser(self) -> None:
        enrichis = []
        for c in self.choix:
            texte, reference = texte_du_choix(c, self.preuves)
            enrichis.append(
                {**c, "libelle": texte, "reference": reference,
                 "explication": self.explications.get(c["preuve"], "")}
            )  # fmt: skip
        with self.page.hold_sync():
            self.page.choix = enrichis
            self.page.plan = self.plan
        verdicts = relire_plan(self.choix, self.preuves)
        self.relecture.html = "<strong>Relecture de votre plan</strong>" + "".join(
            f"<div>{en_html(v)}</div>" for v in verdicts
        )

    def apercu(self) -> Illustration:
        illustration = balance_des_preuves(self.preuves, self.choix)
        if self.choix:
            illustration.alternative += f"\n\n{self.plan}"
        return illustration


def _parties() -> list[dict]:
    return [{"code": code, "titre": titre} for code, titre in PARTIES.items()]
