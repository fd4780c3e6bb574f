"""Les diapositives : leur modèle, la page, la commande `cerdd presenter`, les scripts construits."""

import hashlib
import json
import re
import shutil
import subprocess

import pytest
from outils import programme

from cerdd_case.bureau import commande, jupyterlab
from cerdd_case.edition import diapositives, lecture_carnet
from cerdd_case.edition.presentation import lancement, page, serveur
from cerdd_case.socle.erreurs import ErreurCas, NomInconnu

DOSSIERS = diapositives.carnets_des_dossiers()
PAQUET = page.SERVI.parent / "paquet"
CONSTRUITS = ("gestionnaire.js", "gestionnaire.css", "LICENCES.txt")


def cellule(texte, role=None, genre="markdown", sorties=(), **meta):
    if role:
        meta["slideshow"] = {"slide_type": role}
    return {"cell_type": genre, "id": hashlib.md5(texte.encode()).hexdigest()[:8], "source": texte,
            "metadata": meta, **({"outputs": list(sorties)} if genre == "code" else {})}  # fmt: skip


def carnet(*cellules):
    return {"cells": list(cellules), "metadata": {"title": "Essai"}, "nbformat": 4}


def ecrit(tmp_path, *cellules):
    chemin = tmp_path / "02_essai.ipynb"
    chemin.write_text(json.dumps(carnet(*cellules)), encoding="utf-8")
    return chemin


def une(*cellules):
    (diapositive,) = diapositives.diapositives(carnet(*cellules))
    return diapositive


# --- Le modèle --------------------------------------------------------------------------


def test_chaque_role_a_son_effet():
    un, deux = diapositives.diapositives(
        carnet(
            cellule("avant tout"),
            cellule("# Un", "slide"),
            cellule("avec elle"),
            cellule("plus tard", "fragment"),
            cellule("cachée", "skip"),
            cellule("**Pour l'enseignant.** pour le maître", "notes"),
            cellule("## Deux", "subslide"),
        )
    )
    assert [un.titre, deux.titre] == ["Un", "Deux"]
    assert [un.rang, deux.rang] == [1, 2]
    assert "avec elle" in un.html and "cachée" not in un.html and "avant tout" not in un.html
    assert un.html.index("avec elle") < un.html.index('<div class="etape"') < un.html.index("tard")
    assert un.etapes == 1 and deux.etapes == 0
    assert un.notes.strip() == "<p>pour le maître</p>" and deux.notes == ""


def test_la_metadonnee_diapo_donne_nom_minutes_et_reponse():
    diapo = {"nom": "2.1-tache", "minutes": 5, "reponse": True}
    d = une(cellule("## T\n\nx", "slide", diapo=diapo))
    assert (d.nom, d.minutes, d.reponse) == ("2.1-tache", 5, True)
    d = une(cellule("## T\n\nx", "slide"))
    assert (d.nom, d.minutes, d.reponse) == (cellule("## T\n\nx")["id"], None, False)


@pytest.mark.parametrize("meta", [{"reponse": "2.1"}, {"tags": ["corrige"]}])
def test_ce_que_l_eleve_n_a_pas_est_une_reponse(meta):
    assert une(cellule("## T", "slide"), cellule("parce que", **meta)).reponse
    notes = cellule("conseil", "notes", tags=["corrige"])
    assert not une(cellule("## T", "slide"), notes).reponse


@pytest.mark.parametrize("liste", ["- un\n- deux\n  - dedans\n- trois", "1. un\n2. deux\n3. trois"])
def test_chaque_puce_est_une_etape_si_la_cellule_le_demande(liste):
    d = une(cellule("## T", "slide"), cellule(liste, diapo={"etapes": True}))
    assert d.etapes == 3 and d.html.count('<li class="etape">') == 3
    assert une(cellule("## T", "slide"), cellule(liste)).etapes == 0
    suite = cellule(f"Suite :\n\n{liste}", "fragment", diapo={"etapes": True})
    assert une(cellule("## T", "slide"), suite).etapes == 3  # pas une étape de plus, vide


