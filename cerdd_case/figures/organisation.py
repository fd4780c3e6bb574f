"""Les figures du dossier 1 : vote, argent public, calendrier, structure, classements."""

import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import wrap

import pandas as pd
from matplotlib.patches import Rectangle

from ..erreurs import ErreurCas
from ..nombres import euros, nombre, pourcent
from ..organisation import (
    DEUX_TIERS,
    SIMPLE,
    arborescence,
    coalitions,
    majorite_requise,
    nom,
    paliers,
    part_publique,
    pouvoir,
    presidences,
    verifier_classement,
)
from ..verdict import ETATS, Verdict
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

# état d'un `Verdict`: son nom dans un classement
DITS = {"juste": "juste", "presque": "à discuter", "faux": "à revoir", "a_completer": "à vérifier"}
SIGNES = {etat: ETATS[etat][0][0] for etat in DITS}
ENCRES = {etat: ETATS[etat][1] for etat in DITS}
TITRE_ETAGES = "Du pourquoi au comment"
LEGENDE_VERDICTS = "    ".join(
    f"{SIGNES[etat]} {'pas encore vérifié' if etat == 'a_completer' else dit}"
    for etat, dit in DITS.items()
)


def _insecables(texte: str) -> str:
    """Les espaces que l'on ne coupe pas : devant « : ; ? ! »."""
    return re.sub(r" (?=[:;?!])", "\u00a0", texte)


def _sans_cadre(axe):
    axe.set_xticks([])
    axe.set_yticks([])
    for cote in axe.spines.values():
        cote.set_visible(False)


# --- Le pouvoir de vote -----------------------------------------------------------------


