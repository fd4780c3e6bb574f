"""Le simulateur, sans navigateur."""

import html
import random
from types import SimpleNamespace

import pytest
from outils import etat

from cerdd_case import Cas, projeter
from cerdd_case.donnees.hypotheses import LIMITES, VARIABLES, valider
from cerdd_case.dossier_2.budget_exercice import Budget
from cerdd_case.dossier_2.projection_figure import FigureBudget
from cerdd_case.dossier_2.regles import conclure
from cerdd_case.dossier_2.simulateur_atelier import REGLAGES, Simulateur, tableau_des_regles
from cerdd_case.socle.erreurs import ErreurCas
from cerdd_case.socle.memoire import Memoire
from cerdd_case.socle.typographie import typographier
from cerdd_case.widgets.atelier import Atelier, _contenus
from cerdd_case.widgets.curseur import Curseur

CAS = Cas(memoire=Memoire())
PREVU = CAS.annexe(4)
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def simulateur():
    """Le simulateur, aux valeurs du sujet."""
    simulateur = CAS.simulateur()
    simulateur.retour.click()
    return simulateur


def test_au_depart_le_simulateur_montre_2014():
    """Ni embauche, ni hausse : c'est à l'élève d'aller jusqu'au sujet, que marque le triangle."""
    simulateur = CAS.simulateur()
    assert simulateur.projection.total_eur == 1040450 and simulateur.projection.ue_eur == 132000
    assert "12,7\u202f%" in simulateur.conclusion.html and "21,8" not in montre(simulateur)
    sujet = CAS.hypotheses()
    for champ, curseur in simulateur.curseurs.items():
        if champ != "charges_personnel_eur":
            assert curseur.repere == getattr(sujet, champ)
            assert curseur.valeur == (curseur.repere if champ == "mois_embauche" else 0)
    avant = etat(simulateur)
    simulateur.retour.click()
    assert simulateur.hypotheses == sujet and etat(simulateur) != avant
    simulateur.retour_2014.click()
    assert etat(simulateur) == avant


def test_revenu_au_sujet_le_simulateur_le_montre(simulateur):
    assert simulateur.hypotheses == CAS.hypotheses()
    assert simulateur.projection.total_eur == 1175756.46
    assert (
        "21,8\u202f%" in simulateur.conclusion.html
        and "n&#x27;est pas" in simulateur.conclusion.html
    )
    assert "21,8\u202f%" in simulateur.image.alternative
    assert "1\u202f175\u202f756,46\u00a0€" in simulateur.image.alternative


def test_une_hypothese_un_curseur(simulateur):
    """Chaque hypothèse chiffrée a son curseur, dans son unité et dans ses limites."""
    assert set(simulateur.curseurs) == set(VARIABLES)
    for champ, curseur in simulateur.curseurs.items():
        assert curseur.unite == LIMITES[champ][3]
        assert curseur.minimum <= curseur.valeur <= curseur.maximum
        assert curseur.repere == curseur.valeur and curseur.libelle and curseur.aide
        for borne in (curseur.minimum, curseur.maximum):
            assert valider(champ, borne) == borne
    assert simulateur.curseurs["charges_personnel_eur"].repere == 750_000


@pytest.mark.parametrize("champ", REGLAGES)
@pytest.mark.parametrize("bord", ["minimum", "maximum"])
def test_chaque_curseur_change_la_projection(simulateur, champ, bord):
    curseur = simulateur.curseurs[champ]
    if champ == "charges_personnel_eur":
        simulateur.impose.value = True
    avant = etat(simulateur)
    valeur = getattr(curseur, bord)
    deja = valeur == curseur.valeur  # le sujet est parfois au bord : 0 € de projet, janvier
    curseur.valeur = valeur
    attendue = projeter(PREVU, CAS.hypotheses(**{champ: valeur}))
    assert getattr(simulateur.hypotheses, champ) == valeur
    assert simulateur.projection.total_eur == attendue.total_eur
    assert simulateur.projection.ue_eur == attendue.ue_eur
    assert (etat(simulateur) == avant) is deja
    decrite = FigureBudget(PREVU, CAS.contexte).actualiser(attendue)
    assert simulateur.image.alternative == typographier(decrite)
    assert typographier(tableau_des_regles(attendue, CAS.contexte)) in simulateur.tableau.html


def test_imposer_le_personnel_eteint_les_curseurs_qui_ne_servent_plus(simulateur):
    c = simulateur.curseurs
    assert not c["charges_personnel_eur"].actif and c["etp_ajoutes"].actif
    simulateur.impose.value = True
    assert c["charges_personnel_eur"].actif
    assert not any(c[n].actif for n in ("etp_ajoutes", "mois_embauche", "taux_salaire"))
    assert simulateur.projection.total_eur == 1162440.06  # avec 750 000 € de personnel
    assert "750\u202f000\u00a0€" in simulateur.conclusion.html
    simulateur.impose.value = False
    assert simulateur.projection.total_eur == 1175756.46


def test_ne_pas_indexer_l_investissement(simulateur):
    simulateur.investissement.value = False
    assert simulateur.projection.ue_eur == 256137.46


