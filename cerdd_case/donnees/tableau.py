"""Lire un tableau d'annexe dans un carnet : phrases, unités, source."""

import unicodedata
from collections.abc import Iterable
from html import escape
from typing import Any

import pandas as pd

from ..socle.erreurs import ErreurCas, nommer_les_choix
from ..socle.nombres import euros, milliers, nombre, pourcent
from ..socle.typographie import INSECABLE, typographier
from .description import sources
from .paquet import Donnees

# Ce qu'un lecteur n'a pas à voir : déjà dit par la phrase du fait, ou classement de la collection.
CACHEES = {"valeur", "unite", "theme", "pour_ou_contre", "ordre"}
TITRES = {
    "ligne": "Code",
    "libelle": "Ligne",
    "niveau": "Niveau",
    "prevu_eur": "Prévu",
    "realise_eur": "Réalisé",
    "ecart_eur": "Écart",
    "ecart_part": "Écart en %",
    "favorable": "Favorable ?",
    "effet_resultat_eur": "Effet sur le résultat",
    "nature": "Nature",
    "poste": "Code",
    "montant_eur": "Montant",
    "part": "Part",
    "montant_2014_eur": "2014",
    "montant_2015_eur": "2015",
    "regle": "Code",
    "respectee": "Respectée ?",
    "conclusion": "Conclusion",
    "seuil": "Seuil",
    "valeur": "Valeur",
    "paragraphe": "§",
}
MOTS = {  # les codes des tableaux, en toutes lettres
    "depense": "dépense",
    "egal": "égalité",
    "minimum": "au moins",
    "maximum": "au plus",
    "stabilite": "stabilité",
    "style_de_direction": "style de direction",
    "ressources_humaines": "ressources humaines",
    "remuneration": "rémunération",
    "strategie": "stratégie",
    "decision": "décision",
    "identite": "identité",
    "mission_initiale": "mission initiale",
    "creation": "création",
    "epreuve": "épreuve",
    "duree": "durée",
    "materiel": "matériel",
    "cooperation": "coopération",
    "systeme_d_information": "système d'information",
    "enonce": "énoncé",
    "deduit": "déduit",
    "web_2_0": "Web 2.0",
    "blogs_et_banque": "blogs et banque",
    "composante_strategique": "composante stratégique",
    "optimiser": "à optimiser",
    "creer_ou_developper": "à créer ou développer",
    "methodes": "méthodes",
    "periode": "période",
    "economie": "économie",
    "travail_collaboratif": "travail collaboratif",
    "cocreation": "cocréation",
    "consommation_collaborative": "consommation collaborative",
}
STYLE_TABLE = "border-collapse:collapse;font-size:1em"
STYLE_CASE = "padding:4px 12px;border-bottom:1px solid #d1d5db;vertical-align:top;text-align:"


def ecrire_case(valeur: Any, colonne: str, unite: str | None = None) -> str:
    """Une valeur de tableau en toutes lettres, selon l'unité de sa colonne."""
    if isinstance(valeur, list | tuple | set):
        return ", ".join(map(str, valeur))
    if valeur is None or pd.isna(valeur):
        return "–"
    if isinstance(valeur, bool) or type(valeur).__name__ in ("bool_", "bool"):
        return "✔ oui" if valeur else "✘ non"
    if isinstance(valeur, str):
        return MOTS.get(valeur, valeur)
    signe = colonne.startswith(("ecart", "effet"))
    genre = unite if unite in ("eur", "keur", "part") else colonne.rpartition("_")[2]
    if genre in ("eur", "keur"):
        return (euros if genre == "eur" else milliers)(valeur, signe=signe)
    if genre == "part":
        # Un taux donné s'écrit tel qu'il est ; une part calculée, au dixième de point.
        donne = round(valeur * 100, 9) == round(valeur * 100, 2)
        return pourcent(valeur, None if donne else 1, signe=signe)
    return nombre(valeur, signe=signe)


