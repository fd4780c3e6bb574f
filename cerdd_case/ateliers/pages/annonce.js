// Un texte qui se met à jour et que les lecteurs d'écran annoncent.
function render({ model, el }) {
  el.classList.add("cerdd");
  const boite = document.createElement("div");
  boite.className = "cerdd-annonce";
  if (model.get("role")) boite.setAttribute("role", model.get("role"));
  el.append(boite);
  const ecrire = () => { boite.innerHTML = model.get("html"); };
  model.on("change:html", ecrire);
  ecrire();
}
export default { render };
