// Une zone de réponse : une cellule de texte brut, habillée en grande boîte où écrire.
import { element } from "./page.js";
import { compte, longueurDuRepere, mots } from "./textes.js";

export class ZoneDeReponse {
  constructor(pupitre, cellule) {
    Object.assign(this, { pupitre, cellule, modele: cellule.model.sharedModel });
    const numero = cellule.model.getMetadata("reponse");
    this.titre = /^\d/.test(numero) ? `Votre réponse à la question\u00a0${numero}` : { bilan: "Votre bilan", essai: "Votre essai" }[numero];
    this.compte = element("span", { class: "pup-compte" });
    cellule.node.classList.add("pup-reponse");
    cellule.node.prepend(element("div", { class: "pup-reponse-titre" }, element("span", {}, this.titre), this.compte));
    this.regler();
    cellule.node.addEventListener("click", (e) => {
      if (!e.target.closest(".cm-content")) cellule.editor.focus();
    });
    cellule.model.contentChanged.connect(() => this.change());
    this.compter();
  }

  /** La première ligne, qui marque la zone, ne se voit pas et ne s'efface pas. */
  regler() {
    const { vue: { EditorView, Decoration, keymap }, etat: { EditorState, Prec, Transaction } } = this.pupitre.outils;
    const repere = (document) => longueurDuRepere(document.sliceString(0, 200));
    const cache = (etat) => {
      const fin = repere(etat.doc);
      return fin ? Decoration.set(Decoration.replace({}).range(0, fin)) : Decoration.none;
    };
    this.cellule.editor.injectExtension([
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ spellcheck: "true", lang: "fr", autocorrect: "on", "aria-label": this.titre, tabindex: "0" }),
      EditorView.decorations.compute(["doc"], cache),
      EditorView.atomicRanges.of((v) => cache(v.state)),
      EditorState.changeFilter.of((t) => {
        const fin = repere(t.startState.doc);
        return !fin || !t.annotation(Transaction.userEvent) ? true : [0, fin];
      }),
      EditorState.transactionFilter.of((t) => {
        const fin = repere(t.newDoc), { anchor, head } = t.newSelection.main;
        if (!fin || (anchor >= fin && head >= fin)) return t;
        return [t, { selection: { anchor: Math.max(anchor, fin), head: Math.max(head, fin) }, sequential: true }];
      }),
      // Tabulation passe au champ suivant, comme partout, sans que le carnet reprenne la main.
      // Ce que l'éditeur de code ferait à un texte : déplacer, doubler, décaler une ligne.
      Prec.highest(keymap.of(["Alt-ArrowUp", "Alt-ArrowDown", "Shift-Alt-ArrowUp", "Shift-Alt-ArrowDown", "Mod-[", "Mod-]"].map((key) => ({ key, run: () => true })))),
      Prec.highest(keymap.of([["Tab", 1], ["Shift-Tab", -1]].map(([key, sens]) => ({ key, run: () => this.passer(sens), stopPropagation: true })))),
    ]);
  }

  passer(sens) {
    const champs = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0'], .cm-content")]
      .filter((e) => e.checkVisibility() && !e.matches(".jp-Cell") && !e.disabled && !e.closest("[inert]") && (e.tabIndex >= 0 || e.classList.contains("cm-content")));
    const ici = champs.indexOf(this.cellule.node.querySelector(".cm-content"));
    champs.at((ici + sens) % champs.length)?.focus(); // après la dernière zone, la barre du haut
    return true;
  }

  change() {
    this.compter();
    if (this.pupitre.fichier.touche) this.pupitre.fichier.enregistrerBientot();
  }

  compter() {
    const n = mots(this.modele.getSource());
    this.compte.textContent = compte(n, "mot");
    this.cellule.node.classList.toggle("pup-vide", this.modele.getSource().length <= longueurDuRepere(this.modele.getSource()));
  }
}
