"""Dossier 1 : gouvernance et pouvoir de vote, argent public, calendrier, structure, classements.

Des fonctions pures sur les tableaux des annexes 1, 2 et 4 et sur les classements de
`data/corrige/`. Unités : `part` (0 à 1), `eur` (euros), `voix` (nombre de voix).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, permutations
from math import factorial

import pandas as pd

from .chargement import Donnees
from .erreurs import ErreurCas, ErreurDonnees
from .nombres import lire_nombre, nombre, pourcent
from .verdict import Verdict

# --- Le pouvoir de vote (question 1.3) --------------------------------------------------

SIMPLE, DEUX_TIERS, UNANIMITE = 0.5, 2 / 3, 1.0
MEMBRES_MAXIMUM = 8
# Les parts lues dans un tableau (0.4) et les seuils tapés (2/3) redeviennent des fractions
# exactes : 40 % + 20 % atteint bien 60 %.
DENOMINATEUR = 10**6


NOMS = {
    "etat": "État",
    "region": "Région",
    "collectivites": "Collectivités",
    "partenaire": "Nouveau partenaire",
}
SUJETS = {  # pour une phrase : le sujet et son verbe
    "etat": ("l'État", "a", "sa part"),
    "region": ("la Région", "a", "sa part"),
    "collectivites": ("les collectivités", "ont", "leur part"),
    "partenaire": ("le nouveau partenaire", "a", "sa part"),
}
OBSERVE = "collectivites"  # le membre dont le dossier 1 mesure le pouvoir
FRACTIONS = {
    Fraction(0): "aucune", Fraction(1, 6): "un sixième", Fraction(1, 5): "un cinquième",
    Fraction(1, 4): "un quart", Fraction(1, 3): "un tiers", Fraction(1, 2): "la moitié",
    Fraction(2, 3): "deux tiers", Fraction(3, 4): "trois quarts", Fraction(1): "la totalité",
}  # fmt: skip


class ErreurVote(ErreurCas):
    """Des voix ou une majorité qui ne permettent pas de compter."""


def nom(membre: str) -> str:
    """Le nom d'un membre du groupement, pour une figure ou une phrase."""
    return NOMS.get(membre, membre.replace("_", " ").capitalize())


def droits_de_vote(donnees: Donnees) -> dict[str, float]:
    """Les voix de `etat`, `region` et `collectivites`, sur 100 (annexe 1, § 9 à 11).

    Lève `ErreurDonnees` si l'un des trois manque.
    """
    tableau = donnees.annexe(1, "droits_de_vote")
    voix = {r.membre: float(round(r.part * 100, 6)) for r in tableau.itertuples()}
    absents = [membre for membre in ("etat", "region", OBSERVE) if membre not in voix]
    if absents:
        raise ErreurDonnees(
            f"data/annexe_01_droits_de_vote.csv, colonne membre : il manque {', '.join(absents)}. "
            "Remettez la ligne supprimée."
        )
    return voix


def majorite_requise(seuil: float) -> str:
    """La majorité en mots : « plus de 50 % des voix », « au moins 66,67 % des voix »."""
    if _seuil(seuil) == Fraction(1, 2):
        return f"plus de {pourcent(0.5, 0)} des voix"
    return f"au moins {nombre(float(seuil) * 100)}\u202f% des voix"


def coalitions(voix: Mapping[str, float], seuil: float = SIMPLE) -> pd.DataFrame:
    """Toutes les coalitions possibles, de la plus petite à la plus grande.

    - `voix` : les voix de chaque membre (nombres positifs, total quelconque) ;
    - `seuil` (part, de 0,5 à 1) : à 0,5, il faut *plus* de la moitié des voix (majorité
      simple) ; au-dessus, il faut *au moins* cette part.

    Colonnes : `coalition` (membres, en n-uplet), `voix`, `part` du total, `gagnante`, et
    `decisifs` : les membres sans qui une coalition gagnante ne gagne plus.

    Lève `ErreurVote` si les voix ou le seuil ne conviennent pas.
    """
    lignes = _compter(tuple(_lire_voix(voix).items()), _seuil(seuil))
    return pd.DataFrame(lignes, columns=["coalition", "voix", "part", "gagnante", "decisifs"])


