"""Les ateliers du dossier 1 : gouvernance, financeurs, et trois classements de faits."""

from html import escape

import ipywidgets as widgets
import pandas as pd
import traitlets as t

from ..chargement import Donnees
from ..figures.base import Illustration
from ..figures.organisation import (
    DITS,
    TITRE_ETAGES,
    FigureEtages,
    FigureForcesFaiblesses,
    FigurePouvoir,
    FigurePreuves,
    FigureRecettes,
)
from ..nombres import euros, pourcent
from ..organisation import (
    DEUX_TIERS,
    OBSERVE,
    PUBLIQUES,
    PUBLIQUES_FRANCAISES,
    SIMPLE,
    UNANIMITE,
    ErreurVote,
    categories,
    conclure_vote,
    droits_de_vote,
    faits_a_classer,
    majorite_requise,
    nom,
    ordres_de_ralliement,
    paris,
    part_publique,
    pouvoir,
    verifier_classement,
    verifier_preuve,
)
from ..suivi import Garde, Suivi
from ..typographie import typographier
from ..verdict import Verdict
from .base import PAGES, Annonce, Atelier, Curseur, ImageVive, grille
from .rangement import Rangement
from .verdicts import classe, compter, en_avis, signe

LARGE = {"description_width": "initial"}


class Texte(Annonce):
    """Une annonce à la typographie française, avec la feuille de style du dossier 1."""

    _css = PAGES / "organisation.css"

    @t.validate("html")
    def _typographier(self, proposition):
        return typographier(proposition["value"])


def _boutons(*boutons: widgets.Button) -> widgets.Box:
    boite = widgets.Box(list(boutons), layout=widgets.Layout(flex_flow="row wrap"))
    boite.add_class("cerdd-boutons")
    return boite


# --- La gouvernance ---------------------------------------------------------------------