class FigurePouvoir(FigureVive):
    """À gauche, les coalitions et la majorité ; à droite, les voix comparées au pouvoir.

    `actualiser(voix, seuil, montrer)` : des voix par membre (4 membres au plus, ceux qui n'ont
    pas de voix ne sont pas dessinés), la majorité exigée (part) et, si `montrer` est faux, le
    pouvoir reste caché.
    """

    MEMBRES, LIGNES = 4, 15
    MESURES = (
        ("part", "Part des voix", "white", GRIS, "////"),
        ("banzhaf", "Pouvoir, selon Banzhaf", BLEU, BLEU, ""),
        ("shapley", "Pouvoir, selon Shapley", "#dcefe4", VERT, "..."),
    )

    def construire(self):
        self.votants: list[str] = []
        self.montre: bool | None = None
        self.figure = nouvelle_figure(10, 4.9)
        self._construire_points(self.figure.add_axes((0.01, 0.11, 0.31, 0.70)))
        self._construire_barres(self.figure.add_axes((0.33, 0.11, 0.27, 0.70)))
        self._construire_pouvoir(self.figure.add_axes((0.645, 0.11, 0.345, 0.70)))
        self.figure.text(0.01, 0.955, "Qui peut décider avec qui ?", fontsize=13, weight="bold")
        self.figure.text(0.645, 0.955, "Voix et pouvoir", fontsize=13, weight="bold")
        self.figure.text(0.01, 0.035, "●  vote pour      ○  ne vote pas pour      "
                         "★  décisif : sans lui, la décision ne passe plus",
                         fontsize=11, color=ENCRE)  # fmt: skip

    def _construire_points(self, axe):
        _sans_cadre(axe)
        axe.set_xlim(0, 1)
        axe.set_ylim(1, 0)
        self.absents = axe.scatter([], [], s=60, facecolor="white", edgecolor=GRIS, lw=1.2)
        self.presents = axe.scatter([], [], s=130, color=BLEU)
        self.decisifs = axe.scatter([], [], s=270, marker="*", color=ORANGE, edgecolor=ENCRE,
                                    lw=0.8)  # fmt: skip
        self.entetes = [
            axe.text(0, -0.035, "", ha="center", va="bottom", fontsize=10, weight="bold")
            for _ in range(self.MEMBRES)
        ]
        self.mobiles += [self.absents, self.presents, self.decisifs]

    def _construire_barres(self, axe):
        _sans_cadre(axe)
        axe.set_xlim(0, 1.42)
        axe.set_ylim(1, 0)
        self.barres = [axe.barh(0, 0, 0.03, lw=1.2)[0] for _ in range(self.LIGNES)]
        self.totaux = [axe.text(0, 0, "", va="center", fontsize=11) for _ in self.barres]
        (self.limite,) = axe.plot([0.5, 0.5], [0, 1], color=ENCRE, lw=2, ls="--")
        self.majorite = axe.text(0.5, -0.035, "", ha="center", va="bottom", fontsize=10.5,
                                 weight="bold")  # fmt: skip
        self.mobiles += [*self.barres, self.limite, *self.totaux, self.majorite]

    def _construire_pouvoir(self, axe):
        _sans_cadre(axe)
        axe.set_xlim(0, 1.34)
        axe.set_ylim(1, -0.02)
        self.mesures, self.valeurs = [], []
        for _, libelle, fond, bord, hachure in self.MESURES:
            barres = [
                axe.barh(0, 0, 0.05, facecolor=fond, edgecolor=bord, hatch=hachure, lw=1.2,
                         label=libelle if i == 0 else None)[0]
                for i in range(self.MEMBRES)
            ]  # fmt: skip
            self.mesures.append(barres)
            self.valeurs.append([axe.text(0, 0, "", va="center", fontsize=11.5) for _ in barres])
        self.noms = [
            axe.text(0, 0, "", va="bottom", fontsize=12, weight="bold") for _ in range(self.MEMBRES)
        ]
        self.secrets = [
            axe.text(0, 0, "pouvoir : ?   pariez d'abord", va="center", fontsize=11, color=GRIS)
            for _ in range(self.MEMBRES)
        ]
        axe.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), frameon=False, fontsize=10.5,
                   ncols=1, borderpad=0, labelspacing=0.25, handlelength=1.6)  # fmt: skip
        for barres, textes in zip(self.mesures, self.valeurs, strict=True):
            self.mobiles += [*barres, *textes]
        self.mobiles += self.secrets

    def actualiser(self, voix: Mapping[str, float], seuil: float, montrer: bool = True) -> str:
        votants = {m: v for m, v in voix.items() if v > 0}
        if (list(votants), montrer) != (self.votants, self.montre):
            self.votants, self.montre = list(votants), montrer
            self._nommer()
            self.fond_change()  # les noms sont fixes, et le pouvoir apporte ses couleurs
        tableau, mesure = coalitions(votants, seuil), pouvoir(votants, seuil)
        self._placer_coalitions(list(votants), tableau, seuil, montrer)
        self._placer_pouvoir(mesure, montrer)
        return alternative_pouvoir(tableau, mesure, seuil, montrer)

    def _placer_coalitions(self, membres, tableau, seuil, montrer):
        pas = 1 / len(tableau)
        colonnes = {m: (i + 0.5) / len(membres) for i, m in enumerate(membres)}
        points = {"absents": [], "presents": [], "decisifs": []}
        for i, ligne in enumerate(tableau.itertuples()):
            y = (i + 0.5) * pas
            for membre, x in colonnes.items():
                sorte = (
                    "absents" if membre not in ligne.coalition
                    else "decisifs" if montrer and membre in ligne.decisifs
                    else "presents"
                )  # fmt: skip
                points[sorte].append((x, y))
        for sorte, places in points.items():
            getattr(self, sorte).set_offsets(places or [(-9, -9)])
        for i in range(self.LIGNES):
            barre, total = self.barres[i], self.totaux[i]
            visible = i < len(tableau)
            barre.set_visible(visible)
            total.set_visible(visible)
            if not visible:
                continue
            ligne = tableau.iloc[i]
            y, epaisseur = (i + 0.5) * pas, min(pas * 0.62, 0.075)
            barre.set_y(y - epaisseur / 2)
            barre.set_height(epaisseur)
            barre.set_width(ligne["part"])
            barre.set_facecolor(VERT if ligne["gagnante"] else "white")
            barre.set_edgecolor(VERT if ligne["gagnante"] else GRIS)
            total.set_position((1.05, y))
            total.set_text(f"{pourcent(ligne['part'], 0)}\u00a0{'✔' if ligne['gagnante'] else '✘'}")
            total.set_color("#14663c" if ligne["gagnante"] else GRIS)
            total.set_weight("bold" if ligne["gagnante"] else "normal")
        self.limite.set_xdata([seuil, seuil])
        self.majorite.set_text(majorite_requise(seuil).replace(" des voix", "\ndes voix"))
        self.majorite.set_x(min(max(seuil, 0.45), 0.95))

    def _nommer(self):
        """Écrit les noms des votants, au-dessus des points et à côté des barres."""
        n = len(self.votants)
        for i in range(self.MEMBRES):
            for texte in (self.entetes[i], self.noms[i]):
                texte.set_visible(i < n)
            if i >= n:
                continue
            libelle = nom(self.votants[i])
            entete = libelle.replace(" ", "\n")
            if n > 3:  # la colonne est trop étroite pour le mot entier
                entete = entete.replace("Collectivités", "Collec-\ntivités")
            self.entetes[i].set_text(entete)
            self.entetes[i].set_x((i + 0.5) / n)
            self.noms[i].set_text(libelle)
            self.noms[i].set_position((0, (i + 0.28) / n))

    def _placer_pouvoir(self, mesure, montrer):
        n = len(mesure)
        pas = 1 / n
        for i in range(self.MEMBRES):
            visible = i < n
            self.secrets[i].set_visible(visible and not montrer)
            self.secrets[i].set_position((0, (i + 0.72) * pas))
            for rang, (champ, *_) in enumerate(self.MESURES):
                barre, texte = self.mesures[rang][i], self.valeurs[rang][i]
                vue = visible and (montrer or champ == "part")
                barre.set_visible(vue)
                texte.set_visible(vue)
                if not vue:
                    continue
                ligne = mesure.iloc[i]
                y = (i + 0.42 + 0.2 * rang) * pas
                barre.set_y(y - 0.08 * pas)
                barre.set_height(0.16 * pas)
                barre.set_width(ligne[champ])
                texte.set_position((ligne[champ] + 0.02, y))
                texte.set_text(pourcent(ligne[champ], 0 if champ == "part" else 1))
                texte.set_weight("normal" if champ == "part" else "bold")