@lru_cache(maxsize=256)
def _compter(votants: tuple[tuple[str, Fraction], ...], quota: Fraction) -> list[tuple]:
    """Les lignes de `coalitions` ; un curseur qui revient sur ses pas ne recompte rien."""
    poids = dict(votants)
    total = sum(poids.values())

    def gagne(groupe) -> bool:
        part = sum((poids[m] for m in groupe), Fraction(0)) / total
        return part > quota if quota == Fraction(1, 2) else part >= quota

    lignes = []
    for taille in range(1, len(poids) + 1):
        for groupe in combinations(poids, taille):
            somme = sum(poids[m] for m in groupe)
            gagnante = gagne(groupe)
            decisifs = tuple(
                m for m in groupe if gagnante and not gagne([a for a in groupe if a != m])
            )
            lignes.append((groupe, float(somme), float(somme / total), gagnante, decisifs))
    return lignes


def pouvoir(voix: Mapping[str, float], seuil: float = SIMPLE) -> pd.DataFrame:
    """Le pouvoir de chaque membre, comparé à ses voix ; mêmes arguments que `coalitions`.

    Une ligne par membre :

    - `membre`, `voix`, `part` (part des voix) ;
    - `decisif` : nombre de coalitions gagnantes qui perdraient sans lui ;
    - `banzhaf` (part) : son nombre de fois décisif, rapporté à celui de tous les membres ;
    - `ordres` : nombre d'ordres de ralliement où c'est lui qui fait atteindre la majorité ;
    - `shapley` (part) : ce nombre rapporté à tous les ordres possibles (indice de
      Shapley et Shubik) ;
    - `situation` : « seul maître » (il décide seul et personne d'autre ne pèse), « droit de
      veto » (rien ne passe sans lui), « sans pouvoir » (jamais décisif) ou « ordinaire ».

    La somme de `banzhaf` et celle de `shapley` valent 1.
    """
    tableau = coalitions(voix, seuil)
    gagnantes = tableau[tableau["gagnante"]]
    membres = list(voix)
    n = len(membres)
    lignes = []
    for membre in membres:
        decide = gagnantes[[membre in d for d in gagnantes["decisifs"]]]
        # Autant d'ordres que de façons de ranger les autres avant et après lui.
        ordres = sum(factorial(len(c) - 1) * factorial(n - len(c)) for c in decide["coalition"])
        veto = all(membre in c for c in gagnantes["coalition"])
        seul = veto and (membre,) in set(gagnantes["coalition"])
        situation = (
            "seul maître" if seul
            else "droit de veto" if veto
            else "sans pouvoir" if decide.empty
            else "ordinaire"
        )  # fmt: skip
        lignes.append((membre, float(_lire_voix(voix)[membre]), len(decide), ordres, situation))
    resultat = pd.DataFrame(lignes, columns=["membre", "voix", "decisif", "ordres", "situation"])
    resultat.insert(2, "part", resultat["voix"] / resultat["voix"].sum())
    resultat.insert(4, "banzhaf", resultat["decisif"] / resultat["decisif"].sum())
    resultat.insert(6, "shapley", resultat["ordres"] / factorial(n))
    return resultat


