// Ce que la diapositive affichée a de coupé, de débordant ou de trop petit.
() => {
  const presentation = cerddPresentation;
  const bas = document.querySelector(".cerdd-diapo-barre").getBoundingClientRect().top;
  const cellules = [...document.querySelectorAll(".jp-Notebook .jp-Cell.jp-deck-mod-onscreen")];
  const defauts = [], textes = [];
  const OBJETS = new Set(["IMG", "CANVAS", "INPUT", "SELECT", "BUTTON", "TABLE"]);
  const dehors = (b, r) => b.bottom > r.bottom + 2 || b.right > r.right + 2 || b.top < r.top - 2;

  function examiner(e, cellule) {
    if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return;
    const b = e.getBoundingClientRect(), style = getComputedStyle(e);
    if (b.width < 2 || b.height < 2 || style.clipPath !== "none") return; // pour les lecteurs d'écran
    const feuille = e.tagName !== "OPTION"
      && [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent.trim());
    if (!feuille && !OBJETS.has(e.tagName)) return;
    const mots = (e.textContent || e.value || "").trim().slice(0, 40);
    const nom = `${e.tagName}.${e.className} « ${mots} »`;
    for (let a = e.parentElement; a && a !== cellule.parentElement; a = a.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(a);
      if (overflowX === "visible" && overflowY === "visible") continue;
      if (!dehors(b, a.getBoundingClientRect())) continue;
      if (["auto", "scroll"].includes(overflowY)) return; // une liste qui défile dans l'atelier
      defauts.push(`coupé : ${nom} par ${a.className}`);
      return;
    }
    if (b.left < -1 || b.top < -1 || b.right > innerWidth + 1 || b.bottom > bas + 1) {
      defauts.push(`hors de l'écran : ${nom} ${[b.left, b.top, b.right, b.bottom].map(Math.round)}`);
    }
    if (feuille) {
      textes.push({
        taille: parseFloat(style.fontSize) * e.currentCSSZoom,
        atelier: Boolean(e.closest(".cerdd-atelier")),
        accessoire: Boolean(e.closest(".cerdd-aide, small, sub, sup")),
        nom,
      });
    }
  }

  for (const cellule of cellules) {
    for (const e of cellule.querySelectorAll("*")) examiner(e, cellule);
  }
  const carnet = document.querySelector(".jp-Notebook");
  if (carnet.scrollHeight > carnet.clientHeight + 2) {
    defauts.push(`la diapositive défile : ${carnet.scrollHeight} > ${carnet.clientHeight}`);
  }
  for (const editeur of document.querySelectorAll(".jp-CodeCell .jp-InputArea-editor")) {
    if (editeur.getBoundingClientRect().height) defauts.push("du code est visible");
  }
  const plusPetit = (choix) =>
    textes.filter(choix).reduce((m, t) => (t.taille < m.taille ? t : m), { taille: 999, nom: "" });
  return {
    defauts,
    vide: !textes.length && !cellules.some((c) => c.querySelector("img, canvas")),
    titre: presentation.diapositives[presentation.arrets[presentation.actuel].rang].titre,
    echelle: presentation.echelle,
    page: plusPetit((t) => !t.atelier && !t.accessoire),
    atelier: plusPetit((t) => t.atelier && !t.accessoire),
  };
}
