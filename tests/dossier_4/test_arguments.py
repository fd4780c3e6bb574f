"""Les faits pour ou contre, et le plan que l'on en fait."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_4.arguments import (
    LIMITES_DES_DOCUMENTS,
    LIMITES_DU_SUJET,
    PARTIES,
    ajouter_personnel,
    choisir,
    deplacer,
    lire_choix,
    modifier,
    plan_texte,
    preuves,
    relire_plan,
)
from cerdd_case.questions.registre import question
from cerdd_case.socle.erreurs import ErreurCas
from cerdd_case.socle.references import NOMS_DES_DOCUMENTS, nommer, reference, relever

DONNEES = Donnees()
PAR_NUMERO = preuves(DONNEES)
PREUVES = pd.DataFrame(PAR_NUMERO.values())


def test_les_preuves_viennent_de_onze_sources_et_se_citent():
    assert PREUVES["preuve_id"].is_unique
    assert PREUVES["source"].nunique() == 11
    assert PREUVES["texte"].str.len().gt(10).all()
    assert PREUVES["reference"].str.contains(r", §\u00a0\d+$").all()
    assert not PREUVES["texte"].str.contains(r"\bnan\b|None").any()
    attendues = {"Annexe 8": 20, "Annexe 9": 30, "Annexe 10": 14, "Annexe 11": 41}
    comptes = PREUVES["source"].value_counts()
    assert {s: int(comptes[s]) for s in attendues} == attendues


DEUX_CHIFFRES = {"P9-", "A11-T", "MC-E"}


def test_toute_reference_proposee_s_ouvre_sur_un_paragraphe_montre():
    """Ce que `data/textes/` ne fait que résumer ne se propose pas : l'élève ne pourrait pas le lire."""
    rangees = {
        "A8-S": 4,
        "P9-": 23,
        "A9-M": 7,
        "A11-T": 12,
        "CN-P": 6,
        "CN-E": 3,
        "MC-E": 11,
    }  # en tableau
    places = {f"{code}{n:{'02' if code in DEUX_CHIFFRES else ''}}" for code, total in rangees.items()
              for n in range(1, total + 1)}  # fmt: skip
    assert places <= PAR_NUMERO.keys()
    for preuve in PREUVES.itertuples():
        (cite,) = relever(preuve.reference)
        genre, cle, _, rang = reference(cite)
        nom = f"{genre}_{cle:02d}" if genre == "annexe" and isinstance(cle, int) else cle
        nom = f"document_{cle}" if genre == "document" else nom
        texte = (DONNEES.dossier / "textes" / f"{nom}.md").read_text(encoding="utf-8")
        assert f"## § {rang}\n" in texte or preuve.preuve_id in places, (
            f"{preuve.preuve_id} : {preuve.reference}"
        )
    assert {"BT-002", "CN-72", "CN-01"}.isdisjoint(PAR_NUMERO)  # résumés, non reproduits


def test_les_exemples_des_six_propositions_citent_leur_paragraphe():
    """Chaque exemple est celui que raconte le paragraphe cité."""
    propositions = DONNEES.document("culture_numerique").set_index("numero")
    texte = (DONNEES.dossier / "textes" / "document_culture_numerique.md").read_text("utf-8")
    dits = dict(re.findall(r"^## § (\d+)\n\n(.+)$", texte, re.M))
    for numero, mot in {1: "mission numérique", 2: "équipement sportif", 3: "corrections",
                        4: "Barack Obama", 5: "relation avec les citoyens", 6: "gov.uk"}.items():  # fmt: skip
        assert mot in dits[str(propositions.at[numero, "paragraphe"])], numero


def test_la_selection_donne_un_sens_et_une_partie_a_chaque_fait():
    selection = PREUVES[PREUVES["selection"]]
    assert set(selection["preuve_id"]) == set(DONNEES.table("corrige-arguments")["preuve_id"])
    assert selection["sens"].isin(["pour", "contre", "neutre"]).all()
    assert selection["partie"].isin(PARTIES).all()
    assert selection["explication"].str.len().gt(20).all()
    for annexe in ("Annexe 8", "Annexe 9", "Annexe 10", "Annexe 11"):
        assert (selection["source"] == annexe).any()
    codes = {c for codes in selection["limites"] for c in codes.split()}
    assert codes == {*LIMITES_DU_SUJET, *LIMITES_DES_DOCUMENTS}


def test_la_selection_ne_contredit_pas_le_classement_des_documents():
    faits = pd.concat(
        [
            DONNEES.document("culture_numerique", "faits"),
            DONNEES.document("culture_numerique", "obstacles"),
            DONNEES.document("marketing_relationnel", "faits"),
            DONNEES.document("marques_et_collaboration"),
            DONNEES.document("blog_tic_pme"),
        ]
    ).set_index("fait_id")["pour_ou_contre"]
    sens = PREUVES.set_index("preuve_id")["sens"]
    faits = faits[faits.index.intersection(sens.index)]
    assert len(faits) > 100 and sens[faits.index].to_dict() == faits.to_dict()
    # Le sens de ces faits n'est écrit qu'une fois : la sélection ne le répète pas.
    choisis = DONNEES.table("corrige-arguments").set_index("preuve_id")["sens"]
    communs = choisis.index.intersection(faits.index)
    assert len(communs) > 20 and choisis[communs].isna().all()


