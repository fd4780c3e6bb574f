"""Rendre sa copie : un fichier à part, entier, relu ; le carnet de travail n'apprend aucun nom."""

import errno
import html
import json
from pathlib import Path

import nbformat
import pytest

from cerdd_case import Cas
from cerdd_case.bureau import copie, impression, remise
from cerdd_case.bureau.carnets import dossier_des_carnets
from cerdd_case.questions.registre import attendus
from cerdd_case.socle import dossier, identite
from cerdd_case.socle.memoire import Memoire

# Tout ce que du Markdown ou du HTML changerait, et ce que l'on colle d'ailleurs.
ECRIT = (
    "- 4 450 €\n> 20 %\n2*3*4 = 24 ; <b>gras</b> & &amp; \"x\" 'y' \\n `code` # Titre\n\n"
    "\tune tabulation,\u00a0une\u202ffine\rretour seul 🙂 é e\u0301 </div><script>alert(1)</script>"
)
CALCULS = (
    'ecart_ressources = "1 050 000 − 1 040 450"\n'
    "ecart_charges = 1036000 - 1040450  # en euros\n"
    "resultat_2014 = ecart_ressources - ecart_charges"
)


@pytest.fixture(autouse=True)
def sans_navigateur(monkeypatch):
    """Sauf l'essai qui le demande, aucun PDF : il prend des secondes."""
    monkeypatch.setattr(impression, "trouver_navigateur", lambda: None)


def ecrire(carnet: Path, **sources: str) -> Path:
    """Le carnet d'élève du dossier 2, ces cellules remplies."""
    contenu = json.loads((dossier_des_carnets() / "eleves" / "02_budget.ipynb").read_bytes())
    for cellule in contenu["cells"]:
        if (nom := cellule["id"].replace("-", "_")) in sources:
            cellule["source"] = sources[nom]
    carnet.parent.mkdir(parents=True, exist_ok=True)
    carnet.write_bytes(identite.octets_du_carnet(contenu))
    return carnet


def zone(texte: str) -> str:
    return f"réponse 2.1 : écrivez sous cette ligne\n{texte}"


@pytest.fixture
def carnet(tmp_path):
    return ecrire(
        tmp_path / "eleves" / "02_budget.ipynb",
        reponse_2_1=zone(ECRIT), reponse_2_1_code=CALCULS, reponse_2_2=zone("Non, pas à lui seul."),
    )  # fmt: skip


def noms(carnet: Path) -> list[str]:
    dossier = carnet.parent / remise.DOSSIER
    return sorted(f.relative_to(dossier).as_posix() for f in dossier.rglob("*") if f.is_file())


def marque(fichier: Path) -> dict:
    return json.loads(fichier.read_bytes())["metadata"]["cerdd"]


# --- Ce qui est rendu -------------------------------------------------------------------


def test_la_copie_redit_le_carnet_mot_pour_mot_et_lui_seul_n_a_pas_le_nom(carnet):
    avant = carnet.read_bytes()
    rendue = remise.rendre(carnet, "Léa d'Été", "TSTMG 1")
    ipynb, page = rendue.fichiers[:2]
    assert (ipynb.name, page.name) == ("LEA-D-ETE_dossier-2.ipynb", "LEA-D-ETE_dossier-2.html")
    assert carnet.read_bytes() == avant
    original, relu = json.loads(avant), json.loads(ipynb.read_bytes())
    assert [c["source"] for c in relu["cells"]] == ["".join(c["source"]) for c in original["cells"]]
    montres = copie.tapes_de_la_page(page.read_text(encoding="utf-8"))
    assert ECRIT in [m.strip("\n") for m in montres] and CALCULS in montres
    assert rendue.phrases[1] == "Réponses écrites : 2 sur 4."


@pytest.mark.parametrize(
    ("calculs", "redits"),
    [
        ("ecart_ressources = 9550\n\nresultat_2014 = ...", True),
        ("ecart_ressources = 9550\nx = 5", False),  # un nombre que personne ne demande
        ("ecart_ressources = 9550  # en euros", False),
        ("ecart_ressources = 9550\necart_ressources = 9000", False),  # le tableau n'en dit qu'un
        ("part_ue = 0.2", False),  # demandé, mais à une autre question
        ("print(9550)", False),
        ("", True),
    ],
)
def test_la_page_ne_replie_que_ce_que_son_tableau_redit(calculs, redits):
    codes = [c for c in dossier.variables().values() if c.startswith("2.1")]
    controles = {code: copie.Calcul(code) for code in codes}
    question = copie.Question("2.1", calculs=[calculs], controles=controles)
    assert question.redits is redits
    page = copie.en_page([question], [], eleve="A", classe="", date="", dossier=2, titre="")
    assert ("<details>" in page) is redits
    assert calculs in copie.tapes_de_la_page(page)


