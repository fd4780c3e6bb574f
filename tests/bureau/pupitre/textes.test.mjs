// Ce que le pupitre lit et récrit dans les cellules.
import assert from "node:assert/strict";
import test from "node:test";
import { importer } from "../../widgets/pages/outils.mjs";

const { ecrireChamp, lireChamp, longueurDuRepere, mots, numeroDeQuestion, sur, variableJugee } =
  await importer("bureau/laboratoire/ordinaire/labextensions/cerdd-pupitre/static/textes.js");

const ZONE = "réponse 2.1 : écrivez sous cette ligne\n";
const SOURCE = "ecart_ressources = ...\necart_charges = 9550\npart_ue = \"21,8 %\"";
const ecrit = (source, nom, texte) => {
  const { debut, fin, texte: mis } = ecrireChamp(source, nom, texte);
  return source.slice(0, debut) + mis + source.slice(fin);
};

test("la première ligne d'une zone n'est pas un mot de la réponse", () => {
  assert.equal(longueurDuRepere(ZONE), ZONE.length);
  assert.equal(mots(ZONE), 0);
  assert.equal(mots(`${ZONE}- 4 450 € d'écart, soit peu`), 5);
  assert.equal(mots("Sans repère aussi"), 3);
});
test("une première ligne à moitié effacée ne compte pas non plus", () => {
  assert.equal(mots("réponse 2.1 : écrivez sous cette\nTrois mots ici"), 3);
});
test("un champ rend ce qui est tapé, vide pour les points", () => {
  assert.equal(lireChamp(SOURCE, "ecart_ressources"), "");
  assert.equal(lireChamp(SOURCE, "ecart_charges"), "9550");
  assert.equal(lireChamp(SOURCE, "part_ue"), "21,8 %");
  assert.equal(lireChamp(SOURCE, "absente"), null);
});
test("ce qui est tapé revient tel que tapé", () => {
  const tapes = ["14 000 €", "14.000", "1 050 000 − 1 040 450", "(4 450)", '"14 000"', "a\\b", "# 3", "21,8\u202f%", "1\u2028000"];
  for (const tape of tapes) {
    const source = ecrit(SOURCE, "ecart_ressources", tape);
    assert.equal(lireChamp(source, "ecart_ressources"), tape);
    assert.equal(lireChamp(source, "ecart_charges"), "9550");
    assert.equal(source.split("\n").length, 3);
  }
});
test("un champ vidé rend ses points à la cellule", () => {
  assert.equal(ecrit(SOURCE, "part_ue", "  "), "ecart_ressources = ...\necart_charges = 9550\npart_ue = ...");
});
test("ce qu'une cellule juge, ce qu'elle annonce", () => {
  assert.equal(variableJugee('cas.verifier("2.3", charges_personnel_2015)'), "charges_personnel_2015");
  assert.equal(variableJugee('cas.verifier("2.3", 12)'), "12");
  assert.equal(variableJugee("cas.lire(4)"), null);
  assert.equal(numeroDeQuestion("## Question\u00a02.1 — Un résultat"), "2.1");
  assert.equal(numeroDeQuestion("## Les annexes"), null);
});
test("les points comme on les écrit", () => {
  assert.equal(sur(7.5, 30), "7,5 sur 30");
});