class Tableau:
    """Un tableau lisible : s'affiche de lui-même dans un carnet.

    - `donnees` : le DataFrame ; `titre`, `source` : au-dessus et au-dessous ;
    - `titres`, `unites` : par colonne, quand ils ne se déduisent pas du nom ;
    - `replie` : le tableau s'ouvre d'un clic sur son titre.
    """

    def __init__(
        self,
        donnees: pd.DataFrame,
        titre: str = "",
        source: str = "",
        titres: dict[str, str] | None = None,
        unites: dict[str, str] | None = None,
        replie: bool = False,
    ):
        self.donnees, self.titre, self.source, self.replie = donnees, titre, source, replie
        noms = {**TITRES, **(titres or {})}
        unites = unites or {}
        self.colonnes = [noms.get(c, c) for c in donnees.columns]
        self.lignes = [
            [ecrire_case(v, c, unites.get(c)) for c, v in zip(donnees.columns, ligne, strict=True)]
            for ligne in donnees.itertuples(index=False)
        ]
        self.chiffres = [pd.api.types.is_numeric_dtype(donnees[c]) for c in donnees.columns]

    def _rangees(self, balise: str, contenu: Iterable[list[str]]) -> str:
        return "".join(
            "<tr>" + "".join(
                f'<{balise} style="{STYLE_CASE}{"right" if chiffre else "left"}">{escape(v)}</{balise}>'
                for v, chiffre in zip(rangee, self.chiffres, strict=True)
            ) + "</tr>"
            for rangee in contenu
        )  # fmt: skip

    def en_table(self, vise: int | None = None) -> str:
        """Ses rangées, pour une page qui a son style : `nombre`, un chiffre ; `vise`, ce § du tableau."""

        def ranger(balise: str, cases: list[str], classe: str = "") -> str:
            dits = (
                f"<{balise}{' class=nombre' if chiffre else ''}>{escape(case)}</{balise[:2]}>"
                for case, chiffre in zip(cases, self.chiffres, strict=True)
            )
            return f"<tr{classe}>{''.join(dits)}</tr>"

        numeros = self.donnees.get("paragraphe", [None] * len(self.lignes))
        corps = "".join(
            ranger("td", ligne, " class=vise" if vise and numero == vise else "")
            for numero, ligne in zip(numeros, self.lignes, strict=True)
        )
        entete = ranger("th scope=col", self.colonnes)
        return f"<thead>{entete}</thead><tbody>{corps}</tbody>"

    def en_lignes(self) -> str:
        """En HTML, pour une place étroite : chaque case sur sa ligne, après le nom de sa colonne."""
        return f"<p><strong>{escape(self.titre)}</strong></p>" + "".join(
            "<p>" + "<br>".join(
                f"<em>{escape(nom)}{INSECABLE}:</em> {escape(case)}"
                for nom, case in zip(self.colonnes, ligne, strict=True) if case and nom != "§"
            ) + "</p>"
            for ligne in self.lignes
        )  # fmt: skip

    def __str__(self) -> str:
        rangees = [self.colonnes, *self.lignes]
        largeurs = [max(map(len, colonne)) for colonne in zip(*rangees, strict=True)]
        ecrites = [
            "  ".join(
                v.rjust(w) if chiffre else v.ljust(w)
                for v, w, chiffre in zip(rangee, largeurs, self.chiffres, strict=True)
            ).rstrip()
            for rangee in rangees
        ]
        return "\n".join([*filter(None, [self.titre]), *ecrites, *filter(None, [self.source])])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        titre = f"<strong>{escape(self.titre)}</strong>"
        table = (
            f'<table style="{STYLE_TABLE}"><thead>{self._rangees("th", [self.colonnes])}</thead>'
            f"<tbody>{self._rangees('td', self.lignes)}</tbody></table>"
        )
        if self.source:
            table += f'<p style="opacity:0.8;font-size:0.9em">{escape(self.source)}</p>'
        if self.replie:
            return typographier(f"<details><summary>{titre}</summary>{table}</details>")
        return typographier((f"<p>{titre}</p>" if self.titre else "") + table)