@pytest.mark.parametrize(
    ("texte", "titre", "reste"),
    [
        ("## D'où vient-il ?\n\nSuite.", "D'où vient-il ?", "Suite."),
        ("**Le calcul.**\n\nSuite.", "Le calcul", "Suite."),
        ("**Le calcul.** Suite.", "Le calcul", "<p>Suite."),
        ("**Le calcul** suit.", "Le calcul", "Le calcul</strong>"),
        ("Suite.", "Avant (suite)", "Suite."),
    ],
)
def test_chaque_diapositive_a_un_titre_en_tete(texte, titre, reste):
    d = diapositives.diapositives(carnet(cellule("# Avant", "slide"), cellule(texte, "slide")))[1]
    assert d.titre == titre and reste in d.html and "<h2>" not in d.html


def test_une_reponse_dit_sa_question():
    cellules = [cellule("## Question 2.1 — X", "slide"), cellule("**Réponse proposée**", "slide")]
    assert (
        diapositives.diapositives(carnet(*cellules))[1].titre == "Question 2.1 · réponse proposée"
    )


def test_une_sortie_garde_sa_place_pour_le_noyau():
    image = {"data": {"image/png": "QUJD", "text/plain": "x"}, "output_type": "display_data",
             "metadata": {"image/png": {"alt": "Une <courbe>"}}}  # fmt: skip
    lue = (
        "<details class='cerdd-page'><summary><strong>Annexe 3</strong></summary><p>a</p></details>"
    )
    page_ = {"data": {"text/html": lue, "text/plain": "x"}, "output_type": "display_data"}
    description = {"data": {"text/html": "<details><summary>Description de la figure</summary>"
                            "<p>x</p></details>", "text/plain": "x"}}  # fmt: skip
    code = cellule("cas.lire(3)", genre="code", sorties=[page_, image, description])
    html = une(cellule("## T", "slide"), code).html
    assert f'data-cellule="{code["id"]}"' in html
    assert html.count("data-rang=") == 1 and 'data-rang="1"' in html
    assert 'alt="Une &lt;courbe&gt;"' in html and "Description de la figure" not in html
    assert '<button type="button" class="annexe">Annexe 3</button>' in html


# --- Les quatre dossiers ----------------------------------------------------------------


@pytest.mark.parametrize("numero", DOSSIERS)
def test_aucune_diapositive_vide_et_aucun_outil_d_eleve(numero):
    toutes = diapositives.diaporama(DOSSIERS[numero])
    assert len(toutes) > 10 and len({d.nom for d in toutes}) == len(toutes)
    sources = {c["id"]: c["source"] for c in lecture_carnet.lire_carnet(DOSSIERS[numero])["cells"]}
    for d in toutes:
        assert d.titre and (d.html or d.rang == 1), d.nom
        textes = "\n".join(sources[nom] for nom in d.cellules)
        assert not re.search(r"cas\.(grille|indice|verifier)\(", textes), d.titre


@pytest.mark.parametrize("numero", DOSSIERS)
def test_la_reponse_ne_vient_jamais_avec_la_question(numero):
    questions = [
        d for d in diapositives.diaporama(DOSSIERS[numero])
        if re.match(r"Question\s\d\.\d —", d.titre) and "(suite)" not in d.titre
    ]  # fmt: skip
    assert len(questions) >= {"1": 5, "2": 4, "3": 2, "4": 3}[numero]
    assert [d.titre for d in questions if d.reponse] == []
    assert [d.titre for d in questions if not d.notes] == []


@pytest.mark.parametrize("numero", DOSSIERS)
def test_sans_reponses_aucune_ne_reste(numero):
    livre = lecture_carnet.lire_carnet(DOSSIERS[numero])
    toutes = diapositives.diaporama(DOSSIERS[numero])
    gardees = diapositives.diaporama(DOSSIERS[numero], sans_reponses=True)
    assert 0 < len(gardees) < len(toutes)
    reservees = {
        c["id"] for c in livre["cells"]
        if "reponse" in c["metadata"] or "corrige" in c["metadata"].get("tags", [])
    }  # fmt: skip
    assert not reservees & {nom for d in gardees for nom in d.cellules}


def test_une_liste_de_noms_garde_l_ordre_demande():
    noms = [d.nom for d in diapositives.diaporama(DOSSIERS["2"])]
    choisis = [noms[4], noms[1]]
    assert [d.nom for d in diapositives.diaporama(DOSSIERS["2"], choisis)] == choisis
    with pytest.raises(NomInconnu, match="02_budget.ipynb n'a pas de diapositive « 2.9-absente »"):
        diapositives.diaporama(DOSSIERS["2"], ["2.9-absente"])


