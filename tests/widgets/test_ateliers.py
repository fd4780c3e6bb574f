"""Les ateliers du dossier 2, pilotés sans navigateur : chaque geste arrive par son callback."""

import html
import json
import random
from types import SimpleNamespace

import pytest

from cerdd_case import Cas, projeter
from cerdd_case.donnees.hypotheses import LIMITES, VARIABLES, valider
from cerdd_case.donnees.lecture import renvoi
from cerdd_case.dossier_2.budget_exercice import Budget
from cerdd_case.dossier_2.projection_figure import FigureBudget
from cerdd_case.dossier_2.regles import conclure
from cerdd_case.dossier_2.simulateur_atelier import REGLAGES, Simulateur, tableau_des_regles
from cerdd_case.questions.avancement import INVITE
from cerdd_case.questions.registre import attendus, indices
from cerdd_case.socle.carnet_ouvert import carnet_ouvert
from cerdd_case.socle.erreurs import ErreurCas
from cerdd_case.socle.memoire import Memoire
from cerdd_case.widgets.atelier import Atelier, _contenus
from cerdd_case.widgets.curseur import Curseur
from cerdd_case.widgets.grille import Grille
from cerdd_case.widgets.image import Annonce

CAS = Cas(memoire=Memoire())
PREVU = CAS.annexe(4)
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def simulateur():
    """Le simulateur, aux valeurs du sujet."""
    simulateur = CAS.simulateur()
    simulateur.retour.click()
    return simulateur


def etat(simulateur) -> tuple:
    """Tout ce qui se voit du simulateur."""
    image = simulateur.image
    return (image.fond, image.devant, image.alternative, simulateur.conclusion.html,
            simulateur.tableau.html)  # fmt: skip


# --- Le simulateur ----------------------------------------------------------------------


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
    assert simulateur.image.alternative == FigureBudget(PREVU, CAS.contexte).actualiser(attendue)
    assert tableau_des_regles(attendue, CAS.contexte) in simulateur.tableau.html


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

    atelier = Casse()
    reglage = atelier.reglage
    with pytest.raises(ErreurCas):
        reglage.valeur = 1.0
    assert "le &lt;budget&gt; manque." in atelier.incident.html
    assert "Traceback" not in atelier.incident.html


# --- Le champ de saisie d'un curseur --------------------------------------------------------


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


# --- Les indices ----------------------------------------------------------------------------


def test_un_bouton_ouvre_un_indice_puis_le_suivant(tmp_path):
    cas, textes = Cas(memoire=Memoire(tmp_path / "s.json")), indices("2.3", CAS)

    def vus(atelier):
        lisible = html.unescape(atelier.lus.html)
        fixe = atelier._repr_mimebundle_()[0]
        for montre in (html.unescape(fixe["text/html"]), fixe["text/plain"]):
            assert [t in montre for t in textes] == [t in lisible for t in textes]
        return [t for t in textes if t in lisible]

    un = cas.indice("2.3")
    assert vus(un) == [] and un.suivant.description == "Voir l'indice 1 sur 3"
    for rang in (1, 2, 3):
        un.suivant.click()
        assert vus(un) == textes[:rang] == vus(cas.indice("2.3"))  # et restent à la relance
    assert un.suivant.layout.display == "none" and cas.indice("2.3").suivant.description == ""
    assert vus(cas.indice("2.4")) == []  # chaque question a son compte
    cas.recommencer()
    assert vus(cas.indice("2.3")) == []


# --- La grille d'auto-évaluation ------------------------------------------------------------


def grille(memoire, question="2.1"):
    tous = attendus(question, CAS)
    return Grille(question, tous, memoire, [renvoi(CAS, p) for p in tous["preuves"]])


def test_la_grille_compte_les_points_coches():
    g = grille(Memoire())
    tableau = attendus("2.1", CAS)
    assert len(g.cases) == len(tableau) and g.points == 0 and g.coches == []
    g.cases[0].value = True
    g.cases[2].value = True
    assert g.points == tableau.loc[[0, 2], "points"].sum()
    assert g.coches == tableau.loc[[0, 2], "attendu_id"].tolist()
    for case in g.cases:
        case.value = True
    assert g.points == 7 and "Score : 7 sur 7" in g.score.html  # barème proposé pour 2.1
    textes = " ".join(e.html for e in g.children if isinstance(e, Annonce))
    assert "barème proposé" in textes


def test_les_cases_cochees_survivent(tmp_path):
    fichier = tmp_path / ".essai.suivi.json"
    g = grille(Memoire(fichier))
    g.cases[1].value = True
    assert json.loads(fichier.read_text(encoding="utf-8")) == {"grille:2.1": ["2.1-2"]}
    apres = grille(Memoire(fichier))
    assert [c.value for c in apres.cases] == [i == 1 for i in range(len(apres.cases))]
    assert apres.points == g.points
    assert grille(Memoire(fichier), "2.2").coches == []
    apres.cases[1].value = False
    assert grille(Memoire(fichier)).coches == []


def test_l_apercu_de_la_grille_est_lisible(tmp_path):
    g = grille(Memoire())
    g.cases[0].value = True
    contenu, _ = g._repr_mimebundle_()
    assert contenu["image/png"].startswith(PNG)
    texte = contenu["text/plain"]
    assert texte.count("☑") == 1 and texte.count("☐") == len(g.cases) - 1
    for attendu in attendus("2.1", CAS)["attendu"]:
        assert attendu in texte


