// Ce que partagent les pages à remplir. Un élément ne peut pas importer un script voisin : Python
// place celui-ci devant le sien (`curseur.script`).
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
// Une rangée de boutons : [geste, nom]…, que Python reçoit dans « demande ».
function rangee(model, noms) {
  const rang = creer("div", "cerdd-boutons");
  for (const [geste, nom] of noms) {
    const b = creer("button", "", nom);
    b.type = "button"; b.dataset.geste = geste;
    // Quitter une case peut écrire dessous et déplacer le bouton sous la souris : la case garde la
    // main jusqu'à ce que le bouton soit vraiment pressé.
    b.addEventListener("mousedown", (e) => e.preventDefault());
    b.addEventListener("click", () => {
      b.focus();
      // La demande voyage avec ce qui est répondu, dans le même message : elle ne le devance pas.
      model.set("demande", [geste, model.get("demande")[1] + 1]);
      model.save_changes();
    });
    rang.append(b);
  }
  return rang;
}
