"""Les erreurs les plus courantes, en français, avec la prochaine étape ; leur détail reste à un pas."""

import pytest

PHRASES = {
    "cas.glosaire": "Vouliez-vous écrire « cas.glossaire » ?",
    "cas.annexe(4).montan_eur": "« montan_eur » n'existe pas.",
    "del cas\ncas.lire(3)": "« cas » n'est pas encore connu : exécutez la première cellule",
    "ecart = 2\necrat": "Vouliez-vous écrire « ecart » ?",
    "prnt(2)": "Vouliez-vous écrire « print » ?",
    "zzzyyy": "exécutez d'abord la cellule qui lui donne une valeur",
    "x = 1\n1 / 0": "Ligne 2, « 1 / 0 ». C'est une division par zéro",
    "'14 000' * 2 + 1": "Ce calcul mêle un nombre et un texte",
    "1 + '14 000'": "Ce calcul mêle un nombre et un texte",
    "... + 1": "répondez d'abord à leur place",
    "f = 12\nf(3)": "Pour multiplier, écrivez le signe *",
    "(1, 5) - 2": "écrivez la décimale avec un point",
    "len()": "n'a pas reçu ce qu'elle attend",
    "None + 1": "Une des valeurs est vide",
    "x = 14 000": "Ici, un nombre s'écrit sans espace ni unité",
    "14 000 €": "Une réponse s'écrit après son nom et le signe =.",
    "x =": "Il manque une valeur après le signe =.",
    'print("a': "Des guillemets ne sont pas refermés.",
    "print(“a”)": "Les guillemets de Python sont droits",
    "print((2)": "Une parenthèse n'est pas refermée.",
    "print(2))": "Une parenthèse est en trop",
    "x = 2 × 3": "Python écrit les opérations - * et /",
    "x = 1\n  y = 2": "commence par une espace de trop",
    "mon total = 3": "Ligne 1, « mon total = 3 ». Python ne la comprend pas.",
    "total + 1 = 3": "il faut un seul nom",
    "raise KeyboardInterrupt": "Le calcul est arrêté.",
    "resultat_2014 + 1": "Répondez d'abord à la ligne « resultat_2014 »",
}


@pytest.mark.parametrize("cellule", PHRASES)
def test_l_erreur_se_dit_en_francais(noyau, cellule):
    dit = noyau.dit(cellule)
    assert PHRASES[cellule] in dit and dit.startswith("✘ ")
    assert "Error" not in dit and "Traceback" not in dit


@pytest.mark.parametrize("cellule", ["1 / 0", "x = 14 000", "inconnu", "part_ue = cas.rien"])
def test_le_detail_reste_accessible(noyau, cellule):
    assert "%tb" in noyau.dit(cellule)
    assert "Error" in noyau.dit("%tb")


def test_les_autres_erreurs_gardent_leur_trace(noyau):
    assert "KeyError" in noyau.dit("{}['a']")
