"""Un pas de chaque atelier face au redessin entier de sa figure ; le dessin des figures fixes.

Un pas : un réglage change (chacun à son tour, au départ puis une fois l'atelier rempli), tout ce
qui en dépend suit. Le redessin : les figures que ce pas a bougées, construites à neuf avec les
mêmes données, en PNG. Les deux alternent dans le même noyau IPython.

    uv run python benchmarks/ateliers.py [--json] [nom…]
"""

import copy
import json
import statistics
import sys
import time
from pathlib import Path

from commun import mesure, publier

PAS = 5  # pas de chaque réglage, dans chaque état
CODE = """
import sys
sys.path.insert(0, {dossier!r})
import ateliers
print("RESULTAT" + ateliers.mesurer({noms!r}))
"""
ARGUMENTS = {"classement": ("diagnostic",)}  # des figures qui demandent plus que le cas


def valeurs(reglage) -> tuple[str, list] | None:
    """Ce qui se règle dans un élément d'atelier, et les valeurs à lui donner."""
    import ipywidgets as widgets

    from cerdd_case.widgets.curseur import Curseur

    if isinstance(reglage, Curseur):
        if not reglage.actif:
            return None
        crans = round((reglage.maximum - reglage.minimum) / reglage.pas)
        return "valeur", [
            reglage.minimum + reglage.pas * round(i * crans / PAS) for i in range(PAS + 1)
        ]
    if isinstance(reglage, widgets.Checkbox | widgets.ToggleButton):
        return "value", [True, False] * (PAS // 2)
    if isinstance(reglage, widgets.ToggleButtons | widgets.Dropdown):
        return "value", [valeur for _, valeur in reglage._options_full]
    if hasattr(reglage, "totaux"):  # le budget à remplir : un poste après l'autre, puis tous
        postes = [ligne["poste"] for g in reglage.groupes for ligne in g["lignes"]]
        tous = dict.fromkeys(postes, "100 000")
        return "choix", [tous | {poste: "120 000"} for poste in postes]
    if hasattr(reglage, "champs"):  # des champs de texte
        cles = [champ["cle"] for champ in reglage.champs if not champ.get("options")]
        return "choix", [dict.fromkeys(cles[: n + 1], "le délai moyen") for n in range(len(cles))]
    if hasattr(reglage, "groupes"):  # la matrice : chaque case, et « tout »
        codes = [c["code"] for g in reglage.groupes for c in g["cases"]]
        publics = [ligne["code"] for ligne in reglage.lignes]
        return "choix", [{"public": p, "case": c} for p in ["", *publics] for c in ["", *codes]]
    if isinstance(getattr(reglage, "lignes", None), list):  # une liste ou un tableau à remplir
        cases = list(_cases(reglage))
        pleins = {cle: codes[0] for cle, codes in cases}
        return "choix", [pleins | {cle: codes[-1]} for cle, codes in cases[:PAS]]
    return None


def _cases(tableau):
    """Les cases d'une liste ou d'un tableau à remplir, et les codes permis dans chacune."""
    for ligne in tableau.lignes:
        for case in ligne.get("listes") or ligne.get("cases"):
            codes = [o["code"] if isinstance(o, dict) else o[0] for o in case["options"]]
            yield case["cle"], codes


def remplir(nom: str, atelier) -> None:
    """Coche, répond, remplit : l'état où un atelier a le plus à montrer."""
    if nom == "diagnostic":
        atelier.serie.value = 2
        atelier.repondre(atelier.exercice.solution())
        atelier.verifier()
        return
    for reglage in reglages(atelier):
        trait, possibles = valeurs(reglage) or (None, [])
        if trait == "value" and (getattr(reglage, trait) in (False, None)) and nom != "simulateur":
            reglage.value = possibles[0]
        elif trait == "choix":
            reglage.choix = possibles[0]


def reglages(atelier) -> list:
    """Les éléments d'un atelier qui se règlent."""
    from cerdd_case.widgets.atelier import _contenus

    return [e for e in _contenus(atelier) if valeurs(e)]


def mesurer(noms: list[str]) -> str:
    """Les mesures de ces ateliers (de tous, sans précision), en JSON ; dans le noyau."""
    from cerdd_case import Cas
    from cerdd_case.socle.dossier import ateliers, figures
    from cerdd_case.widgets.image import ImageVive

    montrees = []
    montrer = ImageVive.montrer

    def noter(image, *donnees):
        montrees.append((image.figure_vive, donnees))
        montrer(image, *donnees)

    ImageVive.montrer = noter
    cas, resultats = Cas(), {}
    for nom in noms or ateliers():
        atelier = cas.atelier(nom)
        series = {}
        if nom == "arguments":  # la page envoie ses gestes, aucun réglage ne change
            gestes = [{"geste": "choisir", "preuve": p["id"], "sens": "pour"}
                      for p in atelier.page.preuves]  # fmt: skip
            series["Choisir"] = (
                [chronometrer(lambda a=atelier, g=g: a.recevoir(g)) for g in gestes], []
            )  # fmt: skip
        for etat in ("au départ", "rempli"):
            if etat == "rempli":
                remplir(nom, atelier)
            for reglage in reglages(atelier):
                noms_possibles = (
                    getattr(reglage, n, "") for n in ("libelle", "description", "titre")
                )
                libelle = next(filter(None, noms_possibles), type(reglage).__name__)
                serie = series[f"{libelle}, {etat}"] = ([], [])
                trait, possibles = valeurs(reglage)
                depart = getattr(reglage, trait)
                for rang, valeur in enumerate(
                    [v for v in possibles if v != depart][:PAS] + [depart]
                ):
                    montrees.clear()
                    serie[0].append(
                        chronometrer(lambda r=reglage, t=trait, v=valeur: setattr(r, t, v))
                    )
                    if montrees and rang % 2 == 0:  # la figure du petit et celle du grand
                        redessins = [chronometrer(lambda m=m: redessiner(*m)) for m in montrees]
                        serie[1].append(sum(redessins))
        apercu = chronometrer(lambda a=atelier: a.apercu().png())
        resultats[nom] = [series, apercu]
    if not noms:
        for nom in figures():
            donnees = (cas.projeter(),) if nom == "budget" else ARGUMENTS.get(nom, ())
            durees = [
                chronometrer(lambda n=nom, d=donnees: cas.figure(n, *d).png()) for _ in range(5)
            ]
            resultats[f"figure {nom}"] = [{"dessin": (durees, [])}, None]
    return json.dumps(resultats)


def redessiner(vive, donnees) -> None:
    """La même figure, construite à neuf, dessinée en PNG."""
    from cerdd_case.figures.vive import FigureVive

    neuve = copy.copy(vive)
    FigureVive.__init__(neuve)
    neuve.illustration(*donnees).png()


def chronometrer(action) -> float:
    """Le temps de processeur : attendre son tour, sur une machine partagée, ne compte pas."""
    debut = time.process_time()
    action()
    return (time.process_time() - debut) * 1000


def resumer(series: dict) -> dict:
    """La médiane de tous les pas ; le réglage le plus lent, avec son propre redessin."""
    pas = statistics.median(d for durees, _ in series.values() for d in durees)
    dessins = [d for _, redessins in series.values() for d in redessins]
    if not dessins:
        return {"ours": pas, "reference": None, "ratio": None, "unit": "ms"}
    bougent = {nom: s for nom, s in series.items() if s[1]}
    lent = max(bougent, key=lambda nom: statistics.median(bougent[nom][0]))
    durees, redessins = map(statistics.median, bougent[lent])
    return mesure(pas, statistics.median(dessins), "ms") | {
        "plus_lent": {"reglage": lent} | mesure(durees, redessins, "ms")
    }


def principal() -> None:
    import nbformat
    from nbclient import NotebookClient

    noms = [a for a in sys.argv[1:] if not a.startswith("-")]
    carnet = nbformat.v4.new_notebook()
    code = CODE.format(dossier=str(Path(__file__).parent), noms=noms)
    carnet.cells = [nbformat.v4.new_code_cell(code)]
    NotebookClient(carnet, kernel_name="python3", timeout=1200).execute()
    texte = "".join(s.get("text", "") for s in carnet.cells[0].outputs)
    series = json.loads(texte.split("RESULTAT")[1].splitlines()[0])
    mesures = {nom: resumer(s) for nom, (s, _) in series.items()}
    notes = ["Le réglage le plus lent de chaque atelier dont la figure bouge :"]
    for nom, m in mesures.items():
        if lent := m.get("plus_lent"):
            notes.append(
                f"- {nom} : {lent['ours']:.1f} ms, {lent['ratio']:.0f} fois plus vite que son "
                f"redessin ({lent['reglage']})"
            )
    publier("Un pas de chaque atelier", mesures, notes)


if __name__ == "__main__":
    principal()
