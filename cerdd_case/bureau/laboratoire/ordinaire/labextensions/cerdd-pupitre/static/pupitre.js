// Le pupitre : ce qui entoure le carnet d'un élève, ouvert seul (`/doc/tree/…`).
//
// Rien n'est gardé ici : ce qui est tapé va dans le carnet, qui s'enregistre à mesure.
import { Annexes } from "./annexes.js";
import { montrerLesAteliers } from "./ateliers.js";
import { Barre } from "./barre.js";
import { element, pause } from "./page.js";
import { GardeFou } from "./gardefou.js";
import { Remise } from "./remise.js";
import { variableJugee } from "./textes.js";
import { ZoneDeCalcul } from "./calculs.js";
import { ZoneDeReponse } from "./reponse.js";

const MODULES = {
  lumino: "@lumino/widgets", coeur: "@jupyterlab/coreutils", services: "@jupyterlab/services",
  vue: "@codemirror/view", etat: "@codemirror/state",
};
const NOYAU = "python3", PATIENCE = 20_000; // ms pour qu'un noyau reparte
const APRES_LA_FRAPPE = 400; // ms sans frappe avant d'enregistrer

export async function extension(charger) {
  const noms = Object.keys(MODULES);
  const modules = await Promise.all(noms.map((nom) => charger(MODULES[nom])));
  const outils = Object.fromEntries(noms.map((nom, i) => [nom, modules[i]]));
  const { PageConfig } = outils.coeur;
  return {
    id: "cerdd-pupitre:plugin",
    autoStart: true,
    activate: (app) => {
      if (PageConfig.getOption("mode") !== "single-document") return void montrerLesAteliers(charger);
      document.head.append(element("link", { rel: "stylesheet", href: new URL("pupitre.css", import.meta.url).href }));
      const vus = new WeakSet();
      const regarder = () => {
        const panneau = app.shell.currentWidget;
        if (!panneau?.content?.widgets || !panneau.context || vus.has(panneau)) return;
        vus.add(panneau);
        new Pupitre(app, panneau, outils).ouvrir();
      };
      app.restored.then(() => {
        app.shell.currentChanged.connect(regarder);
        regarder();
      });
    },
  };
}

class Pupitre {
  constructor(app, panneau, outils) {
    Object.assign(this, { app, panneau, outils, carnet: panneau.content, touche: false, zones: [], demandes: 0, file: Promise.resolve() });
    this.racine = outils.coeur.PageConfig.getBaseUrl();
  }

  get chemin() { return this.panneau.context.path; }

  async ouvrir() {
    await this.panneau.context.ready;
    const { version, rendu_le: rendu } = this.panneau.context.model.getMetadata("cerdd") ?? {};
    if (version !== "eleves" || rendu) return; // une copie rendue ne se change plus
    document.body.classList.add("cerdd-pupitre");
    this.faireSilence();
    this.garderLesTouches();
    this.annexes = new Annexes(this);
    this.remise = new Remise(this);
    await Promise.all(this.carnet.widgets.map((cellule) => cellule.ready));
    this.habiller();
    this.barre = new Barre(this);
    this.suivreLesEnregistrements();
    await this.reserver();
    if (this.verrouille) return; // l'autre onglet s'occupe de tout
    await this.panneau.sessionContext.ready;
    this.surveillerLeNoyau();
    new GardeFou(this);
    await this.garderLAvancement();
    await this.executerTout();
    document.body.dataset.cerddPupitre = "pret";
  }

  // --- La page ----------------------------------------------------------------------------

  /** Ni menus, ni barres, ni panneaux : JupyterLab s'efface derrière le carnet. */
  faireSilence() {
    const { shell, commands } = this.app;
    const taire = () => {
      shell.mode = "single-document";
      for (const w of shell.layout.widgets) if (/^jp-(top|menu|bottom)-panel$/.test(w.id)) w.hide();
      shell.collapseLeft?.();
      shell.collapseRight?.();
      for (const side of ["left", "right"]) {
        if (commands.hasCommand("application:toggle-side-tabbar") && commands.isToggled("application:toggle-side-tabbar", { side })) {
          commands.execute("application:toggle-side-tabbar", { side });
        }
      }
    };
    taire();
    setTimeout(taire, 500); // l'espace de travail rouvre un panneau après coup
    this.panneau.toolbar.hide();
    this.carnet.node.querySelector("[role=feed]")?.setAttribute("role", "presentation"); // « Cells »
  }

