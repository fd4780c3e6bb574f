"""Ce qu'un tableur écrit : ce que l'on lit, et ce que l'on refuse de deviner."""

import csv
import io
import re
import unicodedata

import frictionless
import pandas as pd
import pytest
from frictionless import system
from outils import BUDGET, message

from cerdd_case.donnees.lettres import lettres_perdues
from cerdd_case.donnees.paquet import Donnees, dossier_des_donnees

DONNEES = Donnees()
RESSOURCES = {r["name"]: r for r in DONNEES.ressources}
LIGNES = {
    nom: list(csv.reader((dossier_des_donnees() / r["path"]).open(encoding="utf-8", newline="")))
    for nom, r in RESSOURCES.items()
}
BRUT = (dossier_des_donnees() / BUDGET).read_text(encoding="utf-8")


def en_tabulations(texte: str) -> str:
    sortie = io.StringIO()
    csv.writer(sortie, delimiter="\t").writerows(csv.reader(texte.splitlines()))
    return sortie.getvalue()


@pytest.mark.parametrize(
    "octets",
    [
        pytest.param(BRUT.replace("\n", "\r\n").encode("utf-8-sig"), id="marque et fins Windows"),
        pytest.param(BRUT.replace("\n", "\r").encode(), id="fins de ligne d'un ancien Mac"),
        pytest.param(en_tabulations(BRUT).encode("utf-16"), id="texte Unicode d'Excel"),
        pytest.param(BRUT.encode("utf-32"), id="UTF-32 avec sa marque"),
        pytest.param(en_tabulations(BRUT).encode(), id="collé depuis un tableur"),
        pytest.param(b"sep=,\r\n" + BRUT.encode(), id="sep"),
        pytest.param(BRUT.replace("\n", ",,\n").encode(), id="colonnes vides à droite"),
        pytest.param(f"\n,,,,\n{BRUT}\n,,,,\n".encode(), id="lignes vides autour"),
        pytest.param(BRUT.replace("recette,etat", "\n \nrecette,etat").encode(), id="ligne vide"),
        pytest.param(BRUT.replace("poste,lib", " poste ,\u200b\ufefflib").encode(), id="en-tête"),
        pytest.param(unicodedata.normalize("NFD", BRUT).encode(), id="accents séparés d'un Mac"),
        pytest.param(BRUT.replace("636097", " 636097 ").encode(), id="espaces autour d'un nombre"),
    ],
)  # fmt: skip
def test_un_fichier_de_tableur_est_lu(copie, octets):
    (copie.dossier / BUDGET).write_bytes(octets)
    pd.testing.assert_frame_equal(copie.cas.annexe(4), DONNEES.annexe(4))


def test_l_ordre_des_colonnes_est_libre(copie):
    tableau = DONNEES.annexe(4)
    tableau[tableau.columns[::-1]].to_csv(copie.dossier / BUDGET, index=False)
    pd.testing.assert_frame_equal(copie.cas.annexe(4), DONNEES.annexe(4))


@pytest.mark.parametrize(
    ("vrai", "faux"),
    [("VRAI", "FAUX"), ("Vrai", "Faux"), ("TRUE", "FALSE"), ("True", "False"), ("1", "0")],
)
def test_les_booleens_des_tableurs(copie, vrai, faux):
    regles = DONNEES.annexe(3)
    ecrits = regles["a_titre_exceptionnel"].map({True: vrai, False: faux})
    regles.assign(a_titre_exceptionnel=ecrits).to_csv(
        copie.dossier / "annexe_03_regles.csv", index=False
    )
    assert copie.cas.annexe(3).equals(regles)
    with system.use_context(trusted=True):
        paquet = frictionless.Package(str(copie.dossier / "datapackage.json"))
        assert paquet.get_resource("annexe-03-regles").validate().valid


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [("12500,50", 12500.5), ("12 500,50", 12500.5), ("12\u202f500", 12500.0), ("12,500", 12.5),
     ("12\u00a0500,50 €", 12500.5), ("-5", -5.0), ("−5,25", -5.25), ("12.5", 12.5), ("0.125", 0.125),
     ("007", 7.0)],
)  # fmt: skip
def test_les_nombres_d_un_tableur_francais(copie, ecrit, lu):
    fichier = "dossier_2_enonce.csv"
    libre = {"constraints": {}, "cas:unite": "eur"}
    copie.decrire(lambda p: champ(p, fichier, "valeur").update(libre))
    lignes = [list(li) for li in LIGNES["dossier-2-enonce"]]
    place = next(li for li in lignes if li[0] == "D2-05")
    place[lignes[0].index("valeur")] = ecrit
    with (copie.dossier / fichier).open("w", encoding="utf-8", newline="") as sortie:
        csv.writer(sortie, delimiter=";").writerows(lignes)
    assert copie.cas.fait("D2-05") == lu


