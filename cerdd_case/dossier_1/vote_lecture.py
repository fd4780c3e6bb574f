"""Ce que disent les droits de vote, en phrases qui suivent les données."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..socle.nombres import nombre, pourcent
from .vote import (
    DEUX_TIERS,
    OBSERVE,
    SIMPLE,
    SUJETS,
    UNANIMITE,
    conclure_vote,
    en_fraction,
    paliers,
    pouvoir,
)


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
