"""Les figures du dossier 4 : chaîne de l'information, publics, Web 1.0 et 2.0, réseau, preuves."""

import math
import textwrap

import pandas as pd
from matplotlib.patches import FancyBboxPatch, PathPatch, Polygon
from matplotlib.path import Path

from ..information import (
    APPUIS,
    CASES,
    COLONNES,
    FONCTIONS,
    GAINS,
    GENERATIONS,
    MODES,
    PLUSIEURS_VERS_PLUSIEURS,
    PUBLICS,
    RUBRIQUES,
    UN_VERS_PLUSIEURS,
    Reseau,
    auteurs_avant_surcharge,
    balayer_auteurs,
    circuler,
    compter,
    filtrer,
    matrice,
)
from ..nombres import nombre, pourcent
from ..verdict import ETATS
from .base import (
    BLEU,
    CLAIR,
    ENCRE,
    GRIS,
    ORANGE,
    ROUGE,
    VERT,
    FigureVive,
    Illustration,
    nouvelle_figure,
    style,
)


def _sans_cadre(axe) -> None:
    axe.set_xticks([])
    axe.set_yticks([])
    for cote in axe.spines.values():
        cote.set_visible(False)


# --- La chaîne de l'information (4.1) ---------------------------------------------------


class FigureChaine(FigureVive):
    """Les missions placées dans les quatre fonctions du système d'information, et leurs gains."""

    def __init__(self, missions: pd.DataFrame):
        self.missions = missions
        super().__init__()

    def construire(self):
        self.figure = nouvelle_figure(10, 4.7)
        axe = self.axe = self.figure.add_axes((0, 0, 1, 1))
        axe.set_xlim(0, 100)
        axe.set_ylim(0, 47)
        _sans_cadre(axe)
        axe.text(1.5, 45.6, "Le système d'information du CERDD, et ce qu'il apporte",
                 fontsize=13, fontweight="bold", va="top")  # fmt: skip
        self.textes, self.alertes = {}, {}
        for i, (code, nom) in enumerate(FONCTIONS.items()):
            x = 1.5 + i * 24.8
            self._boite(x, 22.5, 22, 19.7, f"{i + 1}. {nom}", BLEU)
            self.textes[code] = axe.text(
                x + 0.8, 38.4, "", fontsize=11.5, va="top", linespacing=1.35
            )
            self.alertes[code] = axe.text(x + 11, 23.3, "", fontsize=11, ha="center",
                                          va="bottom", color=ROUGE, fontweight="bold")  # fmt: skip
            if i:
                axe.annotate("", (x - 0.2, 32), (x - 2.6, 32),
                             arrowprops={"arrowstyle": "-|>", "color": ENCRE, "lw": 2})  # fmt: skip
        axe.annotate("", (50, 18.9), (50, 22.3),
                     arrowprops={"arrowstyle": "-|>", "color": ENCRE, "lw": 2})  # fmt: skip
        axe.text(51.5, 20.7, "performance", fontsize=12, va="center", style="italic")
        self.gains = {}
        for i, (code, nom) in enumerate(GAINS.items()):
            x = 1.5 + i * 24.8
            self._boite(x, 4.9, 22, 13.9, nom.split(" :")[0], VERT)
            self.gains[code] = axe.text(x + 1, 15.0, "", fontsize=11, va="top", linespacing=1.25)
        self.bas = axe.text(1.5, 2.2, "", fontsize=12, va="center", fontweight="bold")
        self.mobiles += [*self.textes.values(), *self.alertes.values(), *self.gains.values(),
                         self.bas]  # fmt: skip

    def _boite(self, x, y, largeur, hauteur, titre, couleur):
        self.axe.add_patch(
            FancyBboxPatch((x, y), largeur, hauteur, boxstyle="round,pad=0,rounding_size=0.8",
                           facecolor="white", edgecolor=couleur, lw=1.8)
        )  # fmt: skip
        self.axe.text(x + largeur / 2, y + hauteur - 1.1, titre, ha="center", va="top",
                      fontsize=12.5, fontweight="bold", color=couleur)  # fmt: skip

    def actualiser(
        self,
        fonctions: dict[int, str | None],
        gains: dict[int, str | None],
        arret: int | None = None,
    ) -> str:
        """`fonctions`, `gains` : code choisi par rang de mission ; `arret` : mission arrêtée."""
        noms = self.missions.set_index("ordre")["mission"]
        phrases = []
        for code, nom in FONCTIONS.items():
            dedans = [o for o in noms.index if fonctions.get(o) == code]
            self.textes[code].set_text(
                "\n".join(f"✘ {noms[o]}" if o == arret else f"• {noms[o]}" for o in dedans)
            )
            vide = arret in dedans and len(dedans) == 1
            self.alertes[code].set_text("✘ plus rien ici" if vide else "")
            phrases.append(f"{nom} : {_liste([noms[o] for o in dedans])}")
        for code, nom in GAINS.items():
            actives = [o for o in noms.index if gains.get(o) == code and o != arret]
            mots = ", ".join(_court(noms[o]) for o in actives)
            self.gains[code].set_text(textwrap.fill(mots, 22) if mots else "–")
            phrases.append(f"{nom.split(' :')[0]} : {_liste([noms[o] for o in actives])}")
        reste = [noms[o] for o in noms.index if not fonctions.get(o)]
        if arret is not None:
            panne = self.missions.set_index("ordre").loc[arret, "panne"]
            bas, couleur = panne, ROUGE
        elif reste:
            bas, couleur = f"À placer : {', '.join(_court(n) for n in reste)}.", GRIS
        else:
            bas, couleur = "La chaîne est complète : chaque mission a sa fonction.", VERT
        self.bas.set_text(bas)
        if self.bas.get_color() != couleur:
            self.bas.set_color(couleur)
            self.fond_change()
        return f"Chaîne de l'information. {' ; '.join(phrases)}. {bas}"


