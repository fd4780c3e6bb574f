"""Un million de budgets : `balayer` face à une boucle sur `projeter` et à la formule NumPy nue.

uv run python benchmarks/balayage.py [--json]
"""

import statistics
import time
import tracemalloc

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
    debut = time.perf_counter()
    action()
    return time.perf_counter() - debut


def principal() -> None:
    cas = Cas()
    budget, contexte = cas.annexe(4), cas.contexte
    b = dict(zip(budget["poste"], budget["montant_eur"], strict=True))
    hasard = np.random.default_rng(1)
    grilles = {
        "etp_ajoutes": hasard.uniform(0, 6, TAILLE),
        "mois_embauche": hasard.integers(1, 13, TAILLE).astype(float),
        "taux_salaire": hasard.uniform(-0.05, 0.05, TAILLE),
        "taux_charges": hasard.uniform(-0.05, 0.05, TAILLE),
        "taux_collectivites": hasard.uniform(-0.05, 0.05, TAILLE),
        "taux_autres": hasard.uniform(-0.05, 0.05, TAILLE),
    }
    petites = [
        cas.hypotheses(**{c: float(g[i]) for c, g in grilles.items()}) for i in range(BOUCLE)
    ]

    def avec_boucle():
        for h in petites:
            projeter(budget, h)

    def avec_boucle_complete():
        for i in range(BOUCLE):
            projeter(budget, cas.hypotheses(**{c: float(g[i]) for c, g in grilles.items()}))

    balayer(budget, contexte, **grilles)
    formule_nue(b, *grilles.values())
    notre, nue, boucle, complete = [], [], [], []
    for _ in range(25):
        notre.append(chrono(lambda: balayer(budget, contexte, **grilles)) / TAILLE)
        nue.append(chrono(lambda: formule_nue(b, *grilles.values())) / TAILLE)
        boucle.append(chrono(avec_boucle) / BOUCLE)
        complete.append(chrono(avec_boucle_complete) / BOUCLE)
    n, r, bo, co = (statistics.median(x) * 1e9 for x in (notre, nue, boucle, complete))
    # Une machine partagée ralentit par moments : chaque balayage est rapporté à son voisin.
    debit = statistics.median(a / b for a, b in zip(nue, notre, strict=True))
    tracemalloc.start()
    balayer(budget, contexte, **{c: g.copy() for c, g in grilles.items()})
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
