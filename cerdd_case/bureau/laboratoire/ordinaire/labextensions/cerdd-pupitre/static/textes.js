// Ce qui se calcule sans la page : lire et récrire le texte des cellules. Essayé avec `node --test`.

const REPERE = /^\s*réponse (\S+) ?: (?:écrivez sous cette ligne|écri[^\n]*)\n?/;

/** La longueur de la première ligne d'une zone de réponse (0 : elle n'y est plus). */
export function longueurDuRepere(source) {
  return REPERE.exec(source)?.[0].length ?? 0;
}

/** Combien de mots sont écrits dans une zone de réponse, sans sa première ligne. */
export function mots(source) {
  const texte = source.slice(longueurDuRepere(source));
  return (texte.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []).length;
}

/** « 1 mot », « 12 mots ». */
export const compte = (n, mot) => `${n}\u00a0${mot}${n > 1 ? "s" : ""}`;

/** « 7,5 sur 30 ». */
export const sur = (obtenus, total) => `${obtenus.toLocaleString("fr-FR")} sur ${total.toLocaleString("fr-FR")}`;

/** « annexe 7 » → « Annexe 7 ». */
export const majuscule = (texte) => texte.charAt(0).toUpperCase() + texte.slice(1);

const ligneDe = (nom) => new RegExp(`^(${nom}[ \\t]*=[ \\t]*)([^\n]*)`, "m");

/** Ce qui est tapé à droite de `nom = …`, tel que la personne l'a tapé ; null : la ligne manque. */
export function lireChamp(source, nom) {
  const ligne = ligneDe(nom).exec(source);
  if (!ligne) return null;
  const droite = ligne[2].trim();
  if (droite === "...") return "";
  if (!/^"(?:[^"\\]|\\.)*"$/.test(droite)) return droite;
  try { return JSON.parse(droite); } catch { return droite; }
}

/** Où récrire, et quoi, pour que `nom` reçoive ce texte ; null : la ligne manque. */
export function ecrireChamp(source, nom, texte) {
  const ligne = ligneDe(nom).exec(source);
  if (!ligne) return null;
  const debut = ligne.index + ligne[1].length;
  const propre = texte.trim();
  return { debut, fin: debut + ligne[2].length, texte: propre ? JSON.stringify(propre) : "..." };
}

/** La variable que juge `cas.verifier("2.3", charges_personnel_2015)` ; null sinon. */
export function variableJugee(source) {
  return /^\s*cas\.verifier\(\s*"[^"]*"\s*,\s*(\w+)\s*\)\s*$/.exec(source)?.[1] ?? null;
}

/** Le numéro d'une question dans le titre de son énoncé : « ## Question 2.1 — … » → « 2.1 ». */
export function numeroDeQuestion(source) {
  return /^##\s+Question\s(\d+\.\d+)/.exec(source)?.[1] ?? null;
}
