"""Ce que l'on demande au cas d'une façon qu'il n'attend pas se dit en français."""

import pytest

from cerdd_case import Cas, ErreurCas
from cerdd_case.socle.memoire import Memoire

CAS = Cas(memoire=Memoire())


@pytest.mark.parametrize(
    ("nom", "arguments", "options", "dit"),
    [
        ("question", (), {}, "Donnez : numero"), ("lire", (), {}, "Donnez"),
        ("indice", (), {}, "Donnez : question. Vous pouvez aussi donner : rang"),
        ("grille", (), {}, "Donnez : question"), ("annexe", (), {}, "Donnez"),
        ("atelier", (), {}, "Donnez : nom"), ("seuil", (), {}, "cas.seuil ne s'appelle pas ainsi"),
        ("regles", (), {}, "Donnez : projection"), ("suivi", (), {"truc": 1}, "option : truc. Vous"),
        ("verifier", ("2.3", 5, True, 3), {}, "cas.verifier ne s'appelle pas ainsi"),
    ],
)  # fmt: skip
def test_un_appel_mal_ecrit_dit_ce_qui_est_attendu(nom, arguments, options, dit):
    with pytest.raises(ErreurCas, match=dit):
        getattr(CAS, nom)(*arguments, **options)


@pytest.mark.parametrize("reponses", ["x", [4], {4: 1}, {"mois_embauche": []}])
def test_des_reponses_mal_donnees(reponses):
    for nom in ("simulateur", "sensibilite", "finalites"):
        with pytest.raises(ErreurCas):
            CAS.atelier(nom, reponses=reponses)


def test_un_choix_qui_n_est_pas_un_texte_se_dit():
    with pytest.raises(ErreurCas, match="INT-06"):
        CAS.atelier("finalites", reponses={"INT-06": ["finalite"]})


def test_une_demande_garde_son_nom_et_sa_documentation():
    assert CAS.lire.__name__ == "lire" and CAS.projeter.__doc__
