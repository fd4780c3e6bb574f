// La fiche d'un indicateur : ce qui est écrit, et quand la question se pose.
import assert from "node:assert/strict";
import test from "node:test";
import { importer } from "./outils.mjs";

const { question } = await importer("widgets/pages/commun.js", "dossier_2/indicateur.js");

test("la question attend que l'on quitte le champ", () => {
  const questions = { nom: "De quoi ?" };
  assert.equal(question(questions, "nom", ""), "De quoi ?");
  assert.equal(question(questions, "nom", "limite"), "De quoi ?");
  assert.equal(question(questions, "nom", "nom"), "");
  assert.equal(question(questions, "limite", ""), "");
});
