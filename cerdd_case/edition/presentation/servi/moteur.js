// Les diapositives : avancer, revenir, dévoiler les étapes, minuter, montrer les notes.
//
// La page est écrite par Python : une section par diapositive, ses étapes de classe « etape », et ce
// qu'il faut en savoir dans un script « cerdd-donnees ». Rien ici ne demande un serveur ni un noyau :
// la même page marche depuis un fichier. La place est dans l'adresse : « #7.2 », septième diapositive,
// deux étapes dévoilées.

// --- Ce qui se calcule, sans page ----------------------------------------------------------

export const LARGEUR = 1280, HAUTEUR = 720;

// Une place : { rang, etape }, comptés de 0. `etapes` : combien en a chaque diapositive.
export function lireAdresse(adresse, etapes) {
  const lue = /^#(\d+)(?:\.(\d+))?$/.exec(adresse);
  if (!lue) return { rang: 0, etape: 0 };
  const rang = Math.min(Math.max(Number(lue[1]) - 1, 0), etapes.length - 1);
  return { rang, etape: Math.min(Number(lue[2] ?? 0), etapes[rang]) };
}
export const ecrireAdresse = ({ rang, etape }) => `#${rang + 1}${etape ? `.${etape}` : ""}`;
// La place suivante ou précédente ; `null` au bout.
export function suivante({ rang, etape }, etapes) {
  if (etape < etapes[rang]) return { rang, etape: etape + 1 };
  return rang + 1 < etapes.length ? { rang: rang + 1, etape: 0 } : null;
}
export function precedente({ rang, etape }, etapes) {
  if (etape > 0) return { rang, etape: etape - 1 };
  return rang > 0 ? { rang: rang - 1, etape: etapes[rang - 1] } : null;
}
export function duree(secondes) {
  const s = Math.max(0, Math.ceil(secondes));
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
}
export const echelle = (largeur, hauteur) => Math.min(largeur / LARGEUR, hauteur / HAUTEUR);

// Un minuteur : { total, reste, fin } ; `fin` : l'instant où il finit, tant qu'il tourne.
export const minuteurDe = (minutes) => ({ total: minutes * 60, reste: minutes * 60, fin: null });
export const resteDe = (m, maintenant) => (m.fin === null ? m.reste : Math.max(0, (m.fin - maintenant) / 1000));
export function basculer(m, maintenant) {
  if (m.fin !== null) return { ...m, reste: resteDe(m, maintenant), fin: null };
  const reste = m.reste > 0 ? m.reste : m.total; // fini : il repart du début
  return { ...m, reste, fin: maintenant + reste * 1000 };
}

// --- La page --------------------------------------------------------------------------------

const AVANCER = new Set(["ArrowRight", "ArrowDown", "PageDown", " "]);
const RECULER = new Set(["ArrowLeft", "ArrowUp", "PageUp"]);
const AIDE = [
  ["→ ou Espace", "étape ou diapositive suivante"],
  ["← ou Maj + Espace", "étape ou diapositive précédente"],
  ["12 puis Entrée", "aller à la diapositive 12"],
  ["Début, Fin", "première, dernière diapositive"],
  ["T", "lancer ou arrêter le minuteur (5 puis T\u00a0: cinq minutes)"],
  ["B", "écran noir, et retour"],
  ["N", "vos notes, dans une autre fenêtre"],
  ["F", "plein écran (Échap en sort)"],
  ["D", "les détails d'un atelier"],
  ["C", "le code de cette diapositive"],
  ["Échap", "fermer une annexe ; quitter un curseur"],
  ["H", "ces touches"],
];
const REDUIT = 0.75; // un atelier ne se réduit pas davantage : au-delà, la diapositive défile
const DERNIERE = "C’est la dernière diapositive.";

export function element(nom, attributs = {}, ...enfants) {
  const e = document.createElement(nom);
  for (const [cle, valeur] of Object.entries(attributs)) {
    if (cle.startsWith("on")) e.addEventListener(cle.slice(2), valeur);
    else e.setAttribute(cle, valeur);
  }
  e.append(...enfants);
  return e;
}

