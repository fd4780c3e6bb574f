"""Les séances : les plans rapprochés des carnets, ce qu'ils projettent, leurs repères, leur fiche."""

import copy
import dataclasses
import io
import re
from html import unescape
from pathlib import Path

import docx
import pdfplumber
import pytest

from cerdd_case.bureau import commande, impression
from cerdd_case.donnees.paquet import Donnees
from cerdd_case.edition import construction, fiche, seances, sources
from cerdd_case.edition.fiche import ErreurModele
from cerdd_case.edition.reperes_de_seance import carnet_de, marquer_les_seances
from cerdd_case.edition.seances import diapositives_de, lire_les_seances, trouver
from cerdd_case.socle.erreurs import ErreurCas
from cerdd_case.socle.typographie import imprimer, insecables, minuscule

DONNEES = Donnees()
TOUTES = lire_les_seances(DONNEES)
NUMEROTEES = [s for s in TOUTES.values() if s.numerotee]
DOSSIER = [s for s in NUMEROTEES if s.dossier == "2"]


def message(appel, *arguments):
    with pytest.raises(ErreurCas) as erreur:
        appel(*arguments)
    return str(erreur.value)


# --- Lire, trouver --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ecrit, code",
    [("3", "3"), ("03", "3"), ("séance 3", "3"), ("Séance de découverte", "decouverte"),
     ("découverte", "decouverte"), ("seance-examen", "examen"), (" EXAMEN ", "examen")],
)  # fmt: skip
def test_une_seance_se_demande_comme_on_l_ecrit(ecrit, code):
    assert trouver(ecrit, DONNEES).code == code


@pytest.mark.parametrize(
    "ecrit, propose",
    [("decouvert", '"decouverte"'), ("exam", '"examen"'), ("12", None), ("", None)],
)
def test_une_seance_inconnue_se_dit_avec_la_plus_proche(ecrit, propose):
    phrase = message(trouver, ecrit, DONNEES)
    assert phrase.startswith(f"Il n'y a pas de séance « {ecrit} »") and "examen" in phrase
    assert propose is None or f"Vouliez-vous écrire {propose}" in phrase


@pytest.mark.parametrize(
    "mots", [["presenter", "--seance", "exame"], ["exporter", "--seance", "exame"]]
)
def test_la_commande_refuse_une_seance_inconnue(mots, capsys):
    assert commande.principal(mots) == 2
    assert 'Vouliez-vous écrire "examen"' in capsys.readouterr().err


@pytest.mark.parametrize("mots", [["presenter"], ["presenter", "2", "--seance", "3"]])
def test_presenter_demande_un_dossier_ou_une_seance(mots, capsys):
    assert commande.principal(mots) == 2
    assert "un dossier (cerdd presenter 2) ou une séance" in capsys.readouterr().err


@pytest.mark.parametrize("seance", TOUTES.values(), ids=list(TOUTES))
def test_les_phases_se_suivent_de_la_premiere_a_la_derniere_minute(seance):
    for avant, apres in zip(seance.phases, seance.phases[1:], strict=False):
        assert avant.fin == apres.debut
    assert seance.phases[0].debut == 0 and seance.phases[-1].fin == seance.minutes


