"""Un pas de curseur, côté noyau : le simulateur face à un `interact` qui redessine tout.

Les deux sont mesurés dans le même noyau IPython, en alternance : la même figure, les mêmes
valeurs. La référence est ce qu'un enseignant écrirait : `interact`, une figure pyplot neuve à
chaque pas, `plt.show()`. Le temps est celui du processeur.

    uv run python benchmarks/simulateur.py [--json]
"""

import json

from commun import mesure, publier, resume

CODE = r"""
import json, time
import matplotlib
%matplotlib inline
import matplotlib.pyplot as plt
import ipywidgets as widgets
from cerdd_case import Cas, regles, pourcent, euros
from cerdd_case.figures.mise_en_page import STYLE
from cerdd_case.dossier_2.projection_figure import COURTS

cas = Cas()
budget = cas.annexe(4)

def redessiner(etp=2.5, mois=1, collectivites=0.02):
    "La même figure, dessinée à neuf : deux panneaux, mêmes barres, mêmes textes."
    p = cas.projeter(etp_ajoutes=etp, mois_embauche=mois, taux_collectivites=collectivites)
    with plt.rc_context(STYLE):
        fig, (gauche, droite) = plt.subplots(1, 2, figsize=(10, 4.5),
                                             gridspec_kw={"width_ratios": [5, 1]})
        noms = [COURTS[x] for x in p.lignes["poste"]]
        rangs = [i + (n == "recette") * 0.9 for i, n in enumerate(p.lignes["nature"])]
        gauche.barh([r - 0.2 for r in rangs], budget["montant_eur"], 0.34, facecolor="white",
                    edgecolor="gray", hatch="////")
        gauche.barh([r + 0.2 for r in rangs], p.lignes["montant_eur"], 0.36,
                    color=["#1b5e9b" if n == "depense" else "#1a7f4b" for n in p.lignes["nature"]])
        for r, m in zip(rangs, p.lignes["montant_eur"]):
            gauche.text(m + 10_000, r + 0.2, euros(m, 0), va="center", fontweight="bold")
        gauche.set_yticks(rangs, noms)
        gauche.invert_yaxis()
        gauche.set_xlim(-150_000, 1_250_000)
        gauche.set_title("Budget : 2014 hachuré, 2015 plein")
        droite.bar(0, 0.5, color="#e5e7eb")
        droite.bar(0, p.part_ue)
        for plafond in (0.2, 0.3):
            droite.axhline(plafond, color="black")
            droite.text(0.6, plafond, f"{plafond:.0%}")
        droite.text(-0.6, p.part_ue, pourcent(p.part_ue), ha="right")
        droite.set_ylim(0, 0.5)
        droite.set_xticks([])
        droite.set_title("Part de l'UE")
        plt.show()
    print(f"Part de l'UE : {pourcent(p.part_ue)}")
    print(regles(p, cas.contexte)[["libelle", "conclusion"]].to_string())

naif = widgets.interactive(redessiner, etp=(0.0, 6.0, 0.1), mois=(1, 12), collectivites=(-.2, .2, .01))
notre = cas.simulateur()
curseurs_naifs = {c.description: c for c in naif.children[:-1]}
"""
MESURE = r"""
def chronometrer(curseur, trait, valeurs):
    durees = []
    for v in valeurs:
        debut = time.process_time()
        setattr(curseur, trait, v)
        durees.append(time.process_time() - debut)
    return durees

nos, leurs = [], []
etps = [round(0.1 * i, 1) for i in range(60)]
for tour in range(4):
    pas = etps if tour % 2 == 0 else etps[::-1]
    nos += chronometrer(notre.curseurs["etp_ajoutes"], "valeur", [v + 0.01 * tour + 0.005 for v in pas])
    leurs += chronometrer(curseurs_naifs["etp"], "value", pas[10 * tour:10 * tour + 10])
    nos += chronometrer(notre.curseurs["taux_collectivites"], "valeur",
                        [-0.2 + 0.4 * i / 40 + 0.001 * tour for i in range(40)])
    leurs += chronometrer(curseurs_naifs["collectivites"], "value", [-0.1 + 0.02 * i for i in range(8)])
print("RESULTAT" + json.dumps([nos, leurs]))
"""


def principal() -> None:
    import nbformat
    from nbclient import NotebookClient

    carnet = nbformat.v4.new_notebook()
    carnet.cells = [nbformat.v4.new_code_cell(CODE), nbformat.v4.new_code_cell(MESURE)]
    NotebookClient(carnet, kernel_name="python3", timeout=600).execute()
    texte = "".join(s.get("text", "") for s in carnet.cells[1].outputs)
    nos, leurs = json.loads(texte.split("RESULTAT")[1].splitlines()[0])
    n, r = resume(nos), resume(leurs)
    publier(
        "Un pas de curseur, côté noyau",
        {
            "pas_de_curseur_mediane": mesure(n["mediane"], r["mediane"], "ms"),
            "pas_de_curseur_p95": mesure(n["p95"], r["p95"], "ms"),
            "p95_sur_mediane": mesure(n["p95"] / n["mediane"], r["p95"] / r["mediane"], "×"),
        },
        [f"{len(nos)} pas du simulateur, {len(leurs)} pas de la référence, en alternance."],
    )


if __name__ == "__main__":
    principal()
