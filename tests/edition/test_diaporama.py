"""Le diaporama en un fichier : tout dedans, rien d'ailleurs, et sans réponse si on le demande."""

import re
from html import escape, unescape

import pytest

from cerdd_case import Cas
from cerdd_case.bureau.commande import principal
from cerdd_case.donnees.paquet import Donnees
from cerdd_case.edition.diaporama import AILLEURS, diaporama_en_un_fichier
from cerdd_case.edition.diapositives import (
    carnet_a_editer,
    carnet_du_dossier,
    carnets_des_dossiers,
    diapositives,
)
from cerdd_case.edition.reperes_de_seance import carnet_de
from cerdd_case.edition.seances import diapositives_de, trouver
from cerdd_case.edition.vivants import atelier_montre, atelier_vivant
from cerdd_case.socle.erreurs import ErreurCas
from cerdd_case.socle.typographie import imprimer

CAS = Cas()


@pytest.fixture(scope="module", params=carnets_des_dossiers())
def dossier(request):
    """Le corrigé d'un dossier, son diaporama, et le même sans les réponses."""
    carnet = carnet_a_editer(carnet_du_dossier(request.param))
    return carnet, *(diaporama_en_un_fichier("Essai", carnet, CAS, None, s) for s in (False, True))


def textes(html: str) -> set[str]:
    """Les phrases qui se lisent dans ce HTML, assez longues pour n'être qu'à lui."""
    sans_code = re.sub(r"<(script|style|pre)\b.*?</\1>", "", html, flags=re.S)
    morceaux = re.split(r"<[^>]*>|\n", imprimer(sans_code))
    return {m.strip() for m in morceaux if len(m.strip()) > 60}


def test_tout_est_dans_le_fichier(dossier):
    carnet, page, _ = dossier
    dans_la_page = re.findall(r"<(?:link|script|img|iframe)\b[^>]*", page)
    ailleurs = [b for b in dans_la_page if re.search(r'(?:src|href)="(?!data:)', b)]
    assert ailleurs == [] and "@import" not in page and not re.search(r"url\((?!#|data:)", page)
    for d in diapositives(carnet):
        assert f'data-nom="{escape(d.nom)}"' in page
        assert textes(d.html) <= textes(page)


def test_chaque_atelier_vit_ou_dit_ou_il_se_manipule(dossier):
    carnet, page, _ = dossier
    montres = {i for d in diapositives(carnet) for i in d.cellules}
    ateliers = [c for c in carnet["cells"] if c["id"] in montres and atelier_montre(c)]
    vivants = [c for c in ateliers if atelier_vivant(c)]
    assert ateliers
    assert page.count(imprimer(AILLEURS)) == len(ateliers) - len(vivants)
    assert page.count('class="cerdd-autonome"') == len(vivants)
    assert page.count('"ouverture":"2014"') == len(vivants)


def test_sans_reponses_rien_de_la_reponse_ne_se_lit(dossier):
    carnet, page, sans = dossier
    toutes = diapositives(carnet)
    otees, gardees = ([d for d in toutes if d.reponse is r] for r in (True, False))
    assert otees and gardees
    dites = set().union(*(textes(d.html) | textes(d.notes) for d in gardees))
    lisible = unescape(sans)
    for d in otees:
        assert f'data-nom="{escape(d.nom)}"' in page and f'data-nom="{escape(d.nom)}"' not in sans
        secrets = (textes(d.html) | textes(d.notes)) - dites
        assert [s for s in secrets if unescape(s) in lisible] == []
        for image in re.findall(r'src="data:image/png;base64,([^"]+)"', d.html):
            assert image in page and image not in sans
    for d in gardees:
        assert f'data-nom="{escape(d.nom)}"' in sans


def test_une_seance_n_a_que_ses_diapositives_dans_l_ordre():
    carnet = carnet_a_editer(carnet_du_dossier("2"))
    noms = [d.nom for d in diapositives(carnet)][5:2:-1]
    page = diaporama_en_un_fichier("Essai", carnet, CAS, noms)
    assert re.findall(r'data-nom="([^"]+)"', page) == noms
    with pytest.raises(ErreurCas, match="Essai n'a pas de diapositive « absente »"):
        diaporama_en_un_fichier("Essai", carnet, CAS, ["absente"])


def test_la_seance_d_examen_a_son_diaporama(tmp_path):
    assert principal(["exporter", "diaporama", "--seance", "examen", "--vers", str(tmp_path)]) == 0
    page = (tmp_path / "seance_examen_diaporama.html").read_text(encoding="utf-8")
    assert "<title>Séance d’examen — " in page
    examen = trouver("examen", Donnees())
    assert re.findall(r'data-nom="([^"]+)"', page) == [*diapositives_de(examen)]
    minutes = [d.minutes for d in diapositives(carnet_de(examen, Donnees())) if d.minutes]
    assert minutes == [int(m) for m in re.findall(r'"minutes": (\d+)', page)]


@pytest.mark.parametrize(
    ("mots", "phrase"),
    [
        ("diaporama", "Dites le diaporama que vous voulez"),
        ("diaporama --seance examen --dossier 2", "Dites le diaporama que vous voulez"),
        ("diaporama --dossier 2 --format pdf", "Un diaporama est une page HTML"),
        ("diaporama --dossier 2 --format docx", "Seule la fiche s'écrit en docx"),
        ("diaporama --dossier 9", "Il n'y a pas de dossier « 9 »"),
        ("diaporama --seance 12", "Il n'y a pas de séance « 12 »"),
        ("sujet --sans-reponses", "--sans-reponses est pour un diaporama"),
        ("sujet --seance 3", "--seance choisit une fiche ou un diaporama"),
    ],
)
def test_une_option_sans_effet_est_refusee(mots, phrase, tmp_path, capsys):
    assert principal(["exporter", *mots.split(), "--vers", str(tmp_path)]) == 2
    assert phrase in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_la_commande_ecrit_le_diaporama_d_un_dossier(tmp_path, capsys):
    for suite in ([], ["--sans-reponses"]):
        mots = ["exporter", "diaporama", "--dossier", "2", *suite, "--vers", str(tmp_path)]
        assert principal(mots) == 0
    ecrits = {f.name for f in tmp_path.glob("*.html")}
    assert ecrits == {"dossier_2_diaporama.html", "dossier_2_diaporama_sans_reponses.html"}
    assert "dossier_2_diaporama_sans_reponses.html" in capsys.readouterr().out
