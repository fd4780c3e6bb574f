"""Les textes des annexes et des documents tiennent à leurs faits : ni fait oublié, ni fait ajouté.

Un texte de `data/textes/` attache chaque fait aux mots qui le portent, comme un lien Markdown :
`[une équipe restreinte](A7-01)`. Un fait sans `fait_id` porte sa clé, avec le préfixe de son
annexe : `A3:plafond_ue`, `A10-05`. Un tableau se place par `{{ tableau supports }}`.

Un document n'est écrit que là où le dossier 4 s'en sert, par paragraphes entiers : ceux que citent le
corrigé, le code ou les carnets y sont. Un résumé, sans marques, dit le reste, puis les noms publiés.
"""

import csv
import json
import re
from functools import cache
from pathlib import Path

import pytest

RACINE = Path(__file__).parents[2]
DATA = RACINE / "data"
TEXTES = DATA / "textes"
RESSOURCES = {
    Path(r["path"]).stem: r
    for r in json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
}

# Les tableaux dont le contenu est écrit en prose, et la marque de chacune de leurs lignes.
EN_PROSE = {
    "introduction": {"introduction": "{fait_id}"},
    "annexe_01": {"annexe_01_faits": "{fait_id}", "annexe_01_droits_de_vote": "A1:{membre}"},
    "annexe_02": {"annexe_02_organes_et_postes": "A2:{code}"},
    "annexe_03": {"annexe_03_objectifs": "{fait_id}", "annexe_03_regles": "A3:{regle}"},
    "annexe_06": {"annexe_06_hypotheses": "A6:{hypothese}"},
    "annexe_07": {"annexe_07_faits": "{fait_id}"},
    "annexe_08": {"annexe_08_faits": "{fait_id}"},
    "annexe_09": {"annexe_09_faits": "{fait_id}"},
    "annexe_10": {"annexe_10_usages": "A10-{ordre:0>2}"},
    "annexe_11": {"annexe_11_evolution": "{fait_id}"},
    **{f"enonce_dossier_{n}": {f"dossier_{n}_enonce": "{fait_id}"} for n in range(1, 5)},
    "epreuve": {"epreuve": "{fait_id}"},
    "document_culture_numerique": {
        "culture_numerique_faits": "{fait_id}", "culture_numerique_obstacles": "{fait_id}",
    },
    "document_marketing_relationnel": {
        "marketing_relationnel_faits": "{fait_id}", "marketing_relationnel_cluetrain": "MR-C{numero}",
    },
    "document_blog_tic_pme": {"blog_tic_pme": "{fait_id}"},
    "document_marques_et_collaboration": {"marques_et_collaboration": "{fait_id}"},
}  # fmt: skip
# Le paragraphe après lequel le sujet imprime chaque tableau.
TABLEAUX = {
    "annexe_08": {"supports": 3},
    "annexe_09": {"principale": 12, "missions": 24},
    "annexe_11": {"web_2_0": 3},
    "document_culture_numerique": {"principale": 32, "enquete": 40},
    "document_marketing_relationnel": {"principale": 5},
    "document_marques_et_collaboration": {"exemples": 24},
}
SEULS = {"annexe_04": ["principale", "totaux"], "annexe_05": ["principale"]}  # que des tableaux
SANS_PARAGRAPHE = {"annexe_02"}  # le dessin manque : les paragraphes sont les nôtres
DOCUMENTS = [nom for nom in EN_PROSE if nom.startswith("document_")]
# Les faits d'un tableau placé, tels que le tableau de preuves les nomme.
PLACES = {"CN-P": ("document_culture_numerique", "principale"),
          "MC-E": ("document_marques_et_collaboration", "exemples")}  # fmt: skip

MARQUE = re.compile(r"\[([^\[\]]+)\]\(([^()]+)\)")
NOMBRE = re.compile(r"\d+(?:[ \u202f]\d{3})*(?:[.,]\d+)?")
LETTRES = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
           "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quinze": 15,
           "quart": 25, "moitié": 50}  # fmt: skip
MESURES = ("valeur", "part", "taux", "seuil")
SANS_PHRASE = {"fait_id", "paragraphe", "ordre", "unite", "effectif", *MESURES}
SANS_ESPACE = {"annee", "rapport"}  # « en 2001 » : rien à retenir
LIAISONS = dict.fromkeys(
    ("pourcent", "part"), r"\u202f%|quart|moitié"
)  # ailleurs, une espace insécable
COORDONNEES = re.compile(r"https?:|www\.|@|\b0\d(?:[ .\u00a0]?\d\d){4}\b")


