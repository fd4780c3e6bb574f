"""Les indices s'ouvrent un par un ; la grille."""

import json
import re
from html import unescape

import pytest

from cerdd_case import Cas
from cerdd_case.donnees.lecture import feuille
from cerdd_case.questions.indices import Indices
from cerdd_case.questions.registre import attendus, indices, question
from cerdd_case.socle.erreurs import ErreurCas
from cerdd_case.socle.memoire import Memoire
from cerdd_case.socle.typographie import typographier

CAS = Cas(memoire=Memoire())
FINE, INSECABLE = "\u202f", "\u00a0"


def test_les_indices_viennent_un_par_un(tmp_path):
    cas = Cas(memoire=Memoire(tmp_path / "suivi.json"))
    textes = indices("2.4", CAS)
    for rang, texte in enumerate(textes, start=1):
        indice = cas.indice("2.4", rang)
        assert (indice.rang, indice.total, indice.texte) == (rang, len(textes), texte)
        assert str(indice).startswith(f"Indice {rang} sur {len(textes)} : {texte}")
        dernier = rang == len(textes)
        assert ("dernier indice" in str(indice)) == dernier
        assert (f'cas.indice("2.4", {rang + 1})' in indice._repr_html_()) == (not dernier)
    assert cas.memoire.lire("indices:2.4") == len(textes)
    cas.indice("2.4", 1)  # relire le premier ne referme pas les autres
    assert cas.memoire.lire("indices:2.4") == len(textes)
    for rang in (0, -1, len(textes) + 1):
        with pytest.raises(ErreurCas, match="demandez un rang de 1 à 4"):
            cas.indice("2.4", rang)
    for rang in (1.5, "deux"):
        with pytest.raises(ErreurCas, match="pour « rang », un nombre entier"):
            cas.indice("2.4", rang)
    with pytest.raises(ErreurCas):
        cas.indice("8.8")


def test_un_indice_ne_se_montre_pas_de_lui_meme(tmp_path):
    """Ni la première fois, ni la suivante : il faut le demander. Ouvert, il le reste."""
    textes, fichier = indices("2.3", CAS), tmp_path / "suivi.json"

    def dits():
        lus = Indices("2.3", textes, Memoire(fichier))
        page = unescape(lus._repr_html_())
        return [t for t in textes if t in str(lus) and typographier(t) in page]

    assert dits() == dits() == []
    ferme = str(Indices("2.3", textes, Memoire(fichier)))
    assert ferme.startswith("3 indices pour la question 2.3") and 'cas.indice("2.3", 1)' in ferme
    Indices("2.3", textes, Memoire(fichier)).ouvrir(2)
    assert dits() == textes[:2] and textes[2] not in str(Indices("2.3", textes, Memoire(fichier)))


@pytest.mark.parametrize("valeur", [0, -1, "2", 1.0, True, None, [2], 99])
def test_un_rang_garde_inattendu_n_arrete_rien(tmp_path, valeur):
    fichier = tmp_path / "suivi.json"
    fichier.write_text(json.dumps({"indices:2.3": valeur}), encoding="utf-8")
    lus = Indices("2.3", indices("2.3", CAS), Memoire(fichier))
    assert lus.rang == (3 if valeur == 99 else 0)


def test_un_indice_ouvre_les_passages_qu_il_cite():
    page = CAS.indice("1.2", 2)._repr_html_()
    assert "<summary>annexe\u00a01, §\u00a07</summary>" in page and "data-passage='A1§7'" in page
    assert "<details" not in CAS.indice("1.2", 1)._repr_html_()  # il n'en cite aucun


# Les mots d'un plan ou d'une méthode : ils disent comment répondre, et non quoi.
METHODE = {"calcul", "chacun", "composa", "conclus", "définit", "dimensi", "élément", "ensembl",
           "interpr", "majorit", "manière", "permet", "preuves", "rapport", "répond",
           "tableau", "actions"}  # fmt: skip


def mots(texte):
    return {mot[:7] for mot in re.findall(r"[a-zà-ÿœ]{6,}", texte.lower())}


def donnes(numero, texte):
    """Ce qu'un texte donne d'un point payé : ses nombres, et ses mots que ni l'énoncé ni les annexes de
    la question n'emploient."""
    q = question(numero, CAS)
    lus = [str(feuille(CAS, a)) for a in (*q["annexes"].split(), f"enonce_dossier_{numero[0]}")]
    payes = mots(" ".join(attendus(numero, CAS)["attendu"])) - mots(
        " ".join([*q.values()][3:5] + lus)
    )
    propre = re.sub(r"\s", " ", texte)
    propre = re.sub(r"§ [\d,à et]+|annexes? \d+(?:(?:,| et| à) \d+)*|étape \d|\d\.\d", " ", propre)
    nombres = {n.strip(" ,") for n in re.findall(r"\d[\d ,]*", propre)} - {
        *re.findall(r"\d+", str(lus))
    }
    return (mots(texte) & payes) - METHODE | nombres


@pytest.mark.parametrize("numero", CAS.table("corrige-questions")["question"])
def test_les_indices_ne_donnent_pas_la_reponse(numero):
    for texte in indices(numero, CAS):
        assert not donnes(numero, texte), texte


def test_un_indice_qui_donnerait_la_reponse_se_voit():
    assert donnes("3.1", "Le mécanisme est l'ajustement mutuel.") == {"ajustem", "mutuel"}
    assert donnes("1.3", "Cherchez la stratégie délibérée.") == {"délibér"}
    assert donnes("2.3", "Vous devez trouver 763 316 €.") == {"763 316"}
    assert donnes("2.4", "La part dépasse 21,8 %, au-delà du solde (annexe 3, § 2).")


def test_la_grille_des_attendus():
    for numero in ("2.1", "2.2", "2.3", "2.4"):
        tableau = attendus(numero, CAS)
        assert {"attendu_id", "attendu", "points", "preuves"} <= set(tableau)
        assert tableau["rang"].is_monotonic_increasing
