// Le budget à remplir : ce qui est tapé, la case suivante, ce qui se dit sous une case.
import assert from "node:assert/strict";
import test from "node:test";
import { importer } from "./outils.mjs";

const { voisine, sous } = await importer("widgets/pages/commun.js", "dossier_2/tableau.js");

test("Entrée avance, Maj et Entrée recule, sans sortir du tableau", () => {
  const postes = ["personnel", "etat", "ue"];
  assert.equal(voisine(postes, "personnel", 1), "etat");
  assert.equal(voisine(postes, "etat", -1), "personnel");
  assert.equal(voisine(postes, "ue", 1), undefined);
  assert.equal(voisine(postes, "personnel", -1), undefined);
});
test("un calcul fait se dit ; un calcul inachevé ne se dit qu'une fois la case quittée", () => {
  const fait = { texte: "= 14 000 €", faute: false }, inacheve = { texte: "Il manque un nombre.", faute: true };
  assert.deepEqual(sous(undefined, fait, true), { classe: "lu", texte: "= 14 000 €" });
  assert.deepEqual(sous(undefined, inacheve, true), { classe: "", texte: "" });
  assert.deepEqual(sous(undefined, inacheve, false), { classe: "faute", texte: "? Il manque un nombre." });
  assert.deepEqual(sous(undefined, undefined, false), { classe: "", texte: "" });
});
test("un verdict l'emporte sur ce qui est lu", () => {
  const avis = { classe: "non", signe: "✘", texte: "À revoir.", juste: false };
  assert.deepEqual(sous(avis, { texte: "= 1 €", faute: false }, true), { classe: "non", texte: "✘ À revoir." });
});
