// Ce que la page du pupitre a d'illisible : lettres trop petites, trop pâles, coupées, mot brisé.
() => {
  const PETIT = 12, LISIBLE = 4.5, GRAND = 3;  // pixels ; contrastes (WCAG, niveau AA)
  const defauts = new Set();

  const couleur = (texte) => {
    const [r, v, b, a = 1] = texte.match(/[\d.]+/g).map(Number);
    return { r, v, b, a };
  };
  const sur = (dessus, dessous) => {
    const m = (c) => dessus[c] * dessus.a + dessous[c] * (1 - dessus.a);
    return { r: m("r"), v: m("v"), b: m("b"), a: 1 };
  };
  const luminance = ({ r, v, b }) => {
    const [R, V, B] = [r, v, b].map((x) => (x /= 255) <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
    return 0.2126 * R + 0.7152 * V + 0.0722 * B;
  };
  function fond(e) {
    const couches = [];
    for (let a = e; a; a = a.parentElement) {
      const c = couleur(getComputedStyle(a).backgroundColor);
      if (c.a) couches.push(c);
      if (c.a === 1) break;
    }
    return couches.reduceRight((dessous, dessus) => sur(dessus, dessous), { r: 255, v: 255, b: 255, a: 1 });
  }
  function contraste(e, style) {
    const ground = fond(e), [x, y] = [luminance(sur(couleur(style.color), ground)), luminance(ground)];
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  }
  // Ce qui coupe un texte : un ancêtre qui cache ce qui dépasse, sans pouvoir défiler.
  function coupe(e, cadre) {
    for (let a = e; a && !a.matches(".jp-WindowedPanel-outer, .pup-barre"); a = a.parentElement) {
      const { overflowX, overflowY, textOverflow } = getComputedStyle(a), b = a.getBoundingClientRect();
      if ([overflowX, overflowY].some((o) => o === "auto" || o === "scroll")) return false;
      if (overflowX === "visible" && overflowY === "visible") continue;
      if (cadre.right > b.right + 2 || cadre.bottom > b.bottom + 3 || cadre.left < b.left - 2) return textOverflow !== "ellipsis" || !a.matches(".pup-etat");
    }
    return cadre.right > innerWidth + 1 || cadre.left < -1;
  }

  const racines = document.querySelectorAll(".jp-NotebookPanel, .pup-barre, .pup-remise");
  for (const racine of racines) {
    const noeuds = document.createTreeWalker(racine, NodeFilter.SHOW_TEXT);
    while (noeuds.nextNode()) {
      const noeud = noeuds.currentNode, e = noeud.parentElement, texte = noeud.data.trim();
      if (!texte || e.closest("option, script, style, svg")) continue;
      if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const style = getComputedStyle(e), zone = document.createRange();
      zone.selectNodeContents(noeud);
      const cadre = zone.getBoundingClientRect();
      if (cadre.width < 2 || cadre.height < 2 || style.clipPath !== "none" || e.closest("[style*='clip']")) continue;
      const nom = `${e.tagName.toLowerCase()}.${String(e.className).split(" ").join(".")} « ${texte.slice(0, 40)} »`;
      const taille = parseFloat(style.fontSize);
      if (taille < PETIT) defauts.add(`petit (${taille} px) : ${nom}`);
      const gras = Number(style.fontWeight) >= 600, seuil = taille >= 24 || (gras && taille >= 18.66) ? GRAND : LISIBLE;
      const c = contraste(e, style);
      if (c < seuil && !e.closest(":disabled, [aria-disabled=true], .inactif")) defauts.add(`pâle (${c.toFixed(2)}) : ${nom}`);
      if (coupe(e, cadre)) defauts.add(`coupé : ${nom}`);
      if (zone.getClientRects().length > 1) {
        for (const mot of noeud.data.matchAll(/[\p{L}\p{N}]{4,}/gu)) {
          zone.setStart(noeud, mot.index);
          zone.setEnd(noeud, mot.index + mot[0].length);
          const lignes = new Set([...zone.getClientRects()].map((r) => Math.round(r.top)));
          if (lignes.size > 1) defauts.add(`brisé : « ${mot[0]} » dans ${nom}`);
        }
      }
    }
  }
  // Un champ : ce qui y est tapé ou choisi se lit aussi.
  for (const champ of document.querySelectorAll(".jp-NotebookPanel :is(input:not([type=checkbox], [type=radio], [type=range]), select, textarea)")) {
    if (!champ.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const style = getComputedStyle(champ), nom = `${champ.tagName.toLowerCase()} « ${champ.getAttribute("aria-label") ?? champ.value} »`;
    if (parseFloat(style.fontSize) < PETIT) defauts.add(`petit (${style.fontSize}) : ${nom}`);
    if (contraste(champ, style) < LISIBLE && !champ.disabled) defauts.add(`pâle : ${nom}`);
    const b = champ.getBoundingClientRect();
    if (b.right > innerWidth + 1) defauts.add(`hors de la page : ${nom}`);
  }
  return [...defauts];
}