def test_choisir_change_le_sens_et_garde_la_note():
    choix = choisir([], "A11-28", "contre")
    assert choix[0]["partie"] == "limites"
    choix = modifier(choix, "A11-28", note="trier", partie="conditions")
    assert choisir(choix, "A11-28", "contre")[0]["partie"] == "conditions"
    choix = choisir(choix, "A11-28", "pour")
    assert len(choix) == 1
    assert (choix[0]["sens"], choix[0]["partie"], choix[0]["note"]) == ("pour", "apports", "trier")
    with pytest.raises(ErreurCas, match="pour ou contre"):
        choisir(choix, "A11-28", "peut-être")
    with pytest.raises(ErreurCas, match="Partie inconnue"):
        modifier(choix, "A11-28", partie="introduction")
    with pytest.raises(ErreurCas, match="On ne peut changer que"):
        modifier(choix, "A11-28", sens="pour")


def test_deplacer_reste_dans_la_partie():
    choix = []
    for preuve, sens in (("P9-18", "pour"), ("A11-28", "contre"), ("P9-21", "pour")):
        choix = choisir(choix, preuve, sens)
    haut = deplacer(choix, "P9-21", -1)
    assert [c["preuve"] for c in haut if c["sens"] == "pour"] == ["P9-21", "P9-18"]
    assert deplacer(haut, "P9-21", -1) == haut
    assert deplacer(choix, "absente", 1) == choix
    assert deplacer(modifier(choix, "P9-21", cote=True), "P9-18", 1)[0]["preuve"] == "P9-18"


GESTES = st.lists(
    st.tuples(
        st.sampled_from(["pour", "contre", "haut", "bas", "cote", "reprendre", "note", "partie"]),
        st.sampled_from(["A11-28", "P9-18", "A10-05", "CN-55", "INT-61"]),
        st.sampled_from(list(PARTIES)),
    ),
    max_size=25,
)


@settings(deadline=None)
@given(GESTES)
def test_rien_de_ce_qui_est_choisi_ne_se_perd(gestes):
    choix, choisis, notes = [], set(), {}
    for geste, preuve, partie in gestes:
        if geste in ("pour", "contre"):
            choix = choisir(choix, preuve, geste)
            choisis.add(preuve)
        elif geste in ("haut", "bas"):
            choix = deplacer(choix, preuve, -1 if geste == "haut" else 1)
        elif geste in ("cote", "reprendre"):
            choix = modifier(choix, preuve, cote=geste == "cote")
        elif geste == "note":
            choix = modifier(choix, preuve, note=f"note sur {preuve}")
            if preuve in choisis:
                notes[preuve] = f"note sur {preuve}"
        else:
            choix = modifier(choix, preuve, partie=partie)
        assert {c["preuve"] for c in choix} == choisis
        assert lire_choix(choix) == choix
    texte = plan_texte(choix, PAR_NUMERO)
    par_id = PREUVES.set_index("preuve_id")
    for c in choix:
        assert par_id.loc[c["preuve"], "texte"] in texte
        assert c["note"] == notes.get(c["preuve"], "")


def test_le_plan_en_texte():
    choix = choisir([], "P9-18", "pour")
    choix = modifier(choix, "P9-18", note="  c'est   déjà prévu ")
    choix = ajouter_personnel(choix, " La loi protège\nles données. ", "contre")
    texte = plan_texte(choix, PAR_NUMERO)
    assert "   + À créer ou développer, méthodes — Faire écrire des articles" in texte
    assert "(annexe 9, plan, §\u00a018)\n     Ma note : c'est déjà prévu\n" in texte
    assert "   − La loi protège les données. (connaissance générale, absente du sujet)" in texte
    assert texte.count("(rien pour l'instant)") == 2
    assert "Mis de côté" not in texte
    assert "Mis de côté :\n   · " in plan_texte(modifier(choix, "P9-18", cote=True), PAR_NUMERO)


def test_un_argument_personnel_ne_peut_pas_etre_vide():
    with pytest.raises(ErreurCas, match="Écrivez une phrase"):
        ajouter_personnel([], "   ", "pour")
    choix = ajouter_personnel(ajouter_personnel([], "a", "pour"), "b", "contre")
    assert [c["preuve"] for c in choix] == ["PERSO-1", "PERSO-2"]


OBJETS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda x: st.lists(x, max_size=3)
    | st.dictionaries(st.sampled_from(["preuve", "sens", "partie", "note"]), x),
    max_leaves=8,
)  # fmt: skip
BON = {"preuve": "A11-28", "sens": "contre", "partie": "limites", "note": "n", "texte": "",
       "cote": True}  # fmt: skip


