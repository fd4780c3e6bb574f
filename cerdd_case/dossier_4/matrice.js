// La matrice de communication : chaque nombre, chaque titre de ligne ou de colonne est un bouton
// qui filtre la liste. Python compte ; la page montre et transmet le choix.
const filtre = (choix) => Boolean(choix.public || choix.case);
// Presser de nouveau le même bouton retire le filtre.
export const choisir = (choix, bouton) => (presse(choix, bouton) ? { public: "", case: "" } : bouton);
export const presse = (choix, b) => filtre(choix) && b.public === choix.public && b.case === choix.case;
// Un nombre est compris dans le filtre s'il est dans la ligne et dans la colonne choisies.
export const compris = (choix, b) =>
  filtre(choix) && (!choix.public || b.public === choix.public) && (!choix.case || b.case === choix.case);

function render({ model, el }) {
  el.classList.add("cerdd");
  const table = document.createElement("table");
  table.className = "cerdd-matrice";
  const boite = document.createElement("div");
  boite.className = "cerdd-large";
  boite.append(table);
  el.append(boite);

  function bouton(texte, nom, public_, case_, classe) {
    const b = document.createElement("button");
    b.type = "button"; b.className = classe;
    if (Array.isArray(texte)) {  // un nom entier, et un nom bref pour un écran étroit
      for (const [i, mot] of texte.entries()) {
        const s = document.createElement("span");
        s.className = i ? "bref" : "entier"; s.textContent = i ? mot : mot.replace(/^(Position|Produc|priori)(?=.)/, "$1\u00ad");
        b.append(s);
      }
    } else b.textContent = texte;
    b.setAttribute("aria-label", nom);
    b.dataset.public = public_; b.dataset.case = case_;
    b.addEventListener("click", () => {
      model.set("choix", choisir(model.get("choix"), { public: public_, case: case_ }));
      model.save_changes();
    });
    return b;
  }
  function entete(tr, contenu, portee, attributs = {}) {
    const th = document.createElement("th");
    th.scope = portee;
    Object.assign(th, attributs);
    th.append(contenu);
    tr.append(th);
    return th;
  }
  function construire() {
    table.replaceChildren();
    table.createCaption().textContent = model.get("titre");
    const tete = table.createTHead();
    const haut = tete.insertRow(), bas = tete.insertRow();
    entete(haut, "", "col", { rowSpan: 2 });
    const groupes = model.get("groupes");
    for (const g of groupes) {
      entete(haut, g.titre, "colgroup", { colSpan: g.cases.length, className: "groupe" });
      for (const c of g.cases) {
        entete(bas, bouton([c.nom, c.bref], `${g.titre}, ${c.nom}\u00a0: toute la colonne`, "", c.code, "titre"), "col");
      }
    }
    entete(haut, "Total", "col", { rowSpan: 2 });
    const corps = table.createTBody();
    for (const l of model.get("lignes")) {
      const tr = corps.insertRow();
      entete(tr, bouton(l.nom, `${l.nom}\u00a0: toute la ligne`, l.code, "", "titre"), "row");
      let i = 0;
      for (const g of groupes) for (const c of g.cases) {
        const n = l.nombres[i++];
        const td = tr.insertCell();
        if (!n) { td.textContent = "·"; td.setAttribute("aria-label", "aucun"); continue; }
        const mot = n > 1 ? "éléments" : "élément";
        const b = bouton(String(n), `${l.nom}, ${g.titre}, ${c.nom}\u00a0: ${n} ${mot}`, l.code, c.code, "nombre");
        b.style.setProperty("--force", Math.min(n, 4));
        td.append(b);
      }
      tr.insertCell().textContent = l.total;
    }
    marquer();
  }
  function marquer() {
    const choix = model.get("choix");
    for (const b of table.querySelectorAll("button")) {
      const exact = presse(choix, b.dataset);
      b.setAttribute("aria-pressed", exact ? "true" : "false");
      b.classList.toggle("choisi", b.classList.contains("nombre") ? compris(choix, b.dataset) : exact);
    }
  }
  for (const cle of ["titre", "groupes", "lignes"]) model.on(`change:${cle}`, construire);
  model.on("change:choix", marquer);
  construire();
}
export default { render };