def conclure_vote(voix: Mapping[str, float], seuil: float = SIMPLE) -> str:
    """Ce qu'il faut retenir d'un vote, en deux phrases : qui bloque ou décide, et le pouvoir de
    celui qui a le moins de voix. Mêmes arguments que `coalitions`."""
    mesure = pouvoir({m: v for m, v in voix.items() if v > 0} or voix, seuil)
    maitre = mesure[mesure["situation"] == "seul maître"]
    if len(maitre):
        sujet = SUJETS[maitre["membre"].iloc[0]][0]
        return f"{_majuscule(sujet)} décide tout seul : les voix des autres ne changent rien."
    vetos = [SUJETS[m][0] for m in mesure.loc[mesure["situation"] == "droit de veto", "membre"]]
    debut = (
        "Tout le monde doit être d'accord : chacun peut bloquer." if len(vetos) == len(mesure)
        else f"Rien ne passe sans {' ni sans '.join(vetos)}." if vetos
        else "Personne ne décide seul et personne ne peut bloquer seul."
    )  # fmt: skip
    petit = mesure.loc[mesure["voix"].idxmin()]
    sujet, verbe, part = SUJETS[petit["membre"]]
    ecart = petit["shapley"] - petit["part"]
    if petit["shapley"] == 0:
        fin = "mais aucun pouvoir : aucun vote n'en dépend"
    elif abs(ecart) < 1e-9:
        fin = "et exactement autant de pouvoir"
    else:
        fin = f"et {pourcent(petit['shapley'])} du pouvoir, {'plus' if ecart > 0 else 'moins'} que "
        fin += f"{part} des voix"
    return f"{debut} {_majuscule(sujet)} {verbe} {pourcent(petit['part'], 0)} des voix {fin}."


def _majuscule(texte: str) -> str:
    return texte[0].upper() + texte[1:]


def ordres_de_ralliement(voix: Mapping[str, float], seuil: float = SIMPLE) -> pd.DataFrame:
    """Tous les ordres dans lesquels les membres peuvent se rallier, et qui fait basculer chacun.

    Colonnes : `ordre` (membres, en n-uplet), `rang` (à partir de 1) et `pivot` : le membre
    dont le ralliement fait atteindre la majorité. C'est la définition de l'indice de Shapley,
    écrite en entier ; `pouvoir` en donne le compte sans tout écrire.

    Lève `ErreurVote` comme `coalitions`.
    """
    tableau = coalitions(voix, seuil)
    gagnantes = {frozenset(c) for c in tableau.loc[tableau["gagnante"], "coalition"]}
    lignes = []
    for ordre in permutations(voix):
        rang = next(k for k in range(1, len(ordre) + 1) if frozenset(ordre[:k]) in gagnantes)
        lignes.append((ordre, rang, ordre[rang - 1]))
    return pd.DataFrame(lignes, columns=["ordre", "rang", "pivot"])


def paliers(voix: Mapping[str, float]) -> pd.DataFrame:
    """Le pouvoir (indice de Shapley) selon la majorité exigée, de la moitié à l'unanimité.

    Le pouvoir ne change qu'aux parts de voix qu'une coalition peut réunir : entre deux, il est
    constant. Colonnes : `seuil_min`, `seuil_max` (parts : le palier commence juste après le premier
    et comprend le second ; le tout premier commence à la majorité simple), puis une colonne
    (part) par membre.

    Lève `ErreurVote` comme `coalitions`.
    """
    parts = sorted({p for p in coalitions(voix)["part"].round(9) if p > SIMPLE + 1e-9})
    lignes = []
    for de, a in zip([SIMPLE, *parts], parts, strict=False):
        mesure = pouvoir(voix, a).set_index("membre")["shapley"]
        if lignes and all(abs(lignes[-1][m] - mesure[m]) < 1e-12 for m in voix):
            lignes[-1]["seuil_max"] = a
        else:
            lignes.append({"seuil_min": de, "seuil_max": a, **{m: float(mesure[m]) for m in voix}})
    return pd.DataFrame(lignes)


def _lire_voix(voix: Mapping[str, float]) -> dict[str, Fraction]:
    if not 1 <= len(voix) <= MEMBRES_MAXIMUM:
        raise ErreurVote(f"{len(voix)} membres : donnez les voix de 1 à {MEMBRES_MAXIMUM} membres.")
    poids = {}
    for membre, valeur in voix.items():
        try:
            lue = lire_nombre(valeur)
        except ValueError as erreur:
            raise ErreurVote(f"Voix de « {membre} » : {erreur}") from None
        if lue < 0:
            raise ErreurVote(f"« {membre} » a {nombre(lue)} voix ; donnez 0 ou plus.")
        poids[membre] = Fraction(lue).limit_denominator(DENOMINATEUR)
    if not any(poids.values()):
        raise ErreurVote("Personne n'a de voix : donnez des voix à un membre au moins.")
    return poids


