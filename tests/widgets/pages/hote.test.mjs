// Un élément sans noyau : ses valeurs se disent quand elles changent ; ce qui est tapé se lit ou se refuse.
import assert from "node:assert/strict";
import test from "node:test";
import { importer } from "./outils.mjs";

const { modele, lire } = await importer("widgets/pages/curseur.js", "widgets/pages/hote.js");

test("une valeur changée se dit une fois, une valeur égale ne se dit pas", () => {
  const dits = [], m = modele({ valeur: 1 }, (...recu) => dits.push(recu));
  m.on("change:valeur", () => dits.push(m.get("valeur")));
  m.set("valeur", 2); m.set("valeur", 2);
  m.save_changes(); m.send({ saisie: "3" });
  assert.deepEqual(dits, [2, [], [{ saisie: "3" }]]);
});
const ETP = { unite: "etp", minimum: 0, maximum: 6, valeur: 0, repere: 2.5 };
test("ce qui se lit sans ambiguïté devient une valeur", () => {
  assert.deepEqual(lire(" 2,5 ETP ", ETP), { valeur: 2.5 });
  assert.deepEqual(lire("−2,5 %", { ...ETP, unite: "part", minimum: -1 }), { valeur: -0.025 });
  assert.deepEqual(lire("750\u202f000\u00a0€", { ...ETP, unite: "eur", maximum: 1e6 }), { valeur: 750000 });
  assert.deepEqual(lire("Févr.", { ...ETP, unite: "mois", minimum: 1, maximum: 12 }), { valeur: 2 });
});
test("le reste reçoit une phrase et un exemple", () => {
  assert.match(lire("", ETP).erreur, /vide.*2,5\u00a0ETP/);
  assert.match(lire("deux", ETP).erreur, /«\u00a0deux\u00a0» ne se lit pas ici\u00a0: tapez par exemple 2,5\u00a0ETP/);
  assert.match(lire("7", ETP).erreur, /7\u00a0ETP est hors limites\u00a0: de 0\u00a0ETP à 6\u00a0ETP/);
  for (const ambigu of ["0,025", ",5", "2,125", "3 ETP"]) assert.ok(lire(ambigu, { ...ETP, unite: "part" }).erreur, ambigu);
  for (const ambigu of ["jui", "ma", "1,5"]) assert.ok(lire(ambigu, { ...ETP, unite: "mois", maximum: 12 }).erreur, ambigu);
});
