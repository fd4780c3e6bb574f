"""Des fautes au hasard : refusées là où frictionless les voit, et jamais sans phrase."""

import csv
import re

import frictionless
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from outils import Copie

from cerdd_case.donnees.paquet import Donnees, dossier_des_donnees
from cerdd_case.socle.erreurs import ErreurDonnees

DONNEES = Donnees()
RESSOURCES = {r["name"]: r for r in DONNEES.ressources}
LIGNES = {
    nom: list(csv.reader((dossier_des_donnees() / r["path"]).open(encoding="utf-8", newline="")))
    for nom, r in RESSOURCES.items()
}
LIEU = re.compile(r"[^,]+, ligne (\d+), colonnes? ([^:]+?) : ")
VALEURS = st.sampled_from(
    ["", "x", "-1", "0", "1.5", "99", "1e400", "VRAI", "true", "depense", "A1-02", "INT-99", "4.4"]
) | st.text("abcdéA 019.-_", min_size=1, max_size=300)


def fautes_selon_frictionless(nom: str, lignes: list[list[str]]) -> set[tuple[int, str]]:
    """Les lignes et colonnes que frictionless refuse dans un tableau, les autres étant intacts."""
    lies = {k["reference"].get("resource", "") for k in
            RESSOURCES[nom]["schema"].get("foreignKeys", ())} - {"", nom}  # fmt: skip
    paquet = frictionless.Package(
        resources=[
            frictionless.Resource(
                name=n, data=lignes if n == nom else LIGNES[n],
                schema=frictionless.Schema.from_descriptor(RESSOURCES[n]["schema"]),
            )
            for n in (nom, *lies)
        ]
    )  # fmt: skip
    fautes = set()
    for tache in paquet.get_resource(nom).validate().tasks:
        for e in tache.errors:
            colonnes = getattr(e, "field_name", None) or ", ".join(
                getattr(e, "field_names", RESSOURCES[nom]["schema"]["primaryKey"])
            )
            fautes.add((e.row_number, colonnes))
    return fautes


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_ce_que_frictionless_refuse_est_refuse_au_meme_endroit(data):
    nom = data.draw(st.sampled_from(sorted(RESSOURCES)))
    lignes = [list(ligne) for ligne in LIGNES[nom]]
    ligne = data.draw(st.integers(1, len(lignes) - 1))
    colonne = data.draw(st.integers(0, len(lignes[0]) - 1))
    voisine = st.sampled_from([li[colonne] for li in lignes[1:]])
    lignes[ligne][colonne] = data.draw(VALEURS | voisine)
    attendues = fautes_selon_frictionless(nom, lignes)
    donnees = Donnees({nom: pd.DataFrame(lignes[1:], columns=lignes[0], dtype="object")})
    try:
        donnees.table(nom)
    except ErreurDonnees as erreur:
        if attendues:
            trouve = LIEU.match(str(erreur))
            assert trouve, erreur
            # la table pandas n'a pas de ligne d'en-tête ; frictionless compte la sienne
            assert (int(trouve[1]) + 1, trouve[2]) in attendues, (erreur, attendues)
    else:
        assert not attendues


def test_l_oracle_voit_chaque_genre_de_faute():
    """Sans quoi le test précédent pourrait ne rien comparer."""
    for nom, ligne, colonne, valeur in (
        ("annexe-04-budget-previsionnel", 1, "montant_eur", "x"),
        ("dossier-2-enonce", 3, "fait_id", "D2-9"),
        ("corrige-culture-faits", 2, "etiquette", "e" * 33),
        ("corrige-attendus", 4, "question", "4.4"),
        ("document-culture-numerique-enquete", 2, "rattachement", "favorable"),
    ):
        lignes = [list(li) for li in LIGNES[nom]]
        lignes[ligne][lignes[0].index(colonne)] = valeur
        assert (ligne + 1, colonne) in fautes_selon_frictionless(nom, lignes)
    lignes = [*LIGNES["corrige-indices"], LIGNES["corrige-indices"][1]]
    assert (len(lignes), "question, rang") in fautes_selon_frictionless("corrige-indices", lignes)


def lire_ou_refuser(copie: Copie, nom: str, octets: bytes) -> None:
    chemin = copie.dossier / RESSOURCES[nom]["path"]
    origine = chemin.read_bytes()
    chemin.write_bytes(octets)
    try:
        tableau = Donnees(copie.dossier).table(nom)
        assert list(tableau) == [c["name"] for c in RESSOURCES[nom]["schema"]["fields"]]
    except ErreurDonnees as erreur:
        assert str(erreur).startswith("data/") and str(erreur).endswith(".")
    finally:
        chemin.write_bytes(origine)


@settings(max_examples=150, deadline=None)
@given(nom=st.sampled_from(sorted(RESSOURCES)), octets=st.binary(max_size=300))
def test_des_octets_au_hasard_sont_lus_ou_refuses(copie_du_module, nom, octets):
    lire_ou_refuser(copie_du_module, nom, octets)


@settings(max_examples=150, deadline=None)
@given(
    nom=st.sampled_from(sorted(RESSOURCES)),
    place=st.floats(0, 1),
    longueur=st.integers(0, 12),
    octets=st.binary(max_size=12) | st.sampled_from([b'"', b"\r", b";", b"\t", b"\n\n", b"\0"]),
)
def test_un_fichier_gate_au_hasard_est_lu_ou_refuse(copie_du_module, nom, place, longueur, octets):
    origine = (copie_du_module.dossier / RESSOURCES[nom]["path"]).read_bytes()
    debut = int(place * len(origine))
    lire_ou_refuser(copie_du_module, nom, origine[:debut] + octets + origine[debut + longueur :])