def alternative_pouvoir(
    tableau: pd.DataFrame, mesure: pd.DataFrame, seuil: float, montrer: bool = True
) -> str:
    """Le texte de remplacement des coalitions et du pouvoir."""
    gagnantes = tableau[tableau["gagnante"]]
    camps = " ; ".join(
        f"{' + '.join(nom(m) for m in c.coalition)} ({pourcent(c.part, 0)})"
        for c in gagnantes.itertuples()
    )
    if montrer:
        poids = " ; ".join(
            f"{nom(m.membre)} : {pourcent(m.part, 0)} des voix, décisif {m.decisif} fois, "
            f"pouvoir {pourcent(m.banzhaf)} selon Banzhaf et {pourcent(m.shapley)} selon Shapley"
            for m in mesure.itertuples()
        )
    else:
        poids = (
            " ; ".join(
                f"{nom(m.membre)} : {pourcent(m.part, 0)} des voix" for m in mesure.itertuples()
            )
            + " ; le pouvoir reste caché jusqu'au pari"
        )
    return (
        f"Il faut {majorite_requise(seuil)}. Coalitions gagnantes, {len(gagnantes)} sur "
        f"{len(tableau)} : {camps}. {poids}."
    )


def figure_pouvoir(voix: Mapping[str, float], seuil: float = SIMPLE) -> Illustration:
    """Les coalitions possibles et le pouvoir de chacun, pour des voix et une majorité données."""
    return FigurePouvoir().illustration(voix, seuil)


def figure_majorites(voix: Mapping[str, float]) -> Illustration:
    """Le pouvoir de chaque membre (Shapley) selon la majorité exigée."""
    tableau = paliers(voix)
    bornes = [*tableau["seuil_min"], 1.0]
    courbes: dict[tuple, list[str]] = {}
    for membre in voix:  # les membres toujours à égalité partagent une courbe
        courbes.setdefault(tuple(tableau[membre].round(9)), []).append(nom(membre))
    traits = [("-", "o", BLEU), ("--", "s", ORANGE), (":", "^", VERT), ("-.", "D", GRIS)]
    with style():
        figure = nouvelle_figure(10, 4.4)
        axe = figure.add_axes((0.085, 0.14, 0.89, 0.66))
        ecrits = set()
        for rang, ((valeurs, membres), (trait, marque, couleur)) in enumerate(
            zip(courbes.items(), traits, strict=False)
        ):
            # Deux courbes confondues restent visibles ; leur valeur commune s'écrit une fois.
            y = [v - 0.012 * rang for v in (*valeurs, valeurs[-1])]
            axe.step(bornes, y, where="post", color=couleur, ls=trait, lw=3)
            milieux = [(a + b) / 2 for a, b in zip(bornes, bornes[1:], strict=False)]
            axe.plot(milieux, y[:-1], marque, color=couleur, ms=9, label=" et ".join(membres))
            for i, (x, valeur) in enumerate(zip(milieux, valeurs, strict=True)):
                if (i, valeur) in ecrits or bornes[i + 1] - bornes[i] < 0.06:
                    continue
                ecrits.add((i, valeur))
                axe.annotate(pourcent(valeur), (x, valeur), xytext=(0, 10),
                             textcoords="offset points", ha="center", fontsize=12,
                             weight="bold")  # fmt: skip
        for seuil, libelle in ((SIMPLE, "majorité\nsimple"), (DEUX_TIERS, "deux\ntiers"),
                               (1.0, "unanimité")):  # fmt: skip
            axe.axvline(seuil, color=GRIS, lw=1, ls=(0, (2, 3)))
            axe.annotate(libelle, (seuil, 1), xycoords=("data", "axes fraction"), ha="center",
                         xytext=(0, 3), textcoords="offset points", va="bottom",
                         fontsize=9.5)  # fmt: skip
        axe.set_xlim(0.485, 1.02)
        axe.set_ylim(-0.06, max(tableau[list(voix)].max()) * 1.28)
        axe.set_xticks([b for b, suivante in zip(bornes, [*bornes[1:], 2], strict=True)
                        if suivante - b > 0.035])  # fmt: skip
        axe.xaxis.set_major_formatter(lambda v, _: pourcent(v, 0))
        axe.yaxis.set_major_formatter(lambda v, _: pourcent(v, 0))
        axe.set_xlabel("majorité exigée")
        axe.set_ylabel("part du pouvoir (Shapley)")
        axe.legend(loc="lower right", frameon=False, fontsize=12, bbox_to_anchor=(0.9, 1.0),
                   ncols=2)  # fmt: skip
        figure.text(0.01, 0.945, "Combien pèse chacun, selon la majorité exigée ?", fontsize=13,
                    weight="bold")  # fmt: skip
    morceaux = " ; ".join(
        f"de {pourcent(p.seuil_min, 0)} à {pourcent(p.seuil_max, 0)} : "
        + ", ".join(f"{nom(m)} {pourcent(getattr(p, m))}" for m in voix)
        for p in tableau.itertuples()
    )
    return Illustration(figure, f"Part du pouvoir selon la majorité exigée. {morceaux}.")


