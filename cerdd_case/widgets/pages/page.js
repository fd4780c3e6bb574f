// Une annexe que l'on ouvre : chercher un mot dans le texte, agrandir ou réduire les lettres.
export const TAILLES = [0.9, 1, 1.15, 1.3, 1.5, 1.8];
const simple = (t) => t.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[’']/g, "'")
  .replace(/[\u00a0\u202f]/g, " ").toLowerCase();
// Où se trouve chaque fois un mot dans un texte, sans regarder accents ni majuscules : [début, fin].
export function trouver(texte, cherche) {
  const mot = simple(cherche.trim());
  if (!mot) return [];
  // Un signe ôté ou ajouté par la simplification décalerait les places : on garde celle de chacun.
  const places = [];
  let propre = "";
  [...texte].reduce((rang, signe) => {
    const s = simple(signe);
    for (let i = 0; i < s.length; i++) places.push(rang);
    propre += s;
    return rang + signe.length;
  }, 0);
  places.push(texte.length);
  const trouves = [];
  for (let i = propre.indexOf(mot); i >= 0; i = propre.indexOf(mot, i + mot.length)) {
    trouves.push([places[i], places[i + mot.length]]);
  }
  return trouves;
}

function render({ model, el }) {
  el.classList.add("cerdd");
  el.innerHTML = `
    <details class="cerdd-page"><summary><strong></strong></summary>
      <div class="cerdd-page-outils">
        <label>Chercher dans le texte <input type="search" autocomplete="off"></label>
        <span class="cerdd-aide" role="status"></span>
        <button type="button" aria-label="Réduire les lettres">A−</button>
        <button type="button" aria-label="Agrandir les lettres">A+</button>
      </div>
      <div class="cerdd-page-corps"></div>
    </details>`;
  const un = (s) => el.querySelector(s);
  const corps = un(".cerdd-page-corps"), champ = un("input"), etat = un("[role=status]");
  const [moins, plus] = el.querySelectorAll("button");
  let taille = 1;

  function marquer() {
    corps.innerHTML = model.get("html");
    const textes = document.createTreeWalker(corps, NodeFilter.SHOW_TEXT), noeuds = [];
    while (textes.nextNode()) noeuds.push(textes.currentNode);
    let combien = 0;
    for (const noeud of noeuds) {
      for (const [debut, fin] of trouver(noeud.data, champ.value).reverse()) {
        const zone = document.createRange();
        zone.setStart(noeud, debut);
        zone.setEnd(noeud, fin);
        zone.surroundContents(document.createElement("mark"));
        combien += 1;
      }
    }
    etat.textContent = champ.value.trim() ? (combien ? `${combien} fois` : "absent de ce texte") : "";
    corps.querySelector("mark")?.scrollIntoView({ block: "nearest" });
  }
  function grandir(pas) {
    taille = Math.min(Math.max(taille + pas, 0), TAILLES.length - 1);
    corps.style.fontSize = `${TAILLES[taille]}em`;
    moins.disabled = taille === 0;
    plus.disabled = taille === TAILLES.length - 1;
  }
  const montrer = () => { un("summary strong").textContent = model.get("titre"); marquer(); };
  champ.addEventListener("input", marquer);
  el.addEventListener("keydown", (e) => { if (!e.ctrlKey && !e.metaKey) e.stopPropagation(); });
  moins.addEventListener("click", () => grandir(-1));
  plus.addEventListener("click", () => grandir(1));
  for (const cle of ["titre", "html"]) model.on(`change:${cle}`, montrer);
  montrer(); grandir(0);
}
export default { render };