def _court(mission: str) -> str:
    return mission.replace("Observation et mesure", "Observation")


def _liste(noms: list[str]) -> str:
    return ", ".join(noms) if noms else "aucune mission"


def chaine_information(
    missions: pd.DataFrame,
    fonctions: dict[int, str | None] | None = None,
    gains: dict[int, str | None] | None = None,
    arret: int | None = None,
) -> Illustration:
    """Les missions dans la chaîne de l'information ; sans précision, le classement proposé.

    `missions` : le tableau de `information.missions_du_systeme`.
    """
    if fonctions is None:
        fonctions = {m.ordre: m.fonctions[0] for m in missions.itertuples()}
    if gains is None:
        gains = {m.ordre: m.gains[0] for m in missions.itertuples()}
    return FigureChaine(missions).illustration(fonctions, gains, arret)


# --- La matrice de communication (4.2) --------------------------------------------------


def matrice_communication(
    elements: pd.DataFrame,
    public: str | None = None,
    case: tuple[str, str] | None = None,
) -> Illustration:
    """Le nombre d'éléments par public et par case du plan ; un disque par case, un nombre dedans.

    `elements` : le tableau de `information.elements_communication`. `public`, `case` : la ligne
    ou la colonne choisie, entourée.
    """
    comptes = matrice(elements)
    with style():
        figure = nouvelle_figure(10, 4.8)
        axe = figure.add_axes((0.25, 0.02, 0.745, 0.72))
        axe.set_xlim(-0.5, len(CASES) + 0.5)
        axe.set_ylim(len(PUBLICS) - 0.5, -0.5)
        _sans_cadre(axe)
        for y, (code, nom) in enumerate(PUBLICS.items()):
            axe.axhline(y + 0.5, color=CLAIR, lw=1)
            axe.text(-0.6, y, nom, ha="right", va="center", fontsize=11.5,
                     fontweight="bold" if code == public else "normal")  # fmt: skip
            for x, couple in enumerate(CASES):
                _disque(axe, x, y, int(comptes.loc[code, couple]), couple[0])
            total = compter(filtrer(elements, public=code))
            axe.text(len(CASES), y, str(total), ha="center", va="center", fontsize=12.5,
                     fontweight="bold")  # fmt: skip
        _entetes(axe)
        if public is not None:
            rang = list(PUBLICS).index(public)
            _entourer(axe, -0.45, rang - 0.45, len(CASES) - 0.1, 0.9)
        if case is not None:
            _entourer(axe, CASES.index(case) - 0.45, -0.45, 0.9, len(PUBLICS) - 0.1)
        figure.text(0.012, 0.965, "À qui s'adressent les éléments de communication du CERDD ?",
                    fontsize=13, fontweight="bold", va="top")  # fmt: skip
    alternative = "Nombre d'éléments de communication par public. " + " ; ".join(
        f"{nom} : {compter(filtrer(elements, public=code))}" for code, nom in PUBLICS.items()
    )
    return Illustration(figure, f"{alternative}. Un élément peut viser plusieurs publics.")


