// Le pupitre : ce qui entoure le carnet d'un élève, ouvert seul (`/doc/tree/…`).
//
// Rien n'est gardé ici : ce qui est tapé va dans le carnet, qui s'enregistre à mesure.
import { Annexes } from "./annexes.js";
import { montrerLesAteliers } from "./ateliers.js";
import { Barre } from "./barre.js";
import { taireLesDialogues } from "./dialogues.js";
import { Fichier } from "./fichier.js";
import { GardeFou } from "./gardefou.js";
import { Noyau } from "./noyau.js";
import { element } from "./page.js";
import { Remise } from "./remise.js";
import { variableJugee } from "./textes.js";
import { ZoneDeCalcul } from "./calculs.js";
import { ecouterLaFrappe, ZoneDeReponse } from "./reponse.js";

const MODULES = {
  lumino: "@lumino/widgets", coeur: "@jupyterlab/coreutils", services: "@jupyterlab/services",
  vue: "@codemirror/view", etat: "@codemirror/state",
};

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
    Object.assign(this, { app, panneau, outils, carnet: panneau.content });
    this.noyau = new Noyau(this);
    this.fichier = new Fichier(this);
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
    taireLesDialogues(this);
    this.fichier.suivre();
    this.fichier.cederAuRelais();
    await this.fichier.reserver();
    if (this.fichier.verrouille) return; // l'autre onglet s'occupe de tout
    await this.panneau.sessionContext.ready;
    this.noyau.surveiller();
    new GardeFou(this);
    await this.fichier.garderLAvancement();
    await this.noyau.executerTout();
    this.barre.situer();
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
        this.fichier.touche = true;
        this.fichier.enregistrer();
        return undefined;
      }
      const ecrit = target.closest?.(".pup-reponse, .pup-libre");
      if ((ctrlKey || metaKey) && ecrit && ["z", "y"].includes(key.toLowerCase())) {
        evenement.preventDefault();
        const { editor } = this.carnet.widgets.find(({ node }) => node === ecrit);
        this.fichier.touche = true;
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
        new ZoneDeReponse(this, cellule);
      } else if (model.type === "code" && model.getMetadata("champs")) {
        calculs = new ZoneDeCalcul(this, cellule);
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
    cellule.editor.injectExtension(ecouterLaFrappe(this));
  }

  async lancer(cellule) {
    if (this.noyau.dort()) return;
    await this.noyau.executer(cellule);
    this.fichier.enregistrerBientot();
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
