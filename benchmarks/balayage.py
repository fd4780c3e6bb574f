"""Un million de budgets : `balayer` face à une boucle sur `projeter` et à la formule NumPy nue.

uv run python benchmarks/balayage.py [--json]
"""

import statistics
import time
import tracemalloc
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
from commun import mesure, publier

from cerdd_case import Cas, projeter
from cerdd_case.dossier_2.scenarios import balayer

TAILLE = 1_000_000
BOUCLE = 1_000


def formule_nue(b, etp, mois, salaire, charges, collectivites, autres):
    """La formule du budget, écrite d'une traite, sans contrôle ni arrondi."""
    personnel = b["personnel"] / 12.5 * (12.5 + etp * (13 - mois) / 12) * (1 + salaire)
    autres_charges = (b["fonctionnement"] + b["prestations"] + b["investissement"]) * (1 + charges)
    total = personnel + autres_charges
    recettes = b["etat"] + b["collectivites"] * (1 + collectivites) + b["autres"] * (1 + autres)
    ue = total - recettes
    return total, ue, ue / total


def chrono(action):
    """Le temps de processeur : attendre son tour, sur une machine partagée, ne compte pas."""
    debut = time.process_time()
    action()
    return time.process_time() - debut


def preparer():
    """Le budget, le contexte, ses montants par poste, et un million d'hypothèses tirées au hasard."""
    cas, hasard = Cas(), np.random.default_rng(1)
    budget = cas.annexe(4)
    b = dict(zip(budget["poste"], budget["montant_eur"], strict=True))
    grilles = {
        "etp_ajoutes": hasard.uniform(0, 6, TAILLE),
        "mois_embauche": hasard.integers(1, 13, TAILLE).astype(float),
    } | {f"taux_{t}": hasard.uniform(-0.05, 0.05, TAILLE)
         for t in ("salaire", "charges", "collectivites", "autres")}  # fmt: skip
    return cas, budget, b, grilles


def serie(nue: bool) -> float:
    """Secondes par scénario ; le premier balayage, à froid, ne compte pas."""
    cas, budget, b, grilles = preparer()
    calculs = (lambda: balayer(budget, cas.contexte, **grilles),
               lambda: formule_nue(b, *grilles.values()))  # fmt: skip
    return statistics.median([chrono(calculs[nue]) for _ in range(12)][1:]) / TAILLE


def principal() -> None:
    cas, budget, _, grilles = preparer()
    lignes = [{c: float(g[i]) for c, g in grilles.items()} for i in range(BOUCLE)]
    petites = [cas.hypotheses(**ligne) for ligne in lignes]
    boucles = [
        statistics.median(chrono(boucle) for _ in range(15)) / BOUCLE
        for boucle in (lambda: [projeter(budget, h) for h in petites],
                       lambda: [projeter(budget, cas.hypotheses(**ligne)) for ligne in lignes])
    ]  # fmt: skip
    # Un Python neuf pour chaque série, à tour de rôle : la mémoire qu'un calcul laisse aiderait l'autre.
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as processus:
        series = list(processus.map(serie, [False, True] * 5))
    notres, nues = series[::2], series[1::2]
    n, r, bo, co = (x * 1e9 for x in (*map(statistics.median, (notres, nues)), *boucles))
    debit = statistics.median(nue / notre for notre, nue in zip(notres, nues, strict=True))
    tracemalloc.start()
    balayer(budget, cas.contexte, **{c: g.copy() for c, g in grilles.items()})
    pic = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    publier(
        "Un scénario de budget",
        {
            "boucle_sur_projeter": mesure(n, bo, "ns/scénario"),
            "boucle_avec_hypotheses": mesure(n, co, "ns/scénario"),
            "formule_numpy_nue": mesure(n, r, "ns/scénario") | {"ratio": debit},
            "memoire_d_un_million": mesure(pic, 300, "Mio"),
        },
        [
            "Le rapport à la formule nue est un débit : 0,33 veut dire un tiers de son débit.",
            f"Boucles mesurées sur {BOUCLE} scénarios, balayages sur {TAILLE}.",
            "Mémoire : pic des tableaux, hypothèses et résultats compris, face à 300 Mio.",
        ],
    )


if __name__ == "__main__":
    principal()