def _seuil(seuil: float) -> Fraction:
    try:
        lu = Fraction(lire_nombre(seuil)).limit_denominator(DENOMINATEUR)
    except ValueError as erreur:
        raise ErreurVote(f"Majorité exigée : {erreur}") from None
    if not Fraction(1, 2) <= lu <= 1:
        raise ErreurVote(
            f"La majorité exigée vaut {pourcent(float(lu))} ; donnez une part de "
            f"{pourcent(0.5, 0)} à {pourcent(1, 0)}. Sous la moitié, deux camps opposés "
            "gagneraient ensemble."
        )
    return lu


# --- Lire le vote du cas (question 1.3) -------------------------------------------------
# Chaque phrase se conclut des voix : un autre partage des voix donne une autre phrase.


def en_fraction(part: float) -> str:
    """Une part en mots, si elle est simple (« un tiers »), sinon en pourcentage."""
    return FRACTIONS.get(Fraction(part).limit_denominator(1000), pourcent(part))


def paris(voix: Mapping[str, float]) -> dict[float, str]:
    """Les parts de pouvoir entre lesquelles parier, pour le membre `OBSERVE`.

    La bonne à la majorité simple, celle de ses voix et quelques autres, de la plus petite à la plus
    grande : `{part: en mots}`.
    """
    mesure = pouvoir(voix).set_index("membre")
    proposees = (0, 1 / 3, 1 / 2, *mesure.loc[OBSERVE, ["part", "shapley"]])
    uniques = {Fraction(p).limit_denominator(1000) for p in proposees}
    return {float(p): en_fraction(float(p)) for p in sorted(uniques)}


def titrer_majorites(voix: Mapping[str, float]) -> str:
    """Les voix et le pouvoir du membre `OBSERVE`, en un titre."""
    mesure = pouvoir(voix).set_index("membre").loc[OBSERVE]
    if mesure["shapley"] == 0:
        fin = "aucun pouvoir"
    else:
        fin = f"{en_fraction(mesure['shapley'])} du pouvoir"
        fin += "… ou rien" if (paliers(voix)[OBSERVE] == 0).any() else ""
    return f"{_en_pourcent(mesure['part'])} des voix, {fin}"


def lire_majorites(voix: Mapping[str, float]) -> str:
    """Qui pèse quoi à la majorité simple, aux deux tiers, à l'unanimité."""
    tiers = pouvoir(voix, DEUX_TIERS).set_index("membre")["shapley"]
    if _a_egalite(voix) and tiers[OBSERVE] == 0:
        return (
            f"À la majorité simple, deux membres quelconques suffisent\u00a0: chacun a "
            f"{pourcent(1 / len(voix))} du pouvoir. Aux deux tiers, l'État et la Région suffisent "
            f"et sont indispensables\u00a0: {pourcent(tiers['etat'], 0)} chacun, rien pour les "
            f"collectivités. À l'unanimité, chacun bloque\u00a0: de nouveau {en_fraction(1 / len(voix))}."
        )
    conclusions = {
        "À la majorité simple": conclure_vote(voix, SIMPLE),
        "Aux deux tiers": conclure_vote(voix, DEUX_TIERS),
        "À l'unanimité": conclure_vote(voix, UNANIMITE),
    }
    return " ".join(f"{quand}, {c[0].lower()}{c[1:]}" for quand, c in conclusions.items())


