"""Le verdict affiché se lit sans la couleur."""

import pytest

from cerdd_case.questions.verdict import ETATS, Verdict


@pytest.mark.parametrize("etat", ETATS)
def test_le_verdict_se_lit_sans_la_couleur(etat):
    verdict = Verdict("2.3", etat, "un < message", paragraphe="A6§1")
    mot = ETATS[etat][0]
    assert len(mot) > 5 and mot in str(verdict) and mot in verdict._repr_html_()
    assert "un &lt; message" in verdict._repr_html_() and 'role="status"' in verdict._repr_html_()
    assert str(verdict).endswith("À relire : annexe 6, §\u00a01.")


def luminance(couleur: str) -> float:
    canaux = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, v, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux)
    return 0.2126 * r + 0.7152 * v + 0.0722 * b


@pytest.mark.parametrize("encre_et_fond", [couleurs[1:] for couleurs in ETATS.values()])
def test_le_contraste_du_verdict_est_suffisant(encre_et_fond):
    sombre, clair = sorted(map(luminance, encre_et_fond))
    assert (clair + 0.05) / (sombre + 0.05) >= 4.5  # WCAG AA
