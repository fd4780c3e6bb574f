// Chercher un fait : accents, majuscules et apostrophes n'empêchent pas de le trouver.
import assert from "node:assert/strict";
import test from "node:test";
import { importer } from "./outils.mjs";

const { filtrer } = await importer("widgets/pages/commun.js", "dossier_4/preuves.js");
const FAITS = [
  { texte: "L’équipe répond aux élus", reference: "annexe 7, § 2", source: "annexe 7", id: "A7-16" },
  { texte: "Le blog attire des lecteurs", reference: "annexe 11, § 1", source: "annexe 11", id: "A11-08" },
];
const trouver = (...filtres) => filtrer(FAITS, ...filtres).map((f) => f.source);

test("sans filtre, tout se montre", () => assert.deepEqual(trouver("", "", false), ["annexe 7", "annexe 11"]));
test("tous les mots, dans n'importe quel ordre", () => {
  assert.deepEqual(trouver("  ELUS   l'equipe ", "", false), ["annexe 7"]);
  assert.deepEqual(trouver("élus blog", "", false), []);
});
test("la référence se cherche aussi", () => assert.deepEqual(trouver("annexe 11", "", false), ["annexe 11"]));
test("une source, les faits conseillés", () => {
  assert.deepEqual(trouver("", "annexe 11", false), ["annexe 11"]);
  assert.deepEqual(trouver("", "annexe 11", ["A7-16"]), []);
  assert.deepEqual(trouver("", "", ["A7-16"]), ["annexe 7"]);
});
