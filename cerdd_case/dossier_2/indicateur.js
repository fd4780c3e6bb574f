// La fiche d'un indicateur : des champs à remplir, une question sous ceux qui en ont besoin, et le
// texte à recopier. Python relit les champs et pose les questions.
const BOUTONS = [["effacer", "Tout effacer"], ["retablir", "↺ Rétablir ce qui vient d'être effacé"]];

// La question attend que l'on quitte le champ : un début de phrase n'est pas une phrase vague.
export const question = (questions, cle, enCours) => (enCours === cle ? "" : questions[cle] ?? "");

function render({ model, el }) {
  const id = `cerdd-indicateur-${Math.random().toString(36).slice(2)}`;
  el.classList.add("cerdd");
  const boite = creer("div", "cerdd-champs"), boutons = rangee(model, BOUTONS);
  const copie = creer("details", "copie");
  copie.innerHTML = `<summary>La fiche en texte, à recopier</summary>
    <button type="button">Copier la fiche</button> <span class="copie-etat" role="status"></span>
    <textarea readonly rows="7" aria-label="La fiche en texte"></textarea>`;
  const texte = copie.querySelector("textarea"), etat = copie.querySelector(".copie-etat");
  el.append(boite, boutons, copie);
  const cases = new Map();
  let enCours = "";

  copier(copie.querySelector("button"), texte, etat, "Fiche copiée\u00a0: collez-la",
    "La fiche est sélectionnée\u00a0: appuyez sur Ctrl + C pour la copier");
  function champ({ cle, nom, options }) {
    const bloc = creer("div", "cerdd-champ"), titre = creer("label", "", nom);
    const saisie = creer(options.length ? "select" : "input"), dit = creer("div", "cerdd-aide");
    saisie.id = `${id}-${cle}`; titre.htmlFor = saisie.id; saisie.dataset.cle = cle;
    dit.id = `${id}-${cle}-question`;
    saisie.setAttribute("aria-describedby", dit.id);
    if (options.length) {
      saisie.add(new Option("— choisissez —", ""));
      for (const [code, libelle] of options) saisie.add(new Option(libelle, code));
    } else {
      saisie.type = "text"; saisie.autocomplete = "off"; saisie.maxLength = 300;
    }
    saisie.addEventListener("input", () => {
      enCours = options.length ? "" : cle;
      model.set("choix", repondre(model.get("choix"), cle, saisie.value));
      model.save_changes();
    });
    saisie.addEventListener("keydown", (e) => {
      garder(e);
      if (e.key !== "Enter" || e.ctrlKey || e.metaKey || options.length) return;
      e.preventDefault();
      const suite = [...cases.values()][[...cases.keys()].indexOf(cle) + (e.shiftKey ? -1 : 1)];
      (suite?.saisie ?? saisie).focus();
    });
    saisie.addEventListener("blur", () => { enCours = ""; dire(cle); });
    cases.set(cle, { saisie, dit });
    bloc.append(titre, saisie, dit);
    return bloc;
  }
  function construire() {
    cases.clear();
    boite.replaceChildren(...model.get("champs").map(champ));
    montrer();
  }
  function dire(cle) {
    const demandee = question(model.get("questions"), cle, enCours);
    cases.get(cle).dit.textContent = demandee ? `→ ${demandee}` : "";
  }
  function montrer() {
    const choix = model.get("choix");
    for (const [cle, { saisie }] of cases) {
      if (document.activeElement !== saisie) saisie.value = choix[cle] ?? "";
      dire(cle);
    }
    texte.value = model.get("fiche");
    etat.textContent = "";
    boutons.querySelector("[data-geste=retablir]").hidden = !model.get("retablissable");
  }
  texte.addEventListener("keydown", garder);
  model.on("change:champs", construire);
  for (const cle of ["choix", "questions", "fiche", "retablissable"]) model.on(`change:${cle}`, montrer);
  construire();
}
export default { render };
