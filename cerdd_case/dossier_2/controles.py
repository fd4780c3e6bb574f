"""Les réponses chiffrées du dossier 2, et les erreurs que ce cas permet de reconnaître."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from ..donnees.hypotheses import CHARGES_INDEXABLES, TAUX_PAR_RECETTE
from ..questions.controle import PRESQUE, Controle, Diagnostic
from ..questions.registre import Registre
from ..socle.erreurs import ErreurDonnees
from ..socle.nombres import euros, lire, nombre, pourcent
from ..socle.nombres.ecriture import chiffres
from ..socle.typographie import majuscule, minuscule
from .projection import DEPENSES, POSTES, RECETTES_FRANCAISES, Projection, augmente

RECETTES = {"etat": "de l'État", "collectivites": "des collectivités",
            "autres": "des autres financeurs"}  # fmt: skip

# Un verdict juge le nombre ; ce qu'il faut en conclure reste une question.
QUESTIONS = {
    "2.1": "Comment chacun des deux écarts y contribue-t-il ? Expliquez-le dans votre réponse.",
    "2.1.ressources": "Est-il favorable au résultat ? Concluez dans votre réponse.",
    "2.1.charges": "Est-il favorable au résultat ? Concluez dans votre réponse.",
    "2.3": "De quel pourcentage cette dépense augmente-t-elle ? Et l'effectif ?",
    "2.4": "À quel plafond de l'annexe 3 la comparer ? Concluez dans votre réponse.",
}
AU_MILLIER = (
    "C'est presque cela, mais l'annexe 5, en milliers d'euros, donne ce résultat : relisez-en toutes les "
    "lignes."
)
MARGE = 0.005  # une case arrondie, et non calculée autrement : un demi pour cent au plus


def lectures(cas: Registre) -> tuple[tuple[dict, str], ...]:
    """Les autres lectures que l'on admet du budget 2015 : ce qui change, et comment le dire."""
    secours = {"charges_personnel_eur": cas.contexte.secours_eur}
    inchange = {"investissement_indexe": False}
    return (
        (secours, "avec la valeur de secours de l'énoncé pour le personnel"),
        (inchange,
         "dans la lecture où l'investissement, qui n'est pas une charge, n'augmente pas"),
        (secours | inchange, "avec la valeur de secours et l'investissement inchangé"),
    )  # fmt: skip


def controles(cas: Registre) -> dict[str, Controle]:
    """Les réponses chiffrées attendues du dossier 2, par code."""
    sujet, ecarts = cas.projeter(), cas.ecarts().set_index("ligne")

    def variantes(mesure: Callable, ecrire: Callable = euros, question: str = "") -> tuple:
        valeurs = [(mesure(cas.projeter(**h)), lecture) for h, lecture in lectures(cas)]
        return tuple(
            (v, f"{ecrire(v)} : juste, {lecture}. {question}".strip()) for v, lecture in valeurs
        )

    def ecart(ligne: str) -> Controle:
        signe = (
            "Le montant est bon, mais pas le signe : un écart se calcule « réalisé moins prévu »."
        )
        code, e = f"2.1.{ligne}", ecarts.loc[ligne]
        calcul = f"{euros(e['realise_eur'])} − {euros(e['prevu_eur'])}, réalisé moins prévu"
        return Controle(code, f"écart sur les {ligne}", e["ecart_eur"], "eur", "A5",
                        QUESTIONS[code], au_millier=True, signe=signe,
                        etape=f"écart sur les {ligne}", calcul=calcul)  # fmt: skip

    attendus = (
        Controle("2.1", "résultat de 2014", ecarts.at["resultat", "realise_eur"], "eur", "A5",
                 QUESTIONS["2.1"], au_millier=True, precision=AU_MILLIER,
                 calcul=f"{euros(ecarts.at['ressources', 'realise_eur'])} − "
                 f"{euros(ecarts.at['charges', 'realise_eur'])}, ressources moins charges réalisées"),
        ecart("ressources"),
        ecart("charges"),
        Controle("2.3", "charges de personnel 2015", sujet.montant("personnel"), "eur", "D2§5",
                 QUESTIONS["2.3"], calcul=_calcul_du_personnel(cas, sujet)),
        Controle("2.4.total", "total des dépenses 2015", sujet.total_eur, "eur", "A6§1",
                 variantes=variantes(lambda p: p.total_eur), etape="total des dépenses",
                 calcul=_somme(sujet, DEPENSES)),
        Controle("2.4.hors_ue", "recettes hors Union européenne 2015", sujet.hors_ue_eur, "eur",
                 "A6§3", etape="recettes hors Union européenne",
                 calcul=_somme(sujet, RECETTES_FRANCAISES)),
        Controle("2.4.ue", "recettes européennes 2015", sujet.ue_eur, "eur", "A6§4",
                 variantes=variantes(lambda p: p.ue_eur), etape="recettes européennes",
                 calcul=f"{euros(sujet.total_eur)} − {euros(sujet.hors_ue_eur)}, total des dépenses "
                 "moins autres recettes"),
        Controle("2.4", "part de l'Union européenne dans le budget 2015", sujet.part_ue, "part",
                 "A3§2", QUESTIONS["2.4"],
                 variantes(lambda p: p.part_ue, pourcent, QUESTIONS["2.4"]), au_point=True,
                 calcul=f"{euros(sujet.ue_eur)} ÷ {euros(sujet.total_eur)}, recettes européennes sur "
                 "budget total"),
    )  # fmt: skip
    erreurs = list(_erreurs(cas, sujet))
    return {c.code: replace(c, diagnostics=_diagnostics(c, erreurs)) for c in attendus}


