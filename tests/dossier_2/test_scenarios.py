"""Les panneaux du simulateur et sa mémoire, sans navigateur : on conduit les rappels."""

import csv
import gc
import io
import tracemalloc
import weakref
from collections import Counter

import pytest

from cerdd_case import Cas
from cerdd_case.dossier_2.scenarios_atelier import scenarios_en_csv
from cerdd_case.figures.trace import Traceur
from cerdd_case.socle.memoire import Memoire


@pytest.fixture
def simulateur(tmp_path):
    """Le simulateur, aux valeurs du sujet."""
    simulateur = Cas(memoire=Memoire(tmp_path / "essai.json")).simulateur()
    simulateur.retour.click()
    return simulateur


def test_bouger_un_curseur_ne_laisse_rien_en_memoire(simulateur):
    """Aucun genre d'objet, aucun octet de plus par pas : on compte, sans mesurer la machine."""
    etp, pas = simulateur.curseurs["etp_ajoutes"], 120

    def bouger(fois):
        for i in range(fois):
            etp.valeur = (i % 60) / 10

    def objets():
        gc.collect()
        return Counter(type(objet) for objet in gc.get_objects())

    bouger(120)  # deux tours : les mémoires limitées (`lru_cache`) sont remplies
    avant = objets()
    bouger(pas)
    gardes = objets() - avant
    del gardes[
        weakref.ReferenceType
    ]  # matplotlib les purge de temps en temps ; elles ne retiennent rien
    assert [genre for genre, nombre in gardes.items() if nombre > pas / 2] == []

    croissances = []
    tracemalloc.start()
    try:
        bouger(60)
        for _ in range(4):
            gc.collect()
            depart = tracemalloc.get_traced_memory()[0]
            bouger(60)
            gc.collect()
            croissances.append(tracemalloc.get_traced_memory()[0] - depart)
    finally:
        tracemalloc.stop()
    # Un texte ou une image gardés à chaque pas se verraient chaque fois ; les mémoires que pandas
    # et matplotlib purgent de temps en temps, une fois sur deux.
    assert min(croissances) < 60 * 512
    assert simulateur.image.rang > 2 * pas


def test_aucune_figure_pyplot_n_est_ouverte(simulateur):
    import matplotlib.pyplot as plt

    simulateur.curseurs["taux_charges"].valeur = 0.05
    assert plt.get_fignums() == []


def test_seuls_les_elements_changes_sont_retraces(simulateur, monkeypatch):
    """Un pas d'ETP ne touche ni au fond ni aux barres que cette hypothèse ne change pas ; seuls
    les textes nouveaux sont remis en page."""
    image, traces = simulateur.image, []
    fond, devant = image.fond, image.devant
    tracer = Traceur.tracer
    monkeypatch.setattr(Traceur, "tracer", lambda t, e: traces.append(e) or tracer(t, e))
    simulateur.curseurs["etp_ajoutes"].valeur = 3.0
    assert image.fond is fond
    changes = sum(a != b for a, b in zip(devant, image.devant, strict=True))
    assert 0 < len(traces) <= changes < len(devant) / 2


def test_les_scenarios_se_gardent_se_limitent_et_se_retirent(simulateur):
    s = simulateur.scenarios
    for bouton in s.boutons_prets:
        bouton.click()
    assert list(s.gardes) == ["Le sujet", "Valeur de secours", "Embauches étalées"]
    s.boutons_prets[0].click()
    assert "existe déjà" in s.message.html
    simulateur.curseurs["etp_ajoutes"].valeur = 2.0
    s.nom.value = "  Deux   ETP <b> "
    s.garder.click()
    assert "Deux ETP <b>" in s.gardes
    assert "<b>" not in s.tableau.html  # un nom tapé n'est jamais du balisage
    s.garder.click()
    assert "4 scénarios au plus" in s.message.html
    s.choix.value = "Valeur de secours"
    s.charger.click()
    assert simulateur.hypotheses == Cas().hypotheses(charges_personnel_eur=750_000)
    s.retirer.click()
    assert "Valeur de secours" not in s.gardes and len(s.gardes) == 3


def test_les_scenarios_survivent_au_redemarrage_meme_abimes(tmp_path):
    memoire = Memoire(tmp_path / "essai.json")
    Cas(memoire=memoire).simulateur().scenarios.boutons_prets[0].click()
    gardes = memoire.lire("scenarios")
    memoire.ecrire("scenarios", gardes | {"Abîmé": {"etp_ajoutes": "beaucoup"}})
    retour = Cas(memoire=Memoire(tmp_path / "essai.json")).simulateur().scenarios
    assert list(retour.gardes) == ["Le sujet"]
    retour.boutons_prets[1].click()
    assert set(Memoire(tmp_path / "essai.json").lire("scenarios")) == {
        "Le sujet", "Valeur de secours", "Abîmé",
    }  # fmt: skip


