"""L'accueil : la vérification de l'installation, le glossaire, la figure du cas."""

import re
import shutil

import pytest

from cerdd_case import Cas
from cerdd_case.accueil import installation
from cerdd_case.donnees.paquet import dossier_des_donnees
from cerdd_case.edition import sources


@pytest.fixture(scope="module")
def cas():
    return Cas()


# --- L'installation ---------------------------------------------------------------------


def test_une_bonne_installation_ne_dit_rien_de_propre_a_la_machine(tmp_path):
    bilan = installation.verifier_installation(dossier=tmp_path)
    assert bilan.bonne
    assert [p.nom for p in bilan.points] == [
        "Python", "Bibliothèques", "Données", "Langue", "Interactivité", "Enregistrement",
    ]  # fmt: skip
    texte = str(bilan)
    assert texte.count("✔") == 6
    assert not any(c.isdigit() for c in texte)  # ni version ni chemin : nbval compare ce texte
    assert "Tout est prêt" in bilan._repr_html_()
    assert list(tmp_path.iterdir()) == []


def test_un_python_trop_ancien_est_signale(monkeypatch):
    monkeypatch.setattr(installation, "PYTHON_MINIMAL", (9, 0))
    bilan = installation.verifier_installation()
    assert not bilan.bonne
    assert "trop ancienne ; installez Python 9.0" in bilan.points[0].phrase
    assert "montrez cette page à votre enseignant" in str(bilan)


def test_une_bibliotheque_absente_est_nommee(monkeypatch):
    monkeypatch.setattr(installation, "BIBLIOTHEQUES", ("pandas", "bibliotheque_inexistante"))
    point = installation.verifier_installation().points[1]
    assert not point.bon
    assert "il manque bibliotheque_inexistante" in point.phrase


def test_un_tableau_abime_est_designe(tmp_path):
    dossier = tmp_path / "data"
    shutil.copytree(dossier_des_donnees(), dossier)
    fichier = dossier / "annexe_04_budget_previsionnel.csv"
    contenu = fichier.read_text(encoding="utf-8")
    fichier.write_text(contenu.replace("636097", "636O97"), encoding="utf-8")
    point = installation.verifier_installation(Cas(dossier)).points[2]
    assert not point.bon
    assert "annexe_04_budget_previsionnel.csv" in point.phrase


def test_une_extension_ou_une_langue_absente_est_signalee(monkeypatch):
    monkeypatch.setattr(installation, "EXTENSIONS", ("extension_inexistante",))
    monkeypatch.setattr(installation, "PAQUET_DE_LANGUE", "paquet-de-langue-inexistant")
    bilan = {p.nom: p for p in installation.verifier_installation().points}
    assert "extension_inexistante" in bilan["Interactivité"].phrase
    assert "paquet-de-langue-inexistant" in bilan["Langue"].phrase


def test_un_dossier_ou_l_on_ne_peut_pas_ecrire_est_signale(tmp_path):
    point = installation.verifier_installation(dossier=tmp_path / "absent").points[5]
    assert not point.bon
    assert "Copiez les carnets" in point.phrase


# --- Le glossaire -----------------------------------------------------------------------


def test_chaque_notion_du_registre_est_definie_pour_sa_question(cas):
    glossaire = cas.table("corrige-glossaire").set_index("notion")["questions"]
    for q in cas.table("corrige-questions").itertuples():
        for notion in q.notions.split(" ; "):
            assert notion in glossaire.index, f"{notion} (question {q.question}) n'est pas définie"
            assert q.question in glossaire[notion].split(), f"{notion} : {q.question} manque"


def test_les_questions_du_glossaire_existent(cas):
    connues = set(cas.table("corrige-questions")["question"])
    for ligne in cas.table("corrige-glossaire").itertuples():
        assert set(ligne.questions.split()) <= connues, ligne.notion
        assert ligne.questions.split() == sorted(ligne.questions.split()), ligne.notion


def test_une_definition_est_courte_et_finit_par_un_point(cas):
    for ligne in cas.table("corrige-glossaire").itertuples():
        assert ligne.definition.endswith((".", "…")), ligne.notion
        assert len(ligne.definition.split()) <= 30, ligne.notion


def test_le_glossaire_se_cherche_sans_accents_ni_majuscules(cas):
    trouve = cas.glossaire("DECENTRALISATION")
    assert [ligne[0] for ligne in trouve.lignes] == ["décentralisation"]
    assert not trouve.replie
    assert [ligne[0] for ligne in cas.glossaire("2.1").lignes] == [
        "budget prévisionnel", "budget réalisé", "écart", "équilibre budgétaire", "résultat",
    ]  # fmt: skip
    assert cas.glossaire().replie
    assert "Essayez un mot plus court" in cas.glossaire("xyz").titre


def test_l_accueil_n_affiche_de_lui_meme_qu_une_notion_qui_n_est_payee_nulle_part(cas):
    source = (sources.dossier_des_sources() / "00_accueil.md").read_text(encoding="utf-8")
    (notion,) = re.findall(r"^cas\.glossaire\((.*)\)$", source, re.M)
    (ligne,) = cas.glossaire(notion.strip('"')).lignes
    payes = " ".join(cas.table("corrige-attendus")["attendu"]).casefold()
    assert ligne[0] == "parties prenantes" and ligne[0] not in payes


# --- La figure et l'essai ---------------------------------------------------------------


def test_la_carte_du_cas_calcule_ses_parts(cas):
    illustration = cas.figure("cas")
    assert illustration.png().startswith(b"\x89PNG")
    # 361 000, 507 300, 132 000 et 40 150 sur 1 040 450 euros
    for part in ("34,7", "48,8", "12,7", "3,9"):
        assert f"{part}\u202f%" in illustration.alternative
    assert "né en 2001, 13 salariés" in illustration.alternative


def test_le_sommaire_montre_les_onze_annexes(cas):
    titres = [ligne[0] for ligne in cas.sommaire().lignes]
    assert sum(t.startswith("Annexe ") for t in titres) == 11


def test_l_essai_repond_au_curseur(cas):
    essai = cas.atelier("essai")
    essai.curseur.valeur = 7
    assert "Vous avez choisi 7." in essai.reponse.html
    assert "Vous avez choisi 7." in essai.apercu().alternative
