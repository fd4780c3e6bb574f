// Le simulateur du budget 2015 sans noyau : les mêmes éléments que `simulateur_atelier.py`, dans le même
// ordre. Chaque script qui le contient fait vivre les blocs qui ne le sont pas encore.
function poser(classe, ...enfants) {
  const boite = document.createElement("div");
  boite.className = classe;
  boite.append(...enfants);
  return boite;
}
// Un élément des carnets (curseur, image, annonce) et son modèle.
function element(page, etat, recevoir) {
  const model = modele(etat, recevoir), el = document.createElement("div");
  page.render({ model, el });
  return { model, el };
}
function bouton(texte, geste) {
  const b = document.createElement("button");
  b.type = "button"; b.className = "jupyter-button"; b.textContent = texte;
  b.addEventListener("click", geste);
  return b;
}
function coche(texte, cochee, geste) {
  const label = document.createElement("label"), boite = document.createElement("input");
  label.className = "widget-checkbox";
  boite.type = "checkbox"; boite.checked = cochee;
  boite.addEventListener("change", geste);
  label.append(boite, ` ${texte}`);
  return { label, boite };
}
const echapper = (texte) => texte.replace(/[&<>]/g, (signe) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[signe]);
const VERDICTS = { true: ["oui", "✔ respectée"], false: ["non", "✘ non respectée"], null: ["sans-objet", "– sans objet"] };
function tableauDesRegles(cas, p) {
  const lignes = juger(cas, p).map(([libelle, respectee, pourquoi]) => {
    const [classe, dit] = VERDICTS[respectee];
    return `<tr><td>${echapper(libelle)}</td><td><span class='${classe}'>${dit}</span></td><td>${echapper(pourquoi)}</td></tr>`;
  });
  return `<table><thead><tr><th>Règle (annexe\u00a03)</th><th>Verdict</th><th>Pourquoi</th></tr></thead><tbody>${lignes.join("")}</tbody></table>`;
}

function simuler(bloc, cas) {
  const { sujet, 2014: en2014, [cas.ouverture]: depart } = cas.hypotheses, models = {};
  const conclusion = element(annonce, { html: "", role: "status" });
  const image = element(peinture, { fond: cas.figure.fond, devant: [], taille: cas.figure.taille, alternative: "", rang: 0 });
  const tableau = element(annonce, { html: "", role: "" });
  const curseurs = cas.curseurs.map(({ champ, ...etat }) => {
    const { model, el } = element(curseur, etat, (message) => {
      if (message) {
        const { valeur, erreur = "" } = lire(message.saisie, etat);
        model.set("erreur", erreur);
        if (erreur) return;
        model.set("valeur", valeur);
        model.dire("msg:custom", { relire: true });
      }
      actualiser();
    });
    models[champ] = model;
    return { champ, el, enVue: cas.en_vue.includes(champ) };
  });
  const impose = coche(cas.textes.impose, depart.charges_personnel_eur !== null, () => actualiser());
  const investissement = coche(cas.textes.investissement, depart.investissement_indexe, () => actualiser());
  const rangee = (enVue) => curseurs.filter((c) => c.enVue === enVue).map((c) => c.el);
  const cases = poser("widget-vbox", impose.label, investissement.label);
  const autres = poser("cerdd-grille", ...rangee(false), cases);
  autres.hidden = true;
  const deplier = bouton("", () => { autres.hidden = !autres.hidden; plier(); });
  const boutons = poser("cerdd-boutons", bouton(cas.textes.retour, () => appliquer(sujet)),
    bouton(cas.textes.depart, () => appliquer(en2014)), deplier);
  const reglages = poser("cerdd-grille cerdd-reglages", poser("cerdd-grille", ...rangee(true)), boutons, autres);
  bloc.replaceChildren(poser("cerdd-atelier cerdd-simulateur widget-vbox", conclusion.el, image.el, reglages, tableau.el));

  function plier() {
    const caches = curseurs.filter((c) => !c.enVue).map((c) => models[c.champ]);
    const changes = caches.filter((m) => m.get("actif") && m.get("valeur") !== m.get("repere")).length;
    deplier.textContent = `${autres.hidden ? "▸" : "▾"} Les ${caches.length} autres hypothèses` +
      (changes ? `, dont ${changes} hors des valeurs du sujet` : "");
    deplier.setAttribute("aria-expanded", String(!autres.hidden));
  }
  function actualiser() {
    const h = { ...sujet, investissement_indexe: investissement.boite.checked };
    for (const [champ, model] of Object.entries(models)) {
      model.set("actif", champ === "charges_personnel_eur" ? impose.boite.checked
        : !impose.boite.checked || !["etp_ajoutes", "mois_embauche", "taux_salaire"].includes(champ));
      h[champ] = model.get("valeur");
    }
    if (!impose.boite.checked) h.charges_personnel_eur = null;
    const p = projeter(cas, h);
    image.model.set("devant", partieMobile(cas, p));
    image.model.set("alternative", texteDeRemplacement(cas, p));
    image.model.set("rang", image.model.get("rang") + 1);
    conclusion.model.set("html", `<div class='conclusion'>${echapper(conclure(cas, p))}</div>`);
    tableau.model.set("html", `${tableauDesRegles(cas, p)}<div>${echapper(phrasePrixVolume(cas, p))}</div>`);
    plier();
  }
  function appliquer(h) {
    impose.boite.checked = h.charges_personnel_eur !== null;
    investissement.boite.checked = h.investissement_indexe;
    for (const [champ, model] of Object.entries(models)) {
      model.set("erreur", "");
      model.set("valeur", h[champ] ?? model.get("repere"));
    }
    actualiser();
  }
  appliquer(depart);
}

for (const bloc of document.querySelectorAll(".cerdd-autonome:not([data-vivant])")) {
  bloc.dataset.vivant = "";
  simuler(bloc, JSON.parse(bloc.querySelector("script[type='application/json']").textContent));
}
