"""Les ateliers de classement, sans navigateur."""

from html import unescape

import pytest

from cerdd_case import Cas
from cerdd_case.socle.memoire import Memoire


@pytest.fixture
def cas(tmp_path):
    """Un cas dont la mémoire s'écrit dans un fichier provisoire."""
    return Cas(memoire=Memoire(tmp_path / "carnet.suivi.json"))


def test_diagnostic_classer_verifier_changer(cas):
    atelier = cas.atelier("diagnostic")
    assert atelier.courant == "A1-82" and atelier.bouton_verifier.disabled
    atelier.choix.value = "faiblesse"
    assert "Équipe très stable (à vérifier)" in atelier.image.alternative
    atelier.bouton_verifier.click()
    assert "✘ À revoir" in atelier.avis.html and "Est-ce dans l'organisation" in unescape(
        atelier.avis.html
    )
    atelier.choix.value = "force"  # changer d'avis efface la vérification
    assert "✘" not in atelier.avis.html
    atelier.bouton_verifier.click()
    assert "✔ Juste" in atelier.avis.html
    atelier.boutons["◀ Fait précédent"].click()
    assert atelier.courant == atelier.faits["fait_id"].iloc[-1]
    assert atelier.choix.value is None


def test_diagnostic_une_reponse_defendable(cas):
    atelier = cas.atelier("diagnostic")
    atelier.serie.value = 2
    atelier.rang = list(atelier.faits["fait_id"]).index("A7-01")
    atelier.actualiser()
    atelier.choix.value = "force"
    atelier.bouton_verifier.click()
    assert "≈ À discuter" in atelier.avis.html and "se défend" in atelier.avis.html


def test_diagnostic_tout_juste_puis_repris_puis_efface(cas):
    atelier = cas.atelier("diagnostic")
    for fait in atelier.faits.itertuples():
        atelier.choix.value = fait.categorie
        atelier.bouton_verifier.click()
        atelier.boutons["Fait suivant ▶"].click()
    assert "12 justes" in atelier.bilan.html and "complet" in atelier.bilan.html
    repris = Cas(memoire=Memoire(cas.memoire.fichier)).atelier("diagnostic")
    assert repris.reponses == atelier.reponses and repris.verifies == atelier.verifies
    repris.boutons["Tout effacer"].click()
    assert "Faits classés : 0" in repris.bilan.html.replace("\u00a0", " ")
    assert Memoire(cas.memoire.fichier).lire("classement:diagnostic")["reponses"] == {}
    repris.bouton_retablir.click()
    assert "12 justes" in repris.bilan.html


def test_un_avancement_d_une_autre_version_ne_casse_rien(tmp_path):
    memoire = Memoire(tmp_path / "s.json")
    reponses = {"A1-82": "opportunite", "Z9": "force", "A1-85": "force"}
    memoire.ecrire("classement:diagnostic", {"reponses": reponses, "verifies": list(reponses)})
    memoire.ecrire("classement:finalites", {"INT-06": "but", "Z9": "moyen", "A1-14": "mission"})
    diagnostic = Cas(memoire=memoire).atelier("diagnostic")
    assert (diagnostic.reponses, diagnostic.verifies) == ({"A1-85": "force"}, {"A1-85"})
    assert Cas(memoire=memoire).atelier("finalites").liste.choix == {"A1-14": "mission"}


@pytest.mark.parametrize(
    ("exercice", "lignes"), [("finalites", 12), ("performance", 6), ("strategie", 10)]
)
def test_les_listes_completes_et_justes(cas, exercice, lignes):
    atelier = cas.atelier(exercice)
    atelier.liste.choix = (
        dict(
            zip(atelier.exercice.faits["fait_id"], atelier.exercice.faits["categorie"], strict=True)
        )
        if exercice != "performance"
        else {f.categorie: f.fait_id for f in atelier.exercice.faits.itertuples()}
    )
    atelier.verifier()
    assert [a["juste"] for a in atelier.liste.avis.values()] == [True] * lignes
    assert "à revoir)" not in atelier.image.alternative
    bilan = f"Vérifiés\u00a0: {lignes} sur {lignes} — {lignes} justes, 0 à discuter, 0 à revoir."
    assert bilan in atelier.bilan.html
    atelier.effacer()
    assert atelier.liste.choix == {} == atelier.liste.avis and atelier.liste.retablissable
    atelier.retablir()
    assert bilan in atelier.bilan.html and len(atelier.liste.choix) == lignes


def test_une_preuve_ne_sert_qu_une_fois(cas):
    atelier = cas.atelier("performance")
    atelier.liste.choix = {"efficience": "A1-79", "duree": "A1-79"}
    atelier.verifier()
    assert atelier.liste.avis["efficience"]["juste"]
    assert not atelier.liste.avis["duree"]["juste"]
    assert "déjà employé" in atelier.liste.avis["duree"]["texte"]


def test_changer_un_choix_efface_son_avis(cas):
    atelier = cas.atelier("finalites")
    atelier.liste.choix = {"INT-06": "moyen", "A1-14": "mission"}
    atelier.verifier()
    atelier.liste.choix = {"INT-06": "finalite", "A1-14": "mission"}
    assert set(atelier.liste.avis) == {"A1-14"}
