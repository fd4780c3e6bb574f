// Faire vivre un curseur, une image, une annonce sans noyau : ce qu'anywidget donne à leur `render`, et
// ce que Python ferait de ce qu'on y tape. Placé après `curseur.js`.

// `recevoir` tient lieu de noyau : il apprend une valeur changée (rien), ou ce qui est envoyé.
export function modele(etat, recevoir = () => {}) {
  const ecoutes = {};
  const dire = (nom, ...suite) => { for (const ecoute of ecoutes[nom] ?? []) ecoute(...suite); };
  return {
    get: (cle) => etat[cle],
    set(cle, valeur) { if (etat[cle] !== valeur) { etat[cle] = valeur; dire(`change:${cle}`); } },
    on(nom, ecoute) { (ecoutes[nom] ??= []).push(ecoute); },
    save_changes: () => recevoir(),
    send: recevoir,
    dire,
  };
}

// Un nombre comme on l'écrit simplement : tout ce qui serait ambigu est refusé, avec un exemple.
const NOMBRE = /^([+−-]?)(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[.,](\d{1,2}|\d{4,}))?[ \u00a0\u202f]*(%|pts?|€|etp)?$/i;
const UNITES = { part: ["%"], points: ["%", "pt", "pts"], eur: ["€"], etp: ["etp"] };
const sansAccent = (texte) => texte.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
function lireMois(texte) {
  const tape = sansAccent(texte).replace(/\.$/, "");
  const possibles = MOIS.flatMap((mois, i) => (sansAccent(mois).startsWith(tape) ? [i + 1] : []));
  return tape.length >= 3 && possibles.length === 1 ? possibles[0] : null;
}
function lireNombre(texte, unite) {
  const [, signe, entiers, decimales = "", dite = ""] = NOMBRE.exec(texte) ?? [];
  if (entiers === undefined || (dite && !(UNITES[unite] ?? []).includes(dite.toLowerCase()))) return null;
  const centieme = unite === "part" || unite === "points";
  const v = Number(`${entiers.replace(/\D/g, "")}.${decimales}${centieme ? "e-2" : ""}`);
  if (centieme && !dite && v > 0 && v < 0.01) return null;  // « 0,025 » : 2,5 % ou 0,025 % ?
  return signe === "−" || signe === "-" ? -v : v;
}
// Ce que dit une saisie, dans l'unité du calcul : { valeur }, ou { erreur } avec sa phrase.
export function lire(saisie, { unite, minimum, maximum, valeur, repere }) {
  const texte = saisie.trim(), exemple = mesure(repere ?? valeur, unite);
  if (!texte) return { erreur: `Le champ est vide. Tapez une valeur, par exemple ${exemple}.` };
  const lue = (unite === "mois" ? lireMois(texte) : null) ?? lireNombre(texte, unite);
  if (lue === null || (["mois", "entier"].includes(unite) && !Number.isInteger(lue)))
    return { erreur: `«\u00a0${texte.slice(0, 60)}\u00a0» ne se lit pas ici\u00a0: tapez par exemple ${exemple}.` };
  if (lue < minimum - 1e-12 || lue > maximum + 1e-12)
    return { erreur: `${mesure(lue, unite)} est hors limites\u00a0: de ${mesure(minimum, unite)} à ${mesure(maximum, unite)}.` };
  return { valeur: lue };
}
