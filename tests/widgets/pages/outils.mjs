// Le script d'un élément est un module sans voisin : on l'importe par son texte, après ce qu'il partage.
import { readFileSync } from "node:fs";

export const lire = (chemin) => readFileSync(new URL(chemin, import.meta.url), "utf-8");
export const importer = (...scripts) =>
  import(`data:text/javascript,${encodeURIComponent(scripts.map((s) => lire(`../../../cerdd_case/${s}`)).join(""))}`);
