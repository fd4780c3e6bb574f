"""Les erreurs de la collection : une phrase en français, sans pile d'appels dans un carnet."""


class ErreurCas(ValueError):
    """Ce qui ne va pas, où, et que faire.

    Dans Jupyter, seul le message s'affiche : une pile d'appels n'aide ni un élève
    ni un enseignant.
    """

    def _render_traceback_(self) -> list[str]:
        return [f"✘ {self}"]


class ErreurDonnees(ErreurCas):
    """Un fichier de `data/` manque ou contient une valeur qui ne convient pas."""


class ErreurNombre(ErreurCas):
    """Un texte où l'on attendait un nombre."""


class ErreurHypothese(ErreurCas):
    """Une hypothèse budgétaire hors de ses limites."""
