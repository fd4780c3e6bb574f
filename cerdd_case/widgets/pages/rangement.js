// Des lignes à ranger : chaque liste déroulante est un <select> ordinaire, avec son nom.

function render({ model, el }) {
  // Chaque élément charge ce module pour lui seul : un compteur donnerait à tous le même numéro.
  const id = `cerdd-rangement-${Math.random().toString(36).slice(2)}`;
  el.classList.add("cerdd");
  const boite = document.createElement("div");
  boite.className = "cerdd-rangement";
  boite.setAttribute("role", "group");
  el.append(boite);
  let selections = new Map();

  function construire() {
    boite.setAttribute("aria-label", model.get("legende"));
    boite.replaceChildren();
    selections = new Map();
    model.get("lignes").forEach((ligne, rang) => {
      const bloc = document.createElement("div");
      bloc.className = `cerdd-rangement-ligne ${ligne.listes.length > 1 ? "plusieurs" : ""}`;
      const texte = document.createElement("div");
      texte.className = "cerdd-rangement-texte";
      texte.id = `${id}-${rang}`;
      texte.append(ligne.texte);
      if (ligne.lieu) {
        const lieu = document.createElement("span");
        lieu.className = "cerdd-aide";
        lieu.textContent = ` (${ligne.lieu})`;
        texte.append(lieu);
      }
      const listes = document.createElement("div");
      listes.className = "cerdd-rangement-listes";
      for (const liste of ligne.listes) {
        const choix = document.createElement("select");
        choix.dataset.cle = liste.cle;
        const nom = document.createElement("span");
        nom.className = "cerdd-rangement-nom";
        nom.id = `${id}-${rang}-${liste.cle}`;
        nom.textContent = liste.libelle;
        choix.setAttribute("aria-labelledby", `${texte.id} ${nom.id}`);
        choix.add(new Option(model.get("invite"), ""));
        for (const [code, libelle] of liste.options) choix.add(new Option(libelle, code));
        choix.addEventListener("change", () => {
          const tous = { ...model.get("choix") };
          if (choix.value) tous[liste.cle] = choix.value; else delete tous[liste.cle];
          model.set("choix", tous);
          model.save_changes();
        });
        choix.addEventListener("keydown", (e) => { if (!e.ctrlKey && !e.metaKey) e.stopPropagation(); });
        const avis = document.createElement("div");
        avis.className = "cerdd-rangement-avis";
        avis.id = `${id}-${rang}-${liste.cle}-avis`;
        choix.setAttribute("aria-describedby", avis.id);
        const groupe = document.createElement("div");
        groupe.append(nom, choix);
        listes.append(groupe);
        selections.set(liste.cle, { choix, avis });
      }
      bloc.append(texte, listes, ...ligne.listes.map((l) => selections.get(l.cle).avis));
      boite.append(bloc);
    });
    choisir(); juger();
  }
  function choisir() {
    const tous = model.get("choix");
    for (const [cle, { choix }] of selections) choix.value = tous[cle] ?? "";
  }
  function juger() {
    const tous = model.get("avis");
    for (const [cle, { choix, avis }] of selections) {
      const a = tous[cle];
      avis.className = `cerdd-rangement-avis ${a ? a.classe : ""}`;
      avis.textContent = a ? `${a.signe} ${a.texte}` : "";
      for (const classe of ["oui", "discutable", "non"]) choix.classList.toggle(classe, a?.classe === classe);
    }
  }
  model.on("change:lignes", construire);
  model.on("change:choix", choisir);
  model.on("change:avis", juger);
  construire();
}
export default { render };