def lire_decideurs(voix: Mapping[str, float]) -> str:
    """Si un membre décide seul, et ce que pèsent les collectivités, en deux phrases."""
    simple, tiers = (pouvoir(voix, s).set_index("membre") for s in (SIMPLE, DEUX_TIERS))
    maitres = simple[simple["part"] > SIMPLE]
    if len(maitres):
        sujet, verbe, _ = SUJETS[maitres.index[0]]
        part = _en_pourcent(maitres["part"].iloc[0])
        debut = f"Avec {part} des voix, {sujet} {verbe} la majorité sans les autres."
    else:
        debut = "Aucun n'a la majorité\u00a0: il faut s'entendre à deux au moins."
    avant, apres = simple.loc[OBSERVE, "shapley"], tiers.loc[OBSERVE, "shapley"]
    if _a_egalite(voix):
        moins = simple.loc[OBSERVE, "voix"] < simple["voix"].drop(OBSERVE).min()
        suite = (
            "les collectivités sont donc aussi décisives que les fondateurs"
            + (", malgré leurs voix moins nombreuses" if moins else "")
            + "\u202f; aux deux tiers, "
            + (
                "elles ne le seraient plus"
                if apres < avant
                else f"elles auraient {pourcent(apres)} du pouvoir"
                if apres > avant
                else "elles le seraient encore"
            )
        )
    else:
        suite = (
            f"les collectivités ont {pourcent(avant)} du pouvoir pour "
            f"{_en_pourcent(simple.loc[OBSERVE, 'part'])} des voix\u202f; aux deux tiers, elles en "
            f"auraient {pourcent(apres)}"
        )
    return f"{debut} À la majorité simple, {suite}."


def resoudre_defis(voix: Mapping[str, float]) -> tuple[str, str, str]:
    """Les réponses aux trois défis du vote, d'après les voix du cas.

    À partir de quelle majorité les collectivités ne pèsent plus rien ; ce que gagne un partenaire
    à qui l'on donne dix voix ; qui profite d'une voix enlevée à la Région.
    """
    return _defi_des_collectivites(voix), _defi_du_partenaire(voix), _defi_de_la_region(voix)


def _defi_des_collectivites(voix: Mapping[str, float]) -> str:
    tableau = paliers(voix)
    vides = tableau[tableau[OBSERVE] == 0]
    if vides.empty:
        return "les collectivités pèsent toujours, quelle que soit la majorité exigée."
    debut, fin = vides.iloc[0][["seuil_min", "seuil_max"]]
    quand = (
        "dès la majorité simple" if debut <= SIMPLE else f"au-dessus de {_en_pourcent(debut)}"
    )  # fmt: skip
    retour = (
        "elles ne retrouvent jamais de pouvoir" if fin >= UNANIMITE
        else f"elles retrouvent du pouvoir au-dessus de {_en_pourcent(fin)}"
    )  # fmt: skip
    return f"les collectivités ne pèsent plus rien {quand}\u202f; {retour}."


def _defi_du_partenaire(voix: Mapping[str, float]) -> str:
    mesure = pouvoir({**voix, "partenaire": 10.0}).set_index("membre")["shapley"]
    if mesure["partenaire"] == 0:
        return "rien à la majorité simple, car aucune coalition n'a besoin de lui."
    return f"oui, {pourcent(mesure['partenaire'])} du pouvoir à la majorité simple."


def _defi_de_la_region(voix: Mapping[str, float]) -> str:
    avant = pouvoir(voix).set_index("membre")["shapley"]
    moins = {**voix, "region": max(voix["region"] - 1, 0.0)}
    apres = pouvoir(moins).set_index("membre")["shapley"]
    gagnants = [m for m in voix if apres[m] > avant[m] + 1e-9]
    if not gagnants:
        return (
            "personne. Avec une voix de moins, les mêmes coalitions gagnent\u00a0: des voix peuvent "
            "bouger sans que le pouvoir bouge."
        )
    gains = [f"{SUJETS[m][0]}, de {pourcent(avant[m])} à {pourcent(apres[m])}" for m in gagnants]
    return f"{' ; '.join(gains)} du pouvoir. Une seule voix peut tout changer."