def test_une_grille_qui_ne_peut_pas_s_enregistrer_le_dit(tmp_path):
    g = grille(Memoire(tmp_path / "absent" / "x.suivi.json"))
    g.cases[0].value = True
    assert "Score : 1,5 sur" in g.score.html and "gardé en mémoire" in g.incident.html
    (tmp_path / "absent").mkdir()
    g.cases[0].value = False
    assert "Score : 0 sur" in g.score.html and g.incident.html == ""


@pytest.mark.parametrize("abime", ["", "{", "[1]", "null", "\x00", '"texte"'])
def test_un_suivi_abime_est_mis_de_cote(tmp_path, abime):
    fichier = tmp_path / ".essai.suivi.json"
    fichier.write_text(abime, encoding="utf-8")
    g = grille(Memoire(fichier))
    assert g.coches == [] and not fichier.exists()
    gardes = list(tmp_path.glob("*abime*"))
    assert [p.read_text(encoding="utf-8") for p in gardes] == [abime]
    g.cases[0].value = True
    assert grille(Memoire(fichier)).coches == ["2.1-1"]


def test_deux_suivis_abimes_sont_gardes_tous_les_deux(tmp_path):
    fichier = tmp_path / ".essai.suivi.json"
    for texte in ("un", "deux"):
        fichier.write_text(texte, encoding="utf-8")
        Memoire(fichier)
    assert {p.read_text(encoding="utf-8") for p in tmp_path.iterdir()} == {"un", "deux"}


@pytest.mark.parametrize("valeur", [5, None, "2.1-1", {"a": 1}, [["x"]], [1, None, "inconnu"]])
def test_une_valeur_inattendue_du_suivi_ne_bloque_pas_la_grille(tmp_path, valeur):
    fichier = tmp_path / ".essai.suivi.json"
    fichier.write_text(json.dumps({"grille:2.1": valeur}), encoding="utf-8")
    assert grille(Memoire(fichier)).coches == []


def test_le_suivi_se_range_a_cote_du_carnet(monkeypatch, tmp_path):
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "02_budget.ipynb"))
    assert carnet_ouvert() == tmp_path / "02_budget.ipynb"
    memoire = Memoire()
    memoire.ecrire("grille:2.1", ["2.1-1"])
    assert [p.name for p in tmp_path.iterdir()] == [".02_budget.suivi.json"]
    assert Memoire().lire("grille:2.1") == ["2.1-1"] and Memoire().cles("grille:") == ["grille:2.1"]
    monkeypatch.setenv("JPY_SESSION_NAME", "")
    assert Memoire().fichier is None and Memoire().lire("grille:2.1") is None


def test_la_grille_du_cas_utilise_son_suivi(tmp_path):
    cas = Cas(memoire=Memoire(tmp_path / ".essai.suivi.json"))
    cas.grille("2.3").cases[0].value = True
    assert cas.grille("2.3").coches == ["2.3-1"]
    with pytest.raises(ErreurCas, match="n'existe pas"):
        cas.grille("9.9")


@pytest.fixture
def carnet_ecrit(monkeypatch, tmp_path):
    """Le carnet ouvert, dont on écrit la réponse à la question 2.1."""
    carnet = tmp_path / "02_budget.ipynb"
    monkeypatch.setenv("JPY_SESSION_NAME", str(carnet))

    def ecrire(texte: str):
        zone = {"cell_type": "markdown", "metadata": {"reponse": "2.1"}, "source": texte}
        carnet.write_text(json.dumps({"cells": [zone]}), encoding="utf-8")

    ecrire(INVITE)
    return ecrire


def montre(atelier) -> str:
    """Tout ce que la page reçoit d'un atelier, et ce qui se lit sans elle."""
    etats = [e.get_state() for e in _contenus(atelier)]
    fixe = {c: v for c, v in atelier._repr_mimebundle_()[0].items() if c != "image/png"}
    return html.unescape(str([etats, fixe])).replace("\\'", "'")


def test_la_grille_attend_que_la_reponse_soit_ecrite(carnet_ecrit):
    points = list(attendus("2.1", CAS)["attendu"])
    cas = Cas()

    def vus(g):
        return [p for p in points if p in montre(g)]

    def ouvrir(g, bouton=0):
        g.boutons.children[bouton].click()
        return vus(g)

    fermee = cas.grille("2.1")
    assert vus(fermee) == [] and "Écrivez d'abord" in fermee.invite.html
    assert ouvrir(fermee) == [] and "n'a encore rien" in fermee.invite.html
    carnet_ecrit("Un budget voté à l'équilibre.")
    assert ouvrir(fermee) == points == vus(cas.grille("2.1"))
    fermee.cases[0].value = True
    assert "Score : 1,5 sur 7" in fermee.score.html
    carnet_ecrit("")
    effacee = cas.grille("2.1")
    assert vus(effacee) == [] and effacee.coches == ["2.1-1"]
    assert "sans réponse" not in str(cas.suivi(2))
    assert ouvrir(effacee, bouton=1) == points == vus(cas.grille("2.1"))  # ce choix est gardé
    assert cas.suivi(2).lignes["evaluation"][0] == "✔ 1,5 sur 7 pt (grille vue sans réponse)"
    assert vus(cas.grille("2.2")) == [] and not cas.grille("2.2").ouverte


def test_le_simulateur_part_de_son_budget():
    double = PREVU.assign(montant_eur=PREVU["montant_eur"] * 2)
    cas = SimpleNamespace(annexe={4: double}.get, contexte=CAS.contexte)
    simulateur = Simulateur(Budget(cas), Memoire())
    assert simulateur.projection.total_eur == 2080900  # 2 × 1 040 450
    simulateur.retour.click()
    assert simulateur.projection.total_eur == 2351512.92  # 2 × 1 175 756,46