def test_le_readme_dit_le_parcours():
    readme = (Path(sources.__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for dossier in dict.fromkeys(s.dossier for s in NUMEROTEES):
        siennes = [s for s in NUMEROTEES if s.dossier == dossier]
        codes = ", ".join(s.code for s in siennes)
        questions = " ; ".join(s.liste for s in siennes)
        assert f"| {codes} | {questions} |" in readme


# --- Les plans et le carnet -----------------------------------------------------------------


def cellule(texte, nom=None, **meta):
    if nom is not None:
        meta |= {"slideshow": {"slide_type": "slide"}, "diapo": {"nom": nom} if nom else {}}
    return {"cell_type": "markdown", "source": texte, "metadata": meta, "id": nom or "x"}


@pytest.fixture
def carnet():
    """Un corrigé du dossier 2 qui n'a que les diapositives des plans, dans leur ordre."""
    cellules = []
    for seance in DOSSIER:
        cellules.append(cellule("## Début", seance.debut))
        cellules += [cellule(f"## Question {q} — Titre") for q in seance.questions]
        noms = [d for p in seance.phases for d in p.diapositives]
        cellules += [cellule("## Une page", d) for d in noms] + [cellule("## Fin", seance.fin)]
    return {"cells": cellules, "metadata": {}}


@pytest.fixture
def controler(tmp_path):
    """Contrôle un carnet du dossier 2, sans le lire du disque."""

    def _controler(carnet, toutes=TOUTES):
        for controle in (seances.controler_le_carnet, seances.controler_le_decoupage):
            controle(carnet, tmp_path / "02_budget.ipynb", toutes)

    return _controler


def sans_decouverte():
    return {code: s for code, s in TOUTES.items() if code != "decouverte"}


def test_un_plan_juste_passe(carnet, controler):
    controler(carnet, sans_decouverte())


def test_une_diapositive_absente_se_dit_avec_le_fichier_et_la_ligne(carnet, controler):
    phase = next(p for p in DOSSIER[0].phases if p.diapositives)
    nom = phase.diapositives[0]
    for c in carnet["cells"]:
        if c["metadata"].get("diapo", {}).get("nom") == nom:
            c["metadata"]["diapo"]["nom"] = f"{nom}x"
    phrase = message(controler, carnet)
    assert phrase.startswith(
        f"{phase.ou} : « {nom} » n'est pas une diapositive de corriges/02_budget"
    )
    assert re.match(r"data/corrige/phases\.csv, ligne \d+, colonne diapositives", phrase)
    assert f"Vouliez-vous « {nom}x »" in phrase


def test_la_decouverte_ne_nomme_que_des_diapositives_qui_existent(carnet, controler):
    for c in carnet["cells"]:
        if (
            c["metadata"].get("diapo", {}).get("nom")
            == TOUTES["decouverte"].phases[0].diapositives[0]
        ):
            c["metadata"]["diapo"]["nom"] = "autre"
    assert "n'est pas une diapositive de corriges/02_budget" in message(controler, carnet)


def test_une_question_sans_enonce_se_dit_avec_la_ligne_du_plan(carnet, controler):
    (visee,) = (c for c in carnet["cells"] if c["source"].startswith("## Question 2.3"))
    visee["source"] = "## Une autre"
    phrase = message(controler, carnet)
    assert re.match(r"data/corrige/seances\.csv, ligne \d+, colonne questions", phrase)
    assert "la question 2.3 n'a pas d'énoncé dans corriges/02_budget.ipynb" in phrase


def test_une_diapositive_oubliee_des_plans_se_dit_avec_sa_cellule(carnet, controler):
    carnet["cells"].insert(3, cellule("## En plus", "en-plus"))
    phrase = message(controler, carnet, sans_decouverte())
    assert phrase.startswith("data/corrige/phases.csv, colonne diapositives")
    assert "« en-plus » (corriges/02_budget.ipynb, cellule 4" in phrase


def test_une_diapositive_sans_nom_se_dit(carnet, controler):
    carnet["cells"].insert(3, cellule("## Sans nom", ""))
    assert "cette diapositive n'a pas de nom" in message(controler, carnet, sans_decouverte())


def test_une_diapositive_ne_se_place_pas_dans_une_autre_seance(carnet, controler):
    nom = next(p for p in DOSSIER[0].phases if p.diapositives).diapositives[0]
    (deplacee,) = (c for c in carnet["cells"] if c["metadata"].get("diapo", {}).get("nom") == nom)
    carnet["cells"].remove(deplacee)
    carnet["cells"].append(deplacee)
    phrase = message(controler, carnet, sans_decouverte())
    assert f"la diapositive « {nom} » n'est pas, dans corriges/02_budget.ipynb, entre" in phrase


def test_une_diapositive_ne_sert_pas_deux_fois(carnet, controler):
    rang, phase = next((r, p) for r, p in enumerate(DOSSIER[1].phases) if p.diapositives)
    reprise = dataclasses.replace(phase, diapositives=DOSSIER[0].phases[0].diapositives[:1])
    phases = (*DOSSIER[1].phases[:rang], reprise, *DOSSIER[1].phases[rang + 1 :])
    plans = sans_decouverte() | {DOSSIER[1].code: dataclasses.replace(DOSSIER[1], phases=phases)}
    phrase = message(controler, carnet, plans)
    assert phrase.startswith(phase.ou) and f"dans la séance {DOSSIER[0].code}" in phrase


def test_un_carnet_d_avant_les_seances_se_reconstruit(carnet, controler):
    carnet["cells"] = [c for c in carnet["cells"] if c["id"] != DOSSIER[0].fin]
    assert "Reconstruisez les carnets" in message(controler, carnet)


def test_les_plans_vont_avec_les_carnets_livres():
    seances.controler_les_plans(DONNEES, decoupage=True)


# --- Le début et la fin, dans les carnets -----------------------------------------------------


@pytest.fixture(scope="module")
def versions():
    """Les deux versions du dossier 2, pas exécutées, avant et après le marquage des séances."""
    from cerdd_case import Cas

    noms = sources.noms_du_texte(Cas())
    source = sources.dossier_des_sources() / "02_budget.md"
    titre, cellules = sources.lire_source(source)
    calculer = sources.calculateur(noms)
    avant = {
        v: construction.assembler(titre, cellules, v, calculer, noms["cas"])
        for v in ("corriges", "eleves")
    }
    apres = copy.deepcopy(avant)
    marquer_les_seances(apres, source, noms["cas"])
    return avant, apres


def test_les_autres_cellules_ne_changent_pas(versions):
    avant, apres = versions
    for version in avant:
        gardees = [c for c in apres[version].cells if not c.id.startswith("seance-")]
        assert [(c.id, c.source) for c in gardees] == [
            (c.id, c.source) for c in avant[version].cells
        ]


def test_une_seance_s_ouvre_devant_sa_premiere_question_et_se_ferme_apres_la_derniere(versions):
    for version, carnet in versions[1].items():
        noms = [c.id for c in carnet.cells]
        enonces = {
            trouve[1]: rang
            for rang, c in enumerate(carnet.cells)
            if c.cell_type == "markdown" and (trouve := seances.ENONCE.match(c.source))
        }
        for seance, apres in zip(DOSSIER, [*DOSSIER[1:], None], strict=True):
            note = version == "corriges"
            assert noms.index(seance.debut) + 1 + note == enonces[seance.questions[0]]
            suite = noms.index(apres.debut) if apres else len(noms)
            assert noms.index(seance.fin) + 1 + note == suite


def test_l_eleve_lit_ce_qu_il_rend_et_la_prochaine_seance(versions):
    cellules = {c.id: c for c in versions[1]["eleves"].cells}
    for seance in DOSSIER:
        debut, fin = cellules[seance.debut], cellules[seance.fin]
        assert f"## Séance {seance.code} — " in debut.source and "55\u00a0minutes" in debut.source
        for c in (debut, fin):
            assert insecables(seance.production) in c.source
            assert c.metadata["editable"] is c.metadata["deletable"] is False
            assert "diapo" not in c.metadata
        suivante = TOUTES[str(int(seance.code) + 1)]
        assert f"séance {suivante.code}, {insecables(suivante.titre)}" in fin.source
        for phase in seance.phases:  # ce que l'enseignant surveille n'est pas à l'élève
            assert not phase.a_surveiller or phase.a_surveiller not in debut.source + fin.source
    assert not [nom for nom in cellules if nom.endswith("-notes")]


def test_le_parcours_finit_par_le_sujet_entier():
    from cerdd_case.edition.reperes_de_seance import fermeture

    assert "le sujet entier, en temps limité" in fermeture(NUMEROTEES[-1], TOUTES)
    assert f"séance {DOSSIER[0].code}," in fermeture(TOUTES["decouverte"], TOUTES)


# --- Ce qu'une séance projette ----------------------------------------------------------------


@pytest.mark.parametrize("seance", TOUTES.values(), ids=list(TOUTES))
def test_ce_qu_une_seance_projette_est_dans_son_carnet(seance):
    noms = diapositives_de(seance)
    assert (noms[0], noms[-1]) == (seance.debut, seance.fin) and len(set(noms)) == len(noms)
    presentes = {
        c["metadata"].get("diapo", {}).get("nom") for c in carnet_de(seance, DONNEES)["cells"]
    }
    assert set(noms) <= presentes


def test_l_examen_projette_ses_conditions_puis_l_heure_de_chaque_phase():
    examen = TOUTES["examen"]
    pages = [c for c in carnet_de(examen, DONNEES)["cells"] if "diapo" in c["metadata"]]
    assert [c["metadata"]["diapo"].get("minutes") for c in pages] == [
        None, *(p.minutes for p in examen.phases), None
    ]  # fmt: skip
    assert "dispose de 4\u00a0heures" in pages[1]["source"]
    assert pages[2]["source"].startswith("## De 0\u00a0h\u00a015")


# --- La fiche -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def toutes_les_fiches():
    return fiche.fiches(None, DONNEES)


def test_la_fiche_dit_tout_le_plan(toutes_les_fiches):
    for seance, dite in zip(TOUTES.values(), toutes_les_fiches, strict=True):
        page = fiche.fiches_en_html([dite])
        texte = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page.split("</style>")[1]))
        attendus = [seance.titre, seance.production, seance.lieu, seance.si_le_temps_manque]
        attendus += [seance.a_la_maison, *(p.activite for p in seance.phases)]
        attendus += [p.a_surveiller for p in seance.phases]
        attendus += [minuscule(p.imprevu) for p in seance.phases]
        for attendu in attendus:
            assert re.sub(r"\s+", " ", imprimer(attendu)) in unescape(texte), attendu
        for phase in seance.phases:
            assert f"{phase.debut}–{phase.fin}" in texte
        assert '<html lang="fr">' in page and "<script" not in page


