// La fiche d'un indicateur : ce qui est écrit, et quand la question se pose.
import assert from "node:assert/strict";
import test from "node:test";
import { importer } from "./outils.mjs";

const { ecrire, question } = await importer("dossier_2/indicateur.js");

test("un champ s'écrit, se change, se vide, sans toucher aux autres", () => {
  const depart = Object.freeze({ nom: "Délai de réponse" });
  assert.deepEqual(ecrire(depart, "limite", "aucune"), { nom: "Délai de réponse", limite: "aucune" });
  assert.deepEqual(ecrire(depart, "nom", "Coût"), { nom: "Coût" });
  assert.deepEqual(ecrire(depart, "nom", " "), {});
});
test("la question attend que l'on quitte le champ", () => {
  const questions = { nom: "De quoi ?" };
  assert.equal(question(questions, "nom", ""), "De quoi ?");
  assert.equal(question(questions, "nom", "limite"), "De quoi ?");
  assert.equal(question(questions, "nom", "nom"), "");
  assert.equal(question(questions, "limite", ""), "");
});