class AtelierGouvernance(Atelier):
    """Des voix et une majorité à régler : coalitions gagnantes, membres décisifs, pouvoir.

    - `voix` et `seuil` : l'état des curseurs, à lire ; `appliquer(voix, seuil)` le change ;
    - le pouvoir reste caché tant que personne n'a parié sur celui des collectivités.
    """

    MAJORITES = (("Majorité simple", SIMPLE), ("Deux tiers", DEUX_TIERS), ("Unanimité", UNANIMITE))

    def __init__(self, donnees: Donnees):
        self.sujet = {**droits_de_vote(donnees), "partenaire": 0.0}
        aides = {
            "etat": "Il vote pour l'État : c'est l'un des deux fondateurs.",
            "region": "Elle est l'autre fondatrice.",
            "collectivites": "Nous les comptons comme un seul bloc, qui vote d'une seule voix.",
            "partenaire": "L'audit conseille d'en chercher. Et si on lui donnait des voix ?",
        }
        entieres = all(v == int(v) for v in self.sujet.values())
        unite, pas = ("entier", 1) if entieres else ("nombre", 0.1)
        self.curseurs = {
            m: Curseur(f"Voix : {nom(m)}", v, aide=aides[m], unite=unite, minimum=0, maximum=100,
                       pas=pas, repere=v)
            for m, v in self.sujet.items()
        }  # fmt: skip
        self.majorite = Curseur(
            "Majorité exigée", SIMPLE, unite="part", minimum=SIMPLE, maximum=1, pas=0.01,
            aide="À 50\u202f% : majorité simple, plus de la moitié. Au-dessus : au moins cette "
            "part. Le sujet ne dit pas laquelle s'applique.",
        )  # fmt: skip
        part = self.sujet[OBSERVE] / sum(self.sujet.values())
        self.question = Texte(
            role="",
            html="<strong>Pariez avant de regarder.</strong> À la majorité simple, les "
            f"collectivités ont {pourcent(part, 0)} des voix. Quelle part du pouvoir ont-elles ?",
        )
        self.pari = widgets.ToggleButtons(
            options=[(dit, p) for p, dit in paris(droits_de_vote(donnees)).items()],
            value=None,
            style=LARGE | {"button_width": "auto"},
        )
        self.boutons = [widgets.Button(description=dit) for dit, _ in self.MAJORITES]
        self.retour = widgets.Button(description="↺ Revenir aux voix du sujet")
        self.calcul = widgets.ToggleButton(description="Montrer le calcul pas à pas")
        self.image = ImageVive(FigurePouvoir())
        self.conclusion, self.verdict, self.detail = Texte(), Texte(), Texte(role="")
        self._suspendu = False
        super().__init__(
            [
                self.question,
                self.pari,
                self.verdict,
                grille(self.majorite, _boutons(*self.boutons, self.retour)),
                self.conclusion,
                self.image,
                grille(*self.curseurs.values()),
                _boutons(self.calcul),
                self.detail,
            ]
        )
        for element in (self.majorite, *self.curseurs.values()):
            self.relier(element, "valeur")
        self.relier(self.pari, "value")
        self.relier(self.calcul, "value")
        for bouton, (_, seuil) in zip(self.boutons, self.MAJORITES, strict=True):
            self.au_clic(bouton, lambda s=seuil: self.appliquer(self.voix, s))
        self.au_clic(self.retour, lambda: self.appliquer(self.sujet, SIMPLE))
        self.actualiser()

    @property
    def voix(self) -> dict[str, float]:
        """Les voix de chaque membre."""
        return {m: c.valeur for m, c in self.curseurs.items()}

    @property
    def seuil(self) -> float:
        """La majorité exigée (part)."""
        return self.majorite.valeur

    def appliquer(self, voix: dict[str, float], seuil: float) -> None:
        """Place les curseurs ; la figure est redessinée une seule fois."""
        self._suspendu = True
        try:
            for membre, curseur in self.curseurs.items():
                curseur.erreur = ""
                curseur.valeur = voix[membre]
            self.majorite.erreur = ""
            self.majorite.valeur = seuil
        finally:
            self._suspendu = False
        self.actualiser()

    def actualiser(self) -> None:
        if self._suspendu:
            return
        parie = self.pari.value is not None
        self.verdict.html = self._dire(self.jugement) if parie else ""
        self.calcul.disabled = not parie
        try:
            conclusion = conclure_vote(self.voix, self.seuil)
        except ErreurVote as erreur:  # toutes les voix à zéro : la dernière image reste
            self.conclusion.html = f"<div class='non'>✘ {escape(str(erreur))}</div>"
            self.detail.html = ""
            return
        self.image.montrer(self.voix, self.seuil, parie)
        if not parie:
            conclusion = (
                "Cherchez d'abord qui peut gagner avec qui, puis pariez : le pouvoir de chacun "
                "apparaîtra."
            )
        self.conclusion.html = (
            f"<div class='conclusion'>Il faut {majorite_requise(self.seuil)}. "
            f"{escape(conclusion)}</div>"
        )
        self.detail.html = self._calcul() if parie and self.calcul.value else ""

    @property
    def jugement(self) -> Verdict:
        """Le verdict du pari."""
        if self.pari.value is None:
            return Verdict("gouvernance", "a_completer", "Pariez d'abord.")
        mesure = pouvoir(self.sujet, SIMPLE).set_index("membre")["shapley"][OBSERVE]
        gagne = abs(self.pari.value - mesure) < 1e-3
        phrase = (
            f"avec les voix du sujet et à la majorité simple, elles ont {pourcent(mesure)} du "
            "pouvoir. Essayez maintenant les deux tiers."
        )
        return Verdict("gouvernance", "juste" if gagne else "faux", phrase, self.pari.value)

    @staticmethod
    def _dire(verdict: Verdict) -> str:
        mot = "Pari gagné" if verdict.juste else "Pari perdu"
        return f"<div class='{classe(verdict)}'>{signe(verdict)} {mot} : {verdict.phrase}</div>"

    def _calcul(self) -> str:
        voix = {m: v for m, v in self.voix.items() if v > 0}
        mesure, ordres = pouvoir(voix, self.seuil), ordres_de_ralliement(voix, self.seuil)
        lignes = "".join(
            f"<tr><td>{escape(nom(m.membre))}</td><td class='nombre'>{pourcent(m.part)}</td>"
            f"<td class='nombre'>{m.decisif} sur {mesure['decisif'].sum()}</td>"
            f"<td class='nombre'>{pourcent(m.banzhaf)}</td>"
            f"<td class='nombre'>{m.ordres} sur {len(ordres)}</td>"
            f"<td class='nombre'>{pourcent(m.shapley)}</td></tr>"
            for m in mesure.itertuples()
        )
        suites = "".join(
            "<li>"
            + " → ".join(
                f"<strong>★ {escape(nom(m))}</strong>" if m == o.pivot else escape(nom(m))
                for m in o.ordre
            )
            + "</li>"
            for o in ordres.itertuples()
        )
        return (
            "<p><strong>Banzhaf</strong> compte les étoiles de la figure : les fois où un membre "
            "est décisif. <strong>Shapley</strong> fait entrer les membres un par un, dans tous "
            "les ordres, et compte les bascules : les fois où un membre fait atteindre la majorité "
            "(★).</p>"
            "<table><thead><tr><th>Membre</th><th class='nombre'>Voix</th>"
            "<th class='nombre'>Décisif</th><th class='nombre'>Banzhaf</th>"
            "<th class='nombre'>Bascules</th><th class='nombre'>Shapley</th></tr>"
            f"</thead><tbody>{lignes}</tbody></table>"
            f"<p>Les {len(ordres)} ordres possibles :</p><ol class='cerdd-ordres'>{suites}</ol>"
        )

    def apercu(self) -> Illustration:
        illustration = FigurePouvoir().illustration(self.voix, self.seuil)
        illustration.alternative = (
            f"{conclure_vote(self.voix, self.seuil)} {illustration.alternative}"
        )
        return illustration