export class Diaporama {
  constructor() {
    const { titre, diapositives } = JSON.parse(document.getElementById("cerdd-donnees").textContent);
    Object.assign(this, { titre, diapositives, nombre: "", minuteur: null });
    this.scene = document.getElementById("scene");
    this.sections = [...this.scene.querySelectorAll(".diapo")];
    this.etapes = diapositives.map((d) => d.etapes);
    this.place = lireAdresse(location.hash, this.etapes);
    this.notes = new Notes(this);
    this.poser();
    this.reprendreLeMinuteur();
    this.ajuster();
    this.montrer();
    addEventListener("resize", () => this.ajuster());
    addEventListener("hashchange", () => this.aller(lireAdresse(location.hash, this.etapes)));
    addEventListener("keydown", (e) => this.touche(e), true);
    setInterval(() => this.battre(), 250);
    addEventListener("cerdd-vivant", () => this.tenir(true));
    for (const geste of ["input", "click", "keyup"]) {
      this.scene.addEventListener(geste, () => {
        clearTimeout(this.pose);
        this.pose = setTimeout(() => this.tenir(), 300);
      });
    }
  }

  poser() {
    this.lieu = element("span", { id: "lieu" });
    this.etat = element("span", { id: "etat", role: "status" });
    this.rang = element("span", { id: "rang" });
    this.message = element("p", { id: "message", role: "status", hidden: "" });
    this.cadran = element("button", { id: "minuteur", type: "button", hidden: "", onclick: () => this.minuter() }, element("span"));
    this.feuille = element("dialog", { id: "feuille" });
    this.noir = element("div", { id: "noir", hidden: "", onclick: () => this.noircir() });
    this.scene.append(this.cadran, this.message, this.feuille,
      element("footer", { id: "pied" }, this.lieu, this.etat, this.rang));
    document.body.append(this.noir);
    this.scene.addEventListener("click", (e) => {
      const bouton = e.target.closest("button.annexe");
      if (bouton) this.ouvrir(bouton.textContent, bouton.nextElementSibling.content.cloneNode(true));
    });
  }

  ajuster() { this.scene.style.zoom = echelle(innerWidth, innerHeight); }

  // --- Se déplacer ---

  aller(place) {
    if (!place) { this.dire(DERNIERE); return; }
    this.place = place;
    history.replaceState(null, "", ecrireAdresse(place)); // aussitôt : F5 revient ici
    this.montrer();
  }
  avancer() { this.aller(suivante(this.place, this.etapes)); }
  reculer() { const avant = precedente(this.place, this.etapes); if (avant) this.aller(avant); }
  sauter(numero) {
    const rang = numero - 1;
    if (this.sections[rang]) this.aller({ rang, etape: 0 });
    else this.dire(`Il n’y a pas de diapositive ${numero}\u00a0: elles vont de 1 à ${this.sections.length}.`);
  }
  fin() {
    const rang = this.sections.length - 1;
    this.aller({ rang, etape: this.etapes[rang] });
    this.dire(DERNIERE);
  }

  montrer() {
    const { rang, etape } = this.place, total = this.etapes[rang];
    this.sections.forEach((section, i) => { section.hidden = i !== rang; });
    this.sections[rang].querySelectorAll(".etape").forEach((e, i) => e.classList.toggle("vue", i < etape));
    this.lieu.textContent = this.titre + (total ? `  ·  étape ${etape} sur ${total}` : "");
    this.rang.textContent = `${rang + 1} / ${this.sections.length}`;
    document.title = `${rang + 1}. ${this.diapositives[rang].titre}`;
    this.message.hidden = true;
    if (this.minuteur?.fin == null) {
      const { minutes } = this.diapositives[rang];
      this.minuteur = minutes ? minuteurDe(minutes) : null;
    }
    this.battre();
    this.notes.ecrire();
    this.tenir(true);
    dispatchEvent(new CustomEvent("cerdd-diapositive", { detail: rang }));
  }

  // Un atelier plus haut que la diapositive se réduit jusqu'à y tenir, ou jusqu'à REDUIT, et défile.
  // Pendant qu'on le règle, il ne fait que se réduire encore : rien ne saute.
  tenir(neuf = false) {
    const section = this.sections[this.place.rang], corps = section.querySelector(".corps");
    const sorties = [...corps.querySelectorAll(":scope > .sortie")], derniere = sorties.at(-1);
    if (!derniere) return;
    const poser = (k) => { for (const s of sorties) s.style.zoom = k; };
    if (neuf || section.classList.contains("detail")) poser("");
    if (section.classList.contains("detail")) return;
    for (let tour = 0; tour < 5; tour++) {
      const haut = sorties[0].getBoundingClientRect().top, bas = corps.getBoundingClientRect().bottom;
      const fin = derniere.getBoundingClientRect().top + derniere.scrollHeight * derniere.currentCSSZoom;
      if (fin <= bas + 1) return;
      poser(Math.max(REDUIT, Number(derniere.style.zoom || 1) * Math.min(0.99, (bas - haut) / (fin - haut))));
    }
  }

  // Un message bref, au bas de la diapositive, jusqu'au prochain geste.
  dire(texte) {
    this.message.textContent = texte;
    this.message.hidden = false;
  }

