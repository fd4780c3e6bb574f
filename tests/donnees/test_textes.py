"""Les textes des annexes et leurs faits se tiennent : ni fait oublié, ni fait ajouté.

Un texte de `data/textes/` attache chaque fait aux mots qui le portent, comme un lien Markdown :
`[une équipe restreinte](A7-01)`. Un fait sans `fait_id` porte sa clé, avec le préfixe de son
annexe : `A3:plafond_ue`, `A10-05`. Un tableau se place par `{{ tableau supports }}`.
"""

import csv
import json
import re
from functools import cache
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data"
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
}
# Le paragraphe après lequel le sujet imprime chaque tableau.
TABLEAUX = {
    "annexe_08": {"supports": 3},
    "annexe_09": {"principale": 12, "missions": 24},
    "annexe_11": {"web_2_0": 3},
}
SANS_PARAGRAPHE = {"annexe_02"}  # le dessin manque : les paragraphes sont les nôtres

MARQUE = re.compile(r"\[([^\[\]]+)\]\(([^()]+)\)")
NOMBRE = re.compile(r"\d+(?:[ \u202f]\d{3})*(?:[.,]\d+)?")
LETTRES = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
           "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13}  # fmt: skip
MESURES = ("valeur", "part", "taux", "seuil")
SANS_PHRASE = {"fait_id", "paragraphe", "ordre", "unite", "effectif", *MESURES}
SANS_ESPACE = {"annee", "rapport"}  # « en 2001 » : rien à retenir


def nombres(texte: str) -> set[float]:
    """Les nombres d'un texte, en chiffres ou en lettres (« un » est aussi un article)."""
    ecrits = {float(re.sub(r"[ \u202f]", "", n).replace(",", ".")) for n in NOMBRE.findall(texte)}
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
def faits(nom: str) -> dict[str, dict[str, str]]:
    """Les lignes qu'un texte raconte, par marque."""
    trouves = {}
    for tableau, marque in EN_PROSE[nom].items():
        with (DATA / f"{tableau}.csv").open(encoding="utf-8", newline="") as fichier:
            for ligne in csv.DictReader(fichier):
                if nom in SANS_PARAGRAPHE:
                    ligne.pop("paragraphe")  # celui d'une autre annexe
                assert marque.format(**ligne) not in trouves
                trouves[marque.format(**ligne)] = ligne
    return trouves


def permis(nom: str, numero: int) -> set[float]:
    """Les nombres qu'un paragraphe peut écrire : ceux de ses faits et du titre de l'annexe."""
    vus = set().union(*(nombres(RESSOURCES[t]["title"]) for t in EN_PROSE[nom]))
    for ligne in faits(nom).values():
        if int(ligne.get("paragraphe", numero)) == numero:
            phrases = (v for c, v in ligne.items() if c not in SANS_PHRASE and v)
            vus |= mesures(ligne).union(*map(nombres, phrases))
    return vus


def lire(nom: str) -> str:
    return (TEXTES / f"{nom}.md").read_text(encoding="utf-8")


def decouper(texte: str) -> tuple[str, list[tuple[int, str]]]:
    """Ce qui précède le premier paragraphe, puis chaque paragraphe avec son numéro."""
    tete, *morceaux = re.split(r"^## § (\d+)$", texte, flags=re.M)
    return tete, [(int(n), t) for n, t in zip(morceaux[::2], morceaux[1::2], strict=True)]


def fautes(nom: str, texte: str) -> list[str]:
    """Ce qui sépare un texte de ses faits, une phrase par faute."""
    tete, paragraphes = decouper(texte)
    trouvees = [] if re.fullmatch(r"# [^\n]+\n\n", tete) else ["Il faut un titre, et lui seul."]
    connus, places, tableaux = faits(nom), {}, {}
    for numero, brut in paragraphes:
        lieu = f"§ {numero} :"
        for tableau in re.findall(r"^\{\{ tableau (\w+) \}\}$", brut, flags=re.M):
            trouvees += [f"{lieu} {tableau} revient."] * (tableau in tableaux)
            tableaux[tableau] = numero
        prose = re.sub(r"^\{\{ tableau \w+ \}\}$", "", brut, flags=re.M).strip()
        nu = MARQUE.sub(r"\1", prose)
        if not nu or "\n\n" in prose or re.search(r"[\[\]{}#*_<>]", nu):
            trouvees.append(f"{lieu} un seul paragraphe de prose est attendu.")
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
                if unite and unite not in SANS_ESPACE and not re.search(r"\w\u00a0\w", mots):
                    trouvees.append(f"{lieu} « {mots} » sépare un nombre de son unité.")
        for nombre in nombres(nu) - permis(nom, numero):
            trouvees.append(f"{lieu} {nombre:g} ne vient d'aucun fait.")
        for faute in re.findall(r".{,9}(?: [;:!?%»€]|« |\d[ \u00a0]%).{,9}|.{,9}«\w.{,9}", nu):
            trouvees.append(f"{lieu} espace à revoir dans « {faute} ».")
    numeros = [numero for numero, _ in paragraphes]
    if nom in SANS_PARAGRAPHE:
        attendus = set(range(1, len(numeros) + 1))
    else:
        attendus = {int(ligne["paragraphe"]) for ligne in connus.values()}
    if numeros != sorted(attendus):
        trouvees.append(f"Paragraphes {numeros}, et non {sorted(attendus)}.")
    for marque, ligne in connus.items():
        numero = int(ligne.get("paragraphe", places.get(marque, 0)))
        if marque not in places:
            trouvees.append(f"{marque} manque.")
        elif places[marque] != numero:
            trouvees.append(f"{marque} est au § {places[marque]}, et non au § {numero}.")
    if tableaux != TABLEAUX.get(nom, {}):
        trouvees.append(f"Tableaux {tableaux}, et non {TABLEAUX.get(nom, {})}.")
    return trouvees


@pytest.mark.parametrize("nom", EN_PROSE)
def test_un_texte_dit_ses_faits_et_rien_d_autre(nom):
    assert not fautes(nom, lire(nom))


def test_chaque_texte_est_essaye():
    assert {f.stem for f in TEXTES.iterdir()} == set(EN_PROSE)


@pytest.mark.parametrize("nom", EN_PROSE)
def test_rien_d_une_annexe_n_est_oublie(nom):
    """Tout tableau d'une annexe écrite est raconté en prose ou placé dans le texte."""
    annexe = {RESSOURCES[t]["cas:annexe"] for t in EN_PROSE[nom]}
    tables = {f: r["cas:table"] for f, r in RESSOURCES.items() if r.get("cas:annexe") in annexe}
    places = {f for f, table in tables.items() if table in TABLEAUX.get(nom, {})}
    assert set(tables) == set(EN_PROSE[nom]) | places


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
    ],
)  # fmt: skip
def test_un_texte_qui_s_ecarte_de_ses_faits_est_refuse(nom, avant, apres, phrase):
    texte = lire(nom)
    assert avant in texte
    assert phrase in "\n".join(fautes(nom, texte.replace(avant, apres, 1)))
