"""Ce que les mesures partagent : médianes, tableau lisible, sortie `--json`."""

import argparse
import json
import statistics
import sys
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent


def resume(durees: list[float]) -> dict[str, float]:
    """Médiane et 95e centile, en millisecondes, d'une liste de durées en secondes."""
    triees = sorted(durees)
    return {
        "mediane": statistics.median(triees) * 1000,
        "p95": triees[min(len(triees) - 1, round(0.95 * len(triees)))] * 1000,
    }


def publier(titre: str, mesures: dict[str, dict], notes: list[str] | None = None) -> None:
    """Affiche les mesures : tableau, ou un objet JSON avec `--json`.

    Chaque mesure : `ours` (la collection), `reference` (ce que l'on ferait sinon), `ratio`, `unit`.
    """
    analyseur = argparse.ArgumentParser(description=titre)
    analyseur.add_argument("--json", action="store_true", help="un objet JSON au lieu du tableau")
    options, _ = analyseur.parse_known_args()
    if options.json:
        json.dump(mesures, sys.stdout, ensure_ascii=False)
        print()
        return
    print(titre)
    largeur = max(map(len, mesures))
    print(f"{'mesure':{largeur}}  {'collection':>12}  {'référence':>12}  {'rapport':>9}  unité")
    for nom, m in mesures.items():
        reference, rapport = m["reference"], m["ratio"]
        cotes = "–" if reference is None else f"{reference:.2f}"
        cotes = f"{cotes:>12}  {'–' if rapport is None else f'{rapport:.2f}':>9}"
        print(f"{nom:{largeur}}  {m['ours']:12.2f}  {cotes}  {m['unit']}")
    for note in notes or []:
        print(note)


def mesure(ours: float, reference: float, unit: str, inverse: bool = False) -> dict:
    """Une ligne ; le rapport est référence / collection, ou l'inverse."""
    return {
        "ours": ours,
        "reference": reference,
        "ratio": ours / reference if inverse else reference / ours,
        "unit": unit,
    }
