// Choisir dans une liste ne touche pas aux autres ; revenir à « choisissez » retire la réponse.
import assert from "node:assert/strict";
import test from "node:test";
import { importer } from "./outils.mjs";

const { choisir } = await importer("widgets/pages/listes.js");

test("une réponse s'ajoute, se change, se retire", () => {
  const depart = Object.freeze({ a: "oui" });
  assert.deepEqual(choisir(depart, "b", "non"), { a: "oui", b: "non" });
  assert.deepEqual(choisir(depart, "a", "non"), { a: "non" });
  assert.deepEqual(choisir(depart, "a", ""), {});
  assert.deepEqual(choisir(depart, "b", ""), { a: "oui" });
});
