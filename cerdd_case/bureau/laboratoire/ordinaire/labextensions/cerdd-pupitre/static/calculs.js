// Des réponses chiffrées : une ligne par nombre, son verdict à côté. La cellule de code est dessous :
// chaque champ récrit le côté droit de sa ligne, tel que tapé, entre guillemets.
import { element } from "./page.js";
import { ecrireChamp, lireChamp } from "./textes.js";

const SIGNES = { "✔": "juste", "≈": "presque", "✘": "faux", "?": "a-preciser", "…": "a-completer" };

export class ZoneDeCalcul {
  constructor(pupitre, cellule) {
    Object.assign(this, { pupitre, cellule, modele: cellule.model.sharedModel, lignes: new Map() });
    cellule.node.classList.add("pup-calculs");
    const corps = element("div", { class: "pup-calculs-corps" });
    for (const [nom, titre] of cellule.model.getMetadata("champs")) corps.append(this.ligne(nom, titre));
    cellule.node.prepend(element("div", { class: "pup-calculs-titre" }, "Vos calculs"), corps);
    cellule.model.contentChanged.connect(() => this.relire());
    this.relire();
  }

  ligne(nom, titre) {
    const champ = element("input", { type: "text", "aria-label": titre, autocomplete: "off", spellcheck: "false",
      placeholder: "un nombre ou un calcul", oninput: () => this.ecrire(nom) });
    champ.addEventListener("beforeinput", (e) => { if (e.inputType.startsWith("history")) e.stopImmediatePropagation(); });
    champ.addEventListener("keydown", (e) => { if (e.key === "Enter") { e.preventDefault(); this.verifier(nom); } });
    const verdict = element("span", { class: "pup-signe", role: "status" });
    const bouton = element("button", { type: "button", class: "pup-bouton", "aria-label": `Vérifier\u00a0: ${titre}`, onclick: () => this.verifier(nom) }, "Vérifier");
    this.lignes.set(nom, { champ, verdict, bouton });
    return element("div", { class: "pup-ligne" }, element("label", {}, element("span", {}, titre), champ), bouton, verdict);
  }

  /** La cellule qui juge cette variable : son verdict se lit sous le formulaire. */
  juger(nom, cellule) {
    const ligne = this.lignes.get(nom);
    if (!ligne) return;
    ligne.juge = cellule;
    cellule.node.classList.add("pup-muet");
    cellule.model.outputs.changed.connect(() => this.montrer(nom));
    this.montrer(nom);
  }

  montrer(nom) {
    const { juge, verdict } = this.lignes.get(nom);
    const sortie = juge.model.outputs.length ? juge.model.outputs.get(0) : null;
    const signe = String(sortie?.data["text/plain"] ?? "").trim().charAt(0);
    juge.node.classList.toggle("pup-muet", !sortie);
    verdict.textContent = signe in SIGNES ? signe : "";
    verdict.dataset.etat = SIGNES[signe] ?? "";
  }

  ecrire(nom) {
    const { champ, juge } = this.lignes.get(nom);
    const place = ecrireChamp(this.modele.getSource(), nom, champ.value);
    if (!place) return;
    this.modele.updateSource(place.debut, place.fin, place.texte);
    juge?.model.outputs.clear(); // un verdict ne vaut que pour le nombre qu'il a jugé
    this.pupitre.fichier.enregistrerBientot();
  }

  relire() {
    let entiere = true;
    for (const [nom, { champ }] of this.lignes) {
      const tape = lireChamp(this.modele.getSource(), nom);
      entiere &&= tape !== null;
      if (document.activeElement !== champ) champ.value = tape ?? "";
    }
    this.cellule.node.classList.toggle("pup-code-ouvert", !entiere); // une ligne perdue : son code se montre
  }

  async verifier(nom) {
    if (this.pupitre.noyau.dort()) return;
    const { juge, bouton, champ } = this.lignes.get(nom), tape = champ.value;
    bouton.disabled = true;
    await this.pupitre.noyau.executer(this.cellule);
    if (juge) await this.pupitre.noyau.executer(juge);
    if (champ.value !== tape) juge?.model.outputs.clear(); // changé entre-temps : ce verdict ne vaut plus
    bouton.disabled = false;
    this.pupitre.fichier.touche = true;
    await this.pupitre.fichier.enregistrer();
  }
}
