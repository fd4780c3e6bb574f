"""Le plan que l'on tire des faits choisis, et sa relecture."""

import pandas as pd

from ..questions.verdict import Verdict
from .arguments import LIMITES_ATTENDUES, PARTIES, PERSO, texte_du_choix


def plan_texte(choix: list[dict], preuves: dict) -> str:
    """Le plan de la réponse à la question 4.3, en texte simple, prêt à copier.

    `preuves` : celles de `arguments.preuves`. Chaque argument porte son sens, sa référence et sa note ;
    les parties vides restent, pour rappeler ce qui manque ; ce qui est mis de côté suit.
    """

    def citer(signe: str, c: dict) -> str:
        texte, reference = texte_du_choix(c, preuves)
        return f"   {signe} {texte} ({reference[:1].lower() + reference[1:]})"

    lignes = ["PLAN — Question 4.3 : le Web 2.0 au service de l'intelligence collective", ""]
    lignes += ["Introduction : définir le Web 2.0 et l'intelligence collective.", ""]
    for rang, (code, titre) in enumerate(PARTIES.items(), start=1):
        lignes.append(f"{rang}. {titre}")
        dedans = [c for c in choix if c["partie"] == code and not c["cote"]]
        for c in dedans:
            lignes.append(citer("+" if c["sens"] == "pour" else "−", c))
            if c["note"].strip():
                lignes.append(f"     Ma note : {' '.join(c['note'].split())}")
        lignes += [""] if dedans else ["   (rien pour l'instant)", ""]
    lignes.append("Conclusion : prendre position, sous quelles conditions.")
    cote = [citer("·", c) for c in choix if c["cote"]]
    return "\n".join([*lignes, *(["", "Mis de côté :", *cote] if cote else [])]) + "\n"


def relire_plan(choix: list[dict], preuves: dict) -> list[Verdict]:
    """Ce que la collection remarque dans un plan : équilibre, sources, limites, désaccords.

    `preuves` : celles de `arguments.preuves`. Un désaccord sur le sens d'un fait n'est pas une faute : il
    est signalé (`presque`) pour en discuter.
    """
    gardes = [c for c in choix if not c["cote"]]
    if not gardes:
        phrase = "Aucun argument choisi : lisez un fait, puis pressez Pour ou Contre."
        return [Verdict("arguments", "a_completer", phrase)]
    connus = [(c, preuves[c["preuve"]]) for c in gardes if c["preuve"] in preuves]
    pour = sum(c["sens"] == "pour" for c in gardes)
    contre = len(gardes) - pour
    suite = "les deux côtés sont là" if pour else "il manque de quoi justifier le recours"
    suite = suite if contre else "justifier, c'est aussi montrer les limites"
    sources = {preuve.source for _, preuve in connus}
    manquantes = ", ".join(f"annexe {n}" for n in (9, 10, 11) if f"Annexe {n}" not in sources)
    limites = {
        code
        for c, preuve in connus
        if c["sens"] == "contre" or c["partie"] in ("limites", "conditions")
        for code in preuve.limites.split()
    }
    personnels = " ".join(c["texte"].casefold() for c in gardes if c["preuve"].startswith(PERSO))
    if any(mot in personnels for mot in ("donnée", "rgpd", "vie privée", "personnel")):
        limites.add("donnees")
    reste = ", ".join(nom for code, nom in LIMITES_ATTENDUES.items() if code not in limites)
    prises = {c["partie"] for c in gardes}
    vides = " ; ".join(titre for code, titre in PARTIES.items() if code not in prises)
    constats = [
        (pour and contre, f"{_compter(pour)} pour, {_compter(contre)} contre : {suite}."),
        (not manquantes, f"Rien encore : {manquantes}." if manquantes
         else "Les annexes 9, 10 et 11 sont toutes citées."),
        (not reste, f"Limites présentes : {len(limites)} sur {len(LIMITES_ATTENDUES)}"
         + (f" ; à chercher : {reste}." if reste else ".")),
        *([(False, f"Partie vide : {vides}.")] if vides else []),
    ]  # fmt: skip
    desaccords = [
        f"À discuter : « {preuve.texte} » Vous le rangez « {c['sens']} » ; la collection le lirait "
        f"« {preuve.sens} ».{'' if pd.isna(preuve.explication) else f' {preuve.explication}'}"
        for c, preuve in connus
        if {preuve.sens, c["sens"]} == {"pour", "contre"}
    ]
    return [
        *(Verdict("arguments", "juste" if tenu else "faux", dit) for tenu, dit in constats),
        *(Verdict("arguments", "presque", dit) for dit in desaccords),
    ]


def _compter(arguments: int) -> str:
    return f"{arguments} argument{'s' * (arguments >= 2)}"
