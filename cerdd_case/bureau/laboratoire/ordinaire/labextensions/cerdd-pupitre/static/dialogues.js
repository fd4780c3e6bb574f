// Les dialogues de JupyterLab qu'un élève ne doit ni lire ni décider : on y répond, et on le dit en français.

const DIALOGUES = [
  { si: (d) => d.textContent.includes("Kernel Restarting"), bouton: ".jp-mod-accept" }, // le bandeau de l'arrêt le dit
  {
    si: (d) => d.querySelectorAll(".jp-Dialog-button").length === 3 && d.querySelector(".jp-mod-warn"), // « Écraser »
    bouton: ".jp-mod-reject",
    phrase: "Non enregistré\u00a0: ce carnet a changé ailleurs, ou une autre personne a pris sa place. Copiez votre texte, puis rechargez la page.",
  },
  { // renommé pendant qu'il s'enregistrait : à son nouveau nom, il s'enregistre
    si: (d) => /\b404\b/.test(d.textContent) && d.querySelectorAll(".jp-Dialog-button").length === 1,
    bouton: ".jp-Dialog-button",
    ensuite: (pupitre) => pupitre.fichier.enregistrerBientot(),
  },
  {
    si: (d) => /erreur de connexion au serveur|server connection error|failed to fetch|networkerror|load failed/i.test(d.textContent),
    bouton: ".jp-Dialog-button",
    phrase: "Le programme cerdd ne répond plus. Laissez cette page ouverte et relancez-le\u00a0: votre texte s'y enregistrera.",
  },
];

/** Une phrase reste affichée jusqu'au prochain enregistrement réussi. */
export function taireLesDialogues(pupitre) {
  let bandeau = null;
  const regarder = () => {
    for (const dialogue of document.querySelectorAll(".jp-Dialog")) {
      const connu = DIALOGUES.find(({ si }) => si(dialogue));
      if (!connu) continue;
      dialogue.querySelector(connu.bouton)?.click();
      connu.ensuite?.(pupitre);
      if (connu.phrase) bandeau ??= pupitre.poserUnBandeau(`✘ ${connu.phrase}`);
    }
  };
  // Tout de suite : un dialogue ouvert prend le clavier à qui écrit.
  const veille = new MutationObserver(regarder);
  veille.observe(document.body, { childList: true, subtree: true });
  pupitre.panneau.disposed.connect(() => veille.disconnect());
  pupitre.panneau.context.saveState.connect((_, etat) => {
    if (etat !== "completed") return;
    bandeau?.remove();
    bandeau = null;
  });
}