@dataclass(frozen=True)
class LectureDuVote:
    """Ce qui se conclut des voix : un titre, les majorités, les décideurs, les trois défis."""

    titre: str
    majorites: str
    decideurs: str
    defis: tuple[str, str, str]


def lire_le_vote(voix: Mapping[str, float]) -> LectureDuVote:
    """Les phrases du dossier 1 sur un partage des voix."""
    return LectureDuVote(
        titrer_majorites(voix), lire_majorites(voix), lire_decideurs(voix), resoudre_defis(voix)
    )


def _a_egalite(voix: Mapping[str, float]) -> bool:
    """Vrai si, à la majorité simple, tous les membres ont le même pouvoir."""
    parts = pouvoir(voix)["shapley"]
    return bool(parts.max() - parts.min() < 1e-9)


def _en_pourcent(part: float) -> str:
    """Une part sans décimale inutile : « 20 % », « 37,5 % »."""
    return f"{nombre(part * 100)}\u202f%"


# --- La part de l'argent public (question 1.2) ------------------------------------------

# Des personnes publiques, françaises puis européenne. Le sujet ne dit pas qui verse les
# « autres financements » (adhésions…) : par prudence, nous ne les comptons pas.
PUBLIQUES_FRANCAISES = ("etat", "collectivites")
PUBLIQUES = (*PUBLIQUES_FRANCAISES, "ue")


def part_publique(budget: pd.DataFrame, postes: Iterable[str] = PUBLIQUES) -> float:
    """La part (0 à 1) des recettes versée par ces financeurs, dans le budget de l'annexe 4.

    Calculée sur les montants en euros, non sur les pourcentages imprimés. `postes` : codes des
    recettes comptées comme publiques (`etat`, `collectivites`, `ue`, `autres`).

    Lève `ErreurCas` si un poste n'est pas une recette du budget.
    """
    recettes = budget[budget["nature"] == "recette"].set_index("poste")["montant_eur"]
    comptes = list(dict.fromkeys(postes))
    inconnus = [p for p in comptes if p not in recettes.index]
    if inconnus:
        raise ErreurCas(
            f"« {', '.join(inconnus)} » n'est pas une recette. Choisissez parmi : "
            f"{', '.join(recettes.index)}."
        )
    return float(recettes[comptes].sum() / recettes.sum())


# --- Le calendrier de la convention et de la présidence (question 1.3) ------------------

DATES = {"creation": "INT-02", "audit": "A1-01", "debut": "A1-43", "fin": "A1-44",
         "convention": "A1-42", "presidence": "A1-40"}  # fmt: skip


def dates(donnees: Donnees) -> dict[str, int]:
    """Les années et durées de la gouvernance (introduction, § 1 ; annexe 1, § 1 et 12).

    Clés : `creation`, `audit`, `debut`, `fin` (années), `convention`, `presidence` (durées en
    années). Lève `ErreurDonnees` si l'un de ces faits manque ou n'est pas un nombre entier.
    """
    lues = {}
    for cle, fait in DATES.items():
        valeur = donnees.fait(fait)
        if valeur != int(valeur):
            raise ErreurDonnees(
                f"Fait {fait}, colonne valeur : {nombre(valeur)} ne convient pas. Écrivez un "
                "nombre entier d'années."
            )
        lues[cle] = int(valeur)
    return lues