@settings(deadline=None)
@given(OBJETS, st.lists(OBJETS, max_size=3), st.dictionaries(st.sampled_from([*BON]), OBJETS))
def test_un_avancement_abime_ne_casse_pas_le_plan(brut, autres, change):
    """Ce qui est illisible s'en va ; le choix lisible, à côté, reste."""
    for abime in (brut, [*autres, BON | change, BON]):
        choix = lire_choix(abime)
        assert lire_choix(choix) == choix
        for c in choix:
            assert c["preuve"] and c["sens"] in ("pour", "contre") and c["partie"] in PARTIES
        texte = plan_texte(ajouter_personnel(choix, "encore un argument", "pour"), PAR_NUMERO)
        assert "+ encore un argument (connaissance générale" in texte
    assert choix[-1] == BON


def test_un_fait_renomme_reste_dans_le_plan():
    choix = choisir([], "A99-01", "pour")
    assert "Fait A99-01 (référence introuvable)" in plan_texte(choix, PAR_NUMERO)
    assert relire_plan(choix, PAR_NUMERO)


def test_la_relecture_voit_ce_qui_manque():
    assert relire_plan([], PAR_NUMERO)[0].juste is None
    choix = choisir([], "P9-18", "pour")
    messages = [v.phrase for v in relire_plan(choix, PAR_NUMERO)]
    assert "1 argument pour, 0 argument contre" in messages[0]
    assert messages[1] == "Pas encore de fait de : annexe 10, annexe 11."
    assert messages[2] == "Limites du sujet que portent les faits choisis : aucune — 0 sur 4."
    for preuve, sens in (("A10-05", "pour"), ("A11-28", "contre"), ("A11-T08", "contre"),
                         ("A11-T12", "contre"), ("A11-09", "pour")):  # fmt: skip
        choix = choisir(choix, preuve, sens)
    messages = [v.phrase for v in relire_plan(choix, PAR_NUMERO)]
    assert messages[2] == (
        "Limites du sujet que portent les faits choisis : infobésité, qualité inégale, peu d'auteurs, "
        "accessibilité — 4 sur 4."
    )
    choix = modifier(modifier(choix, "A11-09", partie="constat"), "A11-T12", partie="conditions")
    assert [r.juste for r in relire_plan(choix, PAR_NUMERO)] == [True, True, True]
    for preuve in ("CN-55", "BT-101"):  # la limite que seuls les documents disent : elle s'ajoute
        limites = relire_plan(choisir(choix, preuve, "contre"), PAR_NUMERO)[2]
        assert limites.juste and limites.phrase.endswith(
            "4 sur 4. Au-delà du sujet : protection des données."
        )


@pytest.mark.parametrize(("sens", "apport"), [("contre", "une limite"), ("pour", "une raison")])
def test_un_argument_personnel_ne_se_lit_pas(sens, apport):
    """Ni ses mots ni leur absence ne changent le compte : l'élève en juge, la limite n'est pas nommée."""
    comptes = set()
    for texte in ("Le RGPD protège les données personnelles.", "Le personnel est très occupé."):
        *constats, dernier = relire_plan(ajouter_personnel([], texte, sens), PAR_NUMERO)
        comptes.add(tuple(v.phrase for v in constats))
        assert dernier.juste is None and dernier.phrase == (
            f"Argument personnel : « {texte} » La collection ne le lit pas : à vous de juger "
            f"s'il apporte {apport} que le sujet ne donne pas."
        )
    assert len(comptes) == 1 and "aucune — 0 sur 4." in comptes.pop()[2]


def test_une_limite_qui_manque_n_est_pas_nommee():
    for preuve in PAR_NUMERO:
        for sens in ("pour", "contre"):
            dits = " ".join(
                v.phrase for v in relire_plan(choisir([], preuve, sens), PAR_NUMERO)[:4]
            )
            nommees = {nom for nom in LIMITES_DU_SUJET.values() if nom in dits}
            assert f"{len(nommees)} sur 4." in dits, dits


def test_un_desaccord_se_discute_sans_etre_une_faute():
    retours = relire_plan(choisir([], "A11-28", "pour"), PAR_NUMERO)
    assert retours[-1].etat == "presque"
    assert "la collection le lirait « contre »" in retours[-1].phrase


def test_chaque_question_du_dossier_utilise_ses_quatre_annexes():
    questions = DONNEES.table("corrige-questions").query("dossier == 4")
    assert questions["points"].sum() == 25
    attendus = DONNEES.table("corrige-attendus")
    citees = " ".join(attendus[attendus["question"].isin(questions["question"])]["preuves"])
    for q in questions.itertuples():
        ajoutees = "1 7" if q.question == "4.3" else ""
        assert q.annexes == f"8 9 10 11 introduction {ajoutees}".strip()
        assert q.lecture_proposee == bool(ajoutees)
    for annexe in (8, 9, 10, 11):
        assert f"A{annexe}§" in citees or f"A{annexe}/" in citees


def test_un_fait_a_choisir_vient_d_une_annexe_annoncee_ou_d_un_document():
    annoncees = question("4.3", DONNEES)["annexes"].split()
    noms = {nommer("annexe", a) for a in annoncees} | {*NOMS_DES_DOCUMENTS.values()}
    assert {source.lower() for source in PREUVES["source"]} == noms