  /** Les touches vont au texte : aucun raccourci du carnet, sauf enregistrer et exécuter son code. */
  garderLesTouches() {
    const { commands } = this.app;
    const ordinaire = commands.processKeydownEvent.bind(commands);
    commands.processKeydownEvent = (evenement) => {
      const { key, ctrlKey, metaKey, shiftKey, target } = evenement;
      if (document.querySelector(".jp-Dialog")) return ordinaire(evenement);
      if ((ctrlKey || metaKey) && key.toLowerCase() === "s") {
        evenement.preventDefault();
        this.touche = true;
        this.enregistrer();
        return undefined;
      }
      const ecrit = target.closest?.(".pup-reponse, .pup-libre");
      if ((ctrlKey || metaKey) && ecrit && ["z", "y"].includes(key.toLowerCase())) {
        evenement.preventDefault();
        const { editor } = this.carnet.widgets.find(({ node }) => node === ecrit);
        this.touche = true;
        if (shiftKey || key.toLowerCase() === "y") editor.redo(); else editor.undo();
        return undefined;
      }
      const libre = key === "Enter" && (shiftKey || ctrlKey) && target.closest?.(".pup-libre");
      if (libre) {
        evenement.preventDefault();
        evenement.stopPropagation();
        this.lancer(this.carnet.widgets.find(({ node }) => node === libre)); // la page ne bouge pas
      }
      return undefined;
    };
    // Le menu du navigateur (orthographe, coller) plutôt que celui de JupyterLab (couper la cellule…).
    this.carnet.node.addEventListener("contextmenu", (e) => e.stopPropagation(), true);
    this.carnet.node.addEventListener("beforeinput", () => { this.touche = true; }, true);
    // Un lien vers un autre carnet ouvre sa page : un seul carnet, une seule barre à la fois.
    this.carnet.node.addEventListener("click", (e) => {
      const lien = e.target.closest?.("a[href]"), nom = lien?.dataset.jupyterHref ?? lien?.getAttribute("href");
      const autre = /(?:^|\/)([^/?#]+\.ipynb)(?:[?#]|$)/.exec(nom ?? "")?.[1];
      if (!autre) return;
      e.preventDefault();
      e.stopPropagation();
      location.href = `${this.racine}doc/tree/${[...this.chemin.split("/").slice(0, -1), autre].join("/")}`;
    }, true);
  }

  // --- Les cellules -----------------------------------------------------------------------

  habiller() {
    let calculs = null;
    // Le clavier va aux champs et aux boutons, pas aux cellules.
    const passerOutre = () => { if (this.carnet.activeCell) this.carnet.activeCell.node.tabIndex = -1; };
    this.carnet.activeCellChanged.connect(passerOutre);
    passerOutre();
    for (const cellule of this.carnet.widgets) {
      const { model } = cellule, source = model.sharedModel.getSource();
      const classe = (nom) => cellule.node.classList.add(nom);
      cellule.showEditorForReadOnly = false;
      cellule.node.removeAttribute("aria-label"); // « Raw Cell Content »
      if (model.id.endsWith("-consigne") || model.getMetadata("sans_pupitre")) classe("pup-cache");
      else if (model.type === "raw" && model.getMetadata("reponse")) {
        this.zones.push(new ZoneDeReponse(this, cellule));
      } else if (model.type === "code" && model.getMetadata("champs")) {
        calculs = new ZoneDeCalcul(this, cellule);
        this.zones.push(calculs);
      } else if (model.type === "code" && variableJugee(source)) {
        classe("pup-fourni");
        classe("pup-verdict");
        calculs?.juger(variableJugee(source), cellule);
      } else if (model.type === "code" && model.getMetadata("editable") === false) this.fournir(cellule);
      else if (model.type === "code") this.liberer(cellule);
    }
  }

  /** Une cellule où l'élève essaie : son code se voit, un bouton l'exécute sur place. */
  liberer(cellule) {
    cellule.node.classList.add("pup-libre");
    cellule.node.append(element("button", { type: "button", class: "pup-bouton pup-executer", title: "Exécuter (Maj et Entrée)",
      onclick: () => this.lancer(cellule) }, "Exécuter"));
  }

  lancer(cellule) {
    this.touche = true;
    return this.executer(cellule);
  }

  /** Une cellule donnée : son code se replie ; une annexe devient un bouton qui l'ouvre à côté. */
  fournir(cellule) {
    cellule.node.classList.add("pup-fourni");
    const annexe = cellule.model.getMetadata("annexe");
    if (annexe) {
      cellule.node.classList.add("pup-annexe");
      cellule.node.prepend(element("button", { type: "button", class: "pup-bouton", onclick: () => this.annexes.ouvrir(...annexe) }, annexe[1]));
      this.annexes.connaitre(...annexe);
    }
    const voir = element("button", { type: "button", class: "pup-voir-le-code", title: "Voir ou cacher le code de cette partie",
      onclick: () => voir.setAttribute("aria-expanded", cellule.node.classList.toggle("pup-code-ouvert")) }, "Code");
    voir.setAttribute("aria-expanded", "false");
    cellule.node.append(voir);
  }

  // --- Le noyau ---------------------------------------------------------------------------

  /** Exécute une cellule sans bouger la page ; une erreur reste dans sa cellule. */
  async executer(cellule) {
    this.enCours = cellule;
    await cellule.constructor.execute(cellule, this.panneau.sessionContext, {}).catch(() => {});
    // JupyterLab laisse une image sans texte : celui de la figure le devient.
    const textes = cellule.model.outputs.toJSON().map(({ metadata }) => metadata?.["image/png"]?.alt).filter(Boolean);
    cellule.node.querySelectorAll(".jp-RenderedImage img").forEach((image, rang) => { image.alt = textes[rang] ?? ""; });
  }

  /** Tout ce qui est donné, dans l'ordre ; les vérifications attendent leur bouton. */
  async executerTout() {
    this.barre.dire("Préparation de la page…");
    this.prepare = true;
    for (const cellule of this.carnet.widgets) {
      const { classList } = cellule.node;
      const attend = classList.contains("pup-verdict") || classList.contains("pup-annexe");
      if (cellule.model.type === "code" && !attend) await this.executer(cellule);
    }
    this.prepare = false;
    this.barre.dire("");
  }

  surveillerLeNoyau() {
    const { sessionContext } = this.panneau;
    sessionContext.statusChanged.connect((_, etat) => {
      if (etat === "idle") { // un calcul finit : peut-être une case cochée, un verdict, un choix
        clearTimeout(this.calme);
        this.calme = setTimeout(() => this.garderLAvancement(), APRES_LA_FRAPPE);
      }
      if (["restarting", "autorestarting", "dead", "terminating"].includes(etat)) this.annoncerLArret();
    });
    // Un noyau redémarré d'ailleurs ne le dit pas : ses messages ont une autre origine.
    sessionContext.iopubMessage.connect((_, { header: { session } }) => {
      if (this.origine && this.origine !== session && !this.prepare) this.annoncerLArret();
      this.origine = session;
    });
    sessionContext.kernelChanged.connect((_, { oldValue, newValue }) => { if (oldValue && newValue) this.annoncerLArret(); });
  }

  annoncerLArret() {
    if (this.bandeau) return;
    this.endormir(true);
    const relancer = element("button", { type: "button", class: "pup-bouton pup-principal", onclick: () => this.ranimer(relancer) }, "Tout remettre en marche");
    this.bandeau = this.poserUnBandeau("Les calculs de cette page se sont arrêtés. Ce que vous avez écrit est gardé.", relancer);
    const fermer = setInterval(() => { // le dialogue anglais de JupyterLab ne dit rien de plus
      for (const dialogue of document.querySelectorAll(".jp-Dialog")) {
        if (dialogue.textContent.includes("Kernel Restarting")) dialogue.querySelector(".jp-mod-accept").click();
      }
      if (!this.bandeau) clearInterval(fermer);
    }, 200);
  }

  async ranimer(bouton) {
    bouton.disabled = true;
    bouton.textContent = "Un instant…";
    const { sessionContext } = this.panneau;
    const vivant = () => ["idle", "busy"].includes(sessionContext.session?.kernel?.status);
    const relancer = async () => {
      if (!sessionContext.session?.kernel) await sessionContext.changeKernel({ name: NOYAU });
      else if (sessionContext.session.kernel.status === "dead") await sessionContext.restartKernel();
      while (!vivant()) await pause(100);
    };
    await Promise.race([relancer().catch(() => {}), pause(PATIENCE)]);
    if (!vivant()) {
      location.reload(); // le texte est dans le carnet, et la page repart d'un noyau neuf
      return;
    }
    await this.executerTout();
    this.endormir(false);
    this.bandeau.remove();
    this.bandeau = null;
  }

  /** Rien de mort n'a l'air vivant : les ateliers ne répondent plus tant qu'on ne les ranime pas. */
  endormir(oui) {
    for (const { outputArea } of this.carnet.widgets) if (outputArea) outputArea.node.inert = oui;
  }

  // --- Le fichier -------------------------------------------------------------------------

  /** Enregistre un peu après la dernière frappe. */
  enregistrerBientot() {
    this.touche = true;
    this.demandes += 1;
    document.body.dataset.cerddEnregistre = "non";
    clearTimeout(this.attente);
    this.barre?.dire("…");
    this.attente = setTimeout(() => this.enregistrer(), APRES_LA_FRAPPE);
  }

  /** Enregistre, et dit si c'est fait. Un à la fois : deux qui se croisent se prendraient l'un l'autre pour un intrus. */
  enregistrer() {
    clearTimeout(this.attente);
    if (this.verrouille) return Promise.resolve(false);
    const demande = (this.demandes += 1), { context } = this.panneau;
    const tour = this.file.then(() => this.sansEcraser(context.save())); // `suivreLesEnregistrements` dit un refus
    this.file = tour.catch(() => {});
    return this.file.then(() => {
      const fait = !context.model.dirty;
      if (fait && demande === this.demandes) document.body.dataset.cerddEnregistre = "oui";
      return this.barre.actualiser().then(() => fait);
    });
  }

  /** L'avancement se tient chez le serveur et se garde dans le carnet : a-t-il changé, on enregistre. */
  async garderLAvancement() {
    if (this.carnet.node.inert) return; // un autre onglet s'en charge
    const adresse = `avancement/${encodeURIComponent(this.chemin)}`;
    const { a_enregistrer: change } = await this.demander(adresse, { method: "POST" }).catch(() => ({}));
    if (change) await this.enregistrer();
  }

  /** Le carnet a changé ailleurs : JupyterLab propose d'écraser ; on renonce, et on le dit. */
  async sansEcraser(enregistrement) {
    const veille = setInterval(() => {
      const dialogue = [...document.querySelectorAll(".jp-Dialog")].find((d) => d.querySelectorAll(".jp-Dialog-button").length === 3);
      if (!dialogue) return;
      dialogue.querySelector(".jp-mod-reject").click();
      this.barre.dire("✘ Non enregistré\u00a0: ce carnet a changé ailleurs. Copiez votre texte, puis rechargez la page.");
    }, 200);
    try { return await enregistrement; } finally { clearInterval(veille); }
  }

  /** JupyterLab dit « modifié » dès l'ouverture : tant que rien n'est tapé, il n'y a rien à garder. */
  suivreLesEnregistrements() {
    const { context } = this.panneau;
    context.model.stateChanged.connect((modele, { name, newValue }) => {
      if (name === "dirty" && newValue && !this.touche) modele.dirty = false;
    });
    context.saveState.connect((_, etat) => {
      const heure = new Date().toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" }).replace(":", "\u00a0h\u00a0");
      if (etat === "completed") this.barre.dire(`Enregistré à ${heure}`);
      if (etat === "failed") this.barre.dire("✘ Non enregistré\u00a0: le disque refuse. Copiez votre texte ailleurs.");
    });
  }

  /** Un carnet ne s'écrit que dans un onglet : le second attend que le premier se ferme. */
  reserver() {
    const nom = `cerdd:${this.chemin}`;
    return new Promise((suite) => {
      navigator.locks?.request(nom, { ifAvailable: true }, (verrou) => {
        this.verrouille = !verrou;
        suite();
        if (verrou) return new Promise(() => {});
        this.barre.widget.node.inert = true;
        this.carnet.node.inert = true;
        this.poserUnBandeau("Ce carnet est déjà ouvert dans un autre onglet\u00a0: continuez là-bas, ou fermez-le pour écrire ici.");
        navigator.locks.request(nom, () => location.reload());
        return undefined;
      }) ?? suite();
    });
  }

  poserUnBandeau(phrase, ...boutons) {
    const { Widget } = this.outils.lumino;
    const bandeau = new Widget({ node: element("div", { class: "pup-bandeau", role: "alert" }, element("span", {}, phrase), ...boutons) });
    this.panneau.layout.insertWidget(0, bandeau);
    return { remove: () => bandeau.dispose() };
  }

  /** Demande quelque chose au serveur de `cerdd` ; renvoie ce qu'il répond (JSON). */
  async demander(adresse, options = {}) {
    const { ServerConnection } = this.outils.services;
    const reglages = ServerConnection.makeSettings();
    const reponse = await ServerConnection.makeRequest(`${this.racine}cerdd/${adresse}`, options, reglages);
    return reponse.json();
  }
}
