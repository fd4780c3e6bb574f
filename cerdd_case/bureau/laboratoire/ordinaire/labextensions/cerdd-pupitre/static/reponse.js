// Une zone de réponse : une cellule de texte brut, habillée en grande boîte où écrire.
import { element } from "./page.js";
import { compte, longueurDuRepere, mots } from "./textes.js";

/** Taper, coller, couper, effacer, annuler : tout ce que fait une personne s'enregistre. */
export function ecouterLaFrappe({ fichier, outils }) {
  const { vue: { EditorView }, etat: { Transaction } } = outils;
  return EditorView.updateListener.of(({ docChanged, transactions }) => {
    const tape = transactions.some((t) => t.annotation(Transaction.userEvent));
    if (docChanged && (tape || fichier.touche)) fichier.enregistrerBientot();
  });
}

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
    cellule.model.contentChanged.connect(() => this.compter());
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
      // Ce qui se tapait devant la première ligne ou dans elle va dessous.
      EditorState.transactionFilter.of((t) => {
        const fin = repere(t.startState.doc), userEvent = t.annotation(Transaction.userEvent);
        if (!fin || !userEvent || !t.docChanged) return t;
        const changes = [];
        let devant = false;
        t.changes.iterChanges((de, a, _de, _a, insert) => {
          devant ||= de < fin;
          changes.push({ from: Math.max(de, fin), to: Math.max(a, fin), insert });
        });
        if (!devant) return t;
        return { changes, selection: { anchor: changes[0].from + changes[0].insert.length }, userEvent, scrollIntoView: true };
      }),
      EditorState.transactionFilter.of((t) => {
        const fin = repere(t.newDoc), { anchor, head } = t.newSelection.main;
        if (!fin || (anchor >= fin && head >= fin)) return t;
        return [t, { selection: { anchor: Math.max(anchor, fin), head: Math.max(head, fin) }, sequential: true }];
      }),
      ecouterLaFrappe(this.pupitre),
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


  compter() {
    const n = mots(this.modele.getSource());
    this.compte.textContent = compte(n, "mot");
    this.cellule.node.classList.toggle("pup-vide", this.modele.getSource().length <= longueurDuRepere(this.modele.getSource()));
  }
}
