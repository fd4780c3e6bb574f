// Le moteur des diapositives : places, adresses, minuteur, sans page.
import assert from "node:assert/strict";
import test from "node:test";
import { importer } from "../../widgets/pages/outils.mjs";

const moteur = await importer("edition/presentation/servi/moteur.js");
const ETAPES = [0, 3, 1];
const place = (rang, etape = 0) => ({ rang, etape });

test("l'adresse dit la diapositive et l'étape, et se relit", () => {
  for (const [rang, etape] of [[0, 0], [1, 0], [1, 2], [1, 3], [2, 1]]) {
    const adresse = moteur.ecrireAdresse(place(rang, etape));
    assert.deepEqual(moteur.lireAdresse(adresse, ETAPES), place(rang, etape));
  }
  assert.equal(moteur.ecrireAdresse(place(6, 2)), "#7.2");
  assert.equal(moteur.ecrireAdresse(place(6)), "#7");
});
test("une adresse hors du diaporama mène à la plus proche", () => {
  for (const adresse of ["", "#", "#abc", "#1.x", "#-2", "#0"]) {
    assert.deepEqual(moteur.lireAdresse(adresse, ETAPES), place(0), adresse);
  }
  assert.deepEqual(moteur.lireAdresse("#99.4", ETAPES), place(2, 1));
  assert.deepEqual(moteur.lireAdresse("#2.9", ETAPES), place(1, 3));
});
test("avancer dévoile, puis change de diapositive ; au bout, rien", () => {
  const vues = [place(0)];
  for (let p = vues[0]; (p = moteur.suivante(p, ETAPES));) vues.push(p);
  assert.deepEqual(vues.map(moteur.ecrireAdresse), ["#1", "#2", "#2.1", "#2.2", "#2.3", "#3", "#3.1"]);
  assert.equal(moteur.suivante(place(2, 1), ETAPES), null);
});
test("reculer refait le même chemin", () => {
  const vues = [place(2, 1)];
  for (let p = vues[0]; (p = moteur.precedente(p, ETAPES));) vues.push(p);
  assert.deepEqual(vues.map(moteur.ecrireAdresse), ["#3.1", "#3", "#2.3", "#2.2", "#2.1", "#2", "#1"]);
  assert.equal(moteur.precedente(place(0), ETAPES), null);
});
test("une durée se lit en minutes et secondes", () => {
  assert.deepEqual([300, 299.2, 59, 0.4, 0, -3, 3600].map(moteur.duree), ["5:00", "5:00", "0:59", "0:01", "0:00", "0:00", "60:00"]);
});
test("le minuteur compte, s'arrête, reprend, et repart une fois fini", () => {
  const neuf = moteur.minuteurDe(3);
  assert.equal(moteur.resteDe(neuf, 0), 180);
  const lance = moteur.basculer(neuf, 1_000);
  assert.equal(moteur.resteDe(lance, 61_000), 120);
  const arrete = moteur.basculer(lance, 61_000);
  assert.equal(moteur.resteDe(arrete, 999_000), 120);
  const repris = moteur.basculer(arrete, 1_000_000);
  assert.equal(moteur.resteDe(repris, 1_030_000), 90);
  assert.equal(moteur.resteDe(repris, 9_000_000), 0);
  const fini = moteur.basculer(repris, 9_000_000);
  assert.equal(moteur.resteDe(moteur.basculer(fini, 9_001_000), 9_001_000), 180);
});
test("la page entre dans l'écran, en largeur comme en hauteur", () => {
  assert.equal(moteur.echelle(1280, 720), 1);
  assert.equal(moteur.echelle(1920, 1080), 1.5);
  assert.equal(moteur.echelle(1280, 1024), 1);
  assert.equal(moteur.echelle(2560, 720), 1);
});
