// Refait `../servi/gestionnaire.js`, `gestionnaire.css` et la liste des licences, depuis ce dossier :
//   npm install --no-package-lock --ignore-scripts
//   node construire.mjs [DOSSIER]
// `overrides` fixe la version de chaque paquet dont du code entre dans le fichier construit.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ICI = dirname(fileURLToPath(import.meta.url));
const VERS = resolve(process.argv[2] ?? join(ICI, "..", "servi"));

const { metafile } = await build({
  absWorkingDir: ICI,
  entryPoints: ["gestionnaire.js"],
  outdir: VERS,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none", // les licences sont toutes dans LICENCES.txt
  define: { global: "globalThis" },
  alias: { "sanitize-html": "./sans_html.js" },
  loader: Object.fromEntries([".eot", ".svg", ".ttf", ".woff", ".woff2"].map((genre) => [genre, "empty"])),
  metafile: true,
  logLevel: "warning",
});

// Chaque paquet dont une ligne est dans le fichier construit, et sa licence.
const paquets = new Set(Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs))
  .map((chemin) => chemin.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]).filter(Boolean));
const parties = [...paquets].sort().map((dossier) => {
  const lieu = join(ICI, dossier);
  const { name, version, license } = JSON.parse(readFileSync(join(lieu, "package.json"), "utf8"));
  const texte = readdirSync(lieu).filter((nom) => /^(licen[cs]e|copying)/i.test(nom)).sort()
    .map((nom) => readFileSync(join(lieu, nom), "utf8").replace(/\r\n/g, "\n").replace(/[ \t]+$/gm, "").trim()).join("\n\n");
  // Les paquets de Jupyter et de Lumino ne publient pas leur texte : c'est celui du projet Jupyter.
  const entier = texte || readFileSync(join(ICI, `${license}.txt`), "utf8").trim();
  return `${name} ${version} — ${license}\n\n${entier}\n`;
});
const tete = "Les paquets dont gestionnaire.js et gestionnaire.css contiennent du code, et leurs licences.\n";
writeFileSync(join(VERS, "LICENCES.txt"), [tete, ...parties].join(`\n${"-".repeat(80)}\n\n`));
