"""Les adresses que le serveur de `cerdd` ajoute, essayées sur le vrai serveur."""

import http.cookiejar
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from outils import attendre_le_serveur


class Navigateur:
    """Un navigateur sans écran : il garde ses biscuits et renvoie leur protection."""

    def __init__(self, fiche: dict | None):
        self.biscuits = http.cookiejar.CookieJar()
        self.ouvrir = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.biscuits)
        ).open
        if fiche:
            self.lire(f"{fiche['url']}lab?token={fiche['token']}")

    def lire(
        self, adresse: str, corps: bytes | None = None, protege: bool = True
    ) -> tuple[int, str]:
        entetes = {"Referer": adresse}
        if corps is not None and protege:
            entetes["X-XSRFToken"] = next((b.value for b in self.biscuits if b.name == "_xsrf"), "")
        demande = urllib.request.Request(adresse, corps, entetes)
        try:
            with self.ouvrir(demande, timeout=60) as reponse:
                return reponse.status, reponse.read().decode()
        except urllib.error.HTTPError as erreur:
            return erreur.code, erreur.read().decode()


@pytest.fixture(scope="module")
def serveur(tmp_path_factory):
    lieu = tmp_path_factory.mktemp("serveur")
    environnement = {
        **os.environ, "JUPYTER_DATA_DIR": str(lieu / "donnees"), "CHROMIUM": "",
        "JUPYTER_RUNTIME_DIR": str(lieu / "marche"), "PATH": str(lieu),  # pas de PDF ici
    }  # fmt: skip
    cerdd = subprocess.Popen(
        [sys.executable, "-m", "cerdd_case.bureau.commande", "--sans-navigateur", "--port", "8931",
         "--dossier", str(lieu / "mon travail")],
        env=environnement, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield attendre_le_serveur(lieu / "marche", cerdd) | {"lieu": lieu}
    finally:
        cerdd.terminate()
        cerdd.communicate(timeout=60)


@pytest.fixture(scope="module")
def elle(serveur):
    return Navigateur(serveur)


def test_tout_demande_le_jeton(serveur):
    inconnu = Navigateur(None)
    for adresse in ("cerdd/", "cerdd/eleve", "cerdd/enseignant", "cerdd/lire/4"):
        _, page = inconnu.lire(serveur["url"] + adresse)
        assert "Je suis élève" not in page and "Corrigés" not in page and "password" in page
    assert inconnu.lire(serveur["url"] + "cerdd/rendre", b"{}")[0] == 403


def test_le_jeton_de_l_adresse_ouvre_l_accueil(serveur):
    code, page = Navigateur(None).lire(f"{serveur['url']}cerdd/?token={serveur['token']}")
    assert code == 200 and "Je suis élève" in page


@pytest.mark.parametrize(
    ("adresse", "dit"),
    [
        ("cerdd", "Je suis élève"), ("cerdd/", "J’enseigne"), ("cerdd/eleve", "Commencer"),
        ("cerdd/enseignant", "Corrigés proposés"), ("cerdd/lire/4", "Annexe 4"),
        ("cerdd/lire/introduction", "Introduction"), ("cerdd/lire/9?passage=A9/missions%C2%A73", "vise"),
        ("cerdd/lire/7?passage=A7%C2%A72&faits=A7-12&theme=sombre", "u003cmark>"),
    ],
)  # fmt: skip
def test_chaque_page_repond(serveur, elle, adresse, dit):
    code, page = elle.lire(serveur["url"] + adresse)
    assert code == 200 and dit in page


def test_une_annexe_inconnue_est_introuvable(serveur, elle):
    assert elle.lire(serveur["url"] + "cerdd/lire/nimporte")[0] == 404


def test_rendre_ecrit_la_copie_et_dit_ou_la_lire(serveur, elle):
    demande = {"chemin": "eleves/02_budget.ipynb", "eleve": "Léa d'Été", "classe": "T1"}
    code, reponse = elle.lire(serveur["url"] + "cerdd/rendre", json.dumps(demande).encode())
    dit = json.loads(reponse)
    assert code == 200 and dit["phrases"][0].startswith("Votre copie est rendue")
    assert [f["nom"] for f in dit["fichiers"]] == [
        f"LEA-D-ETE_dossier-2.{s}" for s in ("ipynb", "html")
    ]
    assert "Le PDF n'a pas pu être fait" in dit["phrases"][-1]
    code, page = elle.lire(serveur["url"].rstrip("/") + dit["fichiers"][1]["adresse"])
    assert code == 200 and "Question\u00a02.1" in page
    carnet = serveur["lieu"] / "mon travail" / "eleves" / "02_budget.ipynb"
    assert "Léa" not in carnet.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("corps", "dit"),
    [
        (b"{", "Ouvrez un carnet"), (b"[]", "Ouvrez un carnet"), (b"", "Ouvrez un carnet"),
        (b'{"chemin": "eleves"}', "Ouvrez un carnet"), (b'{"chemin": 3, "eleve": []}', "Ouvrez un carnet"),
        (b'{"chemin": "../../x.ipynb", "eleve": "A"}', "n'est pas dans le dossier"),
        (b'{"chemin": "eleves/absent.ipynb", "eleve": "A"}', "introuvable"),
        (b'{"chemin": "eleves/02_budget.ipynb", "eleve": "  "}', "votre nom"),
        (b'{"chemin": "corriges/02_budget.ipynb", "eleve": "A"}', "corrig"),
    ],
)  # fmt: skip
def test_une_remise_impossible_est_une_phrase(serveur, elle, corps, dit):
    code, reponse = elle.lire(serveur["url"] + "cerdd/rendre", corps)
    assert code == 400 and dit in json.loads(reponse)["erreur"]