  // --- Le minuteur ---

  minuter(minutes = 0) {
    if (minutes) this.minuteur = minuteurDe(minutes);
    if (!this.minuteur) { this.dire("Tapez les minutes puis T\u00a0: «\u00a05 T\u00a0» compte cinq minutes."); return; }
    this.minuteur = basculer(this.minuteur, Date.now());
    this.garder("cerdd-minuteur", this.minuteur);
    this.battre();
  }
  reprendreLeMinuteur() {
    const garde = this.garde("cerdd-minuteur");
    if (garde?.fin > Date.now()) this.minuteur = garde;
  }
  battre() {
    const m = this.minuteur;
    this.cadran.hidden = !m;
    this.notes.battre();
    if (!m) return;
    const reste = resteDe(m, Date.now());
    this.cadran.style.setProperty("--part", reste / m.total);
    this.cadran.classList.toggle("fini", m.fin !== null && reste === 0);
    this.cadran.firstChild.textContent = duree(reste);
    this.cadran.setAttribute("aria-label", `Minuteur\u00a0: ${duree(reste)}. ${m.fin === null ? "Lancer" : "Arrêter"} (T)`);
  }
  garder(cle, valeur) { try { sessionStorage.setItem(cle, JSON.stringify(valeur)); } catch { /* un fichier, sans réserve */ } }
  garde(cle) { try { return JSON.parse(sessionStorage.getItem(cle)); } catch { return null; } }

  // --- Par-dessus la diapositive : une annexe, le code, les touches ---

  ouvrir(titre, ...contenu) {
    this.feuille.replaceChildren(
      element("header", {}, element("h2", {}, titre),
        element("button", { type: "button", onclick: () => this.feuille.close() }, "Fermer (Échap)")),
      element("div", { class: "contenu", tabindex: "0" }, ...contenu));
    this.feuille.setAttribute("aria-label", titre);
    if (!this.feuille.open) this.feuille.showModal();
    this.feuille.lastChild.focus();
  }
  aide() {
    this.ouvrir("Les touches", element("table", {}, element("tbody", {}, ...AIDE.map(([touche, effet]) =>
      element("tr", {}, element("th", { scope: "row" }, touche), element("td", {}, effet))))));
  }
  code() {
    const textes = [...this.sections[this.place.rang].querySelectorAll("pre.code")].map((p) => p.textContent);
    if (textes.length) this.ouvrir("Le code de cette diapositive", element("pre", {}, textes.join("\n\n")));
    else this.dire("Cette diapositive n’a pas de code.");
  }
  details() { this.sections[this.place.rang].classList.toggle("detail"); }
  noircir() { this.noir.hidden = !this.noir.hidden; }
  pleinEcran() {
    const demande = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
    demande?.catch(() => {}); // un navigateur peut refuser : on reste dans la fenêtre
  }

  // --- Le clavier ---

  touche(e) {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const cible = e.target, nom = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    const prendre = () => { e.preventDefault(); e.stopImmediatePropagation(); };
    const saisie = cible.matches?.("textarea, [contenteditable=true], input:not([type=range], [type=checkbox], [type=radio], [type=button])");
    const curseur = cible.matches?.("input[type=range], input[type=radio], select");
    const bouton = cible.matches?.("button, summary, a, input[type=checkbox]");
    if (nom === "Escape") {
      if (this.nombre) this.compter("");
      else if (this.feuille.open) this.feuille.close();
      else if (!this.noir.hidden) this.noircir();
      else if (saisie || curseur) cible.blur();
      else return;
      prendre();
      return;
    }
    if (saisie) return;
    if (this.feuille.open) {
      if (nom === "h" || nom === "c") { prendre(); this.feuille.close(); }
      return;
    }
    if (nom.startsWith("Arrow") && (curseur || cible.closest?.("[role=listbox], [role=grid], [role=tablist], [role=radiogroup], [role=slider], [draggable=true]"))) return;
    if ((nom === "Home" || nom === "End") && curseur) return;
    if (nom === "Enter" && this.nombre) { prendre(); const n = Number(this.nombre); this.compter(""); this.sauter(n); return; }
    if ((nom === " " || nom === "Enter") && bouton) return;
    if (/^\d$/.test(nom) && cible.tagName !== "SELECT") { prendre(); this.compter((this.nombre + nom).slice(-3)); return; }
    const action = nom === " " && e.shiftKey || RECULER.has(nom) ? () => this.reculer()
      : AVANCER.has(nom) ? () => this.avancer()
      : {
        Home: () => this.aller({ rang: 0, etape: 0 }), End: () => this.fin(),
        b: () => this.noircir(), c: () => this.code(), d: () => this.details(), f: () => this.pleinEcran(),
        h: () => this.aide(), n: () => this.notes.ouvrir(), t: () => this.minuter(Number(this.nombre)),
      }[nom];
    if (!action) return;
    prendre();
    const nombre = this.nombre;
    if (!this.noir.hidden && nom !== "b") this.noircir();
    action();
    if (nombre) this.compter("");
  }

