// Un programme qui ne finit pas, ou qui écrit sans fin : on l'arrête, et le carnet reste petit.
import { element } from "./page.js";

const LONG = 8000; // ms : au-delà, on propose d'arrêter
const LIMITE = 200_000, GARDE = 2000; // signes écrits avant d'arrêter, et signes que l'on garde
const RETENU = "rate exceeded"; // le serveur de Jupyter ne transmet plus : il le dit en anglais
const ARRETE = "\n✘ Ce programme écrivait sans fin\u00a0: il est arrêté. Relisez sa boucle (while, for), puis relancez-le.";

export class GardeFou {
  constructor(pupitre) {
    Object.assign(this, { pupitre, volume: 0, trop: false });
    const { sessionContext } = pupitre.panneau;
    sessionContext.iopubMessage.connect((_, message) => this.compter(message));
    sessionContext.statusChanged.connect((_, etat) => (etat === "busy" ? this.commencer() : this.finir()));
  }

  compter({ header, content }) {
    if (header.msg_type !== "stream") return;
    this.volume += content.text.length;
    if (this.trop || (this.volume < LIMITE && !content.text.includes(RETENU))) return;
    this.trop = true;
    this.pupitre.noyau.arreter();
  }

  commencer() {
    if (!this.pupitre.noyau.prepare) this.minuteur ??= setTimeout(() => this.proposer(), LONG);
  }

  proposer() {
    const bouton = element("button", { type: "button", class: "pup-bouton", onclick: () => this.pupitre.noyau.arreter() }, "Arrêter ce calcul");
    this.bandeau = this.pupitre.poserUnBandeau("Un calcul dure longtemps. S'il ne finit pas, arrêtez-le\u00a0: rien de ce que vous avez écrit ne se perd.", bouton);
  }

  finir() {
    clearTimeout(this.minuteur);
    this.minuteur = undefined;
    this.bandeau?.remove();
    this.bandeau = undefined;
    if (this.trop) this.raccourcir();
    Object.assign(this, { volume: 0, trop: false });
  }

  /** De la cellule arrêtée, on garde le début de ce qu'elle écrivait. */
  raccourcir() {
    const { outputs } = this.pupitre.noyau.enCours.model;
    const ecrit = outputs.toJSON().filter(({ name }) => name === "stdout").map(({ text }) => [text].flat().join("")).join("");
    const sortie = (name, text) => ({ output_type: "stream", name, text });
    outputs.fromJSON([sortie("stdout", ecrit.slice(0, GARDE)), sortie("stderr", ARRETE)]);
    this.pupitre.fichier.enregistrer();
  }
}