def test_la_fiche_numerote_les_diapositives_comme_la_presentation(toutes_les_fiches):
    for seance, dite in zip(TOUTES.values(), toutes_les_fiches, strict=True):
        vus = []
        for phase in dite["phases"]:
            dits = re.sub(r"(\d+) à (\d+)", _entre, phase["projete"])
            vus += [int(n) for n in re.findall(r"\d+", dits)]
        assert vus == list(range(1, len(diapositives_de(seance)) + 1)), seance.code


def _entre(trouve):
    return " ".join(map(str, range(int(trouve[1]), int(trouve[2]) + 1)))


def test_chaque_fiche_tient_sur_une_page(toutes_les_fiches):
    if impression.trouver_navigateur() is None:
        pytest.skip("Aucun navigateur : l'impression en PDF n'a pas été essayée.")
    with pdfplumber.open(
        io.BytesIO(impression.imprimer(fiche.fiches_en_html(toutes_les_fiches)))
    ) as pdf:
        assert len(pdf.pages) == len(TOUTES)
        for seance, page in zip(TOUTES.values(), pdf.pages, strict=True):
            assert (round(page.width), round(page.height)) == (595, 842)
            assert imprimer(seance.nom) in page.extract_text()
    for dite in toutes_les_fiches:  # un plan trop bavard se lirait mal
        assert float(dite["corps"].removesuffix("pt")) >= 8, dite["code"]