def test_le_csv_s_ouvre_dans_un_tableur_francais(simulateur):
    simulateur.scenarios.boutons_prets[0].click()
    lignes = scenarios_en_csv(simulateur.scenarios.projections()).splitlines()
    assert lignes[0] == "Ligne;Le sujet"
    assert "Dépenses de personnel;763316,40" in lignes
    assert "Part de l'UE;0,2180" in lignes


def test_un_seuil_ne_se_cherche_qu_a_la_demande(simulateur):
    """Ni à l'ouverture, ni en changeant d'hypothèse ; un réglage qui bouge efface la réponse."""
    seuils = simulateur.seuils

    def vide():
        return seuils.reponse.html == "" and seuils.placer.disabled and seuils.valeur is None

    assert vide()
    for geste in (
        lambda: simulateur.curseurs["taux_etat"].set_trait("valeur", 0.01),
        lambda: seuils.variable.set_trait("value", "etp_ajoutes"),
        lambda: seuils.plafond.set_trait("value", 0.3),
        simulateur.retour.click,
        simulateur.retour_2014.click,
    ):
        seuils.chercher.click()
        assert seuils.reponse.html
        geste()
        assert vide()
    seuils.placer.click()  # sans réponse, rien ne bouge
    assert simulateur.projection.total_eur == 1040450


def test_le_panneau_des_seuils_suit_les_curseurs(simulateur):
    seuils = simulateur.seuils

    def dit():
        assert seuils.reponse.html == ""
        seuils.chercher.click()
        return seuils.reponse.html

    assert "<strong>avril</strong>" in dit()
    simulateur.curseurs["etp_ajoutes"].valeur = 1.0
    assert "<strong>janvier</strong>" in dit()
    seuils.variable.value = "etp_ajoutes"
    assert "1,98" in dit()
    seuils.placer.click()
    assert simulateur.projection.part_ue == pytest.approx(0.20, abs=1e-6)
    simulateur.curseurs["etp_ajoutes"].valeur = 2.5
    seuils.variable.value = "projet_exceptionnel_eur"  # une dépense de plus n'aide jamais
    assert "Aucune valeur" in dit() and seuils.placer.disabled
    seuils.variable.value = "taux_etat"
    assert "5,9" in dit() and not seuils.placer.disabled


def test_la_sensibilite_s_ouvre_sur_2014_et_va_au_sujet():
    atelier = Cas().atelier("sensibilite")

    def vu():
        return (atelier.lecture.html, atelier.tornade.alternative, atelier.carte.alternative,
                atelier.carte.fond, atelier.carte.devant)  # fmt: skip

    depart = vu()
    assert "12,7" in depart[0] and "12,7" in depart[1]
    atelier.retour.click()
    assert atelier.hypotheses == Cas().hypotheses() and "21,8" in atelier.lecture.html
    assert all(avant != apres for avant, apres in zip(depart[:3], vu(), strict=False))
    atelier.retour_2014.click()
    assert vu() == depart


def test_choisir_la_meme_hypothese_echange_les_deux_axes():
    atelier = Cas().atelier("sensibilite")
    x, y, avant = atelier.x.value, atelier.y.value, atelier.carte.rang
    atelier.y.value = x
    assert (atelier.x.value, atelier.y.value) == (y, x)
    assert atelier.incident.html == "" and atelier.carte.rang > avant
    atelier.x.value = "mois_embauche"
    atelier.x.value = x
    assert (atelier.x.value, atelier.y.value) == (x, "mois_embauche")
    assert "horizontal" in atelier.carte.alternative and atelier.incident.html == ""


@pytest.mark.parametrize("nom", ['=HYPERLINK("a")', "+1", "-2", "@SOMME(A1)", "=1;2", "- deux ETP"])
def test_un_nom_ne_devient_pas_une_formule(simulateur, nom):
    s = simulateur.scenarios
    s.nom.value = nom
    s.garder.click()
    texte = scenarios_en_csv(s.projections())
    entete = next(csv.reader(io.StringIO(texte), delimiter=";"))
    assert entete == ["Ligne", f"'{nom}"]
    assert list(s.gardes) == [nom]  # le nom lui-même ne change pas


def test_le_risque_change_avec_la_decision():
    atelier = Cas().atelier("risque")
    assert "0,0\u202f%." in atelier.lecture.html and atelier.reponses["etp_ajoutes"] == 0
    assert atelier.decisions["etp_ajoutes"].repere == 2.5
    atelier.decisions["etp_ajoutes"].valeur = 2.5
    assert "99" in atelier.lecture.html
    atelier.decisions["etp_ajoutes"].valeur = 1.0
    assert "Risque de dépasser 20" in atelier.lecture.html and "99" not in atelier.lecture.html
    atelier.decisions["etp_ajoutes"].valeur = 2.0
    assert "(entre " in atelier.lecture.html