# --- Les financeurs ---------------------------------------------------------------------


class AtelierFinanceurs(Atelier):
    """Décider quelles recettes de l'annexe 4 sont de l'argent public, et lire leur part."""

    def __init__(self, donnees: Donnees):
        self.budget = donnees.annexe(4)
        recettes = self.budget[self.budget["nature"] == "recette"]
        self.cases = {
            r.poste: widgets.Checkbox(
                value=False, indent=False, description=f"{r.libelle} : {euros(r.montant_eur, 0)}",
                layout=widgets.Layout(width="auto"),
            )
            for r in recettes.itertuples()
        }  # fmt: skip
        self.image = ImageVive(FigureRecettes(self.budget))
        self.conclusion = Texte()
        titre = Texte(
            role="", html="<strong>Cochez ce qui est, selon vous, de l'argent public.</strong>"
        )
        super().__init__([titre, *self.cases.values(), self.conclusion, self.image])
        for case in self.cases.values():
            self.relier(case, "value")
        self.actualiser()

    @property
    def postes(self) -> list[str]:
        """Les recettes comptées comme publiques."""
        return [poste for poste, case in self.cases.items() if case.value]

    def actualiser(self) -> None:
        self.image.montrer(self.postes)
        self.conclusion.html = f"<div class='conclusion'>{escape(self._conclure())}</div>"

    def _conclure(self) -> str:
        choix, part = set(self.postes), pourcent(part_publique(self.budget, self.postes))
        if not choix:
            return "Rien n'est coché : aucune recette n'est comptée comme publique."
        suites = {
            frozenset(PUBLIQUES_FRANCAISES): "C'est la part des partenaires publics français ; "
            "l'Union européenne est pourtant publique, elle aussi.",
            frozenset(PUBLIQUES): "Toutes les institutions publiques sont comptées. Le sujet ne "
            "dit pas qui paie les adhésions : les laisser de côté est prudent.",
            frozenset(self.cases): "Vous comptez aussi les adhésions : le sujet ne dit pas si "
            "ceux qui adhèrent sont publics ou privés.",
        }
        return f"Argent public : {part} des recettes. " + suites.get(
            frozenset(choix), "Vérifiez ligne par ligne : qui verse cet argent ?"
        )

    def apercu(self) -> Illustration:
        return FigureRecettes(self.budget).illustration(self.postes or PUBLIQUES)