def test_le_docx_se_relit(toutes_les_fiches):
    document = docx.Document(io.BytesIO(fiche.fiches_en_docx(toutes_les_fiches)))
    titres = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert titres == [imprimer(f["titre"]) for f in toutes_les_fiches]
    niveaux = [p.style.name for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert set(niveaux) == {"Heading 1", "Heading 2"}
    assert document.core_properties.language == "fr-FR"
    assert 'w:lang w:val="fr-FR"' in document.styles.element.xml
    deroules = document.tables[1::2]
    for seance, tableau in zip(TOUTES.values(), deroules, strict=True):
        assert "w:tblHeader" in tableau.rows[0]._tr.xml
        assert [r.cells[0].text for r in tableau.rows[1:]] == [
            f"{p.debut}–{p.fin}" for p in seance.phases
        ]
    entier = "\n".join(p.text for p in document.paragraphs)
    assert "{" not in entier and "[3]" in entier


def restyler(tmp_path, avant, apres):
    """Un modèle où ce texte est remplacé, comme on le ferait dans un traitement de texte."""
    document = docx.Document(fiche.MODELE)
    cellules = (c for t in document.tables for r in t.rows for c in r.cells)
    for p in [*document.paragraphs, *(p for c in cellules for p in c.paragraphs)]:
        for suite in p.runs:
            suite.text = suite.text.replace(avant, apres)
    chemin = tmp_path / "modele.docx"
    document.save(chemin)
    return chemin


def test_un_modele_restyle_sert(tmp_path, toutes_les_fiches):
    modele = restyler(tmp_path, "Si le temps manque", "Quand l'heure tourne")
    document = docx.Document(io.BytesIO(fiche.fiches_en_docx(toutes_les_fiches[:1], modele)))
    assert "Quand l'heure tourne" in [p.text for p in document.paragraphs]


@pytest.mark.parametrize(
    "avant, apres, faute",
    [
        ("{{ fiche.titre }}", "", "la balise « fiche.titre » manque"),
        ("{{ fiche.titre }}", "{{ fiche.titre }", "la balise « {{ fiche.titre } » est abîmée"),
        ("{{ phase.activite }}", "{{ phase.activité }}",
         "la balise « phase.activité » est inconnue. Vouliez-vous « phase.activite »"),
        ("{%tr endfor %}", "", "la balise « endfor »"),
        ("{%p for objectif in fiche.objectifs %}", "", "« for objectif in fiche.objectifs » manque"),
    ],
)  # fmt: skip
def test_une_balise_abimee_est_nommee_et_rien_n_est_ecrase(
    tmp_path, monkeypatch, capsys, avant, apres, faute
):
    modele = restyler(tmp_path, avant, apres)
    mots = ["exporter", "fiche", "--seance", "3", "--format", "docx", "--vers", str(tmp_path / "e")]
    monkeypatch.setattr(seances, "controler_les_plans", lambda *a, **k: None)
    assert commande.principal(mots) == 0
    (ecrit,) = (tmp_path / "e").glob("*.docx")
    contenu = ecrit.read_bytes()
    assert commande.principal([*mots, "--modele", str(modele)]) == 2
    phrase = capsys.readouterr().err
    assert faute in phrase and str(modele) in phrase and "fiche.docx" in phrase
    assert ecrit.read_bytes() == contenu


@pytest.mark.parametrize(
    "contenu, faute", [(None, "n'existe pas"), (b"x", "n'est pas un document")]
)
def test_un_modele_qui_n_en_est_pas_un_est_refuse(tmp_path, contenu, faute):
    modele = tmp_path / "m.docx"
    if contenu:
        modele.write_bytes(contenu)
    with pytest.raises(ErreurModele, match=faute):
        fiche.fiches_en_docx([], modele)


@pytest.mark.parametrize(
    "mots, faute",
    [
        (["corrige", "--format", "docx"], "Seule la fiche s'écrit en docx"),
        (["corrige", "--seance", "3"], "--seance choisit une fiche"),
        (["fich"], "« fiche »"),
    ],
)
def test_exporter_dit_ce_que_la_fiche_demande(mots, faute, capsys, tmp_path):
    assert commande.principal(["exporter", *mots, "--vers", str(tmp_path)]) == 2
    assert faute in capsys.readouterr().err.replace('"fiche"', "« fiche »")
    assert not list(tmp_path.iterdir())
