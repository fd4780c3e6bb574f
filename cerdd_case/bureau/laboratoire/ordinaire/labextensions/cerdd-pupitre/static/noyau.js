// Le noyau : exécuter ce qui est donné, voir qu'il s'est arrêté, le remettre en marche.
import { element, pause } from "./page.js";

const NOYAU = "python3", PATIENCE = 20_000; // ms pour qu'un noyau reparte
const ESSAI = 8000; // ms : à l'ouverture, un programme de l'élève qui dure plus est arrêté
const OBEIT = 4000; // ms qu'un programme arrêté a pour le faire ; ensuite, tout le noyau redémarre
const TETU = "✘ Ce programme ne voulait pas s'arrêter\u00a0: il est coupé, et ne repart qu'avec son bouton Exécuter. Relisez sa boucle (while).\n";
const CALME = 400; // ms sans calcul avant de regarder si l'avancement a changé

export class Noyau {
  constructor(pupitre) { Object.assign(this, { pupitre, prepare: false, executions: 0 }); }

  /** Exécute une cellule sans bouger la page ; une erreur reste dans sa cellule. */
  async executer(cellule) {
    this.enCours = cellule;
    this.executions += 1;
    await cellule.constructor.execute(cellule, this.pupitre.panneau.sessionContext, {}).catch(() => {});
    // JupyterLab laisse une image sans texte : celui de la figure le devient.
    const textes = cellule.model.outputs.toJSON().map(({ metadata }) => metadata?.["image/png"]?.alt).filter(Boolean);
    cellule.node.querySelectorAll(".jp-RenderedImage img").forEach((image, rang) => { image.alt = textes[rang] ?? ""; });
  }

  /** Tout ce qui est donné, dans l'ordre ; les vérifications attendent leur bouton. */
  async executerTout() {
    this.pupitre.barre.dire("Préparation de la page…");
    this.prepare = true;
    for (const cellule of this.pupitre.carnet.widgets) {
      const { classList } = cellule.node;
      const attend = classList.contains("pup-verdict") || classList.contains("pup-annexe");
      if (cellule.model.type !== "code" || attend || this.estTetue(cellule)) continue;
      const limite = classList.contains("pup-libre") && setTimeout(() => this.arreter(), ESSAI);
      await this.executer(cellule);
      clearTimeout(limite);
      if (this.coupe) break; // la suite attend « Tout remettre en marche »
    }
    this.prepare = false;
    this.pupitre.barre.dire("");
  }

  /** Arrête le calcul en cours ; s'il retient l'interruption, son noyau est coupé. */
  async arreter() {
    const { kernel } = this.pupitre.panneau.sessionContext.session ?? {}, { enCours: cellule, executions } = this;
    await kernel?.interrupt();
    await pause(OBEIT);
    if (this.executions !== executions || kernel?.status !== "busy") return;
    this.coupe = true;
    await kernel.restart();
    cellule.model.outputs.add({ output_type: "stream", name: "stderr", text: TETU });
    this.pupitre.fichier.enregistrerBientot();
  }

  estTetue({ model }) { return model.outputs.toJSON().some(({ text }) => [text].flat().join("") === TETU); }

  surveiller() {
    const { sessionContext } = this.pupitre.panneau;
    sessionContext.statusChanged.connect((_, etat) => {
      if (etat === "idle") { // un calcul finit : peut-être une case cochée, un verdict, un choix
        clearTimeout(this.calme);
        this.calme = setTimeout(() => this.pupitre.fichier.garderLAvancement(), CALME);
      }
      if (["restarting", "autorestarting", "dead", "terminating"].includes(etat)) this.annoncerLArret();
    });
    // Un noyau redémarré d'ailleurs ne le dit pas : ses états ont une autre origine. Les états
    // seuls : un programme qui écrit trop vite reçoit aussi un message du serveur lui-même.
    sessionContext.iopubMessage.connect((_, { header: { session, msg_type } }) => {
      if (msg_type !== "status") return;
      if (this.origine && this.origine !== session && !this.prepare) this.annoncerLArret();
      this.origine = session;
    });
    sessionContext.kernelChanged.connect((_, { oldValue, newValue }) => { if (oldValue && newValue) this.annoncerLArret(); });
  }

  annoncerLArret() {
    if (this.bandeau) return;
    this.endormir(true);
    this.relancer = element("button", { type: "button", class: "pup-bouton pup-principal", onclick: () => this.ranimer(this.relancer) }, "Tout remettre en marche");
    this.bandeau = this.pupitre.poserUnBandeau("Les calculs de cette page se sont arrêtés. Ce qui est enregistré est gardé.", this.relancer);
  }

  /** Les calculs sont-ils arrêtés ? Le bouton qui les remet en marche prend alors la main. */
  dort() {
    this.relancer?.isConnected && this.relancer.focus();
    return Boolean(this.bandeau);
  }

  async ranimer(bouton) {
    bouton.disabled = true;
    bouton.textContent = "Un instant…";
    const { sessionContext } = this.pupitre.panneau;
    const vivant = () => ["idle", "busy"].includes(sessionContext.session?.kernel?.status);
    const relancer = async () => {
      if (!sessionContext.session?.kernel) await sessionContext.changeKernel({ name: NOYAU });
      else if (sessionContext.session.kernel.status === "dead") await sessionContext.restartKernel();
      while (!vivant()) await pause(100);
    };
    await Promise.race([relancer().catch(() => {}), pause(PATIENCE)]);
    if (!vivant()) { // le texte dans le carnet, la page repart d'un noyau neuf
      if (await this.pupitre.fichier.enregistrer()) location.reload();
      Object.assign(bouton, { disabled: false, textContent: "Réessayer" });
      return;
    }
    this.coupe = false;
    await this.executerTout();
    this.endormir(false);
    this.bandeau.remove();
    this.bandeau = null;
  }

  /** Rien de mort n'a l'air vivant : les ateliers ne répondent plus tant qu'on ne les ranime pas. */
  endormir(oui) {
    for (const { outputArea } of this.pupitre.carnet.widgets) if (outputArea) outputArea.node.inert = oui;
  }
}
