// Le budget 2015 à remplir : un champ de texte par poste. La page montre et transmet ce que l'on
// tape ; Python lit, additionne et juge.
const BOUTONS = [["verifier", "Vérifier"], ["effacer", "Tout effacer"],
  ["retablir", "↺ Rétablir ce qui vient d'être effacé"]];

// La case où mène Entrée, ou Maj et Entrée ; rien après la dernière ni avant la première.
export const voisine = (postes, poste, pas) => postes[postes.indexOf(poste) + pas];
// Sous une case : le verdict s'il y en a un, sinon ce qui est lu. Tant que l'on tape, un calcul
// inachevé n'est pas une faute : ce qui arrête la lecture attend que l'on quitte la case.
export function sous(avis, lu, enCours) {
  if (avis) return { classe: avis.classe, texte: `${avis.signe} ${avis.texte}` };
  if (!lu || (lu.faute && enCours)) return { classe: "", texte: "" };
  return lu.faute ? { classe: "faute", texte: `? ${lu.texte}` } : { classe: "lu", texte: lu.texte };
}

function render({ model, el }) {
  const id = `cerdd-tableau-${Math.random().toString(36).slice(2)}`;
  el.classList.add("cerdd");
  const boite = creer("div", "cerdd-large"), equilibre = creer("p", "cerdd-equilibre");
  equilibre.setAttribute("role", "status");
  const boutons = rangee(model, BOUTONS);
  el.append(boite, equilibre, boutons);
  const cases = new Map(), totaux = new Map();
  let enCours = "";  // la case où l'on est en train de taper
  const geste = (nom) => boutons.querySelector(`[data-geste=${nom}]`);

  function champ(poste, nom) {
    const saisie = creer("input"), dit = creer("div", "cerdd-dit");
    saisie.type = "text"; saisie.autocomplete = "off"; saisie.maxLength = 200;
    saisie.dataset.poste = poste;
    saisie.setAttribute("aria-label", `${nom}, 2015, en euros`);
    dit.id = `${id}-${poste}`;
    saisie.setAttribute("aria-describedby", dit.id);
    saisie.addEventListener("input", () => {
      enCours = poste;
      model.set("choix", repondre(model.get("choix"), poste, saisie.value));
      model.save_changes();
    });
    saisie.addEventListener("keydown", (e) => {
      garder(e);
      if (e.key !== "Enter" || e.ctrlKey || e.metaKey) return;
      e.preventDefault();
      const suite = voisine([...cases.keys()], poste, e.shiftKey ? -1 : 1);
      if (suite) cases.get(suite).saisie.focus();
      else if (!e.shiftKey) geste("verifier").focus();
    });
    saisie.addEventListener("focus", () => saisie.select());
    saisie.addEventListener("blur", () => { enCours = ""; direDessous(poste); });
    cases.set(poste, { saisie, dit });
    return [saisie, dit];
  }
  function construire() {
    const table = creer("table", "cerdd-budget");
    table.createCaption().textContent = model.get("titre");
    const tete = table.createTHead().insertRow();
    for (const nom of ["Poste", "2014 (annexe\u00a04)", "2015"]) {
      const th = creer("th", "", nom);
      th.scope = "col";
      tete.append(th);
    }
    cases.clear(); totaux.clear();
    for (const { nature, titre, total, avant, lignes } of model.get("groupes")) {
      const corps = table.createTBody();
      const th = creer("th", "groupe", titre);
      th.colSpan = 3; th.scope = "rowgroup";
      corps.insertRow().append(th);
      for (const { poste, nom, avant } of lignes) {
        const tr = corps.insertRow(), th = creer("th", "", nom);
        th.scope = "row";
        tr.append(th, creer("td", "nombre", avant));
        tr.insertCell().append(...champ(poste, nom));
      }
      const tr = corps.insertRow(), thTotal = creer("th", "", total), td = creer("td", "nombre");
      tr.className = "total"; thTotal.scope = "row";
      tr.append(thTotal, creer("td", "nombre", avant), td);
      totaux.set(nature, td);
    }
    boite.replaceChildren(table);
    montrer();
  }
  function direDessous(poste) {
    const { saisie, dit } = cases.get(poste), avis = model.get("avis")[poste];
    const { classe, texte } = sous(avis, model.get("lus")[poste], enCours === poste);
    dit.className = `cerdd-dit ${classe}`;
    const ici = dit.contains(document.activeElement);  // le bouton pressé va disparaître
    dire(model, dit, poste, texte, avis);
    if (ici) saisie.focus();
    for (const c of ["oui", "discutable", "non"]) saisie.classList.toggle(c, classe === c);
    saisie.setAttribute("aria-invalid", avis?.juste === false || classe === "faute" ? "true" : "false");
  }
  function montrer() {
    const choix = model.get("choix");
    for (const [poste, { saisie }] of cases) {
      // La case où l'on tape a toujours raison : une réponse en chemin ne l'écrase pas.
      if (document.activeElement !== saisie) saisie.value = choix[poste] ?? "";
      direDessous(poste);
    }
    for (const [nature, td] of totaux) td.textContent = model.get("totaux")[nature] ?? "";
    equilibre.textContent = model.get("equilibre");
    geste("retablir").hidden = !model.get("retablissable");
  }
  for (const cle of ["titre", "groupes"]) model.on(`change:${cle}`, construire);
  for (const cle of ["choix", "lus", "avis", "totaux", "equilibre", "retablissable"]) model.on(`change:${cle}`, montrer);
  construire();
}
export default { render };
