"""Les diapositives dans Chromium, comme en classe : chaque écran est visité et mesuré.

Rien ne déborde et rien n'est coupé à 1280 × 720 ni à 1920 × 1080, les textes restent lisibles du
fond de la salle, et les curseurs sont vivants.
"""

from pathlib import Path

import pytest
from gestes import Serveur, attendre_mise_en_page, dessin
from playwright.sync_api import expect

from cerdd_case.edition import diapositives

DOSSIERS = diapositives.carnets_des_dossiers()
ECRANS = [(1280, 720), (1920, 1080)]
# Les plus petits textes admis, en parts de la hauteur de l'écran : celui d'une page (18 px à 720),
# celui d'un atelier, qui montre tout d'un coup (11 px à 720).
PAGE, ATELIER = 0.024, 0.0145

MESURES = Path(__file__).with_name("mesures.js").read_text(encoding="utf-8")


class Seance(Serveur):
    """Un JupyterLab lancé par `cerdd presenter`, et ses pages."""

    def __init__(self, numero: str, donnees: Path):
        super().__init__(donnees, "presenter", numero)
        self.page = f"{self.adresse}/lab/tree/{DOSSIERS[numero].name}?token={self.jeton}&reset"

    def ouvrir(self, navigateur, largeur: int, hauteur: int):
        self.arreter_les_noyaux()
        contexte = navigateur.new_context(
            viewport={"width": largeur, "height": hauteur}, locale="fr-FR"
        )
        page = contexte.new_page()
        page.ailleurs = []
        page.on(
            "request",
            lambda r: page.ailleurs.append(r.url) if r.url.startswith(("http:", "https:"))
            and not r.url.startswith(self.adresse) else None,
        )  # fmt: skip
        page.goto(self.page)
        page.wait_for_function(
            "['prete', 'panne'].includes(document.documentElement.dataset.cerddPresentation)",
            timeout=180_000,
        )
        return page


@pytest.fixture(scope="module", params=DOSSIERS)
def seance(request, navigateur, tmp_path_factory):
    seance = Seance(request.param, tmp_path_factory.mktemp(f"presentation_{request.param}"))
    yield seance
    seance.arreter()


def commencer(page):
    page.get_by_role("button", name="Commencer dans cette fenêtre").click()


def defauts_des_diapositives(seance, navigateur, captures: Path, ecrans=ECRANS) -> list[str]:
    """Ce qui déborde, ce qui est coupé ou trop petit, diapositive par diapositive.

    Ouverte une fois : passer au projecteur, c'est changer de taille en pleine séance.
    """
    page = seance.ouvrir(navigateur, *ecrans[0])
    assert "Tout est prêt" in page.locator(".cerdd-diapo-couverture").inner_text()
    commencer(page)
    arrets = page.evaluate("cerddPresentation.arrets.length")
    defauts = []
    for largeur, hauteur in ecrans:
        page.set_viewport_size({"width": largeur, "height": hauteur})
        page.keyboard.press("Home")
        for rang in range(1, arrets + 1):
            attendre_mise_en_page(page.locator(".jp-Notebook").first)
            mesure = page.evaluate(MESURES)
            trouves = [*mesure["defauts"], *["rien à voir"] * mesure["vide"]]
            for genre, minimum in (("page", PAGE), ("atelier", ATELIER)):
                if mesure[genre]["taille"] < minimum * hauteur:
                    trouves.append(str(mesure[genre]))
            lieu = f"{hauteur} : {rang}. {mesure['titre']} (échelle {mesure['echelle']:.2f})"
            defauts += [f"{lieu} : {d}" for d in trouves]
            if trouves:
                page.screenshot(path=str(captures / f"{hauteur}_{rang:02d}.png"))
            page.keyboard.press("ArrowRight")
    if page.ailleurs:
        defauts.append(f"demandé au réseau : {page.ailleurs}")
    page.context.close()
    return defauts


DOSSIER_2 = pytest.mark.parametrize("seance", ["2"], indirect=True)


@DOSSIER_2
def test_chaque_diapositive_tient_dans_l_ecran(seance, navigateur, tmp_path):
    """Un dossier, à la taille la plus petite ; `diapositives.py` les visite tous, aux deux tailles."""
    defauts = defauts_des_diapositives(seance, navigateur, tmp_path, ECRANS[:1])
    assert defauts == [], f"captures dans {tmp_path}\n" + "\n".join(defauts[:40])


@DOSSIER_2
def test_un_curseur_deplace_change_la_figure(seance, navigateur):
    livre = DOSSIERS["2"].read_bytes()
    page = seance.ouvrir(navigateur, 1280, 720)
    commencer(page)
    titres = page.evaluate("cerddPresentation.diapositives.map((d) => d.titre)")
    rang = next(n for n, t in enumerate(titres) if t.startswith("Le simulateur"))
    for _ in range(rang):
        page.keyboard.press("PageDown")
    assert page.evaluate("document.documentElement.dataset.cerddDiapositive") == str(rang + 1)
    toile = page.locator(".jp-deck-mod-visible canvas.cerdd-image").first
    curseur = page.get_by_role("slider", name="ETP ajoutés", exact=True).first
    curseur.scroll_into_view_if_needed()
    avant, alternative = dessin(toile), toile.get_attribute("aria-label")
    curseur.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")  # la flèche règle le curseur, pas les diapositives
    expect(toile).not_to_have_attribute("aria-label", alternative, timeout=15_000)
    assert dessin(toile) != avant
    assert page.evaluate("document.documentElement.dataset.cerddDiapositive") == str(rang + 1)
    page.keyboard.press("Escape")  # quitte le curseur, pas les diapositives
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.documentElement.dataset.cerddDiapositive") == str(rang + 2)
    page.context.close()
    assert DOSSIERS["2"].read_bytes() == livre


@DOSSIER_2
def test_le_code_les_notes_et_l_aide_ont_une_touche(seance, navigateur):
    page = seance.ouvrir(navigateur, 1280, 720)
    page.keyboard.press("Enter")  # Entrée suffit pour commencer
    page.wait_for_function("document.documentElement.dataset.cerddPresentation === 'ouverte'")
    titres = page.evaluate("cerddPresentation.diapositives.map((d) => d.titre)")
    rang = next(n for n, t in enumerate(titres) if "Le calcul, ligne par ligne" in t)
    page.evaluate(f"cerddPresentation.aller({rang})")
    code = page.locator(".jp-deck-mod-visible.jp-CodeCell .jp-InputArea-editor").first
    assert not code.is_visible()
    page.keyboard.press("c")
    assert code.is_visible()
    page.keyboard.press("c")
    assert not code.is_visible()
    page.keyboard.press("h")
    assert page.get_by_role("dialog", name="Les touches").is_visible()
    page.keyboard.press("h")
    page.keyboard.press("Home")
    with page.expect_popup() as ouverture:
        page.keyboard.press("n")
    notes = ouverture.value
    assert "Comptez une séance" in notes.locator("main").inner_text()
    notes.get_by_role("button", name="Suivante").click()
    assert page.evaluate("document.documentElement.dataset.cerddDiapositive") == "2"
    assert "Diapositive 2" in notes.locator("#place").inner_text()
    page.context.close()