# --- Les classements --------------------------------------------------------------------


def _phrase_du_bilan(verdicts: list[Verdict], total: int) -> str:
    comptes = {etat: compter(verdicts, etat) for etat in ("juste", "presque", "faux")}
    morceaux = [
        f"{combien} {DITS[etat]}{'s' * (etat == 'juste' and combien > 1)}"
        for etat, combien in comptes.items()
    ]
    return f"Vérifiés : {len(verdicts)} sur {total} — {', '.join(morceaux)}."


class AtelierDiagnostic(Atelier):
    """Un fait après l'autre : force, faiblesse, ou ni l'une ni l'autre ? Puis le tableau.

    Les choix et les vérifications sont gardés dans le suivi.
    """

    CLE = "classement:diagnostic"

    def __init__(self, donnees: Donnees, suivi: Suivi):
        self.suivi = suivi
        self.tous = faits_a_classer("diagnostic", donnees)
        cat = categories("diagnostic", donnees)
        self.domaines = categories("domaines", donnees)
        self.libelles = dict(zip(cat["categorie"], cat["libelle"], strict=True))
        self.garde = Garde(suivi, self.CLE)
        garde = self.garde.lire({}, self._connus)
        self.reponses, self.verifies = garde["reponses"], set(garde["verifies"])
        courte = int((self.tous["serie"] == 1).sum())
        self.serie = widgets.ToggleButtons(
            options=[(f"{courte} faits", 1), (f"tous les faits ({len(self.tous)})", 2)],
            description="Série",
            style=LARGE | {"button_width": "auto"},
        )
        definitions = "".join(
            f"<li><strong>{escape(c.libelle)}</strong> : {escape(c.definition)}</li>"
            for c in cat.itertuples()
        )
        self.consigne = Texte(role="", html=f"<ul class='cerdd-definitions'>{definitions}</ul>")
        self.fiche, self.avis, self.bilan = Texte(), Texte(), Texte()
        self.choix = widgets.ToggleButtons(
            options=[(libelle, code) for code, libelle in self.libelles.items()],
            value=None,
            style=LARGE | {"button_width": "auto"},
        )
        self.choix.add_class("cerdd-choix")
        self.precedent = widgets.Button(description="◀ Fait précédent")
        self.verifier = widgets.Button(description="Vérifier ce fait")
        self.suivant = widgets.Button(description="Fait suivant ▶")
        self.recommencer = widgets.Button(description="↺ Tout recommencer")
        self.image = ImageVive(FigureForcesFaiblesses(self.domaines))
        self.rang = 0
        self._suspendu = False
        super().__init__(
            [
                self.serie,
                self.consigne,
                self.fiche,
                self.choix,
                self.avis,
                _boutons(self.precedent, self.verifier, self.suivant, self.recommencer),
                self.bilan,
                self.image,
            ]
        )
        self.relier(self.serie, "value")
        self.choix.observe(lambda _: self.proteger(self._choisir), names="value")
        self.au_clic(self.precedent, lambda: self._aller(-1))
        self.au_clic(self.suivant, lambda: self._aller(1))
        self.au_clic(self.verifier, self._verifier)
        self.au_clic(self.recommencer, self._recommencer)
        self.actualiser()

    def _connus(self, garde: dict) -> dict:
        """Ce qu'une autre version de la collection a gardé, sans ce que celle-ci ne montre pas."""
        faits = set(self.tous["fait_id"])
        reponses = {
            f: c for f, c in garde.get("reponses", {}).items() if f in faits and c in self.libelles
        }
        verifies = sorted(f for f in set(garde.get("verifies", [])) if f in reponses)
        return {"reponses": reponses, "verifies": verifies}

    @property
    def faits(self) -> pd.DataFrame:
        """Les faits de la série choisie."""
        return self.tous[self.tous["serie"] <= self.serie.value].reset_index(drop=True)

    @property
    def classement(self) -> pd.DataFrame:
        """Les faits, la réponse donnée et son verdict ; voir `verifier_classement`."""
        return verifier_classement(self.reponses, self.faits)

    @property
    def courant(self) -> str:
        """L'identifiant du fait affiché."""
        return self.faits["fait_id"].iloc[self.rang]

    def _aller(self, pas: int) -> None:
        self.rang = (self.rang + pas) % len(self.faits)
        self.actualiser()

    def _choisir(self) -> None:
        if self._suspendu or self.choix.value is None:
            return
        if self.reponses.get(self.courant) != self.choix.value:
            self.reponses[self.courant] = self.choix.value
            self.verifies.discard(self.courant)
        self.actualiser()
        self._garder()

    def _verifier(self) -> None:
        if self.courant in self.reponses:
            self.verifies.add(self.courant)
        self.actualiser()
        self._garder()

    def _recommencer(self) -> None:
        self.reponses, self.verifies, self.rang = {}, set(), 0
        self.actualiser()
        self._garder()

    def _garder(self) -> None:
        self.garde.ecrire({"reponses": self.reponses, "verifies": sorted(self.verifies)})

    def actualiser(self) -> None:
        if self._suspendu:
            return
        classement = self.classement
        self.rang = min(self.rang, len(classement) - 1)
        fait = classement.iloc[self.rang]
        self.fiche.html = (
            f"<div class='cerdd-fiche'><span class='cerdd-aide'>Fait {self.rang + 1} sur "
            f"{len(classement)} · {escape(fait['reference'])}</span>"
            f"<p class='conclusion'>{escape(fait['fait'])}</p></div>"
        )
        self._suspendu = True
        try:
            self.choix.value = fait["reponse"] or None
        finally:
            self._suspendu = False
        self.verifier.disabled = not fait["reponse"]
        self.avis.html = self._avis(classement.iloc[[self.rang]])
        verifies = classement[classement["fait_id"].isin(self.verifies)]
        self.bilan.html = self._bilan(classement, verifies)
        self.image.montrer(classement, self.verifies)

    def _avis(self, ligne: pd.DataFrame) -> str:
        fait = next(ligne.itertuples())
        if fait.fait_id not in self.verifies:
            etat = "Choix noté : vérifiez, ou passez au suivant." if fait.reponse else (
                "À vous : force, faiblesse, ou ni l'une ni l'autre ?"
            )  # fmt: skip
            return f"<div class='cerdd-avis sans-objet'>{etat}</div>"
        verdict = fait.verdict
        return (
            f"<div class='cerdd-avis {classe(verdict)}'>{signe(verdict)} "
            f"{DITS[verdict.etat].capitalize()}. {escape(verdict.phrase)}</div>"
        )

    def _bilan(self, classement: pd.DataFrame, verifies: pd.DataFrame) -> str:
        classes = len(classement) - compter(classement["verdict"], "a_completer")
        phrase = f"Faits classés : {classes} sur {len(classement)}. "
        if len(verifies):
            phrase += _phrase_du_bilan(list(verifies["verdict"]), len(classement))
        if len(verifies) == len(classement):
            phrase += " Le tableau est complet : servez-vous-en pour rédiger."
        return f"<div class='conclusion'>{escape(phrase)}</div>"

    def apercu(self) -> Illustration:
        return FigureForcesFaiblesses(self.domaines).illustration(self.classement, self.verifies)


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


