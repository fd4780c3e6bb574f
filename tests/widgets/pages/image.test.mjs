// Peindre une commande : le cadre coupe, le texte prend la largeur voulue sans trop s'étirer.
import assert from "node:assert/strict";
import test from "node:test";
import { importer } from "./outils.mjs";

globalThis.Path2D = class { constructor(trace) { this.trace = trace; } };
const { dessiner } = await importer("widgets/pages/image.js");

// Une plume qui note ce qu'on lui demande.
function peindre(commande, largeurReelle = 100) {
  const gestes = [], reglages = {};
  const plume = new Proxy(reglages, {
    get: (_, nom) => (...a) => (nom === "measureText" ? { width: largeurReelle } : gestes.push([nom, ...a])),
  });
  dessiner(plume, commande, () => "trame");
  return { gestes: gestes.map(([nom]) => nom), details: gestes, reglages };
}

test("un tracé : coupé par son cadre, rempli, haché, bordé", () => {
  const { gestes, reglages } = peindre(["p", "M0 0", "#fff", "#000", 2, [4, 2], [0, 0, 9, 9], ["M0 0", "#111", 1]]);
  assert.deepEqual(gestes, ["beginPath", "rect", "clip", "fill", "fill", "setLineDash", "stroke"]);
  assert.equal(reglages.lineWidth, 2);
});
test("un tracé sans fond ni trait ne peint rien", () => {
  assert.deepEqual(peindre(["p", "M0 0", null, null, 0, null, null, null]).gestes, []);
});
test("un texte se resserre à la largeur voulue, et ne s'étire que d'un dixième", () => {
  const texte = (voulue) => peindre(["t", "CERDD", 3, 4, 90, 12, "bold", "#000", voulue]);
  const { details, reglages } = texte(50);
  assert.deepEqual(details, [["translate", 3, 4], ["rotate", -Math.PI / 2], ["scale", 0.5, 1], ["fillText", "CERDD", 0, 0]]);
  assert.match(reglages.font, /^bold 12px /);
  assert.deepEqual(texte(500).details[2], ["scale", 1.1, 1]);
});
