// Filtrer la matrice : une ligne, une colonne, une case ; presser de nouveau retire le filtre.
import assert from "node:assert/strict";
import test from "node:test";
import { importer } from "./outils.mjs";

const { choisir, presse, compris } = await importer("dossier_4/matrice.js");
const RIEN = { public: "", case: "" }, LIGNE = { public: "elus", case: "" };
const COLONNE = { public: "", case: "plan" }, CASE = { public: "elus", case: "plan" };

test("on choisit, puis on retire", () => {
  assert.deepEqual(choisir(RIEN, CASE), CASE);
  assert.deepEqual(choisir(CASE, CASE), RIEN);
  assert.deepEqual(choisir(LIGNE, CASE), CASE);
});
test("sans filtre, rien n'est pressé ni compris", () => {
  for (const b of [RIEN, LIGNE, COLONNE, CASE]) {
    assert.equal(presse(RIEN, b), false);
    assert.equal(compris(RIEN, b), false);
  }
});
test("une ligne comprend toutes ses cases, une case elle seule", () => {
  assert.equal(compris(LIGNE, CASE), true);
  assert.equal(compris(COLONNE, CASE), true);
  assert.equal(compris(CASE, { public: "elus", case: "supports" }), false);
  assert.equal(compris(LIGNE, { public: "citoyens", case: "plan" }), false);
  assert.equal(presse(LIGNE, CASE), false);
});