def test_un_carnet_sans_diapositive_est_refuse(tmp_path):
    with pytest.raises(ErreurCas, match="rien à présenter"):
        diapositives.diaporama(ecrit(tmp_path, cellule("rien")))
    seule = ecrit(tmp_path, cellule("## R\n\nx", "slide", reponse="2.1"))
    with pytest.raises(ErreurCas, match="rien à présenter"):
        diapositives.diaporama(seule, sans_reponses=True)


# --- La page ----------------------------------------------------------------------------


def test_la_page_porte_tout_ce_que_le_moteur_demande():
    toutes = diapositives.diaporama(DOSSIERS["2"])
    ecrite = page.page_servie("Budget", toutes)
    dites = re.search(r'id="cerdd-donnees">(.*?)</script>', ecrite, re.S)[1]
    donnees = json.loads(dites)
    assert donnees["titre"] == "Budget"
    assert [d["nom"] for d in donnees["diapositives"]] == [d.nom for d in toutes]
    assert ecrite.count('<section class="diapo"') == len(toutes)
    for section, d in zip(ecrite.split('<section class="diapo"')[1:], toutes, strict=True):
        assert section.count('class="etape"') == d.etapes
    assert page.VIVANT in ecrite and "</script><" not in dites


def test_rien_de_ce_qui_est_servi_ne_demande_le_reseau():
    ecrits = [f for f in page.SERVI.iterdir() if f.name not in CONSTRUITS]
    assert {f.name for f in ecrits} >= {"moteur.js", "moteur.css", "vivant.js"}
    for fichier in ecrits:
        texte = fichier.read_text(encoding="utf-8")
        assert not re.search(r"https?://|@import|url\(", texte), fichier.name
    style = (page.SERVI / "gestionnaire.css").read_text(encoding="utf-8")
    assert not re.search(r"url\((?!data:|\"?data:)[^)]*https?:|@import", style)


# --- La projection ----------------------------------------------------------------------


@pytest.mark.parametrize("numero", DOSSIERS)
def test_la_projection_ne_touche_pas_le_carnet(numero, tmp_path):
    livre = DOSSIERS[numero]
    avant = livre.read_bytes()
    toutes = diapositives.diaporama(livre)
    lancement.preparer(tmp_path, "Essai", livre, toutes)
    assert livre.read_bytes() == avant
    a_faire = json.loads((tmp_path / serveur.CARNET).read_text(encoding="utf-8"))
    livrees = {c["id"]: c["source"] for c in lecture_carnet.lire_carnet(livre)["cells"]}
    assert a_faire["cellules"][0]["source"].endswith("cas = Cas()")
    assert all(livrees[c["id"]] == c["source"] for c in a_faire["cellules"])
    ateliers = {
        nom for d in toutes for nom in d.cellules if livrees[nom].startswith("cas.atelier(")
    }
    assert ateliers <= {c["id"] for c in a_faire["cellules"]}


def test_seul_ce_qui_vit_est_execute():
    sources = ["cas = Cas()", "cas.lire(3)", 'part = cas.figure("x")', 'cas.figure("x")', "part",
               'cas.atelier("x")', "print(1)\ncas.lire(2)", "cas.lire(2); print(1)", "apres = 1"]  # fmt: skip
    code = [cellule(texte, genre="code") for texte in sources]
    projetee = une(cellule("## T", "slide"), cellule(sources[7], genre="code"))
    faites = [c["source"] for c in lancement.a_executer(code, [projetee])]
    assert faites == [sources[i] for i in (0, 2, 4, 5, 6, 7)]


def test_un_flux_en_morceaux_ne_decale_pas_les_vues():
    sorties = serveur.Sorties()

    def message(genre, **contenu):
        sorties.recevoir({"header": {"msg_type": genre}, "content": contenu})

    message("status", execution_state="busy")
    message("stream", name="stdout", text="a")
    message("stream", name="stdout", text="b")
    message("display_data", data={serveur.VUE: {"model_id": "m1"}})
    message("execute_result", data={"text/plain": "x"})
    message("execute_result", data={serveur.VUE: {"model_id": "m2"}})
    assert sorties.vues == {1: "m1", 3: "m2"}