# --- L'argent public --------------------------------------------------------------------


class FigureRecettes(FigureVive):
    """Les recettes de 2014, celles que l'on compte comme publiques, et leur part.

    `actualiser(postes)` : les codes des recettes comptées comme publiques.
    """

    COURTS = {"etat": "État (dont ADEME)", "collectivites": "Collectivités",
              "ue": "Union européenne", "autres": "Autres (adhésions…)"}  # fmt: skip

    def __init__(self, budget: pd.DataFrame):
        self.budget = budget
        self.recettes = budget[budget["nature"] == "recette"]
        super().__init__()

    def construire(self):
        self.figure = nouvelle_figure(10, 3.9)
        axe = self.figure.add_axes((0.19, 0.33, 0.79, 0.55))
        _sans_cadre(axe)
        montants = list(self.recettes["montant_eur"])
        axe.set_xlim(0, max(montants) * 1.62)
        axe.set_ylim(len(montants) - 0.4, -0.6)
        self.barres = list(axe.barh(range(len(montants)), montants, 0.62, lw=1.5))
        self.verdicts = [
            axe.text(m + max(montants) * 0.02, i, "", va="center", fontsize=12)
            for i, m in enumerate(montants)
        ]
        axe.set_yticks(
            range(len(montants)), [self.COURTS[p] for p in self.recettes["poste"]], fontsize=12
        )
        axe.tick_params(axis="y", length=0)
        axe.set_title("Qui paie le CERDD ? Recettes prévues pour 2014", loc="left", x=-0.235)
        bas = self.figure.add_axes((0.19, 0.09, 0.60, 0.13))
        _sans_cadre(bas)
        bas.set_xlim(0, 1)
        bas.set_ylim(-0.5, 0.5)
        bas.barh(0, 1, 0.7, facecolor="white", edgecolor=GRIS, hatch="////")
        self.jauge = bas.barh(0, 0, 0.7, color=BLEU)[0]
        self.part = bas.text(1.02, 0, "", va="center", fontsize=20, weight="bold")
        bas.text(-0.015, 0, "Argent public", ha="right", va="center", fontsize=12, weight="bold")
        self.mobiles += [*self.barres, *self.verdicts, self.jauge, self.part]

    def actualiser(self, postes) -> str:
        morceaux = []
        for barre, texte, r in zip(
            self.barres, self.verdicts, self.recettes.itertuples(), strict=True
        ):
            public = r.poste in postes
            barre.set_facecolor(BLEU if public else "white")
            barre.set_edgecolor(BLEU if public else GRIS)
            barre.set_hatch("" if public else "////")
            dit = "✔ compté public" if public else "non compté"
            texte.set_text(f"{euros(r.montant_eur, 0)}   {dit}")
            texte.set_weight("bold" if public else "normal")
            morceaux.append(f"{self.COURTS[r.poste]} {euros(r.montant_eur, 0)} ({dit})")
        self.fond_change()  # une case cochée change les hachures et les couleurs
        part = part_publique(self.budget, postes)
        self.jauge.set_width(part)
        self.part.set_text(pourcent(part))
        return (
            f"Recettes prévues pour 2014 : {' ; '.join(morceaux)}. "
            f"Argent public : {pourcent(part)} des recettes."
        )


# --- Le calendrier ----------------------------------------------------------------------


