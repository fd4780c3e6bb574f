"""Le champ de saisie d'un curseur."""

import pytest
from outils import etat

from cerdd_case import Cas
from cerdd_case.socle.memoire import Memoire

CAS = Cas(memoire=Memoire())


@pytest.fixture
def simulateur():
    """Le simulateur, aux valeurs du sujet."""
    simulateur = CAS.simulateur()
    simulateur.retour.click()
    return simulateur


@pytest.mark.parametrize(
    ("champ", "texte", "valeur"),
    [
        ("etp_ajoutes", "1,5", 1.5),
        ("etp_ajoutes", " 1,98 ETP ", 1.98),
        ("etp_ajoutes", "0", 0),
        ("mois_embauche", "avril", 4),
        ("mois_embauche", " AOÛT ", 8),
        ("mois_embauche", "4", 4),
        ("taux_charges", "2,5 %", 0.025),
        ("taux_charges", "2,5", 0.025),
        ("taux_charges", "-1", -0.01),
        ("taux_autres", "100 %", 1.0),
        ("taux_collectivites", "6,18\u202f%", 0.0618),
        ("projet_exceptionnel_eur", "100 000 €", 100_000),
        ("projet_exceptionnel_eur", "100 k€", 100_000),
        ("charges_personnel_eur", "763 316,40 €", 763316.4),
    ],
)
def test_un_texte_francais_deplace_le_curseur(simulateur, champ, texte, valeur):
    curseur = simulateur.curseurs[champ]
    curseur.saisir("???")
    curseur._recevoir(curseur, {"saisie": texte}, [])
    assert curseur.valeur == pytest.approx(valeur, abs=1e-12) and curseur.erreur == ""
    simulateur.impose.value = champ == "charges_personnel_eur"
    assert getattr(simulateur.hypotheses, champ) == pytest.approx(valeur, abs=1e-12)


@pytest.mark.parametrize(
    ("champ", "texte", "attendu"),
    [
        ("etp_ajoutes", "beaucoup", "« beaucoup » n'est pas un nombre"),
        ("etp_ajoutes", "", "Le champ est vide. Tapez une valeur, par exemple 2,5 ETP"),
        ("etp_ajoutes", "   ", "Le champ est vide"),
        ("etp_ajoutes", "7", "7 ETP est hors limites : de 0 ETP à 6 ETP"),
        ("etp_ajoutes", "-1", "−1 ETP est hors limites"),
        ("etp_ajoutes", "5 %", "Un pourcentage ne convient pas ici"),
        ("etp_ajoutes", "nan", "n'est pas un nombre"),
        ("etp_ajoutes", "9" * 400, "nombre"),
        ("etp_ajoutes", "<b>deux</b>", "n'est pas un nombre"),
        ("mois_embauche", "avrile", "« avrile » n'est pas un mois"),
        ("mois_embauche", "13", "13 est hors limites : de janvier à décembre"),
        ("mois_embauche", "0", "hors limites"),
        ("mois_embauche", "1,5", "n'est pas un mois : tapez par exemple avril, ou 4"),
        ("taux_charges", "50 %", "50,0 % est hors limites : de −10,0 % à 10,0 %"),
        ("taux_charges", "deux", "n'est pas un nombre"),
        ("projet_exceptionnel_eur", "1 000 000", "1 000 000 € est hors limites"),
        ("projet_exceptionnel_eur", "50 %", "Un pourcentage ne convient pas ici"),
    ],
)
def test_une_saisie_refusee_ne_change_rien_et_s_explique(simulateur, champ, texte, attendu):
    curseur = simulateur.curseurs[champ]
    curseur.valeur = curseur.maximum
    avant, valeur, rang = etat(simulateur), curseur.valeur, simulateur.image.rang
    curseur._recevoir(curseur, {"saisie": texte}, [])
    message = curseur.erreur.replace("\u00a0", " ").replace("\u202f", " ")
    assert attendu in message and message.endswith(".") and len(message) < 200
    assert curseur.valeur == valeur
    assert etat(simulateur) == avant and simulateur.image.rang == rang


def test_un_message_etranger_est_ignore(simulateur):
    avant = etat(simulateur)
    simulateur.curseurs["etp_ajoutes"]._recevoir(None, {"autre": 1}, [])
    assert etat(simulateur) == avant
