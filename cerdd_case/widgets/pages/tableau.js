// Un tableau à compléter : une ligne par critère, une liste déroulante par case, et sous chaque
// case ce que la vérification en dit. Python corrige ; la page ne connaît pas les réponses.
function render({ model, el }) {
  el.classList.add("cerdd");
  const table = document.createElement("table");
  table.className = "cerdd-completer";
  const boite = document.createElement("div");
  boite.className = "cerdd-large";
  const boutons = document.createElement("div");
  boutons.className = "cerdd-boutons";
  for (const [geste, nom] of [["verifier", "Vérifier"], ["effacer", "Tout effacer"], ["retablir", "↺ Rétablir ce qui vient d'être effacé"]]) {
    const b = document.createElement("button");
    b.type = "button"; b.textContent = nom; b.dataset.geste = geste;
    b.addEventListener("click", () => {
      // La demande voyage avec les choix, dans le même message : elle ne peut pas les devancer.
      model.set("demande", [geste, model.get("demande")[1] + 1]);
      model.save_changes();
    });
    boutons.append(b);
  }
  boite.append(table, boutons);
  el.append(boite);
  const cases = new Map();

  function construire() {
    const focus = document.activeElement?.dataset?.cle;
    table.replaceChildren();
    cases.clear();
    const legende = table.createCaption();
    legende.textContent = model.get("titre");
    const tete = table.createTHead().insertRow();
    for (const nom of model.get("entetes")) {
      const th = document.createElement("th");
      th.scope = "col"; th.textContent = nom;
      tete.append(th);
    }
    const corps = table.createTBody();
    for (const ligne of model.get("lignes")) {
      const tr = corps.insertRow();
      const th = document.createElement("th");
      th.scope = "row"; th.textContent = ligne.libelle;
      if (ligne.detail) {
        const detail = document.createElement("div");
        detail.className = "cerdd-aide"; detail.textContent = ligne.detail;
        th.append(detail);
      }
      tr.append(th);
      ligne.cases.forEach((c, i) => {
        const td = tr.insertCell();
        const liste = document.createElement("select");
        liste.dataset.cle = c.cle;
        liste.setAttribute("aria-label", `${ligne.libelle}, ${model.get("entetes")[i + 1]}`);
        const vide = new Option("— choisissez —", "");
        liste.append(vide, ...c.options.map((o) => new Option(o.texte, o.code)));
        const retour = document.createElement("div");
        retour.className = "cerdd-retour"; retour.id = `retour-${model.model_id ?? ""}-${c.cle}`;
        liste.setAttribute("aria-describedby", retour.id);
        liste.addEventListener("change", () => {
          model.set("choix", { ...model.get("choix"), [c.cle]: liste.value });
          model.save_changes();
        });
        // Sur un écran étroit, la liste coupe le texte choisi : il est répété en entier dessous.
        const entier = document.createElement("div");
        entier.className = "cerdd-choisi"; entier.setAttribute("aria-hidden", "true");
        td.append(liste, entier, retour);
        cases.set(c.cle, { liste, entier, retour });
      });
    }
    choisir(); corriger();
    if (focus) cases.get(focus)?.liste.focus();
  }
  function choisir() {
    const choix = model.get("choix");
    for (const [cle, { liste, entier }] of cases) {
      liste.value = choix[cle] ?? "";
      const texte = liste.value ? liste.selectedOptions[0]?.text ?? "" : "";
      entier.textContent = texte.length > 14 ? texte : "";
    }
  }
  function corriger() {
    const retours = model.get("retours");
    for (const [cle, { liste, retour }] of cases) {
      const r = retours[cle];
      retour.textContent = r ? `${r.signe} ${r.texte}` : "";
      retour.className = `cerdd-retour ${r ? r.classe : ""}`;
      liste.classList.toggle("juste", r?.juste === true);
      liste.classList.toggle("faux", r?.juste === false);
      liste.setAttribute("aria-invalid", r?.juste === false ? "true" : "false");
    }
  }
  const annulation = () => { boutons.lastChild.hidden = !model.get("retablissable"); };
  model.on("change:retablissable", annulation);
  annulation();
  for (const cle of ["titre", "entetes", "lignes"]) model.on(`change:${cle}`, construire);
  model.on("change:choix", choisir);
  model.on("change:retours", corriger);
  construire();
}
export default { render };