def test_la_page_est_complete_en_elle_meme(carnet):
    page = remise.rendre(carnet, 'Léa <b>"d\'Été"', "T<1>").fichiers[1].read_text(encoding="utf-8")
    assert "<script" not in page and "src=" not in page and "http" not in page
    assert "<link" not in page and "url(" not in page
    assert "Léa &lt;b&gt;" in page and "T&lt;1&gt;" in page and "size: A4" in page
    texte = html.unescape(page)
    for attendu in (
        "Question\u00a02.1",
        "Question\u00a02.4",
        "Le budget prévisionnel de 2014",
        "Calculs",
    ):
        assert attendu in texte, attendu


def test_la_copie_dit_ce_qui_a_ete_juge_et_ce_qui_a_change_depuis(carnet):
    cas = Cas(memoire=Memoire(identite.fichier_par_chemin(carnet)))
    cas.verifier("2.1.ressources", "1 050 000 − 1 040 450")
    for essai in (7, 5, 5, -4450):
        cas.verifier("2.1.charges", essai)
    cas.verifier("2.1", 9550, montrer=True)
    cas.verifier("2.3", "763 316,40 €")
    coches = list(attendus("2.1", cas)["attendu_id"][:2])
    cas.memoire.ecrire("grille:2.1", coches)
    cas.memoire.ecrire("grille_vue:2.2", True)
    cas.memoire.ecrire("indices:2.1", 2)
    ipynb, page = remise.rendre(carnet, "Ada", "T1").fichiers[:2]
    cerdd = marque(ipynb)
    assert (cerdd["eleve"], cerdd["classe"], cerdd["dossier"]) == ("Ada", "T1", 2)
    assert cerdd["rendu_le"][:2] == "20" and "T" in cerdd["rendu_le"]
    controles, questions = cerdd["controles"], cerdd["questions"]
    ressources = controles["2.1.ressources"]
    assert ressources["etat"] == "juste" and ressources["a_jour"] is True
    assert "9\u202f550" in ressources["texte"] and ressources["tape"] == "1 050 000 − 1 040 450"
    charges = controles["2.1.charges"]
    assert (charges["etat"], charges["essais"], charges["a_jour"]) == ("juste", 2, True)
    assert charges["tape"] == "1036000 - 1040450"
    assert controles["2.1"]["etat"] == "faux" and controles["2.1"]["diagnostic"]
    assert controles["2.1"]["a_jour"] is None  # seul Python sait ce que vaut cette différence
    assert controles["2.3"]["etat"] == "juste" and controles["2.3"]["a_jour"] is False
    assert controles["2.4"]["etat"] is None
    assert questions["2.1"] == {
        "indices": 2, "grille": coches, "grille_vue_sans_reponse": False,
        "points": attendus("2.1", cas)["points"][:2].sum(),
    }  # fmt: skip
    assert questions["2.2"]["grille_vue_sans_reponse"] and not questions["2.3"]["grille"]
    texte = html.unescape(page.read_text(encoding="utf-8"))
    assert "changé depuis la vérification, qui disait\u00a0: ✔ Juste" in texte
    assert texte.count("☑") == 2 and "Indices ouverts\u00a0: 2 sur " in texte
    assert "Grille vue avant d’avoir répondu" in texte