def nombres(texte: str) -> set[float]:
    """Les nombres d'un texte, en chiffres ou en lettres (« un » est aussi un article)."""
    ecrits = {float(re.sub(r"[ \u202f]", "", n).replace(",", ".")) for n in NOMBRE.findall(texte)}
    ecrits |= {float(n) * 1e6 for n in re.findall(r"(\d+)\u00a0millions?\b", texte)}
    return ecrits | {float(LETTRES[m]) for m in re.findall(r"\w+", texte.lower()) if m in LETTRES}


def mesures(ligne: dict[str, str]) -> set[float]:
    """Les valeurs d'un fait, comme un texte les écrit : 0,2 s'écrit 20 % ; zéro se dit en mots."""
    valeurs = set()
    for colonne in MESURES:
        if valeur := float(ligne.get(colonne) or 0):
            part = colonne != "valeur" or ligne["unite"] == "part"
            valeurs.add(round(valeur * 100, 6) if part else valeur)
    return valeurs


@cache
def lignes(tableau: str) -> list[dict[str, str]]:
    chemin = DATA / RESSOURCES[tableau]["path"]
    with chemin.open(encoding="utf-8", newline="") as fichier:
        return list(csv.DictReader(fichier))


@cache
def faits(nom: str) -> dict[str, dict[str, str]]:
    """Les lignes qu'un texte raconte, par marque."""
    trouves = {}
    for tableau, marque in EN_PROSE[nom].items():
        for ligne in map(dict, lignes(tableau)):
            if nom in SANS_PARAGRAPHE:
                ligne.pop("paragraphe")  # celui d'une autre annexe
            assert marque.format(**ligne) not in trouves
            trouves[marque.format(**ligne)] = ligne
    return trouves


def tableaux_de(nom: str) -> dict[str, str]:
    """Les tableaux de l'annexe ou du document qu'un texte raconte, par fichier."""
    cle = "cas:document" if nom in DOCUMENTS else "cas:annexe"
    (sujet,) = {RESSOURCES[t][cle] for t in EN_PROSE[nom]}
    return {f: r["cas:table"] for f, r in RESSOURCES.items() if r.get(cle) == sujet}


@cache
def citations() -> str:
    """Le corrigé, le code et les carnets, où un fait de document se nomme par son code."""
    chemins = [*DATA.glob("corrige/*.csv"), *RACINE.glob("cerdd_case/**/*.py"),
               *RACINE.glob("notebooks/sources/*.md")]  # fmt: skip
    return "\n".join(chemin.read_text(encoding="utf-8") for chemin in chemins)


@cache
def employes(nom: str) -> set[int]:
    """Les paragraphes d'un document dont le dossier 4 se sert."""
    cites = re.findall(rf"DOC:{nom.removeprefix('document_')}(?:/\w+)?§(\d+)", citations())
    cites += [
        ligne["paragraphe"]
        for marque, ligne in faits(nom).items()
        if re.search(rf"\b{marque}\b", citations())
    ]
    return set(map(int, cites))


def portes(ligne: dict[str, str]) -> set[float]:
    """Les nombres d'une ligne : sa mesure, et ceux que ses phrases écrivent."""
    phrases = (v for c, v in ligne.items() if c not in SANS_PHRASE and v)
    return mesures(ligne).union(*map(nombres, phrases))


def permis(nom: str, numero: int) -> set[float]:
    """Les nombres qu'un paragraphe peut écrire : ceux de ses faits et du titre de l'annexe."""
    vus = set().union(*(nombres(RESSOURCES[t]["title"]) for t in EN_PROSE[nom]))
    ici = [li for li in faits(nom).values() if int(li.get("paragraphe", numero)) == numero]
    return vus.union(*map(portes, ici))


def permis_au_resume(nom: str) -> set[float]:
    """Les nombres qu'un résumé peut écrire : ceux du document entier et de sa référence."""
    fiches = [RESSOURCES[f] for f in tableaux_de(nom)]
    vus = set().union(*(nombres(f"{r['title']} {r['sources'][0]['title']}") for r in fiches))
    return vus.union(*(portes(ligne) for f in tableaux_de(nom) for ligne in lignes(f)))


def lire(nom: str) -> str:
    return (TEXTES / f"{nom}.md").read_text(encoding="utf-8")


def decouper(texte: str) -> tuple[str, list[tuple[int, str]], str]:
    """Ce qui précède le premier paragraphe, chaque paragraphe avec son numéro, le résumé."""
    corps, _, resume = texte.partition("\n## Résumé\n")
    tete, *morceaux = re.split(r"^## § (\d+)$", corps, flags=re.M)
    return tete, [(int(n), t) for n, t in zip(morceaux[::2], morceaux[1::2], strict=True)], resume