def figure_calendrier(dates: Mapping[str, int]) -> Illustration:
    """La convention, la présidence tournante et l'action du directeur.

    `dates` : celles de `organisation.dates`. Le sujet ne dit pas qui préside en premier : les
    deux lectures possibles sont dessinées.
    """
    debut, fin, tour = dates["debut"], dates["fin"], dates["presidence"]
    couleurs = {"etat": ("#dbe8f4", BLEU, ""), "region": ("#dcefe4", VERT, "..")}
    noms = {"etat": "État\n(préfet)", "region": "Région\n(son président)"}
    rangees = ["Convention\nà trois parties", "Présidence,\nsi l'État commence",
               "Présidence,\nsi la Région commence", "Direction"]  # fmt: skip
    with style():
        figure = nouvelle_figure(10, 4.7)
        axe = figure.add_axes((0.19, 0.11, 0.80, 0.74))
        _bande(axe, 0, debut, fin, ("#f7e3d0", ORANGE, ""),
               f"Grandes orientations fixées pour {_ans(dates['convention'])}\n"
               "État, Région, collectivités territoriales")  # fmt: skip
        recit = []
        for rangee, premier in ((1, "etat"), (2, "region")):
            tableau = presidences(debut, fin, tour, premier)
            for p in tableau.itertuples():
                _bande(axe, rangee, p.debut, p.fin, couleurs[p.membre], noms[p.membre])
            recit.append(
                ", ".join(f"{nom(p.membre)} de {p.debut} à {p.fin}" for p in tableau.itertuples())
            )
        axe.annotate("", (fin + 0.6, 3), (debut - 0.05, 3),
                     arrowprops={"arrowstyle": "-|>", "lw": 3, "color": ENCRE})  # fmt: skip
        axe.text((debut + fin) / 2, 2.8,
                 "applique la convention, décide en chemin au contact du terrain",
                 ha="center", va="bottom", fontsize=11)  # fmt: skip
        axe.text((debut + fin) / 2, 3.2, "puis justifie ses choix devant les décideurs",
                 ha="center", va="top", fontsize=11)  # fmt: skip
        premiere = min(dates["audit"], debut)
        gauche = premiere - 1.15  # l'axe est coupé après la création
        for x, quoi in ((gauche, "création"), (dates["audit"], "audit")):
            axe.plot([x, x], [-0.5, 3.5], color=GRIS, lw=1, ls=":")
            axe.text(x, -0.58, quoi, ha="center", va="bottom", fontsize=11)
            axe.plot([x], [3.5], "D", color=ENCRE, ms=8, clip_on=False)
        axe.text((gauche + premiere) / 2, 3.5, "//", ha="center", va="center",
                 fontsize=15, weight="bold",
                 bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})  # fmt: skip
        annees = list(range(premiere, max(fin, dates["audit"]) + 1))
        axe.set_xticks([gauche, *annees], [dates["creation"], *annees], fontsize=12)
        axe.set_yticks(range(4), rangees, fontsize=10.5)
        axe.tick_params(axis="y", length=0)
        axe.set_ylim(3.5, -0.5)
        axe.set_xlim(gauche - 0.35, annees[-1] + 0.75)
        axe.spines["left"].set_visible(False)
        figure.text(0.01, 0.95,
                    f"Un cap pour {_ans(dates['convention'])}, une présidence qui tourne",
                    fontsize=13, weight="bold")  # fmt: skip
    return Illustration(
        figure,
        f"Frise : création en {dates['creation']}, audit en {dates['audit']}, convention à trois "
        f"parties de {debut} à {fin}. La présidence change {_tous_les(tour)}. Le sujet ne dit "
        f"pas qui commence ; si l'État commence : {recit[0]} ; si la Région commence : {recit[1]}. "
        "Pendant toute la période, le directeur applique la convention, décide en chemin et "
        "justifie ses choix.",
    )


def _ans(duree: int) -> str:
    return f"{duree} an{'s' * (duree > 1)}"


def _tous_les(duree: int) -> str:
    return f"tous les {duree} ans" if duree > 1 else "tous les ans"


def _bande(axe, rangee, debut, fin, couleur, texte):
    fond, bord, hachure = couleur
    axe.barh(rangee, fin - debut, 0.66, left=debut, facecolor=fond, edgecolor=bord, lw=2,
             hatch=hachure)  # fmt: skip
    axe.text((debut + fin) / 2, rangee, texte, ha="center", va="center", fontsize=11,
             bbox={"facecolor": fond, "edgecolor": "none", "pad": 1.5})  # fmt: skip


# --- La structure -----------------------------------------------------------------------

# Ce que les justifications de l'annexe 2 disent non donné, case par case.
MANQUES = {"equipe": "taille ?", "charge_de_mission": "combien ?", "services": "lesquels ?"}


def figure_organigramme(postes: pd.DataFrame) -> Illustration:
    """L'arbre des organes et des postes, dessiné d'après l'annexe 2.

    Trait plein : dit par le sujet ; tirets : déduit ; point d'interrogation : non donné. Le
    dessin d'origine n'est pas dans la transcription du sujet.
    """
    arbre = arborescence(postes).set_index("code")
    with style():
        figure = nouvelle_figure(10, 6.3)
        axe = figure.add_axes((0.005, 0.01, 0.99, 0.93))
        _sans_cadre(axe)
        axe.set_xlim(-0.55, arbre["place"].max() + 0.55)
        axe.set_ylim(arbre["niveau"].max() + 0.45, -0.4)
        for code, case in arbre.iterrows():
            enonce = case["statut_information"] == "enonce"
            parent = case["rattachement"]
            if isinstance(parent, str):
                _lien(axe, arbre.loc[parent], case, enonce)
            texte = "\n".join(wrap(case["libelle"], 13))
            if code in MANQUES:
                texte += f"\n? {MANQUES[code]}"
            _case(axe, case["place"], case["niveau"], texte, enonce, case["genre"] == "poste")
        figure.text(0.01, 0.96, "La structure du CERDD, d'après le texte du sujet", fontsize=13,
                    weight="bold")  # fmt: skip
        _legende_organigramme(axe)
    morceaux = []
    for code, case in arbre.iterrows():
        parent = case["rattachement"]
        statut = "énoncé" if case["statut_information"] == "enonce" else "déduit"
        lien = f", sous « {arbre.loc[parent, 'libelle']} »" if isinstance(parent, str) else ""
        manque = f" ; non donné : {MANQUES[code].removesuffix(' ?')}" if code in MANQUES else ""
        morceaux.append(f"{case['libelle']}{lien} ({statut}{manque})")
    return Illustration(
        figure,
        "Arbre de la structure, d'après le texte du sujet (le dessin d'origine n'est pas "
        f"transcrit). {' ; '.join(morceaux)}.",
    )