def presidences(debut: int, fin: int, duree: int, premier: str = "etat") -> pd.DataFrame:
    """Les présidences successives pendant une convention, si le premier président est connu.

    - `debut`, `fin` : années de la convention ; `duree` : années d'une présidence ;
    - `premier` : « etat » (le préfet de région) ou « region » (le président de la Région).

    Colonnes : `debut`, `fin` (années ; la dernière présidence s'arrête avec la convention) et
    `membre`. Le sujet ne dit ni qui commence, ni si les présidences suivent la convention :
    c'est une hypothèse de lecture, à annoncer comme telle.

    Lève `ErreurCas` si les années ou le premier président ne conviennent pas.
    """
    if premier not in ("etat", "region"):
        raise ErreurCas(f'« {premier} » ne préside pas. Écrivez "etat" ou "region".')
    if duree < 1 or fin <= debut:
        raise ErreurCas(
            f"De {debut} à {fin} par {duree} ans : donnez une fin après le début et une durée "
            "d'au moins un an."
        )
    tour = ["etat", "region"] if premier == "etat" else ["region", "etat"]
    lignes = [
        (annee, min(annee + duree, fin), tour[i % 2])
        for i, annee in enumerate(range(debut, fin, duree))
    ]
    return pd.DataFrame(lignes, columns=["debut", "fin", "membre"])


# --- La structure (annexe 2) ------------------------------------------------------------


def arborescence(postes: pd.DataFrame) -> pd.DataFrame:
    """Où dessiner chaque organe et chaque poste de l'annexe 2.

    Ajoute au tableau les colonnes `niveau` (0 pour le sommet) et `place` : les cases sans
    subordonné se suivent (0, 1, 2…), une case qui en a se place au milieu d'eux. Les lignes
    restent dans l'ordre du tableau.

    Lève `ErreurCas` si une case dépend d'une case absente ou, par un détour, d'elle-même.
    """
    parent = {
        r.code: r.rattachement if isinstance(r.rattachement, str) else None
        for r in postes.itertuples()
    }
    niveau = {code: _niveau(code, parent) for code in parent}
    enfants = {code: [e for e, p in parent.items() if p == code] for code in parent}
    place: dict[str, float] = {}
    suivante = 0

    def placer(code: str) -> None:
        nonlocal suivante
        for enfant in enfants[code]:
            placer(enfant)
        if enfants[code]:
            premier, dernier = enfants[code][0], enfants[code][-1]
            place[code] = (place[premier] + place[dernier]) / 2
        else:
            place[code] = float(suivante)
            suivante += 1

    for code, p in parent.items():
        if p is None:
            placer(code)
    return postes.assign(niveau=postes["code"].map(niveau), place=postes["code"].map(place))


def _niveau(code: str, parent: Mapping[str, str | None]) -> int:
    vus, courant = [], code
    while parent[courant] is not None:
        vus.append(courant)
        courant = parent[courant]
        if courant not in parent:
            raise ErreurCas(
                f"Annexe 2 : « {vus[-1]} » dépend de « {courant} », qui n'est pas dans le tableau."
            )
        if courant in vus:
            raise ErreurCas(f"Annexe 2 : « {code} » dépend de « {courant} », qui revient sur lui.")
    return len(vus)


# --- Classer des faits (questions 1.1, 1.4 et 1.5) --------------------------------------


def textes_des_faits(donnees: Donnees) -> pd.DataFrame:
    """Le texte et la source de chaque fait à classer, indexés par `fait_id`.

    Colonnes : `fait` (une phrase, ou un élément du plan de l'annexe 9) et `reference`
    (« annexe 1, § 15 »).
    """
    morceaux = []
    for numero in ("introduction", 1, 7, 9):
        tableau = donnees.annexe(numero).rename(columns={"item_id": "fait_id", "item": "fait"})
        nom = numero if numero == "introduction" else f"annexe {numero}"
        tableau["reference"] = [f"{nom}, §\u00a0{p}" for p in tableau["paragraphe"]]
        morceaux.append(tableau[["fait_id", "fait", "reference"]])
    return pd.concat(morceaux).set_index("fait_id")


