"""Les jetons sans ce qui n'ajoute rien, et les unités à leur place : « 14 (k€) » devient « 14 k€ »."""

from itertools import pairwise

from .jetons import Jeton
from .suites import Arret, remplacer

UNITES = ("eur", "part", "points", "unite", "millier_d_euros", "multiple", "mille", "centimes")
RIEN = Jeton("", "", 0, 0)


def alleger(jetons: list[Jeton]) -> list[Jeton]:
    """Sans les étoiles de mise en gras, les retours à la ligne et la ponctuation qui ne séparent rien."""
    for signe, jeton in pairwise(jetons):
        double = signe.texte == jeton.texte in (",", ";", "%")
        if signe.fin == jeton.debut and (double or signe.texte == jeton.texte[0] == ","):
            raise Arret(f"le signe « {signe.texte} » est en trop", signe, remplacer(signe))
    gardes: list[Jeton] = []
    gras: list[Jeton] = []
    for jeton, suite in pairwise([*_accoler_l_unite(jetons), RIEN]):
        avant = gardes[-1] if gardes else RIEN
        if jeton.genre == "ferme":  # « (environ) », « (arrondi) »
            ouvre = next((j for j in reversed(gardes) if j.genre != "environ"), RIEN)
            if ouvre.genre == "ouvre":
                gardes.remove(ouvre)
                continue
        if set(jeton.texte) == {"*"} and avant.genre in ("", "egal", "environ"):
            gras.append(jeton)
        elif gras and gras[-1].texte == jeton.texte:
            gras.pop()
        elif jeton.texte != "\n" or not (
            avant.genre in ("operation", "egal", "ouvre")
            or suite.genre == "egal"
            or suite.valeur in ("×", "/")
        ):
            gardes.append(jeton)
    if gras:
        raise Arret("il manque un nombre avant ce signe", gras[0], remplacer(gras[0]))
    while gardes and (
        gardes[-1].genre in ("separe", "ponctuation", "egal", "de") or gardes[-1].texte == ":"
    ):
        gardes.pop()
    return gardes


def _accoler_l_unite(jetons: list[Jeton]) -> list[Jeton]:
    """« 14 (k€) » et « k€ : 14 » se lisent « 14 k€ »."""
    genres = [jeton.genre for jeton in jetons]
    for debut, genre in enumerate(genres):
        fin = debut + 1
        while fin < len(genres) and genres[fin] in UNITES:
            fin += 1
        if genre == "ouvre" and fin > debut + 1 and genres[fin : fin + 1] == ["ferme"]:
            avant, unite, apres = jetons[:debut], jetons[debut + 1 : fin], jetons[fin + 1 :]
            calcul = not apres and not any(j.genre in (*UNITES, "egal") for j in avant)
            return _accoler_l_unite((_grouper(avant) if calcul else avant) + unite + apres)
    fin = next((rang for rang, genre in enumerate(genres) if genre not in UNITES), 0)
    if not fin or jetons[fin].texte not in (":", "="):
        return jetons
    unite, reste = jetons[:fin], jetons[fin + 1 :]
    while reste and reste[-1].genre in ("ponctuation", "separe"):
        reste = reste[:-1]
    redite = [(j.genre, j.valeur) for j in reste[-fin:]] == [(j.genre, j.valeur) for j in unite]
    return reste if redite else _grouper(reste) + unite


def _grouper(jetons: list[Jeton]) -> list[Jeton]:
    """Un calcul suivi d'une unité : elle vaut pour tout le calcul."""
    genres = [jeton.genre for jeton in jetons]
    if "egal" in genres or "operation" not in genres[1:]:
        return jetons
    debut, fin = jetons[0].debut, jetons[-1].fin
    return [Jeton("ouvre", "", debut, debut), *jetons, Jeton("ferme", "", fin, fin)]
