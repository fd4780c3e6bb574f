// Ce que partagent les pages à remplir. Un élément ne peut pas importer un script voisin : Python
// place celui-ci devant le sien (`curseur.avec_commun`).
function creer(nom, classe, texte = "") {
  const e = document.createElement(nom);
  if (classe) e.className = classe;
  e.textContent = texte;
  return e;
}
// Ce qui est répondu, une réponse changée : vide, elle n'y est plus.
export function repondre(choix, cle, valeur) {
  const { [cle]: _, ...autres } = choix;
  return valeur.trim() ? { ...autres, [cle]: valeur } : autres;
}
// Une touche tapée ici ne commande pas le carnet ; avec Ctrl ou Cmd (enregistrer, copier…), si.
function garder(e) { if (!e.ctrlKey && !e.metaKey) e.stopPropagation(); }
// Un bouton, dont Python reçoit le geste dans « demande ».
function bouton(model, nom, geste, ...suite) {
  const b = creer("button", "", nom);
  b.type = "button"; b.dataset.geste = geste;
  // Quitter une case peut écrire dessous et déplacer le bouton sous la souris : la case garde la
  // main jusqu'à ce que le bouton soit vraiment pressé.
  b.addEventListener("mousedown", (e) => e.preventDefault());
  b.addEventListener("click", () => {
    b.focus();
    // La demande voyage avec ce qui est répondu, dans le même message : elle ne le devance pas.
    model.set("demande", [geste, model.get("demande")[1] + 1, ...suite]);
    model.save_changes();
  });
  return b;
}
// Une rangée de boutons : [geste, nom]…
function rangee(model, noms) {
  const rang = creer("div", "cerdd-boutons");
  rang.append(...noms.map(([geste, nom]) => bouton(model, nom, geste)));
  return rang;
}
// Le bouton copie le texte ; si le navigateur refuse, il le sélectionne. L'un ou l'autre se dit.
function copier(bouton, texte, etat, copie, selectionne) {
  bouton.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(texte.value);
      etat.textContent = `✔ ${copie} dans votre réponse.`;
    } catch {
      texte.focus(); texte.select();
      etat.textContent = `${selectionne}.`;
    }
  });
}
// Une référence qui s'ouvre sur le passage qu'elle cite.
function renvoi(nom, passage) {
  const details = creer("details", "cerdd-renvoi"), bloc = creer("blockquote");
  bloc.innerHTML = passage;
  details.append(creer("summary", "", nom), bloc);
  return details;
}
// Ce que la vérification dit d'une réponse ; fausse, elle peut proposer de montrer la bonne.
function dire(model, ou, cle, texte, avis) {
  const [, debut, suite] = /^([^.]*\.?)(.*)$/s.exec(texte);
  const relire = avis?.passage ? [" À relire\u00a0: ", renvoi(avis.relire, avis.passage), avis.suite] : [];
  const voir = avis?.a_demander ? [" ", bouton(model, "Voir la réponse", "reveler", cle)] : [];
  ou.replaceChildren(creer("b", "", debut), suite, ...relire, ...voir);
}