class AtelierFinalites(AtelierListe):
    """Finalité, mission, objectif ou moyen ? Des phrases des annexes à classer."""

    CLE = "classement:finalites"

    def __init__(self, donnees: Donnees, suivi: Suivi):
        self.faits = faits_a_classer("finalites", donnees)
        self.categories = categories("finalites", donnees)
        self.libelles = dict(
            zip(self.categories["categorie"], self.categories["libelle"], strict=True)
        )
        consigne = (
            "<p><strong>Pour chaque phrase, choisissez.</strong> Demandez-vous à quelle question "
            "elle répond : pourquoi ? quoi ? jusqu'où ? avec quoi ?</p>"
        )
        super().__init__(suivi, consigne, "Phrases à classer", self.nouvelle_figure())

    def nouvelle_figure(self):
        return FigureEtages(self.categories, TITRE_ETAGES)

    def lignes(self) -> list[dict]:
        options = [[code, libelle] for code, libelle in self.libelles.items()]
        return [
            {"texte": typographier(f.fait), "lieu": f.reference,
             "listes": [{"cle": f.fait_id, "libelle": "", "options": options}]}
            for f in self.faits.itertuples()
        ]  # fmt: skip

    def verdict(self, cle: str, choix: str) -> Verdict:
        jugee = verifier_classement({cle: choix}, self.faits)
        return jugee.set_index("fait_id").at[cle, "verdict"]

    def donnees_de_la_figure(self) -> tuple:
        return verifier_classement(self.liste.choix, self.faits), self.juges