def _disque(axe, x, y, valeur, colonne):
    if not valeur:
        axe.text(x, y, "·", ha="center", va="center", fontsize=13, color=GRIS)
        return
    couleur = {"optimiser": BLEU, "creer_ou_developper": ORANGE}.get(colonne, ENCRE)
    axe.scatter([x], [y], s=260 + 190 * valeur, color=couleur, zorder=2)
    axe.text(x, y, str(valeur), ha="center", va="center", color="white", fontsize=12.5,
             fontweight="bold", zorder=3)  # fmt: skip


def _entetes(axe):
    noms = {
        "positionnement": "Position-\nnement",
        "prioritaire": "prioritaires",
        "en_place": "en place",
    }
    for x, (colonne, rubrique) in enumerate(CASES):
        nom = noms.get(rubrique) or noms.get(colonne) or RUBRIQUES[rubrique]
        axe.text(x, -0.6, nom, ha="center", va="bottom", fontsize=9.4)
    for debut, fin, nom, couleur in (
        (0, 2, COLONNES["optimiser"], BLEU),
        (3, 5, COLONNES["creer_ou_developper"], ORANGE),
        (6, 7, "Supports", ENCRE),
    ):
        axe.text((debut + fin) / 2, -1.48, nom, ha="center", va="bottom", fontsize=11.5,
                 fontweight="bold", color=couleur)  # fmt: skip
        axe.plot([debut - 0.42, fin + 0.42], [-1.4, -1.4], color=couleur, lw=2, clip_on=False)
    axe.text(len(CASES), -0.6, "Total", ha="center", va="bottom", fontsize=10, fontweight="bold")


def _entourer(axe, x, y, largeur, hauteur):
    axe.add_patch(
        FancyBboxPatch((x, y), largeur, hauteur, boxstyle="round,pad=0,rounding_size=0.1",
                       facecolor="none", edgecolor=ROUGE, lw=2.5, zorder=4, clip_on=False)
    )  # fmt: skip


def publics_nommes(elements: pd.DataFrame) -> Illustration:
    """Parmi les éléments du plan : public nommé, déduit, ou non précisé, dans chaque colonne."""
    plan = elements[elements["genre"] == "plan"]
    noms = {"optimiser": "À optimiser", "creer_ou_developper": "À créer\nou développer"}
    decors = {"nomme": (BLEU, ""), "deduit": ("white", "///"), "non_precise": (CLAIR, "")}
    phrases = []
    with style():
        figure = nouvelle_figure(10, 2.7)
        axe = figure.add_axes((0.15, 0.19, 0.83, 0.53))
        for y, colonne in enumerate(noms):
            gauche = 0
            for appui, (fond, hachure) in decors.items():
                # Un élément compte une fois : au plus précis de ses appuis.
                ids = _appuis_principaux(filtrer(plan, colonne=colonne))
                valeur = int((ids == appui).sum())
                axe.barh(y, valeur, 0.62, left=gauche, color=fond, hatch=hachure, edgecolor=BLEU,
                         lw=1.3, label=APPUIS[appui] if not y else None)  # fmt: skip
                if valeur:
                    boite = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
                    axe.text(gauche + valeur / 2, y, str(valeur), ha="center", va="center",
                             fontsize=14, fontweight="bold",
                             color="white" if appui == "nomme" else ENCRE,
                             bbox=boite if hachure else None)  # fmt: skip
                gauche += valeur
                phrases.append(f"{COLONNES[colonne]}, {APPUIS[appui]} : {valeur}")
        axe.set_yticks(range(len(noms)), noms.values(), fontsize=11.5)
        axe.invert_yaxis()
        axe.tick_params(axis="y", length=0)
        axe.set_xlabel("éléments du plan")
        axe.xaxis.set_major_locator(_entiers())
        figure.legend(loc="upper left", bbox_to_anchor=(0.14, 0.87), ncol=3, frameon=False,
                      fontsize=10.5, handlelength=1.4, columnspacing=1.6)  # fmt: skip
        figure.text(0.012, 0.96, "Le plan dit-il à qui il s'adresse ?", fontsize=13,
                    fontweight="bold", va="top")  # fmt: skip
    return Illustration(figure, f"Éléments du plan selon leur public. {' ; '.join(phrases)}.")


