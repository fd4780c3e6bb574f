// Les ateliers vivants : remplace les sorties enregistrées par les réglages que tient le noyau.
// Le serveur exécute le carnet une fois ; cette fenêtre suit où il en est, et ne fait que reprendre.
import { element } from "./moteur.js";

const VEILLE = 30_000, REPRISE = 20_000, UNE_VUE = 15_000, PAUSE = 2_000; // millisecondes
const CALCUL = (faites, total) => `Calculs\u00a0: ${faites} sur ${total}`;
const SANS_SERVEUR = "La commande «\u00a0cerdd presenter\u00a0» ne répond plus\u00a0: les diapositives restent, les ateliers ne bougent plus.";
const ARRET = "Python s’est arrêté\u00a0: les ateliers ne bougent plus.";
const LENT = "Les ateliers ne répondent pas\u00a0: les images enregistrées restent.";
const RELANCER = "Relancer les calculs";

const { jeton } = JSON.parse(document.getElementById("cerdd-vivant").textContent);
const racine = new URL("..", location.href).href; // l'adresse de Jupyter
const ici = new URL("diapositives/", location.href).href;
const diaporama = globalThis.cerddDiaporama;
let generation = null, gestionnaire = null;

// Une attente qui finit toujours : au-delà du délai, elle échoue avec cette phrase.
export function limiter(attente, delai, phrase) {
  let fin;
  const limite = new Promise((_, rejeter) => { fin = setTimeout(() => rejeter(new Error(phrase)), delai); });
  return Promise.race([attente, limite]).finally(() => clearTimeout(fin));
}
const pause = (ms) => new Promise((suite) => { setTimeout(suite, ms); });
async function demander(chemin, corps) {
  const reponse = await fetch(ici + chemin, {
    method: corps ? "POST" : "GET",
    body: corps && JSON.stringify(corps),
    headers: { Authorization: `token ${jeton}` },
    signal: AbortSignal.timeout(VEILLE),
  });
  if (!reponse.ok) throw new Error(SANS_SERVEUR);
  return reponse.json();
}

// Le pied de page dit où en sont les calculs ; un arrêt a son bouton.
function dire(phase, texte = "", reprise = null) {
  document.documentElement.dataset.cerddPhase = phase;
  dispatchEvent(new Event("cerdd-vivant")); // la taille des ateliers a changé
  const { etat } = diaporama;
  etat.classList.toggle("alerte", phase === "arret");
  etat.replaceChildren(texte);
  if (reprise) etat.append(element("button", { type: "button", onclick: reprise }, RELANCER));
}
const arreter = (phrase) => dire("arret", phrase, relancer);
async function relancer() {
  dire("calcul", CALCUL(0, 0));
  await demander("relancer", { generation }).catch(() => arreter(SANS_SERVEUR));
}

async function reprendre(etat) {
  generation = etat.generation;
  gestionnaire?.fermer();
  const { Gestionnaire } = await import("./gestionnaire.js");
  gestionnaire = new Gestionnaire({ adresse: racine, jeton }, etat.noyau);
  gestionnaire.noyau.statusChanged.connect((_, statut) => {
    if (["dead", "restarting", "autorestarting"].includes(statut)) arreter(ARRET);
  });
  const modeles = await limiter(gestionnaire.restaurer(), REPRISE, LENT);
  if (!modeles && Object.keys(etat.vues).length) { await relancer(); return; } // noyau redémarré entre-temps
  const cellules = Object.entries(etat.vues).map(([cellule, vues]) => [sortie(cellule), vues]).filter(([s]) => s);
  const devant = (s) => s.closest(".diapo").hidden ? 1 : 0; // d'abord ce que la classe regarde
  for (const [s, vues] of cellules.sort(([a], [b]) => devant(a) - devant(b))) {
    for (const [rang, modele] of Object.entries(vues)) await remplacer(s, rang, modele);
  }
  dire("pret", etat.phrase);
}
const sortie = (cellule) => document.querySelector(`.sortie[data-cellule="${CSS.escape(cellule)}"]`);
async function remplacer(s, rang, modele) {
  const rendu = s.querySelector(`[data-rang="${rang}"]`);
  if (!rendu) return; // une annexe : elle s'ouvre d'un bouton
  const vue = element("div", { class: "rendu vivant", "data-rang": rang });
  rendu.after(vue);
  new MutationObserver(() => uneALaFois(vue)).observe(vue, { childList: true, subtree: true });
  try {
    await limiter(gestionnaire.afficher(modele, vue), UNE_VUE, LENT);
    rendu.remove();
  } catch (erreur) {
    vue.remove();
    throw erreur;
  }
}

// Une longue liste se lit un fait à la fois, comme un tableau ligne par ligne ; Python ne le sait pas.
const LONGUE = 3;
function uneALaFois(vue) {
  for (const boite of vue.querySelectorAll(".cerdd-listes")) {
    const lignes = [...boite.querySelectorAll(".cerdd-ligne, tbody > tr")];
    if (lignes.length <= LONGUE || boite.previousElementSibling?.matches(".une-a-la-fois")) continue;
    let rang = 0;
    const place = element("span", { role: "status" });
    const bouton = (texte, pas) => element("button", { type: "button", onclick: () => montrer(rang + pas) }, texte);
    const [avant, apres] = [bouton("◀ Précédent", -1), bouton("Suivant ▶", 1)];
    const montrer = (numero) => {
      rang = numero;
      lignes.forEach((ligne, i) => ligne.classList.toggle("cachee", i !== rang));
      place.textContent = `${rang + 1} / ${lignes.length}`;
      [avant.disabled, apres.disabled] = [rang === 0, rang === lignes.length - 1];
    };
    boite.before(element("div", { class: "une-a-la-fois", role: "group", "aria-label": "Un fait à la fois" }, avant, place, apres));
    montrer(0);
  }
}

async function suivre() {
  for (let vu = ""; ;) {
    let etat;
    try {
      etat = await demander(`etat?vu=${vu}`);
    } catch {
      dire("arret", SANS_SERVEUR);
      await pause(PAUSE);
      continue;
    }
    if (etat.numero === vu) continue;
    vu = etat.numero;
    try {
      if (etat.phase === "pret") { if (etat.generation !== generation) await reprendre(etat); }
      else {
        generation = etat.phase === "arret" ? etat.generation : null;
        if (etat.phase === "arret") arreter(etat.phrase);
        else dire("calcul", CALCUL(etat.faites, etat.total));
      }
    } catch (erreur) {
      arreter(erreur.message || LENT);
    }
  }
}
suivre();
