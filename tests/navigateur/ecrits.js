// Retient, pour chaque toile, la taille des textes qui y sont peints (en points de la toile).
for (const Plume of [CanvasRenderingContext2D, OffscreenCanvasRenderingContext2D]) {
  const { fillText, drawImage } = Plume.prototype;
  Plume.prototype.fillText = function (texte, ...reste) {
    const m = this.getTransform();
    (this.canvas.ecrits ??= []).push([parseFloat(this.font.match(/([\d.]+)px/)[1]) * Math.hypot(m.c, m.d), texte]);
    return fillText.call(this, texte, ...reste);
  };
  Plume.prototype.drawImage = function (image, ...reste) {
    if (this.canvas.tagName === "CANVAS" && image instanceof OffscreenCanvas) this.canvas.ecrits = [...(image.ecrits ?? [])];
    return drawImage.call(this, image, ...reste);
  };
}