  // Les chiffres tapés, avant Entrée (aller) ou T (minuter).
  compter(nombre) {
    this.nombre = nombre;
    if (nombre) this.dire(`${nombre}…  Entrée\u00a0: aller à cette diapositive\u202f; T\u00a0: minuter`);
    else this.message.hidden = true;
  }
}

// --- La fenêtre de notes --------------------------------------------------------------------

class Notes {
  constructor(diaporama) {
    this.diaporama = diaporama;
    this.fenetre = null;
  }
  ouvrir() {
    if (this.fenetre && !this.fenetre.closed) { this.fenetre.focus(); return; }
    const fenetre = open("", "cerdd-notes", "popup,width=900,height=700");
    if (!fenetre) { this.diaporama.dire("Le navigateur a bloqué la fenêtre de notes\u00a0: autorisez-la, puis retapez N."); return; }
    const page = fenetre.document;
    page.documentElement.lang = "fr";
    page.head.innerHTML = `<meta charset="utf-8"><style>
      body { font: 20px/1.5 "Segoe UI", "Helvetica Neue", Arial, sans-serif; margin: 1.2em 1.6em; color: #1f2937; background: #fff; }
      header { display: flex; justify-content: space-between; gap: 2em; color: #4b5563; font-size: 17px; }
      h1 { font-size: 26px; margin: .4em 0; } footer { border-top: 1px solid #d1d5db; margin-top: 1.5em; padding-top: .6em; color: #4b5563; }
      button { font: inherit; padding: .3em 1em; margin-right: .6em; } #minuteur { font-weight: 700; }</style>`;
    page.body.innerHTML = `<header><span id="place"></span><span id="minuteur"></span><span id="heure"></span></header>
      <h1 id="titre"></h1><main id="notes"></main>
      <footer><p id="suite"></p><button id="recul">◀ Précédente</button><button id="avance">Suivante ▶</button>
      <button id="minuter">Minuteur</button></footer>`;
    // Après F5, la page qui projette est neuve : la fenêtre de notes va la retrouver.
    const script = page.createElement("script");
    script.textContent = `setInterval(() => { try {
      const d = window.opener && window.opener.cerddDiaporama;
      if (d && d.notes.fenetre !== window) d.notes.brancher(window);
    } catch (erreur) {} }, 300);`;
    page.head.append(script);
    this.brancher(fenetre);
  }
  brancher(fenetre) {
    this.fenetre = fenetre;
    const page = fenetre.document, d = this.diaporama;
    const un = (nom) => page.getElementById(nom);
    un("recul").onclick = () => d.reculer();
    un("avance").onclick = () => d.avancer();
    un("minuter").onclick = () => d.minuter();
    page.onkeydown = (e) => d.touche(e);
    this.ecrire();
  }
  ecrire() {
    if (!this.fenetre || this.fenetre.closed) return;
    const { place: { rang, etape }, diapositives, etapes } = this.diaporama;
    const page = this.fenetre.document, ici = diapositives[rang], apres = diapositives[rang + 1];
    const un = (nom) => page.getElementById(nom);
    page.title = `Notes — ${this.diaporama.titre}`;
    un("place").textContent = `Diapositive ${rang + 1} sur ${diapositives.length}`
      + (etapes[rang] ? ` · étape ${etape} sur ${etapes[rang]}` : "")
      + (ici.minutes ? ` · ${ici.minutes} minute${ici.minutes > 1 ? "s" : ""}` : "");
    un("titre").textContent = ici.titre;
    un("notes").innerHTML = ici.notes || "<p>Pas de note pour cette diapositive.</p>";
    un("suite").textContent = apres ? `Ensuite\u00a0: ${apres.titre}` : DERNIERE;
    this.battre();
  }
  battre() {
    if (!this.fenetre || this.fenetre.closed) return;
    const page = this.fenetre.document, m = this.diaporama.minuteur;
    page.getElementById("heure").textContent = new Date().toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });
    page.getElementById("minuteur").textContent = m ? duree(resteDe(m, Date.now())) : "";
  }
}

if (globalThis.document?.getElementById("cerdd-donnees")) globalThis.cerddDiaporama = new Diaporama();