def test_le_bouton_revient_au_sujet(simulateur):
    avant = etat(simulateur)
    simulateur.impose.value = True
    simulateur.investissement.value = False
    for champ, curseur in simulateur.curseurs.items():
        curseur.valeur = REGLAGES[champ][4]
    simulateur.curseurs["etp_ajoutes"].saisir("n'importe quoi")
    simulateur.retour.click()
    assert simulateur.hypotheses == CAS.hypotheses()
    assert all(c.valeur == c.repere and c.erreur == "" for c in simulateur.curseurs.values())
    assert etat(simulateur) == avant


def test_appliquer_ne_redessine_qu_une_fois(simulateur):
    rang = simulateur.image.rang
    hypotheses = CAS.hypotheses(
        etp_ajoutes=1, mois_embauche=9, taux_etat=-0.05, projet_exceptionnel_eur=100_000,
        charges_personnel_eur=800_000, investissement_indexe=False,
    )  # fmt: skip
    simulateur.appliquer(hypotheses)
    assert simulateur.hypotheses == hypotheses
    assert simulateur.image.rang == rang + 1
    assert (
        conclure(projeter(PREVU, hypotheses), CAS.contexte).split(",")[0]
        in simulateur.conclusion.html
    )


def test_deux_simulateurs_ne_se_genent_pas():
    un, deux = CAS.simulateur(), CAS.simulateur()
    un.retour.click()
    deux.retour.click()
    avant = etat(deux)
    un.curseurs["etp_ajoutes"].valeur = 6
    assert etat(deux) == avant and deux.hypotheses == CAS.hypotheses()


def test_apres_cent_gestes_l_image_est_celle_que_l_on_dessinerait_de_neuf(simulateur):
    hasard = random.Random(2015)
    for _ in range(100):
        champ = hasard.choice(list(simulateur.curseurs))
        c = simulateur.curseurs[champ]
        pas = hasard.randrange(int((c.maximum - c.minimum) / c.pas) + 1)
        c.valeur = min(c.minimum + pas * c.pas, c.maximum)
        simulateur.impose.value = hasard.random() < 0.2
    neuf = CAS.simulateur()
    neuf.appliquer(simulateur.hypotheses)
    assert etat(neuf) == etat(simulateur)


def test_l_apercu_fixe_accompagne_la_vue(simulateur):
    simulateur.curseurs["etp_ajoutes"].valeur = 0
    contenu, meta = simulateur._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in contenu
    assert contenu["image/png"].startswith(PNG)
    # sans embauche : 1 048 537,06 de dépenses, 129 138,06 d'UE, soit 12,3 %
    for nombre in ("12,3\u202f%", "1\u202f048\u202f537,06\u00a0€", "129\u202f138,06\u00a0€"):
        assert nombre in contenu["text/plain"]
    assert meta["image/png"]["alt"] == contenu["text/plain"]


def test_une_erreur_dans_un_callback_se_voit_et_remonte(simulateur, monkeypatch, caplog):
    monkeypatch.setattr(simulateur.image, "montrer", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        simulateur.curseurs["etp_ajoutes"].valeur = 3
    assert "ZeroDivisionError" in simulateur.incident.html
    assert "Relancez la cellule" in simulateur.incident.html
    assert simulateur.incident.role == "alert" and simulateur.incident in simulateur.children
    simulateur.incident.html = ""
    simulateur.retour.click()  # ipywidgets note au journal l'erreur d'un bouton
    assert "ZeroDivisionError" in simulateur.incident.html and "division by zero" in caplog.text
    monkeypatch.undo()
    simulateur.retour.click()
    assert simulateur.incident.html == "" and simulateur.hypotheses == CAS.hypotheses()


def test_une_erreur_du_cas_s_affiche_sans_pile_d_appels():
    class Casse(Atelier):
        def composer(self):
            self.reglage = self.relier(Curseur("Essai", 0.0))
            return [self.reglage]

        def actualiser(self):
            if self.reglage.valeur:
                raise ErreurCas("le <budget> manque.")

    atelier = Casse(None)
    reglage = atelier.reglage
    with pytest.raises(ErreurCas):
        reglage.valeur = 1.0
    assert "le &lt;budget&gt; manque." in atelier.incident.html
    assert "Traceback" not in atelier.incident.html


def montre(atelier) -> str:
    """Tout ce que la page reçoit d'un atelier, et ce qui se lit sans elle."""
    etats = [e.get_state() for e in _contenus(atelier)]
    fixe = {c: v for c, v in atelier._repr_mimebundle_()[0].items() if c != "image/png"}
    return html.unescape(str([etats, fixe])).replace("\\'", "'")


def test_le_simulateur_part_de_son_budget():
    double = PREVU.assign(montant_eur=PREVU["montant_eur"] * 2)
    cas = SimpleNamespace(annexe={4: double}.get, contexte=CAS.contexte)
    simulateur = Simulateur(Budget(cas), Memoire())
    assert simulateur.projection.total_eur == 2080900  # 2 × 1 040 450
    simulateur.retour.click()
    assert simulateur.projection.total_eur == 2351512.92  # 2 × 1 175 756,46