def fautes_de_prose(lieu: str, prose: str, permis: set[float]) -> list[str]:
    """Ce qui ne va pas dans un paragraphe dont on a ôté les marques."""
    trouvees = []
    if not prose or "\n\n" in prose or re.search(r"[\[\]{}#*_<>]", prose):
        trouvees.append(f"{lieu} un seul paragraphe de prose est attendu.")
    for nombre in nombres(prose) - permis:
        trouvees.append(f"{lieu} {nombre:g} ne vient d'aucun fait.")
    for faute in re.findall(r".{,9}(?: [;:!?%»€]|« |\d[ \u00a0]%).{,9}|.{,9}«\w.{,9}", prose):
        trouvees.append(f"{lieu} espace à revoir dans « {faute} ».")
    return trouvees


def fautes(nom: str, texte: str) -> list[str]:
    """Ce qui sépare un texte de ses faits, une phrase par faute."""
    tete, paragraphes, resume = decouper(texte)
    trouvees = [] if re.fullmatch(r"# [^\n]+\n\n", tete) else ["Il faut un titre, et lui seul."]
    connus, places, tableaux = faits(nom), {}, {}
    for numero, brut in paragraphes:
        lieu = f"§ {numero} :"
        for tableau in re.findall(r"^\{\{ tableau (\w+) \}\}$", brut, flags=re.M):
            trouvees += [f"{lieu} {tableau} revient."] * (tableau in tableaux)
            tableaux[tableau] = numero
        prose = re.sub(r"^\{\{ tableau \w+ \}\}$", "", brut, flags=re.M).strip()
        trouvees += fautes_de_prose(lieu, MARQUE.sub(r"\1", prose), permis(nom, numero))
        for mots, marques in MARQUE.findall(prose):
            for marque in marques.split():
                if marque not in connus:
                    trouvees.append(f"{lieu} {marque} n'existe pas.")
                    continue
                trouvees += [f"{lieu} {marque} revient."] * (marque in places)
                places[marque] = numero
                ligne = connus[marque]
                for manque in mesures(ligne) - nombres(mots):
                    trouvees.append(f"{lieu} {marque} vaut {manque:g}, « {mots} » ne le dit pas.")
                unite = ligne.get("unite")
                lie = LIAISONS.get(unite, r"\w\u00a0\w")
                compte = unite and unite not in SANS_ESPACE and ligne.get("valeur") != "0"
                if compte and not re.search(lie, mots):
                    trouvees.append(f"{lieu} « {mots} » sépare un nombre de son unité.")
    numeros = [numero for numero, _ in paragraphes]
    if bool(resume) != (nom in DOCUMENTS):
        trouvees.append("Un document finit par un résumé, et lui seul.")
    elif resume:
        resume, *noms = resume.split("\n## Noms publiés\n")
        for lieu, prose in zip(("Résumé :", "Noms :"), (resume, *noms), strict=False):
            trouvees += fautes_de_prose(lieu, prose.strip(), permis_au_resume(nom))
    if nom in SANS_PARAGRAPHE:
        attendus = set(range(1, len(numeros) + 1))
    else:
        attendus = {int(ligne["paragraphe"]) for ligne in connus.values()}
    if nom in DOCUMENTS:
        attendus = attendus & set(numeros) | employes(nom)
    if numeros != sorted(attendus):
        trouvees.append(f"Paragraphes {numeros}, et non {sorted(attendus)}.")
    for marque, ligne in connus.items():
        numero = int(ligne.get("paragraphe", places.get(marque, 0)))
        if marque not in places:
            trouvees += [f"{marque} manque."] * (nom not in DOCUMENTS or numero in attendus)
        elif places[marque] != numero:
            trouvees.append(f"{marque} est au § {places[marque]}, et non au § {numero}.")
    if tableaux != TABLEAUX.get(nom, {}):
        trouvees.append(f"Tableaux {tableaux}, et non {TABLEAUX.get(nom, {})}.")
    return trouvees


@pytest.mark.parametrize("nom", EN_PROSE)
def test_un_texte_dit_ses_faits_et_rien_d_autre(nom):
    assert not fautes(nom, lire(nom))


def test_chaque_texte_est_essaye():
    assert {f.stem for f in TEXTES.iterdir()} == set(EN_PROSE) | set(SEULS)


