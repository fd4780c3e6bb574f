"""Ranger les missions dans la chaîne, puis en arrêter une."""

from ..widgets.atelier import liste
from ..widgets.listes import AtelierListes


class AtelierChaine(AtelierListes):
    """Ranger les missions dans le système d'information, puis arrêter un maillon."""

    def composer(self) -> list:
        missions = [(nom, ordre) for ordre, nom in self.exercice.possibles["arret"].items()]
        question = "Et si une mission s'arrêtait ?"
        self.arret = self.relier(liste(question, [("aucune", ""), *missions], ""))
        *debut, image = super().composer()
        return [*debut, self.arret, image]

    @property
    def visibles(self) -> dict:
        return {**self.reponses, "arret": self.arret.value}
