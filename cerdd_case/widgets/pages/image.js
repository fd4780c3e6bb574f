// Peint une figure vive : son fond, puis ce qui bouge. Les commandes viennent de figures/trace.py.
// La taille est fixe (pas de saut) et seule l'image la plus récente est peinte (pas de retard).
const POLICE = '"DejaVu Sans", Verdana, "Segoe UI", sans-serif';

// Un tracé ou un texte, sur une plume de canevas ; `motif` en fait une trame de hachures.
export function dessiner(p, commande, motif) {
  if (commande[0] === "p") {
    const [, dessin, rempli, trait, epaisseur, tirets, cadre, hachure] = commande;
    if (cadre) { p.beginPath(); p.rect(...cadre); p.clip(); }
    const trace = new Path2D(dessin);
    if (rempli) { p.fillStyle = rempli; p.fill(trace); }
    if (hachure) { p.fillStyle = motif(p, hachure); p.fill(trace); }
    if (trait) { p.strokeStyle = trait; p.lineWidth = epaisseur; if (tirets) p.setLineDash(tirets); p.stroke(trace); }
  } else {
    const [, texte, x, y, angle, taille, graisse, couleur, voulue] = commande;
    p.translate(x, y);
    p.rotate((-angle * Math.PI) / 180);
    p.font = `${graisse} ${taille}px ${POLICE}`;
    p.fillStyle = couleur;
    const reelle = p.measureText(texte).width;
    if (reelle > 0 && voulue > 0) p.scale(Math.min(1.1, voulue / reelle), 1);
    p.fillText(texte, 0, 0);
  }
}

function render({ model, el }) {
  const toile = document.createElement("canvas");
  toile.className = "cerdd-image";
  toile.setAttribute("role", "img");
  el.classList.add("cerdd");
  el.append(toile);
  const plume = toile.getContext("2d", { alpha: false });
  const [largeur, hauteur] = model.get("taille");
  toile.style.aspectRatio = `${largeur} / ${hauteur}`;
  let fond = null, echelle = 0, demande = false;
  const images = new Map();

  function motif(p, [trace, couleur, epaisseur]) {
    const cote = 100, carre = new OffscreenCanvas(cote * echelle, cote * echelle);
    const q = carre.getContext("2d");
    q.scale(cote * echelle, -cote * echelle);
    q.translate(0, -1);
    q.strokeStyle = q.fillStyle = couleur;
    q.lineWidth = epaisseur / cote;
    q.stroke(new Path2D(trace));
    const trame = p.createPattern(carre, "repeat");
    trame.setTransform(new DOMMatrix().scale(1 / echelle));
    return trame;
  }
  function executer(p, commandes) {
    for (const commande of commandes) {
      p.save();
      if (commande[0] === "i") poser(p, commande); else dessiner(p, commande, motif);
      p.restore();
    }
  }
  function poser(p, [, x, y, l, h, png]) {
    const connue = images.get(png);
    if (connue) p.drawImage(connue, x, y, l, h);
    else if (connue === undefined) {
      images.set(png, null);
      const image = new Image();
      image.onload = () => { images.set(png, image); fond = null; demander(); };
      image.src = `data:image/png;base64,${png}`;
    }
  }
  function peindre() {
    demande = false;
    const vue = toile.getBoundingClientRect().width || largeur;
    const voulue = Math.max(1, (vue / largeur) * (window.devicePixelRatio || 1));
    if (Math.abs(voulue - echelle) > 0.01 || !fond) {
      echelle = voulue;
      toile.width = Math.round(largeur * echelle);
      toile.height = Math.round(hauteur * echelle);
      fond = new OffscreenCanvas(toile.width, toile.height);
      const p = fond.getContext("2d", { alpha: false });
      p.fillStyle = "#ffffff";
      p.fillRect(0, 0, fond.width, fond.height);
      p.scale(echelle, echelle);
      executer(p, model.get("fond"));
    }
    plume.setTransform(1, 0, 0, 1, 0, 0);
    plume.drawImage(fond, 0, 0);
    plume.scale(echelle, echelle);
    executer(plume, model.get("devant"));
    toile.dataset.rang = model.get("rang");
  }
  function demander() {
    if (!demande) { demande = true; requestAnimationFrame(peindre); }
  }
  const alternative = () => toile.setAttribute("aria-label", model.get("alternative"));
  model.on("change:fond", () => { fond = null; demander(); });
  model.on("change:devant", demander);
  model.on("change:rang", demander);
  model.on("change:alternative", alternative);
  const taille = new ResizeObserver(demander);
  taille.observe(toile);
  alternative();
  demander();
  return () => taille.disconnect();
}
export default { render };