def _appuis_principaux(elements: pd.DataFrame) -> pd.Series:
    """L'appui le plus précis de chaque élément."""
    ordre = list(APPUIS)
    return elements.groupby("element_id")["appui"].agg(lambda a: min(a, key=ordre.index))


def _entiers():
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(integer=True)


# --- Web 1.0 et Web 2.0 (4.3) -----------------------------------------------------------


def comparaison_web(correction: pd.DataFrame) -> Illustration:
    """La comparaison des deux Web, telle qu'elle est remplie, avec un signe par case corrigée.

    `correction` : le tableau de `information.verifier_comparaison`.
    """
    criteres = list(dict.fromkeys(correction["critere"]))
    cases = correction.set_index(["critere", "web"])
    phrases = []
    with style():
        figure = nouvelle_figure(10, 0.75 + 0.43 * len(criteres))
        axe = figure.add_axes((0.01, 0.01, 0.98, 0.98))
        axe.set_xlim(0, 100)
        axe.set_ylim(len(criteres) + 0.1, -1.25)
        _sans_cadre(axe)
        for x, titre, couleur in ((25, "Web 1.0", BLEU), (62.5, "Web 2.0", ORANGE)):
            axe.text(x, -0.72, titre, fontsize=14, fontweight="bold", color=couleur, va="center")
        axe.plot([0, 100], [-0.3, -0.3], color=ENCRE, lw=1.5)
        for y, critere in enumerate(criteres):
            axe.axhline(y + 0.65, color=CLAIR, lw=1)
            libelle = cases.loc[(critere, GENERATIONS[0]), "libelle"]
            axe.text(0, y + 0.17, libelle, fontsize=11, fontweight="bold", va="center")
            dits = []
            for x, web in zip((25, 62.5), GENERATIONS, strict=True):
                case = cases.loc[(critere, web)]
                texte, couleur = _case_comparee(case)
                axe.text(x, y + 0.17, texte, fontsize=11, va="center", color=couleur)
                dits.append(f"Web {web}, {texte}")
            phrases.append(f"{libelle} : {' ; '.join(dits)}")
    return Illustration(figure, f"Comparaison du Web 1.0 et du Web 2.0. {'. '.join(phrases)}.")


def _case_comparee(case: pd.Series) -> tuple[str, str]:
    etat = case["verdict"].etat
    if etat == "a_completer":
        return "… à compléter", GRIS
    return f"{ETATS[etat][0][0]} {case['option']}", ENCRE if etat == "juste" else ROUGE


# --- Le réseau (4.3) --------------------------------------------------------------------


