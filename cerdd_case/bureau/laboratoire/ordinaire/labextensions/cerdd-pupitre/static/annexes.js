// Une annexe ouverte à côté de la question : elle reste là pendant que l'on écrit.
import { element, pause } from "./page.js";
import { majuscule } from "./textes.js";

const ETROIT = 1000; // px : en dessous, l'annexe s'ouvre sous le carnet
const BAS = 600; // px : en dessous, elle prend presque toute la hauteur

export class Annexes {
  constructor(pupitre) {
    Object.assign(this, { pupitre, connues: new Map() });
    this.suivreLesReferences();
  }

  connaitre(cle, nom) { this.connues.set(cle, nom); }

  /** Une référence, pressée dans le carnet, ouvre son annexe sur le passage, ses mots marqués. */
  suivreLesReferences() {
    this.pupitre.carnet.node.addEventListener("click", (e) => {
      const reference = e.target.closest?.(".cerdd-renvoi > summary");
      const lieu = reference?.parentElement.querySelector("[data-annexe]");
      if (!lieu) return;
      e.preventDefault();
      e.stopPropagation();
      reference.focus();
      const { annexe, passage, faits } = lieu.dataset;
      this.ouvrir(annexe, this.connues.get(annexe) ?? majuscule(reference.textContent), { passage, faits });
    }, true);
  }

  ouvrir(cle, nom, vise = {}) {
    const place = this.pupitre.carnet.outerNode.scrollTop;
    if (!this.widget?.node.contains(document.activeElement)) this.ouvertDepuis = document.activeElement;
    if (!this.widget) this.construire();
    this.titre.textContent = nom;
    this.page.title = nom;
    const theme = document.body.dataset.jpThemeLight === "false" ? "sombre" : "clair";
    this.page.src = `${this.pupitre.racine}cerdd/lire/${cle}?${new URLSearchParams({ theme, ...vise })}`;
    this.widget.show();
    this.partager(place);
    this.fermeture.focus({ preventScroll: true });
  }

  fermer() {
    this.widget.hide();
    this.ouvertDepuis?.focus();
  }

  /** Le carnet et l'annexe dans un panneau partagé en deux, à l'intérieur du carnet. */
  construire() {
    const { SplitPanel, BoxLayout, Widget } = this.pupitre.outils.lumino, { panneau } = this.pupitre;
    this.titre = element("strong", {});
    this.fermeture = element("button", { type: "button", class: "pup-bouton", "aria-label": "Fermer l'annexe", onclick: () => this.fermer() }, "Fermer");
    this.page = element("iframe", { class: "pup-annexe-page" });
    const noeud = element("section", { class: "pup-annexe-panneau", "aria-label": "Annexe" },
      element("header", {}, this.titre, this.fermeture), this.page);
    noeud.addEventListener("keydown", (e) => { if (e.key === "Escape") this.fermer(); });
    this.widget = new Widget({ node: noeud });
    this.partage = new SplitPanel({ spacing: 6 });
    panneau.layout.addWidget(this.partage);
    BoxLayout.setStretch(this.partage, 1);
    this.partage.addWidget(panneau.content);
    this.partage.addWidget(this.widget);
    window.addEventListener("resize", () => this.orienter());
  }

  orienter() { this.partage.orientation = innerWidth < ETROIT ? "vertical" : "horizontal"; }

  async partager(place) {
    this.orienter();
    await pause(50);
    const dessous = innerHeight < BAS ? [25, 75] : [40, 60];
    this.partage.setRelativeSizes(innerWidth < ETROIT ? dessous : [60, 40]);
    this.pupitre.carnet.outerNode.scrollTop = place; // la page ne bouge pas sous les yeux
  }
}
