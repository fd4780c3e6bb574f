"""Les fautes d'un jeu de données : une classe chacune, qui compose sa phrase."""

from collections.abc import Collection, Sequence

from ..socle.erreurs import ErreurDonnees, nommer_les_choix


class FichierFautif(ErreurDonnees):
    """Un fichier absent, vide, ou qui n'est pas ce qu'il devrait être."""

    def __init__(self, fichier: object, faute: str, remede: str = "Remettez le fichier d'origine"):
        super().__init__(f"{fichier} {faute}. {remede}.")


class CaseFausse(ErreurDonnees):
    """Une case, une ligne ou une colonne qui ne convient pas : où, en quoi, et que faire."""

    def __init__(self, lieu: object, faute: str, remede: str = "Corrigez la case"):
        super().__init__(f"{lieu} : {faute}. {remede}.")


class CaseVide(CaseFausse):
    """Une case où il faut quelque chose ; `or_` : pourquoi."""

    def __init__(self, lieu: str, or_: str, remede: str = "Écrivez une valeur"):
        super().__init__(lieu, f"la case est vide, or {or_}", remede)


class ValeurRefusee(CaseFausse):
    """Une valeur lue, qui ne convient pas ; `raison` suit ces mots."""

    def __init__(self, lieu: str, valeur: object, raison: str, remede: str):
        super().__init__(lieu, f"« {valeur} » ne convient pas{raison}", remede)


class EnDesaccord(CaseFausse):
    """Deux valeurs qui se contredisent : l'une des deux est fausse."""

    def __init__(self, lieu: str, faute: str, remede: str = "Corrigez l'une des deux valeurs"):
        super().__init__(lieu, faute, remede)


class Doublon(CaseFausse):
    """Ce qui ne figure qu'une fois figure déjà ailleurs."""

    def __init__(self, lieu: object, nom: str, ailleurs: str):
        super().__init__(lieu, f"« {nom} » figure déjà {ailleurs}", "Supprimez le doublon")


class LigneAbsente(CaseFausse):
    """Une ligne que le cas attend n'est plus là."""

    def __init__(self, lieu: str, lignes: Sequence[str]):
        super().__init__(
            lieu, f"il manque la ligne {', '.join(lignes)}", "Remettez la ligne supprimée"
        )


class NomImprevu(ErreurDonnees):
    """Un nom ou un code qui n'est pas de ceux que l'on attend là."""

    def __init__(self, lieu: str, nom: object, connus: Collection, faute: str = "n'est pas prévu"):
        super().__init__(f"{lieu} : {nommer_les_choix(f'« {nom} » {faute}', nom, connus)}")

    @classmethod
    def si_absent(cls, nom: str, connus: Collection[str], lieu: str) -> None:
        """La lève si le nom n'est pas connu."""
        if nom not in connus:
            raise cls(lieu, nom, connus)