class FigureReseau(FigureVive):
    """Deux réseaux dessinés, et ce qu'un partenaire reçoit et lit selon la part d'auteurs."""

    DESSINES = 20

    def construire(self):
        self.figure = nouvelle_figure(10, 4.3)
        self.etoile = self._dessin((0.005, 0.14, 0.265, 0.73), "Web 1.0\nun vers plusieurs", BLEU)
        self.maille = self._dessin(
            (0.285, 0.14, 0.265, 0.73), "Web 2.0\nplusieurs vers plusieurs", ORANGE
        )
        self._courbes(self.figure.add_axes((0.615, 0.335, 0.35, 0.54)))

    def _dessin(self, place, titre, couleur):
        axe = self.figure.add_axes(place)
        axe.set_xlim(-1.3, 1.3)
        axe.set_ylim(-1.5, 1.3)
        axe.set_aspect("equal")
        _sans_cadre(axe)
        axe.set_title(titre, color=couleur, fontsize=13)
        liens = PathPatch(_traits([]), fill=False, edgecolor=couleur, lw=0.9, alpha=0.75)
        axe.add_patch(liens)
        noeud = {"ls": "", "markeredgecolor": ENCRE}
        lecteurs = axe.plot([], [], marker="o", ms=8, mfc="white", mew=1.3, **noeud)[0]
        auteurs = axe.plot([], [], marker="s", ms=9.5, mfc=ORANGE, **noeud)[0]
        centre = axe.plot([0], [0], marker="D", ms=17, mfc=BLEU, **noeud)[0]
        legende = axe.text(0, -1.5, "", ha="center", va="top", fontsize=11, linespacing=1.35)
        self.mobiles += [liens, lecteurs, auteurs, centre, legende]
        return {"liens": liens, "lecteurs": lecteurs, "auteurs": auteurs, "legende": legende}

    def _courbes(self, axe):
        self.axe = axe
        axe.set_xlim(0, 1)
        axe.xaxis.set_major_formatter(lambda v, _: pourcent(v, 0))
        axe.set_xlabel("partenaires qui publient")
        axe.set_title("Contenus par partenaire\net par semaine", loc="left")
        self.trop = Polygon([[0, 0], [0, 0], [0, 0]], closed=True, facecolor="none",
                            edgecolor=ROUGE, hatch="///", lw=0,
                            label="non lus : surcharge")  # fmt: skip
        axe.add_patch(self.trop)
        self.recus = axe.plot([], [], color=ORANGE, lw=2.6, label="reçus")[0]
        self.utiles = axe.plot([], [], color=VERT, lw=2.6, ls="--", label="lus et utiles")[0]
        self.capacite = axe.plot([], [], color=ENCRE, lw=1.6, ls=":",
                                 label="temps épuisé")[0]  # fmt: skip
        self.avant = axe.plot([], [], color=BLEU, lw=2, ls="-.", label="lus avec le Web 1.0")[0]
        self.ici = axe.plot([], [], color=ENCRE, lw=1.2)[0]
        point = {"ls": "", "marker": "o", "ms": 8.5, "markeredgecolor": ENCRE}
        self.point_recus = axe.plot([], [], mfc=ORANGE, **point)[0]
        self.point_utiles = axe.plot([], [], mfc=VERT, **point)[0]
        self.mobiles += [self.trop, self.recus, self.utiles, self.capacite, self.avant, self.ici,
                         self.point_recus, self.point_utiles]  # fmt: skip
        axe.legend(loc="upper left", bbox_to_anchor=(-0.15, -0.26), ncol=2, frameon=False,
                   fontsize=10.6, columnspacing=0.9, handlelength=2.0)  # fmt: skip

    def actualiser(self, reseau: Reseau) -> str:
        avant = circuler(reseau, UN_VERS_PLUSIEURS)
        apres = circuler(reseau, PLUSIEURS_VERS_PLUSIEURS)
        self._placer(reseau)
        n = nombre(reseau.partenaires)
        self.etoile["legende"].set_text(f"◆ CERDD   ○ {n} partenaires\n{nombre(avant.liens)} liens")
        self.maille["legende"].set_text(
            f"■ {nombre(reseau.auteurs)} auteurs   "
            f"○ {nombre(reseau.partenaires - reseau.auteurs)} lecteurs\n"
            f"{nombre(apres.liens)} relations possibles"
        )
        self._courber(reseau, avant, apres)
        return alternative_reseau(reseau)

    def _placer(self, reseau: Reseau):
        combien = min(reseau.partenaires, self.DESSINES)
        angles = [math.pi / 2 - 2 * math.pi * i / combien for i in range(combien)]
        points = [(math.cos(a), math.sin(a)) for a in angles]
        ecrits = round(combien * reseau.auteurs / reseau.partenaires)
        if reseau.auteurs:
            ecrits = max(ecrits, 1)
        # Les auteurs sont répartis sur le cercle.
        rangs = {int(i * combien / ecrits) for i in range(ecrits)} if ecrits else set()
        auteurs = [p for i, p in enumerate(points) if i in rangs]
        lecteurs = [p for i, p in enumerate(points) if i not in rangs]
        centre = (0.0, 0.0)
        rayons = [(centre, p) for p in points]
        self.etoile["liens"].set_path(_traits(rayons))
        self.etoile["lecteurs"].set_data(*_colonnes(points))
        self.maille["liens"].set_path(
            _traits(rayons + [(a, p) for a in auteurs for p in points if p != a])
        )
        self.maille["lecteurs"].set_data(*_colonnes(lecteurs))
        self.maille["auteurs"].set_data(*_colonnes(auteurs))

    def _courber(self, reseau: Reseau, avant, apres):
        courbe = balayer_auteurs(reseau)
        x, recus = list(courbe["part_auteurs"]), list(courbe["recus"])
        haut = _borne(max(3 * reseau.capacite, 2 * avant.recus, 6))
        if self.axe.get_ylim() != (0, haut):
            self.axe.set_ylim(0, haut)
            self.axe.yaxis.set_major_locator(_entiers())
            self.fond_change()
        self.recus.set_data(x, recus)
        self.utiles.set_data(x, list(courbe["utiles_lus"]))
        self.capacite.set_data([0, 1], [reseau.capacite] * 2)
        self.avant.set_data([0, 1], [avant.lus] * 2)
        part = reseau.auteurs / reseau.partenaires
        self.ici.set_data([part, part], [0, haut])
        self.point_recus.set_data([part], [min(apres.recus, haut)])
        self.point_utiles.set_data([part], [apres.utiles_lus])
        self.trop.set_xy(_surcharge(x, recus, reseau.capacite))


