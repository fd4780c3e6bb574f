// Le tableau de preuves : à gauche les faits, à droite le plan. La page montre et transmet des
// gestes (choisir, déplacer, modifier…) ; Python tient le plan et renvoie son nouvel état.
const LOT = 30;
let suivant = 0;

const simple = (t) => t.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[’']/g, "'").toLowerCase();
// Les faits de cette source (de toutes, sans précision) qui contiennent tous les mots cherchés ; si
// `conseils` est donné, ceux-là seulement.
export function filtrer(preuves, cherche, source, conseils) {
  const mots = simple(cherche).split(/\s+/).filter(Boolean);
  return preuves.filter((p) => (!source || p.source === source) && (!conseils || conseils.includes(p.id))
    && mots.every((m) => simple(`${p.texte} ${p.reference}`).includes(m)));
}

function render({ model, el }) {
  const id = `cerdd-preuves-${++suivant}`;
  el.classList.add("cerdd");
  el.innerHTML = `
    <div class="cerdd-preuves">
      <section aria-label="Les faits">
        <h4>Les faits</h4>
        <div class="filtres">
          <label>Chercher un mot <input type="search" data-cle="chercher" autocomplete="off"></label>
          <label>Source <select data-cle="source"></select></label>
          <label class="coche" hidden><input type="checkbox" data-cle="conseil"> les faits conseillés seulement</label>
        </div>
        <p class="compte" role="status"></p>
        <ul class="faits" tabindex="0" aria-label="Liste des faits"></ul>
        <button type="button" class="suite" data-cle="suite">Afficher la suite</button>
      </section>
      <section aria-label="Mon plan">
        <h4 tabindex="-1" data-cle="plan">Mon plan</h4>
        <div class="plan"></div>
        <div class="perso">
          <label for="${id}-perso">Un argument personnel (connaissance générale)</label>
          <input type="text" id="${id}-perso" data-cle="perso" maxlength="300" autocomplete="off">
          <button type="button" data-cle="perso-pour">+ Pour</button>
          <button type="button" data-cle="perso-contre">− Contre</button>
          <div class="cerdd-erreur" role="alert"></div>
        </div>
      </section>
    </div>
    <details class="copie"><summary>Le plan en texte, à copier</summary>
      <button type="button" data-cle="copier">Copier le plan</button>
      <span class="copie-etat" role="status"></span>
      <textarea readonly rows="14" aria-label="Le plan en texte" data-cle="texte"></textarea>
    </details>`;
  const un = (s) => el.querySelector(s);
  const faits = un(".faits"), plan = un(".plan"), compte = un(".compte"), suite = un(".suite");
  const chercher = un("[data-cle=chercher]"), source = un("[data-cle=source]");
  const conseil = un("[data-cle=conseil]"), perso = un("[data-cle=perso]");
  const texte = un("textarea"), erreur = un(".perso .cerdd-erreur"), etat = un(".copie-etat");
  let montres = LOT;
  const attentes = new Map(), lus = new Map(), ouverts = new Set();

  const envoyer = (geste, suite = {}) => model.send({ geste, ...suite });
  function bouton(contenu, nom, cle, action) {
    const b = creer("button", "", contenu);
    b.type = "button"; b.dataset.cle = cle;
    b.setAttribute("aria-label", nom);
    b.addEventListener("click", action);
    return b;
  }

  // --- les faits ---
  function remplirSources() {
    source.replaceChildren(new Option("Toutes", ""), ...model.get("sources").map((s) => new Option(s, s)));
  }
  function montrerFaits() {
    const conseils = model.get("conseils");
    conseil.parentElement.hidden = !conseils.length;
    const tous = filtrer(model.get("preuves"), chercher.value, source.value, conseil.checked && conseils);
    const choix = new Map(model.get("choix").map((c) => [c.preuve, c]));
    compte.textContent = tous.length > 1 ? `${tous.length} faits` : tous.length ? "1 fait" : "Aucun fait\u00a0: changez la recherche ou la source.";
    faits.replaceChildren(...tous.slice(0, montres).map((p) => carteFait(p, choix.get(p.id))));
    suite.hidden = tous.length <= montres;
  }
  function carteFait(p, c) {
    const li = creer("li", c ? (c.cote ? "fait pris cote" : `fait pris ${c.sens}`) : "fait");
    li.append(creer("div", "texte", p.texte));
    li.append(citation(p));
    const rang = creer("span", "gestes");
    const debut = p.texte.slice(0, 60);
    for (const [sens, signe] of [["pour", "+ Pour"], ["contre", "− Contre"]]) {
      const b = bouton(signe, `${signe.slice(2)}\u00a0: ${debut}`, `fait-${p.id}-${sens}`, () => envoyer("choisir", { preuve: p.id, sens }));
      b.setAttribute("aria-pressed", c && !c.cote && c.sens === sens ? "true" : "false");
      rang.append(b);
    }
    li.append(rang);
    if (c) li.append(creer("div", "etat", c.cote ? "Mis de côté" : `✔ Dans le plan\u00a0: ${c.sens}`));
    return li;
  }

  // La référence d'un fait ; Python en envoie le passage la première fois qu'on l'ouvre.
  function citation(p) {
    const details = renvoi(p.reference, lus.get(p.id) ?? "…");
    details.dataset.cite = p.id;
    details.open = ouverts.has(p.id);
    details.addEventListener("toggle", () => {
      if (details.open) ouverts.add(p.id); else ouverts.delete(p.id);
      if (details.open && !lus.has(p.id)) envoyer("lire", { preuve: p.id });
    });
    return details;
  }

  // --- le plan ---
  function montrerPlan() {
    const choix = model.get("choix");
    const blocs = model.get("parties").map(({ code, titre }, i) => {
      const bloc = creer("div", "partie");
      bloc.append(creer("h5", "", `${i + 1}. ${titre}`));
      const dedans = choix.filter((c) => c.partie === code && !c.cote);
      if (!dedans.length) bloc.append(creer("p", "cerdd-aide", "Rien pour l'instant."));
      dedans.forEach((c, rang) => bloc.append(carteChoix(c, rang, dedans.length)));
      return bloc;
    });
    const cote = choix.filter((c) => c.cote);
    if (cote.length) {
      const bloc = creer("div", "partie");
      bloc.append(creer("h5", "", "Mis de côté"));
      for (const c of cote) {
        const carte = creer("div", "choix cote");
        carte.append(creer("div", "texte", c.libelle), bouton("Reprendre", `Reprendre\u00a0: ${c.libelle.slice(0, 60)}`, `reprendre-${c.preuve}`, () => envoyer("modifier", { preuve: c.preuve, cote: false })));
        bloc.append(carte);
      }
      blocs.push(bloc);
    }
    plan.replaceChildren(...blocs);
    texte.value = model.get("plan");
  }
  function carteChoix(c, rang, total) {
    const carte = creer("div", `choix ${c.sens}`);
    const debut = c.libelle.slice(0, 60);
    carte.append(creer("div", "texte", `${c.sens === "pour" ? "+" : "−"} ${c.libelle}`), creer("span", "reference", c.reference));
    if (c.explication) carte.append(creer("div", "cerdd-aide", `La collection\u00a0: ${c.explication}`));
    const note = creer("input");
    note.type = "text"; note.dataset.cle = `note-${c.preuve}`; note.value = c.note; note.maxLength = 300;
    note.placeholder = "Ma note\u00a0: ce que j'en fais";
    note.setAttribute("aria-label", `Ma note sur\u00a0: ${debut}`);
    const garder = () => { clearTimeout(attentes.get(c.preuve)); attentes.delete(c.preuve); envoyer("modifier", { preuve: c.preuve, note: note.value }); };
    note.addEventListener("input", () => { clearTimeout(attentes.get(c.preuve)); attentes.set(c.preuve, setTimeout(garder, 500)); });
    note.addEventListener("change", garder);
    const partie = creer("select");
    partie.dataset.cle = `partie-${c.preuve}`;
    partie.setAttribute("aria-label", `Partie du plan pour\u00a0: ${debut}`);
    partie.append(...model.get("parties").map((p, i) => new Option(`${i + 1}. ${p.titre}`, p.code)));
    partie.value = c.partie;
    partie.addEventListener("change", () => envoyer("modifier", { preuve: c.preuve, partie: partie.value }));
    const gestes = creer("div", "gestes");
    const haut = bouton("↑", `Monter\u00a0: ${debut}`, `haut-${c.preuve}`, () => envoyer("deplacer", { preuve: c.preuve, pas: -1 }));
    const bas = bouton("↓", `Descendre\u00a0: ${debut}`, `bas-${c.preuve}`, () => envoyer("deplacer", { preuve: c.preuve, pas: 1 }));
    // Un bouton sans effet reste atteignable : il ne perd pas le focus sous les doigts.
    haut.setAttribute("aria-disabled", String(rang === 0));
    bas.setAttribute("aria-disabled", String(rang === total - 1));
    gestes.append(partie, haut, bas, bouton("Mettre de côté", `Mettre de côté\u00a0: ${debut}`, `cote-${c.preuve}`, () => envoyer("modifier", { preuve: c.preuve, cote: true })));
    carte.append(note, gestes);
    return carte;
  }

  // Redessiner sans faire perdre sa place à qui travaille au clavier.
  function redessiner() {
    const actif = el.contains(document.activeElement) ? document.activeElement : null;
    const cle = actif?.dataset?.cle;
    const saisie = cle?.startsWith("note-") ? { valeur: actif.value, debut: actif.selectionStart, fin: actif.selectionEnd } : null;
    const haut = faits.scrollTop;
    montrerFaits(); montrerPlan();
    faits.scrollTop = haut;
    if (!cle || document.activeElement === actif && actif.isConnected) return;
    const retrouve = el.querySelector(`[data-cle="${CSS.escape(cle)}"]`) ?? un("[data-cle=plan]");
    retrouve.focus({ preventScroll: Boolean(retrouve.dataset.cle === cle) });
    if (saisie && retrouve.dataset.cle === cle) { retrouve.value = saisie.valeur; retrouve.setSelectionRange(saisie.debut, saisie.fin); }
  }

  for (const [champ, evenement] of [[chercher, "input"], [source, "change"], [conseil, "change"]]) {
    champ.addEventListener(evenement, () => { montres = LOT; faits.scrollTop = 0; montrerFaits(); });
  }
  suite.addEventListener("click", () => { montres += LOT; montrerFaits(); faits.focus(); });
  for (const sens of ["pour", "contre"]) {
    un(`[data-cle=perso-${sens}]`).addEventListener("click", () => envoyer("ajouter", { texte: perso.value, sens }));
  }
  copier(un("[data-cle=copier]"), texte, etat, "Plan copié\u00a0: collez-le",
    "Le plan est sélectionné\u00a0: appuyez sur Ctrl + C pour le copier");
  model.on("msg:custom", (m) => {
    if (m.fait === "ajouter") { perso.value = ""; erreur.textContent = ""; }
    if (m.fait === "lire") {
      lus.set(m.preuve, m.passage);
      for (const d of el.querySelectorAll(`[data-cite="${m.preuve}"] blockquote`)) d.innerHTML = m.passage;
    }
    if (m.refus) erreur.textContent = `✘ ${m.refus}`;
  });
  remplirSources(); montrerFaits(); montrerPlan();
  for (const cle of ["choix", "plan", "conseils"]) model.on(`change:${cle}`, redessiner);
  model.on("change:preuves", redessiner);
  model.on("change:sources", remplirSources);
  return () => { for (const a of attentes.values()) clearTimeout(a); };
}
export default { render };