def test_un_texte_que_rien_ne_lit_est_dit_tel_dans_la_copie(carnet):
    """« 14 000 # environ » n'est ni « pas vérifié », ni montré comme une ligne de Python."""
    contenu = json.loads(carnet.read_bytes())
    (calculs,) = [c for c in contenu["cells"] if c["id"] == "reponse-2-1-code"]
    tapes = {"ecart_ressources": "9 550 # à peu près", "ecart_charges": "", "resultat_2014": "neuf"}
    calculs["source"] = "\n".join(f"{nom} = {json.dumps(t)}" for nom, t in tapes.items())
    carnet.write_bytes(identite.octets_du_carnet(contenu))
    cas = Cas(memoire=Memoire(identite.fichier_par_chemin(carnet)))
    cas.verifier("2.1", 9550)  # changé depuis, et illisible
    ipynb, page = remise.rendre(carnet, "Ada").fichiers[:2]
    controles = marque(ipynb)["controles"]
    ressources, resultat = controles["2.1.ressources"], controles["2.1"]
    assert (ressources["etat"], ressources["texte"]) == ("illisible", "9 550 # à peu près")
    assert controles["2.1.charges"]["etat"] is None
    assert resultat["a_jour"] is False and resultat["etat"] == "faux"
    texte = html.unescape(page.read_text(encoding="utf-8"))
    assert "? Pas lu" in texte and "changé depuis la vérification, qui disait" in texte
    assert texte.index("<table>") < texte.index("ecart_ressources = ")  # replié sous le tableau


def test_l_avancement_du_carnet_devient_les_controles_de_la_copie(carnet):
    contenu = json.loads(carnet.read_bytes())
    contenu["metadata"]["cerdd"]["progres"] = {
        "essais:2.3": {"nombre": 2, "texte": "14\u202f000\u00a0€", "etat": "faux"},
        "indices:2.3": 1,
    }
    carnet.write_bytes(identite.octets_du_carnet(contenu))
    remise.rendre(carnet, "Léa")
    rendue = json.loads((carnet.parent / remise.DOSSIER / "LEA_dossier-2.ipynb").read_bytes())
    cerdd = rendue["metadata"]["cerdd"]
    assert cerdd["controles"]["2.3"]["essais"] == 2 and "progres" not in cerdd
    assert "Léa" not in carnet.read_text(encoding="utf-8")


def test_la_page_ne_montre_aucun_point_attendu_que_l_eleve_n_a_pas_coche(carnet):
    page = html.unescape(remise.rendre(carnet, "Ada").fichiers[1].read_text(encoding="utf-8"))
    cas = Cas()
    for question in ("2.1", "2.2", "2.3", "2.4"):
        for attendu in attendus(question, cas)["attendu"]:
            assert attendu[:40].replace("'", "’") not in page


def test_ce_qui_est_ecrit_ailleurs_est_rendu_aussi(carnet):
    contenu = json.loads(carnet.read_bytes())
    contenu["cells"].insert(
        3, {"cell_type": "markdown", "id": "z", "metadata": {}, "source": "Ma note."}
    )
    carnet.write_bytes(identite.octets_du_carnet(contenu))
    page = remise.rendre(carnet, "Ada").fichiers[1].read_text(encoding="utf-8")
    montres = copie.tapes_de_la_page(page)
    assert montres[-1] == "Ma note." and "Écrit ailleurs" in page
    assert not [m for m in montres if "La situation" in m]  # le carnet livré n'est pas d'elle