def cases_du_budget(cas: Registre) -> dict[str, Controle]:
    """Les mêmes réponses, poste par poste : ce qu'attend chaque case du budget 2015.

    Une lecture que l'on admet l'est aussi dans la case qu'elle change.
    """
    sujet, deja, erreurs = cas.projeter(), cas.controles, list(_erreurs(cas, cas.projeter()))
    annexe = cas.annexe(6)
    sources = {
        poste: f"A6§{h.paragraphe}" for h in annexe.itertuples() for poste in h.postes.split()
    }
    autres = [(cas.projeter(**h), lecture) for h, lecture in lectures(cas)[:2]]
    noms = cas.annexe(4).set_index("poste")["libelle"]
    cases = {}
    for poste in POSTES:
        attendu = sujet.montant(poste)
        connu = {"personnel": deja["2.3"], "ue": deja["2.4.ue"]}.get(poste)
        case = replace(connu, juste="") if connu else Controle(
            f"2.4.{poste}", f"{minuscule(noms[poste])}, 2015", attendu, "eur",
            sources.get(poste, "A4"), presque=min(PRESQUE["eur"], abs(attendu) * MARGE),
        )  # fmt: skip
        if poste != "ue":  # le solde dépend des autres cases : voir l'exercice
            valeurs = ((p.montant(poste), lecture) for p, lecture in autres)
            case = replace(case, variantes=tuple(
                (v, f"{majuscule(lecture)}.") for v, lecture in valeurs if v != attendu
            ))  # fmt: skip
        cases[poste] = replace(case, diagnostics=_diagnostics(case, erreurs))
    return cases


# --- D'où vient une réponse -----------------------------------------------------------------


def _calcul_du_personnel(cas: Registre, sujet: Projection) -> str:
    h, mois = sujet.hypotheses, 13 - sujet.hypotheses.mois_embauche
    prevu = cas.annexe(4).set_index("poste").at["personnel", "montant_eur"]
    ajout = nombre(h.etp_ajoutes) + (f" × {mois} ÷ 12" if mois != 12 else "")
    hausse = f" × {nombre(1 + h.taux_salaire)}" if h.taux_salaire else ""
    return (
        f"{euros(prevu)} ÷ {nombre(h.etp_initial)} × ({nombre(h.etp_initial)} + {ajout}){hausse}, "
        "coût moyen d'un emploi multiplié par le nouvel effectif"
    )


