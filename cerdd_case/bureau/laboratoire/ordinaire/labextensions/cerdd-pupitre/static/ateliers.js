// Sans le pupitre, *Maj* + *Entrée* passe à la cellule suivante : l'atelier que l'on vient d'exécuter reste en vue.
import { pause } from "./page.js";

const DESSIN = 300; // ms : le temps qu'un atelier prenne sa place

export async function montrerLesAteliers(charger) {
  const { NotebookActions } = await charger("@jupyterlab/notebook");
  NotebookActions.executed.connect(async (_, { notebook, cell }) => {
    const rang = notebook.widgets.indexOf(cell);
    if (notebook.activeCellIndex !== rang + 1) return; // exécutée seule, ou avec toutes les autres
    await pause(DESSIN);
    const atelier = cell.node.querySelector(".cerdd-atelier");
    const haut = notebook.outerNode.getBoundingClientRect().top;
    if (atelier?.getBoundingClientRect().top < haut) cell.node.scrollIntoView({ block: "start" });
  });
}
