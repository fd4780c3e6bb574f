// Le curseur écrit les nombres comme Python : mêmes cas que tests/test_nombres.py.
// node --test tests/nombres/ecritures.mjs
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const lire = (chemin) => readFileSync(new URL(chemin, import.meta.url), "utf-8");
// Le script d'un élément est un module sans voisin : on l'importe par son texte.
const script = lire("../../cerdd_case/widgets/pages/curseur.js");
const { mesure } = await import(`data:text/javascript,${encodeURIComponent(script)}`);

for (const { unite, valeur, texte } of JSON.parse(lire("ecritures.json"))) {
  test(`${valeur} en ${unite}`, () => assert.equal(mesure(valeur, unite), texte));
}
test("une valeur absente ou infinie s'écrit d'un tiret", () => {
  for (const v of [NaN, Infinity, -Infinity, null]) assert.equal(mesure(v, "nombre"), "–");
});