def test_l_avancement_d_un_carnet_se_prend_en_charge(serveur, elle):
    """Le dit une fois changé ; hors du dossier, ou pour une page étrangère, rien."""
    adresse = f"{serveur['url']}cerdd/avancement/"
    assert (
        elle.lire(f"{serveur['url']}api/contents/eleves/03_coordination.ipynb?content=1")[0] == 200
    )
    carnet = serveur["lieu"] / "mon travail" / "eleves" / "03_coordination.ipynb"
    copie = json.loads(carnet.read_bytes())["metadata"]["cerdd"]["copie"]
    assert elle.lire(f"{adresse}eleves%2F03_coordination.ipynb", b"") == (
        200,
        '{"a_enregistrer": false}',
    )
    (serveur["lieu"] / "marche" / f"{copie}.suivi.json").write_text('{"grille:3.1": ["3.1-1"]}')
    assert elle.lire(f"{adresse}eleves/03_coordination.ipynb", b"") == (
        200,
        '{"a_enregistrer": true}',
    )
    assert elle.lire(f"{adresse}absent.ipynb", b"") == (200, '{"a_enregistrer": false}')
    assert elle.lire(f"{adresse}..%2F..%2Fx.ipynb", b"")[0] == 404
    assert elle.lire(f"{adresse}eleves/03_coordination.ipynb", b"", protege=False)[0] == 403


def test_une_autre_page_ne_rend_pas_a_sa_place(serveur, elle):
    demande = b'{"chemin": "eleves/02_budget.ipynb", "eleve": "A"}'
    assert elle.lire(serveur["url"] + "cerdd/rendre", demande, protege=False)[0] == 403


def test_une_autre_page_ne_passe_pas_le_relais_a_sa_place(serveur, elle):
    adresse = serveur["url"] + "cerdd/relais"
    assert elle.lire(adresse, b"", protege=False)[0] == 403
    assert elle.lire(adresse)[0] == 405  # un lien ne suffit pas


def test_le_suivi_dit_ce_qui_est_fait_le_temps_et_les_points(serveur, elle):
    code, suivi = elle.lire(serveur["url"] + "cerdd/suivi/eleves/02_budget.ipynb")
    suivi = json.loads(suivi)
    assert code == 200 and [*suivi["questions"]] == ["2.1", "2.2", "2.3", "2.4"]
    assert suivi["questions"]["2.1"] == {
        "faite": False,
        "ecrite": False,
        "duree": "15\u00a0min",
    }  # 7 points sur 100, 4 h
    assert suivi["points"] == [0, 30] and suivi["cas"] == [0, 100]
    assert json.loads(elle.lire(serveur["url"] + "cerdd/suivi/eleves/00_accueil.ipynb")[1]) == {}


def test_la_page_d_accueil_suffit_pour_passer_le_relais(serveur):
    """Un navigateur neuf n'a encore ouvert aucun carnet : il a déjà de quoi demander."""
    autre = Navigateur(None)
    assert autre.lire(f"{serveur['url']}cerdd/eleve?token={serveur['token']}")[0] == 200
    assert autre.lire(serveur["url"] + "cerdd/relais", b"")[0] == 200
