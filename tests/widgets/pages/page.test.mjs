// Chercher dans une annexe : accents, majuscules, apostrophes et espaces insécables ne gênent pas.
import assert from "node:assert/strict";
import test from "node:test";
import { importer } from "./outils.mjs";

const { trouver } = await importer("widgets/pages/page.js");
const mots = (texte, cherche) => trouver(texte, cherche).map(([d, f]) => texte.slice(d, f));

test("sans mot, rien n'est trouvé", () => assert.deepEqual(trouver("L’équipe", "  "), []));
test("accents, majuscules et apostrophes", () => {
  assert.deepEqual(mots("L’équipe et l'Équipe", "l'equipe"), ["L’équipe", "l'Équipe"]);
});
test("un montant, avec son espace insécable", () => {
  assert.deepEqual(mots("soit 14\u202f000\u00a0€.", "14 000 €"), ["14\u202f000\u00a0€"]);
});
test("une lettre accentuée en deux signes garde ses places", () => {
  assert.deepEqual(mots("de\u0301cide puis decide", "decide"), ["de\u0301cide", "decide"]);
});