class AtelierPerformance(AtelierListe):
    """Une preuve par dimension de la performance, et une limite : le plan de la réponse."""

    CLE = "classement:performance"

    def __init__(self, donnees: Donnees, suivi: Suivi):
        self.faits = faits_a_classer("performance", donnees)
        self.par_fait = self.faits.set_index("fait_id")
        self.categories = categories("performance", donnees)
        self.libelles = dict(
            zip(self.categories["categorie"], self.categories["libelle"], strict=True)
        )
        consigne = (
            "<p><strong>Pour chaque dimension, choisissez la preuve qui convient.</strong> Un même "
            "fait ne sert qu'une fois. La dernière ligne demande une limite.</p>"
        )
        super().__init__(suivi, consigne, "Preuves à choisir", self.nouvelle_figure())

    def nouvelle_figure(self):
        return FigurePreuves()

    def lignes(self) -> list[dict]:
        tries = self.faits.sort_values("court")
        options = [[f.fait_id, f.court] for f in tries.itertuples()]
        return [
            {"texte": typographier(f"{c.libelle}. {c.definition}"), "lieu": "",
             "listes": [{"cle": c.categorie, "libelle": "", "options": options}]}
            for c in self.categories.itertuples()
        ]  # fmt: skip

    def verdict(self, cle: str, choix: str) -> Verdict:
        deja = [self.libelles[c] for c, f in self.liste.choix.items() if f == choix and c != cle]
        return verifier_preuve(cle, choix, self.faits, deja)

    def donnees_de_la_figure(self) -> tuple:
        lignes = []
        for c in self.categories.itertuples():
            choix = self.liste.choix.get(c.categorie)
            fait = self.par_fait.loc[choix] if choix else {"court": "", "reference": ""}
            juge = c.categorie in self.juges
            attente = verifier_preuve(c.categorie, None, self.faits)
            lignes.append(
                {
                    "categorie": c.categorie, "libelle": c.libelle, "definition": c.definition,
                    "court": fait["court"], "reference": fait["reference"],
                    "verdict": self.verdict(c.categorie, choix) if juge else attente,
                }
            )  # fmt: skip
        return (pd.DataFrame(lignes),)