def _somme(sujet: Projection, postes: Iterable[str]) -> str:
    """Les montants de ces postes, ceux qui ne sont pas nuls, en une addition."""
    return " + ".join(euros(m) for poste in postes if (m := sujet.montant(poste)))


# --- Les erreurs habituelles de ce cas --------------------------------------------------------


def _diagnostics(controle: Controle, erreurs: Iterable[tuple]) -> tuple[Diagnostic, ...]:
    """Les erreurs dont la valeur n'est, ici, ni une bonne réponse, ni celle d'une autre erreur."""
    decimales, precision = (2, 0.005) if controle.unite == "eur" else (9, 5e-8)
    gardes: list[Diagnostic] = []
    for code, nom, phrase, paragraphe, exemple in erreurs:
        if code != controle.code or (lu := lire(exemple)).etat != "lu":  # une division par zéro
            continue
        valeur = round(lu.sure, decimales)
        prises = (*controle.acceptees, *(garde.valeur for garde in gardes))
        if all(abs(valeur - prise) > precision for prise in prises):
            gardes.append(Diagnostic(nom, valeur, phrase, paragraphe, exemple))
    return tuple(gardes)


def _erreurs(cas: Registre, sujet: Projection) -> Iterator[tuple[str, str, str, str, str]]:
    """Les exemples de la table « corrige-erreurs », avec les nombres du cas : le contrôle, l'erreur, la
    phrase, le paragraphe, l'exemple ; un par ensemble de dépenses que l'on peut augmenter à tort."""
    h, mots = sujet.hypotheses, _mots(cas, sujet)
    stables = [poste for poste in CHARGES_INDEXABLES if not augmente(poste, h)]
    ensembles = [e for n in range(len(stables)) for e in combinations(stables, n + 1)]
    a_tort = ["({" + "} + {".join(ensemble) + "}) × ({indice} − 1)" for ensemble in ensembles]
    for e in cas.table("corrige-erreurs").itertuples():
        try:
            phrase = e.phrase.format_map(mots)
            for code, exemple in zip(e.controles.split(), e.exemples.split(" ; "), strict=True):
                for ajout in a_tort if "{a_tort}" in exemple else [""]:
                    calcul = exemple.replace("{a_tort}", ajout)
                    # Sans hausse des charges, personne ne peut l'avoir mal employée.
                    if h.taux_charges or "{indice}" not in calcul:
                        yield code, e.erreur, phrase, e.paragraphe, calcul.format_map(mots)
        except (LookupError, ValueError):
            raise ErreurDonnees(
                f"{cas.lieu('corrige-erreurs', e.rang, 'exemples')} : il faut un exemple par contrôle, "
                "séparés par « ; », et entre accolades, dans la phrase comme dans les exemples, un "
                f"nombre du cas : {', '.join(mots)}."
            ) from None


def _mots(cas: Registre, sujet: Projection) -> dict[str, str]:
    """Les nombres que les phrases et les exemples citent, écrits comme on les tape."""
    h = sujet.hypotheses
    prevu, realise = (cas.annexe(n).set_index("poste") for n in (4, 5))
    nombres = {
        **prevu["montant_eur"],
        **realise["montant_keur"].add_suffix("_k"),
        "total": sujet.total_2014_eur,
        "salaries": cas.contexte.salaries,
        "etp": h.etp_initial,
        "embauches": h.etp_ajoutes,
        "mois_payes": 13 - h.mois_embauche,
        "salaire": 1 + h.taux_salaire,
        "indice": 1 + h.taux_charges,
        "secours": cas.contexte.secours_eur,
        **{f"{poste}_2015": sujet.montant(poste) for poste in POSTES},
        "total_2015": sujet.total_eur,
        "hors_ue_2015": sujet.hors_ue_eur,
    }
    fixes = [nom for poste, nom in RECETTES.items() if not getattr(h, TAUX_PAR_RECETTE[poste])]
    return {nom: chiffres(float(valeur), 0, 6) for nom, valeur in nombres.items()} | {
        "indexation": pourcent(h.taux_charges, None),
        "stables": f"seules celles {' et '.join(fixes)} sont stables" if fixes
        else "aucune n'est stable",
    }  # fmt: skip
