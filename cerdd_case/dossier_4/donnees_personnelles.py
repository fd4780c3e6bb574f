"""Reconnaître, dans une phrase d'élève, la protection des données personnelles.

Une proposition en parle si elle a un mot qui ne trompe pas (RGPD, vie privée…), ou si elle réunit ce que
l'on sait des gens, ces gens, et une crainte (des coordonnées, des membres, une fuite). La règle ne connaît
que des mots : une idée dite par un détour lui échappe.
"""

import re
import unicodedata


def _mots(*motifs: str) -> re.Pattern:
    return re.compile(rf"\b(?:{'|'.join(motifs)})\b")


SANS_DOUTE = _mots(
    r"r\.?g\.?p\.?d", r"c\.?n\.?i\.?l", "informatique et libertes", r"vies? privee?s?", "intimes?", "intimite",
    "confidentialites?", "consentements?", r"droits? a (?:l.)?(?:oubli|image)", r"usurp\w+", r"divulg\w+",
    r"hack\w+", "cyberattaques?", "phishing", "hameconnage", r"espionn\w+", "tracages?", "pistages?",
    r"(?:donnees?|infos?|informations?|renseignements?|coordonnees) (?:(?:a caractere|trop|plus|tres) )?"
    r"(?:perso|personnel(?:le)?s?|privee?s?|sensibles?|nominati(?:f|ve)s?|de (?:geo)?localisation)",
    r"(?:protection|fuite|vol|revente|securite)s? (?:des?|de ses|de leurs|de nos) (?:donnees|informations)",
    r"proteger? (?:les|leurs|nos|vos|ses|des) donnees",
    r"(?:vol\w*|pirat\w*|decouvr\w*) (?:\w+ )?mots? de passe",
    r"pirat\w+ (?:\w+ ){0,2}(?:donnees|infos|informations|comptes?|sites?|messages?|membres)",
    r"(?:comptes?|sites?|plateformes?|donnees) (?:\w+ )?pirates?", r"pirates? informatiques?",
    r"(?:devoil|revel|vol)\w* (?:\w+ |d.)?identites?", r"suppression de (?:son|leurs?|ses) comptes?",
    r"supprimer (?:son|leurs?|ses) comptes?",
    r"rest\w+ anonymes?", "anonymat", "pseudos?", "pseudonymes?",
    r"(?:est|sont|etre|sommes|se faire) (?:trac|surveill|pist)(?:er|ees?|es?)",
    r"sans (?:qu.ils le sachent|leur (?:accord|autorisation|permission))",
)  # fmt: skip
DITS = _mots(
    "donnees?", "infos?", "informations?", "renseignements?", "coordonnees", "noms?", "adresses?", "mails?",
    "numeros?", "photos?", "profils?", "comptes?", "fichiers?", "choses", "cookies?", "traces?", "echanges?",
    "ce qu(?:e|.\\w+)",
)  # fmt: skip
GENS = _mots(
    "gens", "personnes?", "associations?", "membres?", "inscrits?", "utilisateurs?", "internautes?",
    "adherents?", "salaries?",
    "partenaires?", "benevoles?", "visiteurs?", "participants?", "contributeurs?", "abonnes?", "lui", "nous",
)  # fmt: skip
CRAINTES = _mots(
    r"proteg\w+", r"securis\w+", r"fuit\w+", r"vol(?:er|ent|es?|ees?)", r"reven(?:d\w*|tes?)", r"surveill\w+",
    r"publi(?:er|ees?|es?)", r"exposee?s?", r"recupere(?:r|es?)?", r"recolt\w+", r"recueill\w+",
    r"collecte\w*", r"conserv\w+",
    r"gard(?:er|ent|e)", r"enregistr\w+", r"stock\w+", r"exploit\w+",
    r"accord", r"autorisation", r"usages?", r"deviennent",
    r"permission", r"controle plus", r"retrouver sur internet", r"trop longtemps", r"sait", r"savoir",
    r"ne sait (?:pas|plus)", r"a quoi servent", r"suiv(?:re|ent)",
)  # fmt: skip
_TRACAS = r"(?:souci|probleme|risque|danger|inquietude|crainte|question)s?"
DENI = re.compile(
    rf"""\b(?:n.(?:est|a|y\ a|aura|ont)|ne\ (?:sont|seront|sera|pose(?:nt|ra)?|risque(?:nt)?))
        \ (?:pas|plus|jamais|aucune?)
        \ (?:en\ jeu|concernee?s?|menacee?s?|en\ danger|(?:un\ |de\ |d.)?{_TRACAS})
    |\b(?:pas|aucune?|plus|(?<!pas\ )sans)\ (?:de\ |d.)?{_TRACAS}\b
    |\b(?:pas|inutile|plus)\ (?:besoin\ )?de\ (?:s.inquieter|craindre|se\ mefier)\b""",
    re.VERBOSE,
)
PROPOSITIONS = re.compile(
    r"[.;:!?](?=\s|$)|\b(?:mais|cependant|pourtant|toutefois|par contre|sauf)\b"
)


def en_parle(phrase: str) -> bool:
    """Vrai si la phrase pose la question : vie privée, RGPD, consentement, fuite, surveillance…

    Une proposition qui écarte le sujet (« la vie privée n'est pas en jeu ») ne compte pas.
    """
    lettres = unicodedata.normalize("NFD", " ".join(phrase.casefold().replace("’", "'").split()))
    nue = "".join(c for c in lettres if not unicodedata.combining(c))
    return any(_pose(p) and not DENI.search(p) for p in PROPOSITIONS.split(nue))


def _pose(proposition: str) -> bool:
    reunis = (DITS, GENS, CRAINTES)
    return bool(SANS_DOUTE.search(proposition)) or all(m.search(proposition) for m in reunis)