@pytest.mark.parametrize("nom", SEULS)
def test_une_annexe_faite_de_tableaux_les_montre_tous(nom):
    titre, *tableaux = (TEXTES / f"{nom}.md").read_text(encoding="utf-8").split("\n\n")
    assert re.fullmatch(r"# [^\n]+", titre)
    assert [t.strip() for t in tableaux] == [f"{{{{ tableau {t} }}}}" for t in SEULS[nom]]
    numero = int(nom[-2:])
    connus = [r["cas:table"] for r in RESSOURCES.values() if r.get("cas:annexe") == numero]
    assert sorted(connus) == sorted(SEULS[nom])


@pytest.mark.parametrize("nom", [nom for nom in EN_PROSE if nom not in DOCUMENTS])
def test_rien_d_une_annexe_n_est_oublie(nom):
    """Tout tableau d'une annexe écrite est raconté en prose ou placé dans le texte."""
    tables = tableaux_de(nom)
    places = {f for f, table in tables.items() if table in TABLEAUX.get(nom, {})}
    assert set(tables) == set(EN_PROSE[nom]) | places


def test_chaque_fait_cite_d_un_document_est_dans_un_texte():
    connus = set().union(*map(faits, DOCUMENTS))
    cites = set(re.findall(r"\b(?:CN|MR|MC|BT)-[A-Z]?\d+\b", citations()))
    assert {"CN-55", "CN-P2", "MR-C6", "MC-E02", "BT-179"} <= cites
    for code in cites - connus:
        nom, tableau = PLACES[code.rstrip("0123456789")]
        assert tableau in TABLEAUX[nom]


def test_un_document_ne_donne_aucune_coordonnee():
    assert COORDONNEES.search("03 20 00 00 00") and COORDONNEES.search("a@b.fr")
    for chemin in [*DATA.glob("documents/*.csv"), *TEXTES.glob("document_*.md")]:
        assert not COORDONNEES.search(chemin.read_text(encoding="utf-8")), chemin.name


@pytest.mark.parametrize(
    ("nom", "avant", "apres", "phrase"),
    [
        ("annexe_07", "](A7-03)", "](A7-02)", "A7-03 manque."),
        ("annexe_07", "](A7-03)", "](A7-02)", "§ 1 : A7-02 revient."),
        ("annexe_07", "](A7-03)", "](A7-99)", "§ 1 : A7-99 n'existe pas."),
        ("annexe_07", "## § 2\n", "## § 3\n", "A7-25 est au § 3, et non au § 2."),
        ("annexe_07", "## § 4\n", "", "Paragraphes [1, 2, 3, 5], et non [1, 2, 3, 4, 5]."),
        ("annexe_07", "200", "300", "§ 1 : 300 ne vient d'aucun fait."),
        ("annexe_07", "200", "cent", "§ 1 : A7-04 vaut 200, « "),
        ("annexe_07", "200\u00a0", "200 ", "sépare un nombre de son unité."),
        ("annexe_01", "40\u202f%", "40 %", "§ 9 : espace à revoir dans « pose de 40 % des droi »."),
        ("annexe_01", "trois", "quatre", "§ 2 : 4 ne vient d'aucun fait."),
        ("annexe_03", "20\u202f%", "25\u202f%", "§ 2 : A3:plafond_ue vaut 20, « "),
        ("annexe_06", "# Les", "Les", "Il faut un titre, et lui seul."),
        ("annexe_08", "{{ tableau supports }}\n", "", "Tableaux {}, et non {'supports': 3}."),
        ("annexe_08", "{{ tableau", "{ tableau", "un seul paragraphe de prose est attendu."),
        ("annexe_08", "## § 8\n", "## Résumé\n", "Un document finit par un résumé, et lui seul."),
        ("document_blog_tic_pme", "un quart", "un tiers", "§ 47 : BT-062 vaut 25, « "),
        ("document_blog_tic_pme", "46\u202f%", "46 pour cent", "sépare un nombre de son unité."),
        ("document_blog_tic_pme", "](BT-180)", "](BT-179)", "BT-180 manque."),
        ("document_blog_tic_pme", "22\u00a0février", "21\u00a0février", "Résumé : 21 ne vient d'au"),
        ("document_blog_tic_pme", "## Résumé\n", "", "Un document finit par un résumé, et lui seul."),
        ("document_culture_numerique", "50\u00a0", "60\u00a0", "§ 28 : 60 ne vient d'aucun fait."),
        ("document_culture_numerique", "## § 29\n", "## § 99\n", "Paragraphes [4, 6, 8, 12, 13, 14, 15, "),
    ],
)  # fmt: skip
def test_un_texte_qui_s_ecarte_de_ses_faits_est_refuse(nom, avant, apres, phrase):
    texte = lire(nom)
    assert avant in texte
    assert phrase in "\n".join(fautes(nom, texte.replace(avant, apres, 1)))
