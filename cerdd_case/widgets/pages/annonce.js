// Un texte qui se met à jour et que les lecteurs d'écran annoncent.
// Chaque atelier contient au moins un texte : c'est lui qui retient les touches tapées dans
// l'atelier. Sans cela, une flèche dans une liste déroulante change de cellule au lieu de choisir.
// Les raccourcis avec Ctrl ou Cmd (enregistrer, copier…) restent ceux du carnet.
function garderLesTouches(el, essais = 60) {
  const atelier = el.closest(".cerdd-atelier");
  if (!atelier) {
    if (essais) requestAnimationFrame(() => garderLesTouches(el, essais - 1));
  } else if (!atelier.dataset.touches) {
    atelier.dataset.touches = "atelier";
    atelier.addEventListener("keydown", (e) => { if (!e.ctrlKey && !e.metaKey) e.stopPropagation(); });
    // Les champs de texte d'ipywidgets retiennent tout, même « enregistrer » : on le transmet.
    atelier.addEventListener("keydown", (e) => {
      if (!e.isTrusted || !(e.ctrlKey || e.metaKey) || e.key.toLowerCase() !== "s") return;
      if (e.target.closest(".widget-text, .widget-textarea") === null) return;
      const { key, code, keyCode, ctrlKey, metaKey, shiftKey, altKey } = e;
      const meme = { key, code, keyCode, ctrlKey, metaKey, shiftKey, altKey, bubbles: true, cancelable: true };
      if (!atelier.dispatchEvent(new KeyboardEvent("keydown", meme))) e.preventDefault();
    }, true);
  }
}

function render({ model, el }) {
  el.classList.add("cerdd");
  const boite = document.createElement("div");
  boite.className = "cerdd-annonce";
  if (model.get("role")) boite.setAttribute("role", model.get("role"));
  el.append(boite);
  const ecrire = () => { boite.innerHTML = model.get("html"); };
  model.on("change:html", ecrire);
  ecrire();
  garderLesTouches(el);
}
export default { render };
