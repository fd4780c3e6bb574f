// Le script d'un élément est un module sans voisin : on l'importe par son texte.
import { readFileSync } from "node:fs";

export const lire = (chemin) => readFileSync(new URL(chemin, import.meta.url), "utf-8");
export const importer = (script) =>
  import(`data:text/javascript,${encodeURIComponent(lire(`../../../cerdd_case/${script}`))}`);
