"""Un greffon de pytest : nbval voit aussitôt qu'un noyau s'est arrêté.

nbval attend la réponse d'une cellule pendant tout son délai, même quand plus personne ne peut
répondre. Ici l'attente se fait par tranches d'une seconde, et le noyau est regardé entre deux.
"""

import time
from queue import Empty

import nbval.plugin
from nbval.kernel import RunningKernel

TRANCHE = 1.0  # seconde
ARRET = "Python s'est arrêté pendant cette cellule (mémoire insuffisante, ou arrêt demandé par son code)."


class NoyauSurveille(RunningKernel):
    """Le noyau de nbval, regardé pendant qu'on l'attend."""

    def get_message(self, stream: str, timeout: float | None = None) -> dict:
        """Le message suivant. Lève `Empty` après `timeout` secondes, ou `RuntimeError` si le noyau
        s'est arrêté."""
        fin = time.monotonic() + (float("inf") if timeout is None else timeout)
        while True:
            try:
                reste = max(0.0, fin - time.monotonic())
                return super().get_message(stream, timeout=min(TRANCHE, reste))
            except Empty:
                if not self.is_alive():  # aucune réponse ne viendra
                    raise RuntimeError(ARRET) from None
                if time.monotonic() >= fin:
                    raise


def pytest_configure() -> None:
    """Met le noyau surveillé à la place de celui de nbval."""
    nbval.plugin.RunningKernel = NoyauSurveille
