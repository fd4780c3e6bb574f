// « Rendre ma copie » : le nom et la classe ne se demandent qu'ici, et ne restent pas dans le carnet.
import { element } from "./page.js";

export class Remise {
  constructor(pupitre) { this.pupitre = pupitre; }

  ouvrir() {
    const champ = (nom, titre, required) => element("label", {}, element("span", {}, titre), element("input", { name: nom, required, autocomplete: "off" }));
    this.etat = element("div", { role: "status" });
    this.rendre = element("button", { type: "submit", class: "pup-bouton pup-principal" }, "Rendre ma copie");
    this.formulaire = element("form", { method: "dialog", onsubmit: (e) => { e.preventDefault(); this.envoyer(); } },
      element("h2", {}, "Rendre ma copie"),
      element("p", {}, "Votre nom ne s'écrit que sur la copie\u00a0: le carnet, lui, reste sans nom pour la personne suivante."),
      champ("eleve", "Nom et prénom", true), champ("classe", "Classe", false), this.etat,
      element("p", { class: "pup-boutons" }, this.rendre,
        element("button", { type: "button", class: "pup-bouton", onclick: () => this.fenetre.close() }, "Fermer")));
    this.fenetre = element("dialog", { class: "pup-remise", "aria-label": "Rendre ma copie" }, this.formulaire);
    this.fenetre.addEventListener("close", () => this.fenetre.remove());
    document.body.append(this.fenetre);
    this.fenetre.showModal();
    this.direCeQuiManque();
  }

  async direCeQuiManque() {
    const { questions = {} } = (await this.pupitre.barre.suivi()) ?? {};
    const vides = Object.keys(questions).filter((numero) => !questions[numero].ecrite);
    if (!vides.length || this.rendre.disabled) return;
    this.etat.replaceChildren(element("p", {}, `Sans réponse écrite\u00a0: ${vides.join(", ")}. Vous pouvez rendre votre copie quand même.`));
  }

  async envoyer() {
    const donnees = new FormData(this.formulaire);
    this.rendre.disabled = true;
    this.etat.replaceChildren(element("p", {}, "La copie se prépare…"));
    try {
      this.pupitre.fichier.touche = true;
      if (!(await this.pupitre.fichier.enregistrer())) {
        this.dire({ erreur: "Votre carnet n'a pas pu être enregistré\u00a0: rien n'est rendu. Appelez votre enseignant avant de fermer cette page." });
        this.rendre.disabled = false;
        return;
      }
      const corps = { chemin: this.pupitre.chemin, eleve: donnees.get("eleve"), classe: donnees.get("classe") };
      const reponse = await this.pupitre.demander("rendre", { method: "POST", body: JSON.stringify(corps) });
      this.dire(reponse);
    } catch {
      this.dire({ erreur: "La copie n'a pas pu partir\u00a0: le serveur ne répond plus. Votre travail est dans le carnet\u202f; relancez cerdd." });
    }
    this.rendre.disabled = false;
  }

  dire({ erreur, phrases = [], fichiers = [] }) {
    const liens = fichiers.map(({ nom, adresse }) => element("li", {}, element("a", { href: adresse, download: nom }, nom)));
    this.etat.replaceChildren(
      ...(erreur ? [element("p", { class: "pup-erreur" }, `✘ ${erreur}`)] : []),
      ...phrases.map((p) => element("p", {}, p)),
      ...(liens.length ? [element("ul", {}, ...liens), element("p", {},
        element("a", { href: `${this.pupitre.racine}cerdd/eleve#relais` }, "Laisser la place à la personne suivante"))] : []));
  }
}