@pytest.mark.parametrize(
    ("nom", "ligne", "colonne", "ecrit", "lu"),
    [("dossier-2-enonce", "D2-15", "valeur", "750 000,00 €", 750_000),
     ("dossier-2-enonce", "D2-10", "valeur", "20,0 %", 0.2),
     ("dossier-2-enonce", "D2-09", "valeur", "2,5 ETP", 2.5),
     ("annexe-06-hypotheses", "autres_recettes", "taux", "2,0 %", 0.02),
     ("annexe-03-regles", "plafond_ue", "seuil", "20 %", 0.2),
     ("annexe-05-budget-realise", "ressources", "montant_keur", "1 050,00 k€", 1050),
     ("annexe-04-totaux", "recette", "montant_eur", "1\u202f040\u202f450\u00a0€", 1_040_450),
     ("annexe-04-budget-previsionnel", "personnel", "part", "61 %", 0.61),
     ("document-blog-tic-pme", "BT-062", "valeur", "25 %", 25)],
)  # fmt: skip
def test_une_unite_de_tableur_se_lit_dans_toutes_les_colonnes(
    copie, nom, ligne, colonne, ecrit, lu
):
    lignes = [list(li) for li in LIGNES[nom]]
    place = next(li for li in lignes if ligne in li)
    place[lignes[0].index(colonne)] = ecrit
    for separateur in ";\t":
        with (copie.dossier / RESSOURCES[nom]["path"]).open("w", encoding="utf-8", newline="") as f:
            csv.writer(f, delimiter=separateur).writerows(lignes)
        tableau = copie.cas.table(nom)
        cle = RESSOURCES[nom]["schema"]["primaryKey"][0]
        assert tableau.set_index(cle).at[ligne, colonne] == lu


@pytest.mark.parametrize(
    "ecrit", ["1.040.450", "12 50", "1 2345", "12,5,5", "20 %", "12 k€", "(12)", "12,", "", "1e3"]
)
def test_un_nombre_douteux_d_un_tableur_francais_est_refuse(copie, ecrit):
    texte = BRUT.replace('"Financements des collectivités (régions, départements…)"', "Coll.")
    texte = texte.replace(",", ";").replace("636097", ecrit)
    (copie.dossier / BUDGET).write_text(texte, encoding="utf-8")
    assert "ligne 2, colonne montant_eur" in message(copie.cas.annexe, 4)


TEXTES_SAINS = [
    "Où ? Là-bas : « développé » — 48 % ; R&D, l’œuvre, ÉTÉ, CHÂTEAU, Île-de-France…",
    "«\u00a0à\u00a0», 12\u202f500\u00a0€, 3 × 2, 20 °C, m², n° 1, A2:equipe, J.-C., e.g. [1]",
    "São Paulo, Ångström, Škoda, Łódź, Ελλάδα, https://ex.fr/a?b=c&amp;d, l'Été, J’É",
    "Qui ? Quoi ? « Vraiment ? » (Pourquoi ?) Quoi ?! Pourquoi? parce que… À quoi bon ?…",
    "± 5 %, ≈ 3 ≤ 4 ≥ 2, 3 × 4 ÷ 2, 10 ‰, 5 m³, CO₂, Windows®, № 4, → ✔ 😀, µm, Δ, “libre” et ‘simple’",
    "R&D; AT&T, Total=95, x=12, C:\\donnees, 50%EUR, mot–clé, Paris–Lille, 5€, www.ex.fr/a?b=%C3%A9",
    "Čapek, Dvořák, Janáček, Žižek, Djoković, Göteborg, Schäfer, señor, piñata, città, Øresund, Straße",
    "Noël, maïs, Saône, août, sûr, ÇA, Ève, Ère, Anaïs, Gaël, Besançon, Nîmes, L'Haÿ, gageüre, cœur",
    "bâtiment, dégât, extrême, forêt, boîte, huître, hôpital, impôt, brûlure, évènement, où, c'est-à-dire",
]


