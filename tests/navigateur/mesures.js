// Ce que la diapositive affichée a de coupé, de débordant, de trop petit ou d'absent.
// Le plancher : 24 points pour 720 lignes, sauf le pied de page.
() => {
  const { place, sections } = cerddDiaporama;
  const diapo = sections[place.rang], echelle = innerHeight / 720, PLANCHER = 24;
  const bas = document.getElementById("pied").getBoundingClientRect().top;
  const scene = document.getElementById("scene").getBoundingClientRect();
  const defauts = new Set();
  const OBJETS = new Set(["IMG", "CANVAS", "INPUT", "SELECT", "BUTTON", "TABLE"]);
  const dehors = (b, r) => b.bottom > r.bottom + 2 || b.right > r.right + 2 || b.top < r.top - 2 || b.left < r.left - 2;
  const visible = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });

  function examiner(e) {
    if (!visible(e)) return;
    const b = e.getBoundingClientRect(), style = getComputedStyle(e);
    if (b.width < 2 || b.height < 2 || style.clipPath !== "none") return; // pour les lecteurs d'écran
    const textes = [...e.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE && n.textContent.trim());
    const feuille = e.tagName !== "OPTION" && textes.length > 0;
    if (!feuille && !OBJETS.has(e.tagName)) return;
    const nom = `${e.tagName}.${e.className} « ${(e.textContent || e.value || e.ariaLabel || "").trim().slice(0, 40)} »`;
    for (let a = e.parentElement; a !== diapo.parentElement; a = a.parentElement) {
      if (a === diapo) break;
      const { overflowX, overflowY } = getComputedStyle(a);
      if (overflowX === "visible" && overflowY === "visible") continue;
      if (dehors(b, a.getBoundingClientRect())) { defauts.add(`coupé : ${nom} par ${a.className}`); return; }
    }
    if (b.left < scene.left - 1 || b.top < scene.top - 1 || b.right > scene.right + 1 || b.bottom > bas + 1) {
      defauts.add(`déborde : ${nom} ${[b.left, b.top, b.right, b.bottom].map(Math.round)}`);
    }
    const saisi = e.tagName === "INPUT" && e.type === "text" || e.tagName === "SELECT";
    if (feuille || saisi) petit(parseFloat(style.fontSize) * e.currentCSSZoom, nom);
    if (e.tagName === "CANVAS") {
      for (const [taille, mots] of e.ecrits ?? []) petit(taille * Math.min(b.width / e.width, b.height / e.height), `figure « ${mots} »`);
    }
    for (const noeud of textes) ponctuer(noeud, nom);
  }
  function petit(taille, nom) {
    if (taille < PLANCHER * echelle - 0.1) defauts.add(`petit : ${(taille / echelle).toFixed(1)} ${nom}`);
  }
  // Un signe seul en tête de ligne : plus bas que la lettre qui le précède, même dans un autre élément.
  const boite = (noeud, i) => { const r = document.createRange(); r.setStart(noeud, i); r.setEnd(noeud, i + 1); return r.getBoundingClientRect(); };
  function ponctuer(noeud, nom) {
    for (const trouve of noeud.data.matchAll(/(?<=^|\s)[;:!?»%€,.)]/g)) {
      let avant = null;
      const dedans = noeud.data.slice(0, trouve.index).trimEnd();
      if (dedans) avant = boite(noeud, dedans.length - 1);
      else {
        const marche = document.createTreeWalker(noeud.parentElement.closest("p, li, td, th, h1, h2, h3, div"), NodeFilter.SHOW_TEXT);
        marche.currentNode = noeud;
        const precedent = marche.previousNode();
        if (precedent?.data.trim()) avant = boite(precedent, precedent.data.trimEnd().length - 1);
      }
      const signe = boite(noeud, trouve.index);
      if (avant && signe.height && signe.top > avant.bottom - 2) defauts.add(`signe seul en tête de ligne : ${nom}`);
    }
  }

  for (const e of diapo.querySelectorAll("*")) examiner(e);
  for (const sortie of diapo.querySelectorAll(".sortie")) {
    const vus = [...sortie.querySelectorAll("button, img, canvas, table, p, select, input, .cerdd-atelier")].filter((e) => {
      const b = e.getBoundingClientRect();
      return visible(e) && b.width > 40 && b.height > 20 && (e.tagName !== "IMG" || e.naturalWidth > 0);
    });
    if (!vus.length) defauts.add(`rien à voir : ${sortie.dataset.cellule}`);
    for (const figure of sortie.querySelectorAll("img.figure, canvas.cerdd-image")) {
      const b = figure.getBoundingClientRect();
      if (visible(figure) && b.height < 120 * echelle) defauts.add(`figure écrasée : ${Math.round(b.height / echelle)} lignes`);
    }
    const figures = [...sortie.querySelectorAll("img.figure, canvas.cerdd-image")]; // une autre peut attendre la touche D
    if (figures.length && !figures.some(visible)) defauts.add("figure absente");
  }
  if (!diapo.querySelector(".corps").textContent.trim() && !diapo.querySelector("img, canvas")) defauts.add("vide");
  return [...defauts];
}
