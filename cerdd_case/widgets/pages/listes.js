// Des choix à faire, en lignes ou en tableau : une liste, ou des boutons quand ils sont peu et courts ;
// dessous, ce que la vérification en dit. Python corrige ; la page ne connaît pas les réponses.
const BOUTONS = [["verifier", "Vérifier"], ["proposer", "Montrer la proposition"],
  ["effacer", "Tout effacer"], ["retablir", "↺ Rétablir ce qui vient d'être effacé"]];
const PEU = 4, COURTS = 60;  // choix, et lettres à eux tous

// Les deux sortes de choix se servent pareil : `value`, `texte`, `focus`, et l'évènement « change ».
function enListe(options) {
  const choix = creer("select");
  choix.add(new Option("— choisissez —", ""));
  for (const [code, texte] of options) choix.add(new Option(texte, code));
  return { noeud: choix, lire: () => choix.value, ecrire: (v) => { choix.value = v; }, focus: () => choix.focus(),
    texte: () => (choix.value ? choix.selectedOptions[0]?.text ?? "" : "") };
}
function enBoutons(options, id) {
  const groupe = creer("div", "cerdd-pastilles"), boutons = options.map(([code, texte]) => {
    const etiquette = creer("label"), radio = creer("input");
    Object.assign(radio, { type: "radio", name: id, value: code });
    // Pressé une seconde fois, un choix s'annule.
    radio.addEventListener("click", () => {
      if (groupe.dataset.choisi === code) { radio.checked = false; radio.dispatchEvent(new Event("change", { bubbles: true })); }
    });
    etiquette.append(radio, creer("span", "", texte));
    groupe.append(etiquette);
    return radio;
  });
  groupe.setAttribute("role", "radiogroup");
  const lire = () => boutons.find((b) => b.checked)?.value ?? "";
  const ecrire = (v) => { groupe.dataset.choisi = v; for (const b of boutons) b.checked = b.value === v; };
  const focus = () => (boutons.find((b) => b.checked) ?? boutons[0]).focus();
  return { noeud: groupe, lire, ecrire, focus, texte: () => "" };
}

function render({ model, el }) {
  // Chaque élément charge ce module pour lui seul : un compteur donnerait à tous le même numéro.
  const id = `cerdd-listes-${Math.random().toString(36).slice(2)}`;
  el.classList.add("cerdd");
  const boite = creer("div", "cerdd-listes");
  const boutons = rangee(model, BOUTONS);
  el.append(boite, boutons);
  const cases = new Map();

  function liste({ cle, options }, nom, enLigne) {
    const entier = creer("div", "cerdd-choisi"), avis = creer("div", "cerdd-avis-liste");
    const courts = options.length <= PEU && options.map(([, texte]) => texte).join("").length <= COURTS;
    const choix = enLigne && courts ? enBoutons(options, `${id}-${cle}-choix`) : enListe(options);
    const { noeud } = choix;
    noeud.dataset.cle = cle;
    noeud.setAttribute("aria-label", nom);
    avis.id = `${id}-${cle}`;
    noeud.setAttribute("aria-describedby", avis.id);
    noeud.addEventListener("change", () => {
      const lu = choix.lire();
      choix.ecrire(lu);
      model.set("choix", repondre(model.get("choix"), cle, lu));
      model.save_changes();
    });
    noeud.addEventListener("keydown", garder);
    entier.setAttribute("aria-hidden", "true");  // sur un écran étroit, la liste coupe le texte choisi
    cases.set(cle, { choix, entier, avis });
    return cases.get(cle);
  }
  function tableau(entetes) {
    const table = creer("table");
    table.createCaption().textContent = model.get("titre");
    const tete = table.createTHead().insertRow();
    for (const nom of entetes) {
      const th = creer("th", "", nom);
      th.scope = "col";
      tete.append(th);
    }
    const corps = table.createTBody();
    for (const { texte, detail, listes } of model.get("lignes")) {
      const tr = corps.insertRow(), th = creer("th", "", texte);
      th.scope = "row";
      if (detail) th.append(creer("div", "cerdd-aide", detail));
      tr.append(th);
      listes.forEach((l, i) => {
        const { choix, entier, avis } = liste(l, `${texte}, ${entetes[i + 1]}`);
        tr.insertCell().append(choix.noeud, entier, avis);
      });
    }
    return table;
  }
  function lignes() {
    const groupe = creer("div");
    groupe.setAttribute("role", "group");
    groupe.setAttribute("aria-label", model.get("titre"));
    for (const { texte, detail, passage, listes } of model.get("lignes")) {
      const bloc = creer("div", `cerdd-ligne ${listes.length > 1 ? "plusieurs" : ""}`);
      const dit = creer("div", "", texte), cote = creer("div", "cerdd-ligne-listes"), avis = [];
      if (passage) dit.append(" ", renvoi(detail, passage));
      else if (detail) dit.append(creer("span", "cerdd-aide", ` (${detail})`));
      for (const l of listes) {
        const une = liste(l, [passage ? texte : dit.textContent, l.nom].filter(Boolean).join(", "), listes.length === 1);
        const colonne = creer("div");
        if (l.nom) colonne.append(creer("span", "cerdd-ligne-nom", l.nom));
        colonne.append(une.choix.noeud);
        cote.append(colonne);
        avis.push(une.avis);
      }
      bloc.append(dit, cote, ...avis);
      groupe.append(bloc);
    }
    return groupe;
  }
  function construire() {
    const focus = document.activeElement?.closest("[data-cle]")?.dataset.cle;
    const entetes = model.get("entetes");
    cases.clear();
    boite.replaceChildren(entetes.length ? tableau(entetes) : lignes());
    montrerChoix(); juger();
    if (focus) cases.get(focus)?.choix.focus();
  }
  function montrerChoix() {
    const tous = model.get("choix");
    for (const [cle, { choix, entier }] of cases) {
      choix.ecrire(tous[cle] ?? "");
      const texte = choix.texte();
      entier.textContent = texte.length > 14 ? texte : "";
    }
  }
  function juger() {
    const tous = model.get("avis");
    for (const [cle, { choix, avis }] of cases) {
      const a = tous[cle];
      const ici = avis.contains(document.activeElement);  // le bouton pressé va disparaître
      dire(model, avis, cle, a ? `${a.signe} ${a.texte}` : "", a);
      if (ici) choix.focus();
      avis.className = `cerdd-avis-liste ${a?.classe ?? ""}`;
      for (const classe of ["oui", "discutable", "non"]) choix.noeud.classList.toggle(classe, a?.classe === classe);
      choix.noeud.setAttribute("aria-invalid", a?.juste === false ? "true" : "false");
    }
  }
  function montrer() {
    boutons.querySelector("[data-geste=retablir]").hidden = !model.get("retablissable");
    boutons.querySelector("[data-geste=proposer]").hidden = !model.get("proposable");
  }
  for (const cle of ["titre", "entetes", "lignes"]) model.on(`change:${cle}`, construire);
  for (const cle of ["retablissable", "proposable"]) model.on(`change:${cle}`, montrer);
  model.on("change:choix", montrerChoix);
  model.on("change:avis", juger);
  construire(); montrer();
}
export default { render };