def faits_a_classer(exercice: str, donnees: Donnees, serie_courte: bool = False) -> pd.DataFrame:
    """Les faits d'un exercice de classement, dans l'ordre de présentation.

    `exercice` : « finalites », « diagnostic » ou « performance » (voir
    `data/corrige/tris_dossier_1.csv`). Colonnes : celles de ce tableau, plus `attendue` (le nom de
    sa catégorie), `fait` et `reference`. `serie_courte` ne garde que les faits de la
    première série.

    Lève `ErreurCas` si l'exercice n'existe pas.
    """
    tris = donnees.table("corrige-tris-dossier-1")
    choisis = tris[tris["exercice"] == exercice]
    if choisis.empty:
        raise ErreurCas(
            f"« {exercice} » n'est pas un classement. Choisissez : "
            f"{', '.join(tris['exercice'].unique())}."
        )
    if serie_courte:
        choisis = choisis[choisis["serie"] == 1]
    noms = categories(exercice, donnees).set_index("categorie")["libelle"]
    choisis = choisis.assign(attendue=choisis["categorie"].map(noms))
    return choisis.join(textes_des_faits(donnees), on="fait_id").reset_index(drop=True)


def categories(exercice: str, donnees: Donnees) -> pd.DataFrame:
    """Les catégories d'un classement, dans l'ordre : `categorie`, `libelle`, `definition`."""
    tableau = donnees.table("corrige-categories-dossier-1")
    choisies = tableau[tableau["exercice"] == exercice].sort_values("rang")
    return choisies[["categorie", "libelle", "definition"]].reset_index(drop=True)


def verifier_classement(reponses: Mapping[str, str], faits: pd.DataFrame) -> pd.DataFrame:
    """Compare un classement à celui que nous proposons.

    - `reponses` : catégorie choisie par `fait_id` ; un fait absent n'est pas classé ;
    - `faits` : le tableau de `faits_a_classer`.

    Renvoie `faits` avec `reponse` (vide si le fait n'est pas classé) et `verdict`, un `Verdict` :
    `juste`, `presque` (une autre réponse que l'on peut défendre), `faux` ou `a_completer`.
    """
    donnees = [reponses.get(fait) for fait in faits["fait_id"]]
    verdicts = [
        _verdict_du_classement(fait, reponse)
        for reponse, fait in zip(donnees, faits.itertuples(), strict=True)
    ]
    return faits.assign(
        reponse=pd.Series(donnees, dtype=object, index=faits.index),
        verdict=pd.Series(verdicts, dtype=object, index=faits.index),
    )


def _verdict_du_classement(fait, reponse: str | None) -> Verdict:
    etat = _etat(fait, reponse)
    if etat == "a_completer":
        return Verdict(fait.exercice, etat, "À classer.")
    debut = {
        "juste": "",
        "presque": f"Cela se défend. Nous avons retenu « {fait.attendue} ». ",
        "faux": f"Plutôt « {fait.attendue} ». ",
    }[etat]
    return Verdict(fait.exercice, etat, debut + fait.explication)


def verifier_preuve(
    dimension: str, fait_id: str | None, faits: pd.DataFrame, deja: Iterable[str] = ()
) -> Verdict:
    """Le verdict d'une preuve choisie pour une dimension de la performance.

    `faits` : le tableau de `faits_a_classer("performance", …)` ; `deja` : les noms des autres
    dimensions où le même fait sert déjà. Un fait ne sert qu'une fois : ailleurs qu'à sa place, il
    est alors à changer.
    """
    if not fait_id:
        return Verdict("performance", "a_completer", "Preuve à choisir.")
    fait = next(faits[faits["fait_id"] == fait_id].itertuples())
    etat = _etat(fait, dimension)
    deja = list(deja)
    if deja and etat == "presque":
        phrase = f"Fait déjà employé pour : {', '.join(deja)}. Trouvez-en un autre."
        return Verdict("performance", "faux", phrase)
    phrase = f"« {fait.fait} » ({fait.reference}). {fait.explication}"
    if etat == "faux":
        phrase = f"Ce fait parle plutôt de : {fait.attendue}. {phrase}"
    return Verdict("performance", etat, phrase)


def _etat(fait, reponse: str | None) -> str:
    if not reponse:
        return "a_completer"
    if reponse == fait.categorie:
        return "juste"
    admises = fait.admis.split() if isinstance(fait.admis, str) else ()
    return "presque" if reponse in admises else "faux"
