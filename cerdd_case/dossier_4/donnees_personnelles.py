"""Reconnaître, dans une phrase d'élève, la protection des données personnelles."""

import re
import unicodedata

_GENS = (
    r"(?:gens|personnes|membres|inscrits|utilisateurs|internautes|adherents|salaries|partenaires)"
)
_DITS = r"(?:donnees?|infos?|informations?|renseignements?|coordonnees)"
SIGNES = re.compile(
    rf"""\b(?:r\.?g\.?p\.?d|c\.?n\.?i\.?l|cookies?|confidentialites?|consentements?
    |vies?\ privee?s?|droits?\ a\ (?:l.)?(?:oubli|image)|intimes?|intimite|pseudos?|pseudonymes?|anonym\w+
    |{_DITS}\ (?:(?:a\ caractere|trop|plus|tres)\ )?
        (?:perso|personnel(?:le)?s?|privee?s?|sensibles?|nominati(?:f|ve)s?|de\ (?:geo)?localisation)
    |(?:vol|fuite|protection|revente|exploitation|securite)s?\ d(?:e\ s|es?)\ ?{_DITS}
    |prote(?:g\w+|ction)\ (?:d?es|leurs?|nos|vos|ses)\ {_DITS}
    |(?:recueill|recolt|collect)\w*\ (?:d?es|leurs?|nos|vos|ses|plein\ de)\ donnees(?=[ .]*$)
    |(?:{_DITS}|fichiers?|choses)\ (?:\w+\ )?sur\ (?:les|nos|ses|leurs)\ {_GENS}
    |(?:coordonnees|fichiers?)\ (?:de\ (?:nos\ |ses\ |leurs\ )?|des\ ){_GENS}
    |{_DITS}\ que\ (?:les|nos|ses|ces)\ {_GENS}\ (?:\w+\ )?(?:donnent|laissent|confient|saisissent)
    |(?:recoit|recolte|recupere|collecte|conserve|garde|sait)(?:nt|r)?\ [^.;]{{0,40}}\bsur
        \ (?:les\ gens|nous|eux|lui|elle)
    |(?:demander|obtenir|avoir)\ (?:\w+\ )?(?:l.|leur\ )(?:accord|autorisation|permission)
        \ (?:des?|aux)\ (?:\w+\ )?{_GENS}
    |sans\ (?:qu\W?ils\ le\ sachent|leur\ (?:accord|autorisation|permission))
    |(?:devoil|revel|usurp)\w*\ (?:\w+\ )?identites?|supprimer\ (?:son|leurs?|ses)\ comptes?
    |hackers?|hacke\w*|pirat(?:es?|ages?|er|ees?|ent)|cyberattaques?|phishing|hameconnage
    |tracages?|pist(?:age|es?|er)|espionn\w+|divulg\w+|reven(?:d\w*|tes?)
    |(?:est|sont|etre|sommes|se\ faire)\ (?:trac|surveill)(?:er|ees?|es?)
    |surveill\w+\ (?:les|des|leurs?|ses|nos)
    )\b""",
    re.VERBOSE,
)
_TRACAS = r"(?:souci|probleme|risque|danger|inquietude|crainte|question)s?"
DENI = re.compile(
    rf"""\b(?:n\W?(?:est|a|y\ a|aura|ont)|ne\ (?:sont|seront|sera|pose(?:nt|ra)?|risque(?:nt)?))
        \ (?:pas|plus|jamais|aucune?)
        \ (?:en\ jeu|concernee?s?|menacee?s?|en\ danger|(?:un\ |de\ |d\W?)?{_TRACAS})
    |\b(?:pas|aucune?|plus|sans)\ (?:de\ |d\W?)?{_TRACAS}\b
    |\b(?:pas|inutile|plus)\ (?:besoin\ )?de\ (?:s\W?inquieter|craindre|se\ mefier)\b""",
    re.VERBOSE,
)
PROPOSITIONS = re.compile(
    r"[.;:!?](?=\s|$)|\b(?:mais|cependant|pourtant|toutefois|par contre|sauf)\b"
)


def en_parle(phrase: str) -> bool:
    """Vrai si la phrase pose la question : vie privée, RGPD, consentement, fuite, surveillance…

    Une proposition qui écarte le sujet (« la vie privée n'est pas en jeu ») ne compte pas. La règle ne
    connaît que des mots : une idée dite par un détour lui échappe.
    """
    lettres = unicodedata.normalize("NFD", " ".join(phrase.casefold().split()))
    nue = "".join(c for c in lettres if not unicodedata.combining(c))
    return any(SIGNES.search(p) and not DENI.search(p) for p in PROPOSITIONS.split(nue))