LARGEUR_CASE, HAUTEUR_CASE = 0.94, 0.62
TIRETS = (0, (4, 3))


def _case(axe, x, y, texte, enonce: bool, poste: bool):
    axe.add_patch(
        Rectangle((x - LARGEUR_CASE / 2, y - HAUTEUR_CASE / 2), LARGEUR_CASE, HAUTEUR_CASE,
                  facecolor="white" if poste else "#eef3f8", edgecolor=BLEU if enonce else ORANGE,
                  lw=2, ls="-" if enonce else TIRETS, zorder=2)
    )  # fmt: skip
    axe.text(x, y, texte, ha="center", va="center", fontsize=10.5, linespacing=1.15, zorder=3)


def _lien(axe, haut, bas, enonce: bool):
    coude = bas["niveau"] - 0.5
    axe.plot([bas["place"], bas["place"], haut["place"], haut["place"]],
             [bas["niveau"] - HAUTEUR_CASE / 2, coude, coude, haut["niveau"] + HAUTEUR_CASE / 2],
             color=ENCRE, lw=1.3, ls="-" if enonce else TIRETS, zorder=1)  # fmt: skip


def _legende_organigramme(axe):
    """En bas à gauche, là où l'arbre laisse de la place."""
    for i, (modele, enonce, poste, sens) in enumerate((
        ("organe", True, False, "trait plein : dit par le sujet"),
        ("organe", False, False, "tirets : déduit de ce que dit le sujet"),
        ("poste", True, True, "fond blanc : un poste"),
    )):  # fmt: skip
        _case(axe, -0.02, 2.95 + 0.75 * i, modele, enonce, poste)
        axe.text(0.55, 2.95 + 0.75 * i, sens, fontsize=11, va="center")
    axe.text(-0.5, 5.15, "?  ce que le sujet ne donne pas\nLe dessin d'origine manque dans la "
             "transcription.", fontsize=11, va="center", linespacing=1.5)  # fmt: skip