def lire_tableau(
    donnees: Donnees, numero: int | str, table: str | None = None, **filtres: object
) -> Tableau:
    """Une annexe ou un document, prêt à lire, replié sous son titre ; voir `Cas.lire`.

    `filtres` : colonne=valeur ou colonne=[valeurs].
    """
    annexes = [str(r.get("cas:annexe")) for r in donnees.ressources]
    code = isinstance(numero, str) and not numero.strip().isdecimal() and numero not in annexes
    ressource = donnees.ressource("document" if code else "annexe", numero, table)
    contenu = entier = donnees.table(ressource["name"])
    for colonne, voulu in filtres.items():
        if colonne not in contenu:
            faute = f"{ressource['title']} : pas de colonne « {colonne} »"
            raise ErreurCas(nommer_les_choix(faute, colonne, list(contenu)))
        garde = contenu[colonne].isin(voulu if isinstance(voulu, list) else [voulu])
        if not garde.any():
            faute = f"{ressource['title']} : aucune ligne où {colonne} vaut « {voulu} »"
            raise ErreurCas(nommer_les_choix(faute, voulu, contenu[colonne].dropna().unique()))
        contenu = contenu[garde]
    return tableau_d_une_ressource(ressource, contenu, entier)


def tableau_d_une_ressource(
    ressource: dict, contenu: pd.DataFrame, entier: pd.DataFrame | None = None, replie: bool = True
) -> Tableau:
    """Le contenu d'une ressource, ou une partie, avec ses titres de colonnes et sa source.

    Les identifiants et les codes de la collection ne se montrent pas : une ligne qui en désigne une
    autre la nomme par son libellé, pris dans le tableau `entier`.
    """
    for lien in ressource["schema"].get("foreignKeys", []):
        if "resource" not in lien["reference"] and "libelle" in contenu:
            (colonne,), (cle,) = lien["fields"], lien["reference"]["fields"]
            noms = (contenu if entier is None else entier).set_index(cle)["libelle"]
            contenu = contenu.assign(**{colonne: contenu[colonne].map(noms)})
    champs = ressource["schema"]["fields"]
    codes = {
        c["name"] for c in champs
        if c.get("cas:source", "").startswith(("codification", "numérotation"))
    } - {"paragraphe"}  # fmt: skip
    return Tableau(
        contenu[[c for c in contenu.columns if c not in CACHEES | codes]],
        titre=ressource["title"],
        source=sources(ressource),
        titres={c["name"]: c["title"] for c in champs} | {"paragraphe": "§"},
        unites={c["name"]: c["cas:unite"] for c in champs if c.get("cas:unite")},
        replie=replie,
    )


def sommaire(donnees: Donnees) -> Tableau:
    """Le catalogue des annexes et des documents, prêt à lire, replié."""
    catalogue = donnees.catalogue()[["titre", "nature", "dossiers", "page"]]
    titres = {"titre": "Titre", "dossiers": "Dossiers", "page": "Page du sujet"}
    return Tableau(catalogue, "Annexes et documents", titres=titres, replie=True)


def glossaire(donnees: Donnees, mot: str = "") -> Tableau:
    """Les notions dont le nom, la définition ou les questions contiennent `mot`, de A à Z.

    Les accents et les majuscules ne comptent pas ; sans mot, tout le glossaire, replié.
    """
    table = donnees.table("corrige-glossaire")
    cherche = _sans_accents(mot.strip())
    texte = table["notion"] + " " + table["definition"] + " " + table["questions"]
    trouvees = table[texte.map(lambda t: cherche in _sans_accents(t))]
    trouvees = trouvees.sort_values("notion", key=lambda s: s.map(_sans_accents))
    titre = f"Glossaire : « {mot.strip()} »" if cherche else "Glossaire des notions"
    if trouvees.empty:
        titre += ", aucune notion trouvée. Essayez un mot plus court."
    return Tableau(
        trouvees.assign(questions=trouvees["questions"].str.replace(" ", ", ")),
        titre,
        titres={"notion": "Notion", "definition": "Définition", "questions": "Questions"},
        replie=not cherche,
    )


def _sans_accents(texte: str) -> str:
    decompose = unicodedata.normalize("NFD", texte.casefold())
    return "".join(c for c in decompose if not unicodedata.combining(c))