@pytest.mark.parametrize("texte", TEXTES_SAINS)
def test_un_texte_sain_n_a_pas_perdu_ses_lettres(texte):
    assert lettres_perdues(texte) is None


@pytest.mark.parametrize(
    ("ecrit", "relu"),
    [(e, r) for e in ("utf-8", "cp1252", "mac_roman", "cp850")
     for r in ("utf-8", "cp1252", "latin-1", "mac_roman", "cp850", "cp437") if e != r],
)  # fmt: skip
def test_une_phrase_relue_dans_une_autre_page_se_voit(ecrit, relu):
    phrase = "L’équipe très motivée a développé le réseau à côté de l'hôtel."
    octets = phrase.encode(ecrit, errors="replace")
    assert lettres_perdues(octets.decode(relu, errors="replace"))


TEXTES = sorted({case for lignes in LIGNES.values() for li in lignes for case in li})


def test_les_textes_livres_relus_dans_une_autre_page_se_voient():
    """Un par un, sauf ceux où seul « à » a changé, en « … » : rien ne les distingue d'un texte ordinaire."""
    for ecrit, relus in {
        "utf-8": (
            "ascii",
            "cp1252",
            "mac_roman",
            "cp850",
            "cp437",
            "cp1250",
            "cp1251",
            "iso8859_2",
        ),
        "cp1252": ("ascii", "utf-8", "mac_roman", "cp850", "cp437", "cp1250", "cp1251", "cp1253"),
        "mac_roman": ("ascii", "utf-8", "cp1252", "cp850", "cp437", "cp1250"),
        "cp850": ("ascii", "utf-8", "cp1252", "mac_roman", "cp1250"),
    }.items():
        for relu in relus:
            gates = [
                (texte, gate)
                for texte in TEXTES
                if re.search("[àâçèéêëîïôùûœ]", texte)
                and (octets := texte.encode(ecrit, "replace")).decode(ecrit)
                != (gate := octets.decode(relu, "replace"))
                and gate != texte.replace("à", "…")
            ]
            vus = [gate for _, gate in gates if lettres_perdues(gate)]
            assert len(vus) > 0.99 * len(gates), (ecrit, relu, set(g for _, g in gates) - set(vus))
    assert [texte for texte in TEXTES if lettres_perdues(texte)] == []


@pytest.mark.parametrize(
    "texte",
    ["?quilibre", "l'?tat", "l’?tat", "raison?: oui", "d?veloppement", "12?500 €", "20?%", "«?mot", "cr??e",
     "trčs", "Aprčs", "oů", "ętre", "ŕ", "Žquipe", "rÚseau", "rΘseau", "rйseau", "trŠs", "‚quipe",
     "l'=C3=A9tat", "=E9tat", "d=E9j=E0", "%C3%A9tat", "\\u00e9tat", "\\xe9tat", "&eacute;tat", "&Eacute;tat",
     "&#233;", "&nbsp;", "\ufffdtat", "Ã©tat", "ÃƒÂ©tat", "√©tat", "├®tat", "Ă©tat", "l\\'etat", "+AOk-tat"],
)  # fmt: skip
def test_des_lettres_perdues_se_voient(texte):
    assert lettres_perdues(texte)


def tableau_decrit(paquet: dict, fichier: str) -> dict:
    return next(r for r in paquet["resources"] if r["path"] == fichier)


def champ(paquet: dict, fichier: str, nom: str) -> dict:
    fiches = tableau_decrit(paquet, fichier)["schema"]["fields"]
    return next(f for f in fiches if f["name"] == nom)