def image_organigramme(chemin: Path) -> Illustration:
    """L'organigramme d'origine, quand l'enseignant a posé l'image dans `data/local/`.

    Lève `ErreurCas` si le fichier n'est pas une image lisible.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(chemin) as ouverte:
            image = ouverte.convert("RGB")
    except (UnidentifiedImageError, OSError) as erreur:
        raise ErreurCas(
            f"data/local/{chemin.name} ne s'ouvre pas comme une image ({type(erreur).__name__}). "
            "Remplacez le fichier par une image PNG ou JPEG, ou retirez-le."
        ) from None
    figure = nouvelle_figure(10, min(max(10 * image.height / image.width, 2), 14))
    axe = figure.add_axes((0, 0, 1, 1))
    _sans_cadre(axe)
    axe.imshow(image)
    return Illustration(
        figure,
        f"Organigramme d'origine fourni par l'enseignant (data/local/{chemin.name}) ; l'image "
        "n'est pas décrite en texte.",
    )


# --- Les classements --------------------------------------------------------------------


class FigureForcesFaiblesses(FigureVive):
    """Le diagnostic interne : forces à gauche, faiblesses à droite, un domaine par rangée.

    `actualiser(classement)` : le tableau de `organisation.verifier_classement` ; un fait
    apparaît dans la colonne choisie, avec le signe de son verdict. Les faits dont l'identifiant
    n'est pas dans `verifies` (s'il est donné) gardent le signe « … ».
    """

    def __init__(self, domaines: pd.DataFrame):
        self.domaines = dict(zip(domaines["categorie"], domaines["libelle"], strict=True))
        super().__init__()

    def construire(self):
        self.figure = nouvelle_figure(10, 6.4)
        self.axe = self.figure.add_axes((0.01, 0.02, 0.98, 0.96))

    def actualiser(self, classement: pd.DataFrame, verifies: set[str] | None = None) -> str:
        places = _places(classement, verifies)
        axe = self.axe
        axe.clear()
        _sans_cadre(axe)
        axe.set_xlim(0, 100)
        axe.set_ylim(100, 0)
        for x, titre, couleur in ((15, "FORCES  +", "#14663c"), (58, "FAIBLESSES  −", ROUGE)):
            axe.text(x + 1, 3.2, titre, fontsize=14, weight="bold", color=couleur, va="center")
        # Un fait hors domaine rangé parmi les forces ou les faiblesses reste visible.
        noms = {**self.domaines, "": "Autres"}
        cellules = {
            (d, c): places[(places["domaine"] == d) & (places["reponse"] == c)]
            for d in noms for c in ("force", "faiblesse")
        }  # fmt: skip
        hauteurs = {
            d: max(len(cellules[d, "force"]), len(cellules[d, "faiblesse"]), 1)
            for d in noms
            if d or len(cellules["", "force"]) + len(cellules["", "faiblesse"])
        }
        autres = places[places["reponse"] == "aucune"]
        rangs_autres = max(1, -(-len(autres) // 3))
        ligne = 88 / (sum(hauteurs.values()) + 0.45 * len(hauteurs) + rangs_autres + 1.2)
        ligne = min(ligne, 7.0)
        corps = next(c for c, m in ((12.5, 4.6), (11, 3.6), (9.5, 2.5), (7.5, 0)) if ligne >= m)
        y = 6.5
        for domaine, compte in hauteurs.items():
            haut = (compte + 0.45) * ligne
            axe.axhline(y, color=CLAIR, lw=1.5)
            axe.text(0.5, y + haut / 2, "\n".join(wrap(noms[domaine], 12)), fontsize=corps,
                     weight="bold", va="center")  # fmt: skip
            for categorie, x in (("force", 15), ("faiblesse", 58)):
                self._ecrire(cellules[domaine, categorie], x + 1, y, ligne, corps)
            y += haut
        axe.plot([57, 57], [1, y], color=CLAIR, lw=1.5)
        axe.axhline(y, color=GRIS, lw=1.5)
        axe.text(0.5, y + ligne * 0.75, "Ni l'une ni l'autre", fontsize=corps, weight="bold",
                 va="center", color=GRIS)  # fmt: skip
        for i, fait in enumerate(autres.itertuples()):
            x, rang = (1 + 33 * (i % 3)), i // 3 + 1
            self._ligne(fait, x, y + (rang + 0.75) * ligne, corps)
        axe.text(99.5, 98.4, LEGENDE_VERDICTS, fontsize=10.5, ha="right", va="center", color=GRIS)
        self.fond_change()
        return alternative_diagnostic(places)

    def _ecrire(self, faits, x, y, ligne, corps):
        for i, fait in enumerate(faits.itertuples()):
            self._ligne(fait, x, y + (i + 0.72) * ligne, corps)

    def _ligne(self, fait, x, y, corps):
        etat = fait.verdict.etat
        self.axe.text(x, y, f"{SIGNES[etat]} {fait.court}", fontsize=corps, va="center",
                      color=ENCRES[etat])  # fmt: skip


def _places(classement: pd.DataFrame, verifies: set[str] | None) -> pd.DataFrame:
    """Les faits classés ; ceux qui ne sont pas vérifiés perdent leur verdict."""
    classes = classement["verdict"].map(lambda v: v.etat != "a_completer")
    places = classement[classes].copy()
    places["domaine"] = places["domaine"].fillna("")
    if verifies is not None:
        places["verdict"] = [
            v if fait in verifies else Verdict(v.question, "a_completer", "Pas encore vérifié.")
            for fait, v in zip(places["fait_id"], places["verdict"], strict=True)
        ]
    return places


def alternative_diagnostic(places: pd.DataFrame) -> str:
    """Le texte de remplacement du tableau des forces et des faiblesses."""
    morceaux = []
    for categorie, titre in (("force", "Forces"), ("faiblesse", "Faiblesses"),
                             ("aucune", "Ni l'une ni l'autre")):  # fmt: skip
        faits = places[places["reponse"] == categorie]
        dits = ", ".join(f"{f.court} ({DITS[f.verdict.etat]})" for f in faits.itertuples())
        morceaux.append(f"{titre}, {nombre(len(faits))} : {dits or 'rien encore'}")
    return "Diagnostic interne. " + ". ".join(morceaux) + "."


class FigureEtages(FigureVive):
    """Une rangée par catégorie, du haut vers le bas, et les faits classés dans chacune.

    `actualiser(classement, verifies)` : comme `FigureForcesFaiblesses`.
    """

    HAUTEUR = 5.0

    def __init__(self, categories: pd.DataFrame, titre: str):
        self.categories, self.titre = categories, titre
        super().__init__()

    def construire(self):
        self.figure = nouvelle_figure(10, self.HAUTEUR)
        self.axe = self.figure.add_axes((0.01, 0.02, 0.98, 0.96))

    def actualiser(self, classement: pd.DataFrame, verifies: set[str] | None = None) -> str:
        places = _places(classement, verifies)
        axe = self.axe
        axe.clear()
        _sans_cadre(axe)
        axe.set_xlim(0, 100)
        axe.set_ylim(100, 0)
        axe.text(0.5, 4, self.titre, fontsize=13, weight="bold", va="center")
        axe.text(99.5, 4, LEGENDE_VERDICTS, fontsize=10.5, ha="right", va="center", color=GRIS)
        pas = 91 / len(self.categories)
        morceaux = []
        for i, categorie in enumerate(self.categories.itertuples()):
            y = 9 + i * pas
            axe.add_patch(Rectangle((0.3, y + 0.8), 99.4, pas - 1.6, facecolor="#f3f6fa",
                                    edgecolor=BLEU, lw=1.5))  # fmt: skip
            axe.text(1.2, y + pas * 0.28, categorie.libelle, fontsize=13, weight="bold",
                     color=BLEU, va="center")  # fmt: skip
            axe.text(1.2, y + pas * 0.66, "\n".join(wrap(_insecables(categorie.definition), 32)),
                     fontsize=10.5, va="center", linespacing=1.15)  # fmt: skip
            faits = places[places["reponse"] == categorie.categorie]
            rangees = max(3, -(-len(faits) // 2))
            for j, fait in enumerate(faits.itertuples()):
                x, rang = (30 + 35 * (j % 2), j // 2) if len(faits) > 3 else (30, j)
                etat = fait.verdict.etat
                axe.text(x, y + pas * (rang + 0.75) / (rangees + 0.5),
                         f"{SIGNES[etat]} {fait.court}", color=ENCRES[etat],
                         fontsize=13 if rangees < 4 else 10, va="center")  # fmt: skip
            dits = ", ".join(f"{f.court} ({DITS[f.verdict.etat]})" for f in faits.itertuples())
            morceaux.append(f"{categorie.libelle} : {dits or 'rien encore'}")
        self.fond_change()
        return f"{self.titre}. " + " ; ".join(morceaux) + "."


class FigurePreuves(FigureVive):
    """La performance en plusieurs dimensions : une preuve, sa source et son verdict par rangée.

    `actualiser(preuves)` : une ligne par dimension, colonnes `libelle`, `definition`, `court`,
    `reference` (vides tant qu'aucune preuve n'est choisie) et `verdict`.
    """

    def construire(self):
        self.figure = nouvelle_figure(10, 4.9)
        self.axe = self.figure.add_axes((0.01, 0.02, 0.98, 0.96))

    def actualiser(self, preuves: pd.DataFrame) -> str:
        axe = self.axe
        axe.clear()
        _sans_cadre(axe)
        axe.set_xlim(0, 100)
        axe.set_ylim(100, 0)
        axe.text(0.5, 4, "Une performance, plusieurs preuves", fontsize=13, weight="bold",
                 va="center")  # fmt: skip
        axe.text(99.5, 4, LEGENDE_VERDICTS, fontsize=10.5, ha="right", va="center", color=GRIS)
        pas = 91 / max(len(preuves), 1)
        morceaux = []
        for i, p in enumerate(preuves.itertuples()):
            y = 9 + i * pas
            limite = p.categorie == "limite"
            couleur = ORANGE if limite else BLEU
            axe.add_patch(Rectangle((0.3, y + 0.8), 99.4, pas - 1.6,
                                    facecolor="#fdf5ec" if limite else "#f3f6fa",
                                    edgecolor=couleur, lw=1.5,
                                    ls="--" if limite else "-"))  # fmt: skip
            axe.text(1.2, y + pas * 0.33, p.libelle, fontsize=13, weight="bold", color=couleur,
                     va="center")  # fmt: skip
            axe.text(1.2, y + pas * 0.70, p.definition, fontsize=11, va="center")
            texte, etat = p.court or "preuve à choisir", p.verdict.etat
            axe.text(46, y + pas * 0.33, f"{SIGNES[etat]} {texte}", fontsize=13,
                     weight="bold" if p.court else "normal", color=ENCRES[etat],
                     va="center")  # fmt: skip
            axe.text(48.2, y + pas * 0.70, p.reference, fontsize=11, va="center", color=GRIS)
            morceaux.append(
                f"{p.libelle} : {p.court} ({p.reference}, {DITS[etat]})"
                if p.court
                else f"{p.libelle} : preuve à choisir"
            )
        self.fond_change()
        return "Preuves de performance. " + " ; ".join(morceaux) + "."


def figure_classement(faits: pd.DataFrame, cadre: pd.DataFrame) -> Illustration:
    """Le classement que nous proposons, tout entier.

    `faits` : le tableau de `organisation.faits_a_classer` ; `cadre` : les domaines du
    diagnostic, ou les catégories d'un autre exercice. Pour la performance, une preuve par
    dimension : la première de la liste.
    """
    exercice = faits["exercice"].iloc[0]
    if exercice == "performance":
        premiers = faits.sort_values("rang").drop_duplicates("categorie")
        preuves = cadre.merge(premiers[["categorie", "court", "reference"]], on="categorie")
        juste = Verdict(exercice, "juste", "Preuve proposée par la collection.")
        return FigurePreuves().illustration(preuves.assign(verdict=[juste] * len(preuves)))
    reponses = dict(zip(faits["fait_id"], faits["categorie"], strict=True))
    classement = verifier_classement(reponses, faits)
    if exercice == "diagnostic":
        return FigureForcesFaiblesses(cadre).illustration(classement)
    return FigureEtages(cadre, TITRE_ETAGES).illustration(classement)
