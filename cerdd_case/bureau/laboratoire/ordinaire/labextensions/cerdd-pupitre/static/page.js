// Les petits outils de la page.

export const pause = (ms) => new Promise((suite) => setTimeout(suite, ms));

/** Un élément : `onclick` s'écoute, le reste s'écrit. */
export function element(nom, attributs = {}, ...enfants) {
  const e = document.createElement(nom);
  for (const [cle, valeur] of Object.entries(attributs)) {
    if (cle.startsWith("on")) e.addEventListener(cle.slice(2), valeur);
    else if (valeur !== false) e.setAttribute(cle, valeur === true ? "" : valeur);
  }
  e.append(...enfants);
  return e;
}
