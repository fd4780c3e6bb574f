// Répondre à une chose ne touche pas aux autres ; une réponse vide n'en est plus une.
import assert from "node:assert/strict";
import test from "node:test";
import { importer } from "./outils.mjs";

const { repondre } = await importer("widgets/pages/commun.js");

test("une réponse s'ajoute, se change, se retire", () => {
  const depart = Object.freeze({ a: "oui" });
  assert.deepEqual(repondre(depart, "b", "12 ×"), { a: "oui", b: "12 ×" });
  assert.deepEqual(repondre(depart, "a", "non"), { a: "non" });
  assert.deepEqual(repondre(depart, "a", "  "), {});
  assert.deepEqual(repondre(depart, "b", ""), { a: "oui" });
});
test("les listes se chargent avec ce qu'elles partagent", async () => {
  const { default: liste } = await importer("widgets/pages/commun.js", "widgets/pages/listes.js");
  assert.equal(typeof liste.render, "function");
});
