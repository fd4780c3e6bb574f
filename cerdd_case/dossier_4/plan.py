"""Le plan que l'on tire des faits choisis, et sa relecture."""

import pandas as pd

from ..questions.verdict import Verdict
from .arguments import LIMITES_ATTENDUES, PARTIES, PERSO, par_numero, texte_du_choix


def plan_texte(choix: list[dict], tableau: pd.DataFrame) -> str:
    """Le plan de la réponse à la question 4.3, en texte simple, prêt à copier.

    `tableau` : celui de `preuves`. Chaque argument porte son sens, sa référence et sa note ;
    les parties vides restent, pour rappeler ce qui manque ; ce qui est mis de côté suit.
    """
    preuves = par_numero(tableau)
    lignes = ["PLAN — Question 4.3 : le Web 2.0 au service de l'intelligence collective", ""]
    lignes += ["Introduction : définir le Web 2.0 et l'intelligence collective.", ""]
    for rang, (code, titre) in enumerate(PARTIES.items(), start=1):
        lignes.append(f"{rang}. {titre}")
        dedans = [c for c in choix if c["partie"] == code and not c["cote"]]
        if not dedans:
            lignes.append("   (rien pour l'instant)")
        for c in dedans:
            texte, reference = texte_du_choix(c, preuves)
            signe = "+" if c["sens"] == "pour" else "−"
            lignes.append(f"   {signe} {texte} ({reference[:1].lower() + reference[1:]})")
            if c["note"].strip():
                lignes.append(f"     Ma note : {' '.join(c['note'].split())}")
        lignes.append("")
    lignes.append("Conclusion : prendre position, sous quelles conditions.")
    cote = [c for c in choix if c["cote"]]
    if cote:
        lignes += ["", "Mis de côté :"]
        for c in cote:
            texte, reference = texte_du_choix(c, preuves)
            lignes.append(f"   · {texte} ({reference[:1].lower() + reference[1:]})")
    return "\n".join(lignes) + "\n"


def relire_plan(choix: list[dict], tableau: pd.DataFrame) -> list[Verdict]:
    """Ce que la collection remarque dans un plan : équilibre, sources, limites, désaccords.

    Un désaccord sur le sens d'un fait n'est pas une faute : il est signalé (`presque`) pour en
    discuter.
    """
    gardes = [c for c in choix if not c["cote"]]
    if not gardes:
        phrase = "Aucun argument choisi : lisez un fait, puis pressez Pour ou Contre."
        return [Verdict("arguments", "a_completer", phrase)]
    pour = sum(c["sens"] == "pour" for c in gardes)
    contre = len(gardes) - pour
    retours = [
        _constat(
            pour > 0 and contre > 0,
            f"{_compte(pour, 'argument')} pour, {_compte(contre, 'argument')} contre"
            + (
                " : justifier, c'est aussi montrer les limites."
                if not contre
                else " : il manque de quoi justifier le recours."
                if not pour
                else " : les deux côtés sont là."
            ),
        )
    ]
    preuves = par_numero(tableau)
    connus = [c for c in gardes if c["preuve"] in preuves]
    annexes = {preuves[c["preuve"]].source for c in connus}
    manquantes = [f"annexe {n}" for n in (9, 10, 11) if f"Annexe {n}" not in annexes]
    if manquantes:
        retours.append(_constat(False, f"Rien encore : {', '.join(manquantes)}."))
    else:
        retours.append(_constat(True, "Les annexes 9, 10 et 11 sont toutes citées."))
    vues = {
        code
        for c in connus
        if c["sens"] == "contre" or c["partie"] in ("limites", "conditions")
        for code in preuves[c["preuve"]].limites.split()
    }
    personnels = " ".join(c["texte"].casefold() for c in gardes if c["preuve"].startswith(PERSO))
    if any(mot in personnels for mot in ("donnée", "rgpd", "vie privée", "personnel")):
        vues.add("donnees")
    reste = [nom for code, nom in LIMITES_ATTENDUES.items() if code not in vues]
    total = len(LIMITES_ATTENDUES)
    retours.append(
        _constat(
            not reste,
            f"Limites présentes : {total - len(reste)} sur {total}"
            + (f" ; à chercher : {', '.join(reste)}." if reste else "."),
        )
    )
    vides = [
        titre for code, titre in PARTIES.items() if not any(c["partie"] == code for c in gardes)
    ]
    if vides:
        retours.append(_constat(False, f"Partie vide : {' ; '.join(vides)}."))
    for c in connus:
        preuve = preuves[c["preuve"]]
        propose = preuve.sens
        if propose in ("pour", "contre") and propose != c["sens"]:
            raison = "" if pd.isna(preuve.explication) else f" {preuve.explication}"
            retours.append(
                Verdict(
                    "arguments",
                    "presque",
                    f"À discuter : « {preuve.texte} » Vous le rangez « {c['sens']} » ; la "
                    f"collection le lirait « {propose} ».{raison}",
                )
            )
    return retours


def _constat(tenu: bool, phrase: str) -> Verdict:
    return Verdict("arguments", "juste" if tenu else "faux", phrase)


def _compte(valeur: int, mot: str) -> str:
    return f"{valeur} {mot}{'s' * (valeur >= 2)}"