def _colonnes(points: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    """Les abscisses et les ordonnées d'une liste de points."""
    return [x for x, _ in points], [y for _, y in points]


def _traits(segments: list) -> Path:
    """Des segments en un seul tracé."""
    if not segments:
        return Path([(0, 0)], [Path.MOVETO])
    codes = [Path.MOVETO, Path.LINETO] * len(segments)
    return Path([p for segment in segments for p in segment], codes)


def _surcharge(x: list[float], recus: list[float], capacite: float) -> list[tuple[float, float]]:
    """Le contour de ce qui est reçu au-delà de la capacité, sans déborder sous elle."""
    haut, bas = [], []
    for i, (a, r) in enumerate(zip(x, recus, strict=True)):
        if r < capacite:
            continue
        if not haut and i and recus[i - 1] < capacite < r:
            part = (capacite - recus[i - 1]) / (r - recus[i - 1])
            a0 = x[i - 1] + part * (a - x[i - 1])
            haut.append((a0, capacite))
        haut.append((a, r))
        bas.append((a, capacite))
    return [*haut, *reversed(bas)] if len(haut) > 1 else [(0, 0)] * 3


def _borne(valeur: float) -> float:
    """Une borne d'axe ronde (1, 2, 5 fois une puissance de dix), au moins égale à la valeur."""
    ordre = 10 ** math.floor(math.log10(valeur))
    return next(m * ordre for m in (1, 2, 3, 4, 5, 6, 8, 10) if m * ordre >= valeur - 1e-9)


def alternative_reseau(reseau: Reseau) -> str:
    """Le texte de remplacement du réseau : les deux modes, le seuil de surcharge."""
    phrases = []
    for mode, nom in MODES.items():
        c = circuler(reseau, mode)
        phrases.append(
            f"{nom} : {nombre(c.liens)} liens possibles, {nombre(c.contenus)} contenus publiés, "
            f"{nombre(c.recus)} reçus par partenaire, {nombre(round(c.lus, 1))} lus, "
            f"dont {nombre(round(c.utiles_lus, 1))} utiles"
        )
    seuil = auteurs_avant_surcharge(reseau)
    fin = (
        "aucune surcharge, quelle que soit la part d'auteurs"
        if seuil is None
        else f"surcharge à partir de {nombre(seuil)} auteurs sur {nombre(reseau.partenaires)}"
    )
    return f"{'. '.join(phrases)}. Avec ces réglages : {fin}."


def figure_reseau(reseau: Reseau | None = None) -> Illustration:
    """Les deux réseaux et la courbe de surcharge, pour un réglage donné."""
    return FigureReseau().illustration(reseau or Reseau())


# --- Les preuves (4.3) ------------------------------------------------------------------


def balance_des_preuves(tableau: pd.DataFrame, choix: list[dict] | None = None) -> Illustration:
    """Où sont les arguments : par source, la sélection de la collection et ce qui a été choisi.

    `tableau` : celui de `information.preuves` ; `choix` : le plan en cours.
    """
    gardes = [c for c in choix or [] if not c["cote"]]
    source = tableau.set_index("preuve_id")["source"]
    choisis = pd.DataFrame(
        [(source[c["preuve"]], c["sens"]) for c in gardes if c["preuve"] in source.index],
        columns=["source", "sens"],
    )
    conseil = tableau[tableau["selection"]]
    sources = list(dict.fromkeys(tableau["source"]))
    phrases = []
    with style():
        figure = nouvelle_figure(10, 4.7)
        axe = figure.add_axes((0.24, 0.11, 0.74, 0.72))
        for y, nom in enumerate(sources):
            for sens, cote, couleur in (("pour", 1, VERT), ("contre", -1, ORANGE)):
                propose = int(((conseil["source"] == nom) & (conseil["sens"] == sens)).sum())
                pris = int(((choisis["source"] == nom) & (choisis["sens"] == sens)).sum())
                axe.barh(y, cote * propose, 0.72, facecolor="white", edgecolor=couleur,
                         hatch="////" if cote > 0 else "....", lw=1.2)  # fmt: skip
                axe.barh(y, cote * pris, 0.4, color=couleur, edgecolor=ENCRE)
                if pris:
                    axe.text(cote * (max(pris, propose) + 0.15), y, str(pris), va="center",
                             ha="left" if cote > 0 else "right", fontweight="bold")  # fmt: skip
                phrases.append(f"{nom}, {sens} : {propose} conseillés, {pris} choisis")
        axe.axvline(0, color=ENCRE, lw=1.2)
        axe.set_yticks(range(len(sources)), sources, fontsize=11)
        axe.invert_yaxis()
        axe.tick_params(axis="y", length=0)
        axe.spines["left"].set_visible(False)
        borne = max(abs(v) for v in axe.get_xlim()) + 0.4
        axe.set_xlim(-borne, borne)
        axe.xaxis.set_major_locator(_entiers())
        axe.xaxis.set_major_formatter(lambda v, _: nombre(abs(v), 0))
        axe.set_xlabel("nombre de faits — hachuré : conseillés ; plein : choisis dans le plan")
        for x, nom, couleur, cote in ((0.02, "◀ contre, ou limites", ORANGE, "left"),
                                      (0.98, "pour ▶", VERT, "right")):  # fmt: skip
            axe.text(x, 1.02, nom, transform=axe.transAxes, color=couleur, fontsize=12,
                     fontweight="bold", ha=cote, va="bottom")  # fmt: skip
        figure.text(0.012, 0.965, "Où trouver des arguments pour la question 4.3 ?", fontsize=13,
                    fontweight="bold", va="top")  # fmt: skip
    return Illustration(figure, f"Arguments par source. {' ; '.join(phrases)}.")
