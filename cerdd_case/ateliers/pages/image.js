// Une image de taille fixe : pas de saut, pas de clignotement. Pendant qu'une image se décode,
// seule la plus récente attend.
function render({ model, el }) {
  const toile = document.createElement("canvas");
  toile.className = "cerdd-image";
  toile.setAttribute("role", "img");
  el.classList.add("cerdd");
  el.append(toile);
  const plume = toile.getContext("2d", { alpha: false });
  let occupe = false, attend = false;
  async function peindre() {
    if (occupe) { attend = true; return; }
    occupe = true;
    try {
      do {
        attend = false;
        const octets = model.get("image");
        if (!octets || !octets.byteLength) break;
        const image = await createImageBitmap(new Blob([octets], { type: "image/png" }));
        if (toile.width !== image.width || toile.height !== image.height) {
          toile.width = image.width; toile.height = image.height;
        }
        plume.drawImage(image, 0, 0);
        image.close();
        toile.dataset.rang = model.get("rang");
      } while (attend);
    } finally { occupe = false; }
  }
  function taille() {
    const [largeur, hauteur] = model.get("taille");
    toile.width = largeur; toile.height = hauteur;
    toile.style.aspectRatio = `${largeur} / ${hauteur}`;
  }
  const alternative = () => toile.setAttribute("aria-label", model.get("alternative"));
  model.on("change:image", peindre);
  model.on("change:alternative", alternative);
  taille(); alternative(); peindre();
}
export default { render };
