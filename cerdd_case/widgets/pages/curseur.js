// Un curseur, son champ de saisie et son repère. La valeur voyage telle quelle ;
// ce qu'une personne tape est lu côté Python, qui répond par une valeur ou par une phrase.
const MOIS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
  "septembre", "octobre", "novembre", "décembre"];
const FINE = "\u202f", INSECABLE = "\u00a0";
// Les règles de cerdd_case/nombres/ecriture.py, qu'une même table de cas éprouve des deux côtés :
// de « minimum » à « maximum » décimales, 5 arrondi vers le haut, vrai signe moins, jamais « −0 ».
const plumes = {};  // en faire une coûte plus que de s'en servir
function chiffres(v, minimum, maximum, style = "decimal") {
  if (v === null || !Number.isFinite(v)) return "–";
  const plume = plumes[[minimum, maximum, style]] ??= new Intl.NumberFormat("fr-FR", { style,
    minimumFractionDigits: minimum, maximumFractionDigits: maximum });
  const texte = plume.format(Math.abs(v)).replace(/\s*%$/, "").replace(/\s/g, FINE);
  return v < 0 && /[1-9]/.test(texte) ? `−${texte}` : texte;
}
function euros(v) {
  const centimes = chiffres(v, 2, 2);
  return (centimes.endsWith(",00") ? chiffres(v, 0, 0) : centimes) + INSECABLE + "€";
}
// Une valeur choisie se montre entière, une valeur calculée s'arrondit au dixième de point.
function points(v) {
  const exacte = chiffres(v, 1, 3, "percent");
  return exacte === chiffres(v, 1, 8, "percent") ? exacte : chiffres(v, 1, 1, "percent");
}
const ECRIRE = {
  nombre: (v) => chiffres(v, 0, 2),
  entier: (v) => chiffres(v, 0, 0),
  etp: (v) => chiffres(v, 0, 2) + INSECABLE + "ETP",
  part: (v) => points(v) + FINE + "%",
  points: (v) => points(v) + INSECABLE + "pt",
  eur: euros,
  mois: (v) => MOIS[v - 1] ?? chiffres(v, 0, 2),
};
export const mesure = (v, unite) => (ECRIRE[unite] ?? ECRIRE.nombre)(v);

function render({ model, el }) {
  // Chaque élément charge ce module pour lui seul : un compteur donnerait à tous le même numéro.
  const id = `cerdd-curseur-${Math.random().toString(36).slice(2)}`;
  el.classList.add("cerdd");
  el.innerHTML = `
    <div class="cerdd-curseur">
      <label for="${id}"></label>
      <input type="text" id="${id}-champ" autocomplete="off" inputmode="text">
      <div class="cerdd-piste"><input type="range" id="${id}"><span class="cerdd-repere" aria-hidden="true"></span></div>
      <div class="cerdd-aide" id="${id}-aide"></div>
      <div class="cerdd-erreur" id="${id}-erreur" role="alert"></div>
    </div>`;
  const boite = el.querySelector(".cerdd-curseur");
  const piste = el.querySelector("input[type=range]");
  const champ = el.querySelector("input[type=text]");
  const repere = el.querySelector(".cerdd-repere");
  const aide = el.querySelector(".cerdd-aide");
  const erreur = el.querySelector(".cerdd-erreur");
  piste.setAttribute("aria-describedby", `${id}-aide`);
  champ.setAttribute("aria-describedby", `${id}-erreur`);

  const ecrire = (v) => mesure(v, model.get("unite"));
  function cadre() {
    el.querySelector("label").textContent = model.get("libelle");
    champ.setAttribute("aria-label", `${model.get("libelle")}\u00a0: valeur à taper`);
    piste.min = model.get("minimum"); piste.max = model.get("maximum"); piste.step = model.get("pas");
    const r = model.get("repere");
    repere.hidden = r === null;
    if (r !== null) {
      const part = (r - model.get("minimum")) / (model.get("maximum") - model.get("minimum"));
      repere.style.left = `calc(8px + ${part} * (100% - 16px))`;
    }
  }
  function valeur() {
    const v = model.get("valeur"), r = model.get("repere");
    const modifie = r !== null && Math.abs(v - r) > 1e-9;
    piste.value = v;
    piste.setAttribute("aria-valuetext", ecrire(v));
    if (document.activeElement !== champ) champ.value = ecrire(v);
    boite.classList.toggle("modifie", modifie);
    aide.replaceChildren(model.get("aide") + (r === null ? "" : ` (${model.get("nom_repere")}\u00a0: ${ecrire(r)}) `));
    if (modifie) {
      const etat = document.createElement("span");
      etat.className = "cerdd-etat"; etat.textContent = `≠ ${model.get("nom_repere")}`;
      aide.append(etat);
    }
  }
  function faute() {
    erreur.textContent = model.get("erreur") ? `✘ ${model.get("erreur")}` : "";
    champ.setAttribute("aria-invalid", model.get("erreur") ? "true" : "false");
  }
  function actif() { piste.disabled = champ.disabled = !model.get("actif"); boite.classList.toggle("inactif", !model.get("actif")); }
  piste.addEventListener("input", () => {
    model.set("valeur", Number(piste.value)); model.set("erreur", ""); model.save_changes(); valeur();
  });
  const envoyer = () => model.send({ saisie: champ.value });
  champ.addEventListener("focus", () => champ.select());
  champ.addEventListener("change", envoyer);
  // Avec Ctrl ou Cmd (enregistrer, copier…), la touche reste au carnet.
  const garder = (e) => { if (!e.ctrlKey && !e.metaKey) e.stopPropagation(); };
  champ.addEventListener("keydown", (e) => {
    garder(e);
    if (e.key === "Escape") { model.set("erreur", ""); model.save_changes(); champ.value = ecrire(model.get("valeur")); }
  });
  piste.addEventListener("keydown", garder);
  champ.addEventListener("blur", () => { if (!model.get("erreur")) setTimeout(() => { if (!model.get("erreur")) champ.value = ecrire(model.get("valeur")); }, 400); });
  model.on("msg:custom", (m) => { if (m.relire) champ.value = ecrire(model.get("valeur")); });
  for (const cle of ["libelle", "minimum", "maximum", "pas", "repere"]) model.on(`change:${cle}`, () => { cadre(); valeur(); });
  for (const cle of ["valeur", "aide", "unite"]) model.on(`change:${cle}`, valeur);
  model.on("change:erreur", () => {
    faute();  // une erreur levée par le retour au sujet : le texte refusé s'en va aussi
    if (!model.get("erreur") && document.activeElement !== champ) champ.value = ecrire(model.get("valeur"));
  });
  model.on("change:actif", actif);
  cadre(); valeur(); faute(); actif();
}
export default { render };
