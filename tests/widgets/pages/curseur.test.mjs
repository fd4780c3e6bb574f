// Le curseur écrit les nombres comme Python : mêmes cas que l'essai des mesures.
import assert from "node:assert/strict";
import test from "node:test";
import { importer, lire } from "./outils.mjs";

const { mesure } = await importer("widgets/pages/curseur.js");

for (const { unite, valeur, texte } of JSON.parse(lire("../../socle/nombres/ecritures.json"))) {
  test(`${valeur} en ${unite}`, () => assert.equal(mesure(valeur, unite), texte));
}
test("une valeur absente ou infinie s'écrit d'un tiret", () => {
  for (const v of [NaN, Infinity, -Infinity, null]) assert.equal(mesure(v, "nombre"), "–");
});
