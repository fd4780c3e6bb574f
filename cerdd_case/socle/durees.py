"""Écrire une durée."""

from .nombres import nombre


def heures(valeur: float) -> str:
    """Écrit une durée : `45 min`, `3 h`, `3 h 30`."""
    minutes = round(valeur * 60)
    h, m = divmod(minutes, 60)
    if not h:
        return f"{m}\u00a0min"
    return f"{nombre(h)}\u00a0h" + (f"\u00a0{m:02d}" if m else "")
