// Le mode projecteur : une classe sur la page, que la feuille de style commune connaît.
function render({ model, el }) {
  const appliquer = () => document.documentElement.classList.toggle("cerdd-projection", model.get("actif"));
  model.on("change:actif", appliquer);
  appliquer();
  el.classList.add("cerdd");
  el.textContent = model.get("actif") ? "Mode projecteur\u00a0: tout est agrandi." : "Mode projecteur arrêté.";
}
export default { render };
