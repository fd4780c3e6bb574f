"""Le verdict : ce que la collection répond, partout, à une réponse donnée.

Une réponse fausse se reprend en trois temps, les mêmes pour un nombre, un classement ou une liste :

1. la première erreur pose une question (`relance`) ou redit ce qui a été lu ; la référence à relire ;
2. la deuxième dit l'erreur habituelle qu'il y a derrière, si on la reconnaît (`phrase`) ;
3. la troisième, ou la demande (`cas.verifier("2.3", reponse, montrer=True)`, « Voir la réponse »),
   donne la réponse proposée et sa raison.

Une réponse qui ne se lit pas (`illisible`, `ambigu`, `deux_nombres`), qui n'est pas dans la bonne
unité (`unite`) ou qui n'est qu'à un arrondi près (`presque`) se dit aussitôt et ne compte pas pour un
essai ; la même réponse, relancée, non plus.

`phrase` et `diagnostic` restent complets à chaque fois ; ce qui se montre (`texte`, `str`, HTML) dépend
d'`essai`. Sans `essai` (un verdict demandé au registre, un atelier), toute la phrase se montre.
"""

from dataclasses import dataclass, field
from html import escape

from ..socle.references import citer
from ..socle.typographie import typographier

# état: (signe et mot, encre, fond) ; contraste AA, et jamais la couleur seule
ETATS = {
    "juste": ("✔ Juste", "#14663c", "#e8f5ec"),
    "presque": ("≈ Presque", "#7a4a00", "#fdf3e1"),
    "faux": ("✘ À revoir", "#8f1d16", "#fdecea"),
    "unite": ("✘ Autre unité", "#8f1d16", "#fdecea"),
    "illisible": ("? Pas lu", "#374151", "#f3f4f6"),
    "ambigu": ("? À préciser", "#374151", "#f3f4f6"),
    "deux_nombres": ("? Deux nombres", "#374151", "#f3f4f6"),
    "a_completer": ("… À compléter", "#374151", "#f3f4f6"),
    "constat": ("→ À lire", "#1f2937", "#eaf2fa"),
}
JUGES = ("juste", "presque", "faux", "unite")
RECONNUE, MONTREE = 2, 3  # à partir de quel essai l'erreur se nomme, la réponse se montre
A_REPRENDRE = "Ce n'est pas la valeur attendue : relisez, puis reprenez le calcul."


@dataclass(frozen=True)
class Verdict:
    """Ce que l'on répond à une réponse.

    - `question` : le code de ce qui est jugé (« 2.3 », « 2.4.total ») ;
    - `etat` : `juste`, `presque`, `faux`, `unite` (ce n'est pas l'unité demandée), `illisible`,
      `ambigu`, `deux_nombres`, `a_completer`, `constat` (rien à juger : ce que montre un réglage) ;
    - `phrase` : ce qui est dit ; elle commence par ce qui a été lu (« Lu : 14 000 €. ») ;
    - `lu` : le nombre lu, en euros ou en part (0 à 1) ; None quand on n'en a pas lu un seul, ou
      pas dans la bonne unité ;
    - `diagnostic` : le code de l'erreur reconnue, indépendant des chiffres ; None sinon ;
    - `paragraphe` : la référence à rouvrir (« A4 », « A6§1 ») ; None sinon ;
    - `faits` : ceux dont les mots y sont marqués ;
    - `passage` : cette référence en HTML, qui s'ouvre sur son passage (voir `lecture.renvoi`) ;
    - `titre` : le nom de ce qui est jugé, pour un lecteur (« question 2.4, total des dépenses ») ;
    - `echo` : ce qui a été lu, seul ; `note` : ce que la phrase ajoute sur l'avancement ;
    - `relance` : ce qui se dit à la première erreur, à la place de la phrase ;
    - `proposee` : la réponse proposée et son calcul, ou sa raison ;
    - `essai` : le rang de cette réponse fausse, qui règle ce qui se montre ; None : tout.
    """

    question: str
    etat: str
    phrase: str
    lu: float | None = None
    diagnostic: str | None = None
    paragraphe: str | None = None
    faits: tuple[str, ...] = field(default=(), compare=False, repr=False)
    passage: str = field(default="", compare=False, repr=False)
    titre: str = field(default="", compare=False, repr=False)
    echo: str = field(default="", compare=False, repr=False)
    note: str = field(default="", compare=False, repr=False)
    relance: str = field(default="", compare=False, repr=False)
    proposee: str = field(default="", compare=False, repr=False)
    essai: int | None = field(default=None, compare=False, repr=False)

    @property
    def juste(self) -> bool | None:
        """True, False (aussi pour `presque` et `unite`), None quand rien n'a pu être jugé."""
        return self.etat == "juste" if self.etat in JUGES else None

    @property
    def dit(self) -> str:
        """Ce qui se montre de la phrase, à cet essai."""
        if self.etat != "faux" or self.essai is None or self.essai >= RECONNUE:
            return self.phrase
        note = f" ({self.note})" if self.note else ""
        return f"{self.relance or f'{self.echo} {A_REPRENDRE}'}{note}"

    @property
    def montre(self) -> str:
        """La réponse proposée, si cet essai la montre."""
        a_montrer = self.juste is False and self.essai is not None and self.essai >= MONTREE
        return f" {self.proposee}" if a_montrer and self.proposee else ""

    @property
    def a_demander(self) -> bool:
        """Vrai si une réponse proposée ne se montre pas encore : on peut demander à la voir."""
        return (
            self.juste is False
            and self.essai is not None
            and bool(self.proposee)
            and not self.montre
        )

    @property
    def texte(self) -> str:
        """Ce qui se montre : la phrase, la référence à rouvrir, la réponse si c'est le moment."""
        relire = f" À relire : {citer(self.paragraphe)}." if self.paragraphe is not None else ""
        return self.dit + relire + self.montre

    def dire(self, titre: str) -> str:
        """Le verdict en une ligne, après le nom de ce qui est jugé."""
        return f"{ETATS[self.etat][0]} — {_apres(titre)}{self.texte}"

    def encadrer(self, titre: str) -> str:
        """Le verdict en HTML, dans un cadre de sa couleur."""
        mot, encre, fond = ETATS[self.etat]
        dit = self.dit if self.passage else self.texte
        dit = escape(_apres(titre) + dit)
        relire = f" À relire : {self.passage}{escape(self.montre)}" if self.passage else ""
        return (
            f'<div role="status" style="border-left:6px solid {encre};background:{fond};'
            f'color:{encre};padding:8px 12px"><strong>{mot}</strong> — {dit}{relire}</div>'
        )

    def __str__(self) -> str:
        return self.dire(self.titre or f"question {self.question}")

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return typographier(self.encadrer(self.titre or f"question {self.question}"))


def _apres(titre: str) -> str:
    """Le nom de ce qui est jugé, et ce qui le sépare de la suite ; une phrase finit déjà."""
    return titre and titre + (" " if titre[-1] in ".?!" else " : ")
