"""Les indices d'une question : fermés d'abord, puis ouverts un par un, du plus léger au plus précis.

Rien ne se montre avant d'être demandé : exécuter un carnet de haut en bas n'en ouvre aucun. Ce qui
est ouvert est gardé dans l'avancement (le plus grand rang) et se remontre ensuite.
"""

from html import escape

from ..donnees.lecture import renvoi
from ..donnees.paquet import Donnees
from ..socle.erreurs import ErreurCas
from ..socle.memoire import Memoire
from ..socle.references import relever
from ..socle.typographie import pluriel, typographier


class Indice:
    """Un indice : `rang` sur `total`, son `texte`, et les passages que celui-ci cite, en HTML."""

    def __init__(self, question: str, rang: int, total: int, texte: str, passages: str = ""):
        self.question, self.rang, self.total, self.texte = question, rang, total, texte
        self.passages = passages

    def __str__(self) -> str:
        return f"Indice {self.rang} sur {self.total} : {self.texte} {self._suite()}"

    __repr__ = __str__

    def _suite(self) -> str:
        if self.rang == self.total:
            return "(C'était le dernier indice.)"
        return f"(Pour l'indice suivant : {appel(self.question, self.rang + 1)}.)"

    def encadrer(self, suite: str = "") -> str:
        """L'indice en HTML, dans son cadre."""
        suite = f" <em>{suite}</em>" if suite else ""
        return typographier(
            '<div style="border-left:6px solid #1b5e9b;background:#eaf2fa;'
            'color:#1f2937;padding:8px 12px;margin:0 0 6px">'
            f"<strong>Indice {self.rang} sur {self.total}</strong> — {escape(self.texte)}{suite}"
            f"{self.passages and f'<div>{self.passages}</div>'}</div>"
        )

    def _repr_html_(self) -> str:
        return self.encadrer(escape(self._suite(), quote=False))


class Indices:
    """Les indices d'une question, dont on ne voit que ceux que l'on a ouverts.

    `donnees` : où ouvrir les passages qu'ils citent.
    """

    def __init__(
        self, question: str, textes: list[str], memoire: Memoire, donnees: Donnees | None = None
    ):
        self.question, self.textes, self.memoire = question, textes, memoire
        self.donnees = donnees
        self.cle = f"indices:{question}"

    @property
    def total(self) -> int:
        """Le nombre d'indices de la question."""
        return len(self.textes)

    @property
    def rang(self) -> int:
        """Le plus grand rang ouvert ; zéro tant que rien ne l'est."""
        return min(self.memoire.lire(self.cle, 0), self.total)

    @property
    def ouverts(self) -> list[Indice]:
        """Les indices ouverts, dans l'ordre."""
        return [self._indice(rang) for rang in range(1, self.rang + 1)]

    def ouvrir(self, rang: int) -> Indice:
        """L'indice de ce rang, que l'avancement note. Lève `ErreurCas` s'il n'existe pas."""
        permis = range(1, self.total + 1)
        if rang not in permis:
            raise ErreurCas(
                f"La question {self.question} a {self._combien} : demandez un rang de 1 à "
                f"{self.total}, par exemple {appel(self.question, 1)}."
            )
        if rang > self.rang:
            self.memoire.ecrire(self.cle, int(rang))
        return self._indice(int(rang))

    @property
    def _combien(self) -> str:
        return f"{self.total} {pluriel('indice', self.total)}"

    def _indice(self, rang: int) -> Indice:
        texte, passages = self.textes[rang - 1], ""
        if self.donnees:
            tous = self.donnees.table("corrige-indices").set_index(["question", "rang"])["faits"]
            faits, cites = tous.fillna(""), relever(texte, self.question.partition(".")[0])
            passages = renvoi(self.donnees, " ".join(cites), faits[self.question, rang].split())
        return Indice(self.question, rang, self.total, texte, passages)

    def _restent(self) -> str:
        if self.rang == self.total:
            return "C'était le dernier indice."
        if self.rang:
            return f"Pour l'indice suivant : {appel(self.question, self.rang + 1)}."
        return (
            f"{self._combien} pour la question {self.question}, à ouvrir un par un. "
            f"Pour lire le premier : {appel(self.question, 1)}."
        )

    def __str__(self) -> str:
        lus = [f"Indice {i.rang} sur {i.total} : {i.texte}" for i in self.ouverts]
        return "\n".join([*lus, self._restent()])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        lus = "".join(indice.encadrer() for indice in self.ouverts)
        return typographier(f"{lus}<p>{escape(self._restent(), quote=False)}</p>")


def appel(question: str, rang: int) -> str:
    """Ce qu'il faut écrire pour lire un indice."""
    return f'cas.indice("{question}", {rang})'
