// Python a écrit des hypothèses et ce qu'il en dit (test_sans_python.py) : le JavaScript dit-il la même chose ?
// CERDD_TIRAGES : le fichier, une ligne de réglages puis une par tirage ; CERDD_ABIME : un changement à
// faire dans les scripts, pour s'assurer que l'essai le voit.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const lire = (chemin) => readFileSync(new URL(`../../cerdd_case/${chemin}`, import.meta.url), "utf-8");
let script = ["widgets/pages/curseur.js", "dossier_2/projection.js", "dossier_2/projection_figure.js"].map(lire).join("");
if (process.env.CERDD_ABIME) {
  const [avant, apres] = JSON.parse(process.env.CERDD_ABIME);
  assert.equal(script.split(avant).length, 2, avant);
  script = script.replace(avant, apres);
}
const js = await import(`data:text/javascript,${encodeURIComponent(script)}`);
const [cas, ...tirages] = readFileSync(process.env.CERDD_TIRAGES, "utf-8").trim().split("\n").map((ligne) => JSON.parse(ligne));

function dire(hypotheses) {
  const p = js.projeter(cas, hypotheses);
  return {
    hypotheses, montants: p.montants, total: p.total, ue: p.ue, part: p.part, evolution: p.evolution,
    phrase: js.conclure(cas, p), regles: js.juger(cas, p), prix_volume: js.phrasePrixVolume(cas, p),
    alternative: js.texteDeRemplacement(cas, p),
  };
}
// Les points d'une figure à un dixième près, tout le reste à l'identique (« #1b5e9bff » est « #1b5e9b »).
const couleur = (texte) => (typeof texte === "string" ? texte.replace(/^(#\w{6})ff$/, "$1") : texte);
function proche(obtenu, attendu) {
  if (Array.isArray(attendu)) return attendu.length === obtenu?.length && attendu.every((v, i) => proche(obtenu[i], v));
  if (typeof attendu === "number") return Math.abs(obtenu - attendu) < 0.16;
  if (typeof attendu !== "string" || !/^M[-\d]/.test(attendu)) return couleur(obtenu) === couleur(attendu);
  const [a, b] = [attendu, obtenu].map((trace) => [trace.replace(/[-\d.]+/g, "#"), (trace.match(/[-\d.]+/g) ?? []).map(Number)]);
  return a[0] === b[0] && proche(b[1], a[1]);
}

test("montants, phrases et textes sont ceux de Python", () => {
  const ecarts = [];
  for (const { devant: _, ...attendu } of tirages) {
    const obtenu = dire(attendu.hypotheses);
    for (const cle of Object.keys(attendu)) {
      const [a, b] = [attendu[cle], obtenu[cle]].map((v) => JSON.stringify(v));
      if (a !== b) ecarts.push(`${cle} : Python ${a}, JavaScript ${b}`);
    }
  }
  assert.equal(ecarts.length, 0, `${ecarts.length} écarts, dont ${ecarts.slice(0, 3).join("\n")}`);
});
test("la figure se dessine au même endroit", () => {
  const vus = tirages.filter((t) => t.devant);
  for (const { hypotheses, devant } of vus) {
    const obtenu = js.partieMobile(cas, js.projeter(cas, hypotheses));
    assert.ok(proche(obtenu, devant), `Python ${JSON.stringify(devant)}\nJavaScript ${JSON.stringify(obtenu)}`);
  }
  console.log(`comparé ${tirages.length} tirages, ${vus.length} figures`);
});
