// La barre du haut : où l'on est, ce qui est fait, l'annexe à ouvrir, la copie à rendre.
import { element } from "./page.js";
import { numeroDeQuestion, sur } from "./textes.js";

export class Barre {
  constructor(pupitre) {
    this.pupitre = pupitre;
    const { carnet, panneau } = pupitre;
    this.questions = carnet.widgets.flatMap((cellule) => {
      const numero = cellule.model.type === "markdown" && numeroDeQuestion(cellule.model.sharedModel.getSource());
      return numero ? [{ numero, cellule }] : [];
    });
    const bouton = (texte, titre, action, classe = "pup-bouton") =>
      element("button", { type: "button", class: classe, title: titre, "aria-label": titre, onclick: action }, texte);
    this.points = element("ol", { class: "pup-points", "aria-label": "Questions" },
      ...this.questions.map(({ numero }, rang) => element("li", {}, bouton("", `Question\u00a0${numero}`, () => this.aller(rang), "pup-point"))));
    this.place = element("span", { class: "pup-place" });
    this.etat = element("span", { class: "pup-etat", role: "status" });
    this.score = element("span", { class: "pup-score", title: "Les points que vous vous donnez dans les grilles, aux questions où vous avez écrit une réponse" });
    const titre = String(panneau.context.model.getMetadata("title") ?? "").replace(/ — .*/, "");
    const barre = element("nav", { class: "pup-barre", "aria-label": "Pupitre" },
      element("a", { href: `${pupitre.racine}cerdd/eleve`, class: "pup-accueil" }, "Le cas CERDD"),
      element("span", { class: "pup-titre" }, titre),
      ...(this.questions.length ? [bouton("‹", "Question précédente", () => this.aller(this.ici - 1)), this.points,
        bouton("›", "Question suivante", () => this.aller(this.ici + 1)), this.place] : []),
      this.etat, this.score, ...this.menuDesAnnexes(),
      ...(this.questions.length ? [bouton("Rendre ma copie", "Rendre ma copie", () => pupitre.remise.ouvrir(), "pup-bouton pup-rendre")] : []));
    const { Widget } = pupitre.outils.lumino;
    this.widget = new Widget({ node: barre });
    this.widget.id = "pup-barre";
    pupitre.app.shell.add(this.widget, "header");
    this.ici = -1;
    panneau.disposed.connect(() => this.widget.dispose());
    carnet.outerNode.addEventListener("scroll", () => this.situer(), { passive: true });
    requestAnimationFrame(() => this.situer()); // une fois la page en place
    this.actualiser();
  }

  /** Le menu s'ouvre au-dessus de tout, se ferme d'un clic ailleurs ou d'Échap (`popover`). */
  menuDesAnnexes() {
    const { annexes } = this.pupitre;
    if (!annexes.connues.size) return [];
    const menu = element("div", { class: "pup-menu", id: "pup-menu", popover: true },
      ...[...annexes.connues].map(([cle, nom]) => element("button", { type: "button",
        onclick: () => { menu.hidePopover(); annexes.ouvrir(cle, nom); } }, nom)));
    return [element("button", { type: "button", class: "pup-bouton", popovertarget: "pup-menu" }, "Annexes"), menu];
  }

  aller(rang) {
    const vers = this.questions[Math.max(0, Math.min(rang, this.questions.length - 1))];
    vers?.cellule.node.scrollIntoView({ block: "start" });
    this.situer();
  }

  /** La question que l'on lit : la dernière dont le titre est passé en haut de la page. */
  situer() {
    const limite = this.pupitre.carnet.node.getBoundingClientRect().top + innerHeight * 0.4;
    const ici = this.questions.findLastIndex(({ cellule }) => cellule.node.getBoundingClientRect().top < limite);
    if (ici === this.ici) return;
    this.ici = ici;
    this.placer();
    [...this.points.children].forEach((p, rang) => p.firstChild.toggleAttribute("aria-current", rang === ici));
  }

  placer() {
    const { duree } = this.questions[this.ici] ?? {}, total = this.questions.length;
    const mot = this.ici < 0 ? [] : [element("span", { class: "pup-moyen" }, "question ")];
    const place = this.ici < 0 ? `${total} questions` : `${this.ici + 1} sur ${total}`;
    const temps = element("span", { class: "pup-large" }, element("span", { class: "pup-entre" }, " · "), `environ\u00a0${duree}`);
    this.place.replaceChildren(...mot, place, ...(duree ? [temps] : []));
  }

  dire(phrase) { this.etat.textContent = phrase; }

  /** Où l'on en est, d'après le dernier enregistrement ; null si le serveur ne répond pas. */
  suivi() { return this.pupitre.demander(`suivi/${encodeURIComponent(this.pupitre.chemin)}`).catch(() => null); }

  /** Ce qui est fait, et les points. */
  async actualiser() {
    const suivi = await this.suivi();
    if (!suivi?.questions) return;
    const surTout = element("span", { class: "pup-large" }, element("span", { class: "pup-entre" }, " · "), `cas\u00a0: ${sur(...suivi.cas)}`);
    this.score.replaceChildren(sur(...suivi.points), element("span", { class: "pup-moyen" }, "\u00a0points"), surTout);
    this.questions.forEach((question, rang) => {
      const { faite, duree } = suivi.questions[question.numero] ?? {}, { numero } = question;
      question.duree = duree;
      const bouton = this.points.children[rang].firstChild;
      bouton.classList.toggle("pup-faite", Boolean(faite));
      bouton.title = `Question\u00a0${numero}${faite ? "\u00a0: faite" : ""}`;
      bouton.setAttribute("aria-label", bouton.title);
    });
    this.placer();
  }
}
