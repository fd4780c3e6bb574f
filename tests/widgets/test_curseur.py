"""Le champ d'un curseur lit ce que l'on tape, dans son unité, ou dit pourquoi il refuse."""

import pytest

from cerdd_case.socle.erreurs import ErreurCas
from cerdd_case.widgets.curseur import Curseur


def curseur(unite, **reglages):
    bornes = {"minimum": -1e9, "maximum": 1e9, **reglages}
    return Curseur("Temps par lien", 1.0, aide="Minutes par semaine.", unite=unite, **bornes)


@pytest.mark.parametrize(
    ("unite", "texte", "valeur"),
    [
        ("part", "2,5", 0.025), ("part", "2,5 %", 0.025), ("part", "2.5", 0.025),
        ("part", "2,5 pour cent", 0.025), ("part", "5/2", 0.025),
        ("part", "0,025 %", 0.00025), ("part", "1", 0.01), ("part", ",02 %", 0.0002),
        ("points", "1,5 pt", 0.015),
        ("points", "1,5", 0.015), ("eur", "750 k€", 750_000), ("eur", "750 000", 750_000),
        ("eur", "700 000 + 50 000", 750_000), ("etp", "2,5 ETP", 2.5), ("etp", "environ 2", 2),
        ("entier", "15 minutes", 15), ("nombre", "−4,5", -4.5), ("mois", "fevrier", 2),
        ("mois", "FÉVRIER", 2), ("mois", "Aout", 8), ("mois", "août", 8), ("mois", "déc.", 12),
        ("mois", "sept", 9), ("mois", "4", 4), ("mois", "4 mois", 4), ("mois", " avril\n", 4),
        ("mois", "e\u0301".join(["f", "vrier"]), 2),
    ],
)  # fmt: skip
def test_un_curseur_lit_dans_son_unite(unite, texte, valeur):
    assert curseur(unite).lire(texte) == pytest.approx(valeur, abs=1e-15)


@pytest.mark.parametrize(
    ("unite", "texte", "phrase"),
    [
        ("part", "21,8 €", "Un montant en euros ne convient pas ici"),
        ("part", "3 ETP", "« 3\u00a0ETP » ne convient pas ici"),
        ("eur", "3 ETP", "ne convient pas ici"),
        ("eur", "20 %", "Un pourcentage ne convient pas ici"),
        ("etp", "3 €", "Un montant en euros ne convient pas ici"),
        ("entier", "3 k€", "Un montant en euros ne convient pas ici"),
        ("entier", "2 heures", "« 2\u00a0heures » ne convient pas ici"),
        ("entier", "2,5", "Un nombre entier est attendu"),
        ("eur", "750.000", "peut se lire 750\u202f000 ou 750"),
        ("part", "2,125", "peut se lire"),
        ("part", "0,025", "« 0,025 » peut se lire 0,025\u202f% ou 2,5\u202f% : ajoutez l'unité"),
        ("part", ",02", "« 0,02 » peut se lire 0,02\u202f% ou 2,0\u202f%"),
        ("points", "0.5", "« 0,5 » peut se lire 0,5\u00a0pt ou 50,0\u00a0pt"),
        ("eur", "700 000 800 000", "plusieurs nombres"),
        ("eur", "750 000 $", "« 750 000 ▸$◂ »"),
        ("mois", "jui", "peut se lire juin ou juillet"),
        ("mois", "ma", "n'est pas un mois"),
        ("mois", "1,5", "n'est pas un mois"),
        ("mois", "", "Le champ est vide"),
    ],
)
def test_un_curseur_refuse_et_dit_pourquoi(unite, texte, phrase):
    with pytest.raises(ErreurCas) as refus:
        curseur(unite).lire(texte)
    assert phrase in str(refus.value)