def test_seul_le_pupitre_est_dans_jupyterlab(tmp_path):
    ouvrir = jupyterlab.environnement_jupyterlab()
    presenter = jupyterlab.environnement_jupyterlab(tmp_path)
    assert ouvrir["JUPYTER_CONFIG_PATH"].endswith("ordinaire")
    assert "ordinaire" not in presenter["JUPYTER_CONFIG_PATH"] + presenter["JUPYTER_PATH"]
    assert presenter["JUPYTERLAB_SETTINGS_DIR"].startswith(str(tmp_path))


# --- La commande ------------------------------------------------------------------------


@pytest.mark.parametrize("mot", ["2", "02", "dossier 2", "Dossier 2"])
def test_un_dossier_se_dit_de_plusieurs_facons(mot):
    assert diapositives.carnet_du_dossier(mot) == DOSSIERS["2"]


@pytest.mark.parametrize("mot", ["9", "0", "budget", ""])
def test_un_dossier_inconnu_se_dit_en_francais(mot, capsys):
    assert commande.principal(["presenter", mot]) == 2
    erreur = capsys.readouterr().err
    assert "Il n'y a pas de dossier" in erreur
    assert "1, 2" in erreur
    assert "Traceback" not in erreur


def test_la_commande_transmet_ce_qu_on_lui_demande(monkeypatch):
    recus = {}
    monkeypatch.setattr(
        lancement, "lancer_presentation",
        lambda titre, chemin, **options: recus.update(options, chemin=chemin) or 0,
    )  # fmt: skip
    mots = ["presenter", "2", "--sans-reponses", "--sans-navigateur", "--port", "9999"]
    assert commande.principal(mots) == 0
    assert recus == {
        "chemin": DOSSIERS["2"],
        "noms": None,
        "sans_reponses": True,
        "port": 9999,
        "navigateur": False,
    }


def test_un_port_impossible_se_dit(capsys):
    assert commande.principal(["presenter", "2", "--port", "99999"]) == 2
    assert "Le port 99999 n'existe pas" in capsys.readouterr().err


# --- Les scripts construits -------------------------------------------------------------


def test_chaque_paquet_construit_a_sa_version_fixee():
    demande = json.loads((PAQUET / "package.json").read_text(encoding="utf-8"))
    fixees = demande["devDependencies"] | demande["overrides"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in fixees.values())
    dites = (page.SERVI / "LICENCES.txt").read_text(encoding="utf-8")
    construits = dict(re.findall(r"^(\S+) ([\d.]+) — \S+$", dites, re.M))
    assert construits.items() <= fixees.items()


def test_chaque_paquet_construit_dit_sa_licence():
    dites = (page.SERVI / "LICENCES.txt").read_text(encoding="utf-8")
    noms = re.findall(r"^(\S+) [\d.]+ — (\S+)$", dites, re.M)
    assert len(noms) > 20 and {"@jupyterlab/services", "anywidget"} < {n for n, _ in noms}
    assert {licence for _, licence in noms} <= {"MIT", "ISC", "BSD-3-Clause"}
    assert len(re.findall(r"permission|Redistribution", dites, re.I)) >= len(noms)


def test_une_reconstruction_redonne_les_memes_scripts(tmp_path):
    npm, node = (
        programme(nom, "la reconstruction de gestionnaire.js n'a pas été essayée.")
        for nom in ("npm", "node")
    )
    copie = tmp_path / "paquet"
    shutil.copytree(PAQUET, copie, ignore=shutil.ignore_patterns("node_modules"))
    installe = subprocess.run(
        [npm, "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=copie, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    if re.search(r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH", installe.stderr):
        pytest.skip("npm ne répond pas : la reconstruction de gestionnaire.js n'a pas été essayée.")
    assert installe.returncode == 0, installe.stderr[-2000:]
    (tmp_path / "servi").mkdir()
    subprocess.run([node, "construire.mjs", str(tmp_path / "servi")], cwd=copie, check=True)
    for nom in CONSTRUITS:
        assert (tmp_path / "servi" / nom).read_bytes() == (page.SERVI / nom).read_bytes(), nom