def test_la_copie_se_relit_sans_le_projet(carnet):
    """Aucun réglage, aucune image, des identifiants, un format valide : quoi qu'il y ait eu dedans."""
    contenu = json.loads(carnet.read_bytes())
    code = next(c for c in contenu["cells"] if c["cell_type"] == "code")
    vue = {"application/vnd.jupyter.widget-view+json": {"model_id": "a"}, "text/plain": "x"}
    code["outputs"] = [
        {"output_type": "display_data", "data": vue, "metadata": {}},
        {"output_type": "display_data", "data": {"image/png": "AA", "text/plain": ["f", "g"]}, "metadata": {}},
        {"output_type": "stream", "name": "stdout", "text": ["a" * 50_000]},
        {"output_type": "error", "ename": "E", "evalue": "e", "traceback": ["x" * 9999]},
        "rien",
    ]  # fmt: skip
    contenu["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
    contenu["cells"] += [
        {"cell_type": "markdown", "source": "sans rien"},
        None,
        {"id": 3, "cell_type": "?"},
    ]
    contenu["cells"][5]["id"] = contenu["cells"][4]["id"]
    carnet.write_bytes(identite.octets_du_carnet(contenu))
    ipynb = remise.rendre(carnet, "Ada").fichiers[0]
    relu = nbformat.read(ipynb, as_version=4)
    nbformat.validate(relu)
    assert "widgets" not in relu.metadata and "widget" not in ipynb.read_text(encoding="utf-8")
    sorties = next(c for c in relu.cells if c.cell_type == "code").outputs
    assert [s.output_type for s in sorties] == ["display_data", "stream", "error"]
    assert list(sorties[0].data) == ["text/plain"] and len(sorties[1].text) == remise.SORTIE_LONGUE
    assert "copie" not in relu.metadata.cerdd and "place" not in relu.metadata.cerdd


def test_une_copie_rendue_ne_change_plus(carnet):
    ipynb = remise.rendre(carnet, "Ada").fichiers[0]
    avant = ipynb.read_bytes()
    identite.accueillir(ipynb, f"copies_rendues/{ipynb.name}", carnet.parent)
    assert ipynb.read_bytes() == avant
    with pytest.raises(remise.ErreurRemise, match="déjà rendue"):
        remise.rendre(ipynb, "Ada")


# --- Les noms, et rien qui s'écrase ------------------------------------------------------


@pytest.mark.parametrize(
    ("eleve", "fichier"),
    [
        ("Léa d'Été", "LEA-D-ETE"), ("  Cœur\tÆon ", "COEUR-AEON"), ("N'Guyễn-Đỗ", "N-GUYEN-ĐO"),
        ("con", "CON"), ('a/b\\c:d*e?f"g<h>i|j', "A-B-C-D-E-F-G-H-I-J"), ("Иванов", "ИВАНОВ"),
        ("..", ""), ("!!! 12 🙂", ""), ("", ""), ("x" * 70, "X" * 40), ("Ann\u202ea", "ANN-A"),
    ],
)  # fmt: skip
def test_un_nom_de_fichier_convient_a_tout_systeme(eleve, fichier):
    assert remise.nom_de_fichier(eleve) == fichier


@pytest.mark.parametrize("eleve", ["", "   ", "\n", "...", "12 / 3", "🙂", None])
def test_sans_nom_rien_ne_s_ecrit(carnet, eleve):
    with pytest.raises(remise.ErreurRemise, match="Écrivez votre nom"):
        remise.rendre(carnet, eleve)
    assert not (carnet.parent / remise.DOSSIER).exists()


def test_un_nom_demesure_se_dit(carnet):
    with pytest.raises(remise.ErreurRemise, match="trop long"):
        remise.rendre(carnet, "x" * 200)


def test_une_seconde_remise_garde_la_premiere_a_part(carnet):
    premiere = remise.rendre(carnet, "Ada", "T1").fichiers[0].read_bytes()
    ecrire(carnet, reponse_2_1=zone("Une autre réponse."))
    for rang in (1, 2):
        assert "gardée" in remise.rendre(carnet, "ada", "t 1").phrases[-2]
        dossier = carnet.parent / remise.DOSSIER / remise.PRECEDENTES
        assert len(list(dossier.glob("ADA_dossier-2_*.ipynb"))) == rang
    assert premiere in [f.read_bytes() for f in dossier.iterdir()]
    assert "Une autre réponse." in (dossier.parent / "ADA_dossier-2.ipynb").read_text("utf-8")


def test_deux_eleves_du_meme_nom_ont_chacun_leur_copie(carnet, tmp_path):
    remise.rendre(carnet, "Ada", "T1")
    remise.rendre(carnet, "Ada", "T2")
    (carnet.parent / remise.DOSSIER / "ADA-3_dossier-2.html").write_text("à quelqu'un", "utf-8")
    remise.rendre(carnet, "Ada", "T3")
    copies = {
        f: marque(carnet.parent / remise.DOSSIER / f)["classe"]
        for f in noms(carnet)
        if "ipynb" in f
    }
    assert copies == {
        "ADA_dossier-2.ipynb": "T1", "ADA-2_dossier-2.ipynb": "T2", "ADA-4_dossier-2.ipynb": "T3"
    }  # fmt: skip


# --- Ce qui ne va pas --------------------------------------------------------------------


@pytest.mark.parametrize("contenu", [b"", b"{", b"[]", b'{"cells": 3}', b"\0\0", None])
def test_un_carnet_illisible_se_dit(tmp_path, contenu):
    chemin = tmp_path / "c.ipynb"
    if contenu is not None:
        chemin.write_bytes(contenu)
    with pytest.raises(remise.ErreurRemise, match="introuvable ou illisible"):
        remise.rendre(chemin, "Ada")


def test_seul_un_carnet_d_eleve_avec_des_questions_se_rend(tmp_path):
    livres = dossier_des_carnets()
    with pytest.raises(remise.ErreurRemise, match="pas de question"):
        remise.rendre(livres / "eleves" / "00_accueil.ipynb", "Ada")
    with pytest.raises(remise.ErreurRemise, match="corrigé"):
        remise.rendre(livres / "corriges" / "02_budget.ipynb", "Ada")


@pytest.mark.parametrize(
    ("code", "dit"),
    [
        (errno.ENOSPC, "le disque est plein"),
        (errno.EACCES, "interdite"),
        (errno.EROFS, "lecture seule"),
    ],
)
def test_un_disque_qui_refuse_ne_perd_rien(carnet, monkeypatch, code, dit):
    remise.rendre(carnet, "Ada", "T1")
    avant = {f: f.read_bytes() for f in carnet.parent.rglob("*") if f.is_file()}

    def refuser(fichiers, *_):
        raise OSError(code, "non")

    monkeypatch.setattr(remise, "ecrire_fichiers", refuser)
    with pytest.raises(remise.ErreurRemise, match=dit) as erreur:
        remise.rendre(carnet, "Ada", "T1")
    assert "toujours dans votre carnet" in str(erreur.value)
    assert {f: f.read_bytes() for f in carnet.parent.rglob("*") if f.is_file()} == avant


def test_une_copie_qui_ne_se_relit_pas_n_est_pas_rendue(carnet, monkeypatch):
    vrai = copie.en_page
    monkeypatch.setattr(copie, "en_page", lambda *a, **o: vrai(*a, **o).replace("4 450", "4450"))
    with pytest.raises(remise.ErreurRemise, match="mot pour mot"):
        remise.rendre(carnet, "Ada")
    assert noms(carnet) == []


def test_le_carnet_rendu_est_relu_lui_aussi(carnet, monkeypatch):
    vrai = remise.en_copie

    def perdre(contenu):
        rendue = vrai(contenu)
        rendue["cells"][-1]["source"] = ""
        return rendue

    monkeypatch.setattr(remise, "en_copie", perdre)
    with pytest.raises(remise.ErreurRemise, match="mot pour mot"):
        remise.rendre(carnet, "Ada")


def test_sans_pdf_la_copie_est_la_et_on_le_dit(carnet, monkeypatch):
    monkeypatch.setattr(impression, "trouver_navigateur", lambda: "/absent/navigateur")
    rendue = remise.rendre(carnet, "Ada")
    assert [f.suffix for f in rendue.fichiers] == [".ipynb", ".html"]
    assert (
        "Le PDF n'a pas pu être fait" in rendue.phrases[-1]
        and noms(carnet)[0] == "ADA_dossier-2.html"
    )


def test_le_pdf_d_avant_ne_reste_pas_avec_la_nouvelle_copie(carnet, monkeypatch):
    monkeypatch.setattr(remise, "imprimer", lambda page, delai: b"%PDF-1")
    assert remise.rendre(carnet, "Ada").fichiers[2].read_bytes() == b"%PDF-1"
    monkeypatch.undo()
    monkeypatch.setattr(impression, "trouver_navigateur", lambda: None)
    remise.rendre(carnet, "Ada")
    assert "ADA_dossier-2.pdf" not in noms(carnet)
    assert [n for n in noms(carnet) if n.endswith(".pdf")]  # gardé, avec la copie d'avant


def test_un_signe_qu_aucune_page_ne_montre_n_arrete_rien(tmp_path):
    etrange = "a\ud800b \x07 \x00 fin"
    carnet = ecrire(tmp_path / "c.ipynb", reponse_2_1=zone(etrange))
    ipynb, page = remise.rendre(carnet, "Ada").fichiers[:2]
    assert etrange in "".join(c["source"] for c in json.loads(ipynb.read_bytes())["cells"])
    assert "a�b � � fin" in copie.tapes_de_la_page(page.read_text(encoding="utf-8"))[1]


@pytest.mark.parametrize("numero", [1, 2, 3, 4])
def test_tout_carnet_d_eleve_livre_se_rend(tmp_path, numero):
    (source,) = (dossier_des_carnets() / "eleves").glob(f"0{numero}*.ipynb")
    chemin = tmp_path / source.name
    chemin.write_bytes(source.read_bytes())
    rendue = remise.rendre(chemin, "Ada")
    assert rendue.phrases[1].startswith("Réponses écrites : 0 sur ")
    assert rendue.fichiers[0].name == f"ADA_dossier-{numero}.ipynb"
