// Ce que jupyterlab-slideshow ne fait pas : exécuter le carnet à l'ouverture, ouvrir tout de suite
// les diapositives, les mettre à l'échelle de l'écran, montrer le code ou les notes d'une touche.
//
// Un « conteneur » de JupyterLab écrit à la main (init, get) : rien à compiler, rien à télécharger.
// Il n'est chargé que par « cerdd presenter ». Le découpage en diapositives vient de Python
// (métadonnée « cerdd_presentation » de la copie du carnet) : il n'est calculé qu'à un endroit.
(() => {
  const racine = document.documentElement;
  const ECHELLE_MINIMALE = 0.45, ECHELLE_MAXIMALE = 1.25;
  const ECHELLE_MINIMALE_DU_TEXTE = 0.72; // un grand atelier rétrécit avant la phrase qui l'annonce
  const AVANCER = new Set(["ArrowRight", "ArrowDown", "PageDown", " "]);
  const RECULER = new Set(["ArrowLeft", "ArrowUp", "PageUp"]);
  const AIDE = [
    ["→ ou Espace", "diapositive suivante"],
    ["← ou Maj + Espace", "diapositive précédente"],
    ["C", "montrer ou masquer le code"],
    ["D", "montrer ou masquer les détails d'un atelier (explications, scénarios, hypothèses)"],
    ["N", "ouvrir les notes dans une autre fenêtre"],
    ["F", "plein écran (Échap en sort)"],
    ["Début, Fin", "première, dernière diapositive"],
    ["Échap", "quitter un curseur ou un champ"],
    ["H", "cette aide"],
  ];

  const pause = (ms) => new Promise((suite) => setTimeout(suite, ms));
  function element(nom, attributs = {}, ...enfants) {
    const e = document.createElement(nom);
    for (const [cle, valeur] of Object.entries(attributs)) {
      if (cle.startsWith("on")) e.addEventListener(cle.slice(2), valeur);
      else e.setAttribute(cle, valeur);
    }
    e.append(...enfants);
    return e;
  }

  async function attendre(condition, essais = 1200) {
    for (let i = 0; i < essais; i++) {
      const valeur = condition();
      if (valeur) return valeur;
      await pause(100);
    }
    throw new Error("JupyterLab n'a pas ouvert le carnet.");
  }

  class Presentation {
    constructor(app, panneau, plan) {
      this.app = app;
      this.carnet = panneau.content;
      this.panneau = panneau;
      this.diapositives = plan.diapositives;
      this.titre = plan.titre;
      // Un arrêt : une diapositive, ou un fragment qui s'y ajoute.
      this.arrets = this.diapositives.flatMap((d, rang) => d.arrets.map((cellule) => ({ cellule, rang })));
      this.actuel = 0;
      this.echelle = 1;
      this.fenetre = null;
      this.debut = Date.now();
    }

    // --- Le décor -----------------------------------------------------------------------

    poser() {
      this.place = element("span", { class: "cerdd-diapo-place", role: "status" });
      const bouton = (texte, titre, action) =>
        element("button", { type: "button", title: titre, "aria-label": titre, onclick: (e) => { action(); e.currentTarget.blur(); } }, texte);
      this.barre = element("nav", { class: "cerdd-diapo-barre", "aria-label": "Diapositives" },
        bouton("◀", "Diapositive précédente (←)", () => this.reculer()),
        this.place,
        bouton("▶", "Diapositive suivante (→)", () => this.avancer()),
        this.intitule = element("span", { class: "cerdd-diapo-titre" }),
        bouton("Code", "Montrer ou masquer le code (C)", () => this.code()),
        bouton("Détails", "Montrer ou masquer les détails de l'atelier (D)", () => this.details()),
        bouton("Notes", "Notes dans une autre fenêtre (N)", () => this.notes()),
        bouton("Plein écran", "Plein écran (F)", () => this.pleinEcran()),
        bouton("Aide", "Les touches (H)", () => this.aide()));
      document.body.append(this.barre);
    }

    couvrir() {
      this.etat = element("p", { role: "status" }, "Préparation\u00a0: les calculs du carnet s'exécutent…");
      this.boutons = element("p", {});
      this.couverture = element("div", { class: "cerdd-diapo-couverture", role: "dialog", "aria-label": "Présentation" },
        element("div", {}, element("h1", {}, this.titre), this.etat, this.boutons, this.tableauDAide()));
      document.body.append(this.couverture);
    }

    pret(incident) {
      this.etat.textContent = incident
        ? "Un calcul n'a pas abouti\u00a0: les images du carnet livré restent, mais tous les curseurs ne bougeront pas."
        : "Tout est prêt\u00a0: les curseurs sont actifs.";
      const ouvrir = (plein) => { if (plein) this.pleinEcran(); this.decouvrir(); };
      const principal = element("button", { type: "button", onclick: () => ouvrir(true) }, "Commencer en plein écran (Entrée)");
      this.boutons.append(principal, element("button", { type: "button", onclick: () => ouvrir(false) }, "Commencer dans cette fenêtre"));
      principal.focus();
      racine.dataset.cerddPresentation = "prete";
    }

    decouvrir() {
      this.couverture.remove();
      this.couverture = null;
      this.debut = Date.now();
      this.aller(0);
      racine.dataset.cerddPresentation = "ouverte";
    }

    tableauDAide() {
      return element("table", {}, element("tbody", {}, ...AIDE.map(([touche, effet]) =>
        element("tr", {}, element("th", { scope: "row" }, touche), element("td", {}, effet)))));
    }

    aide() {
      const ouverte = document.querySelector(".cerdd-diapo-aide");
      if (ouverte) { ouverte.remove(); return; }
      const boite = element("div", { class: "cerdd-diapo-aide", role: "dialog", "aria-label": "Les touches" },
        element("h2", {}, "Les touches"), this.tableauDAide(),
        element("button", { type: "button", onclick: () => boite.remove() }, "Fermer"));
      document.body.append(boite);
      boite.querySelector("button").focus();
    }

    // --- Se déplacer --------------------------------------------------------------------

    aller(numero) {
      this.actuel = Math.max(0, Math.min(numero, this.arrets.length - 1));
      this.carnet.mode = "command";
      this.carnet.activeCellIndex = this.arrets[this.actuel].cellule;
      this.dire();
      this.ajuster();
    }
    avancer() { this.aller(this.actuel + 1); }
    reculer() { this.aller(this.actuel - 1); }

    dire() {
      const { rang } = this.arrets[this.actuel];
      this.place.textContent = `${rang + 1} / ${this.diapositives.length}`;
      this.intitule.textContent = this.diapositives[rang].titre;
      racine.dataset.cerddDiapositive = rang + 1;
      this.ecrireNotes();
    }

    code() {
      racine.classList.toggle("cerdd-code");
      this.ajuster();
    }

    details() {
      racine.classList.toggle("cerdd-diapo-detail");
      this.ajuster();
    }

    pleinEcran() {
      const demande = document.fullscreenElement ? document.exitFullscreen() : racine.requestFullscreen?.();
      demande?.catch(() => {}); // un navigateur peut refuser : la présentation continue dans la fenêtre
    }

    // --- Mettre à l'échelle : tout tient dans l'écran, rien n'est coupé -------------------

    cellules() {
      return [...this.carnet.node.querySelectorAll(".jp-Cell.jp-deck-mod-onscreen")];
    }
    place_libre() {
      return window.innerHeight - this.barre.offsetHeight;
    }
    deborde() {
      const cellules = this.cellules();
      if (!cellules.length) return false;
      const haut = cellules[0].getBoundingClientRect().top;
      const bas = cellules[cellules.length - 1].getBoundingClientRect().bottom;
      if (bas - haut > this.place_libre() - 16) return true;
      return cellules.some((c) => [...c.querySelectorAll(".jp-OutputArea-output, .jp-RenderedMarkdown, table, .cerdd-atelier")]
        .some((e) => e.scrollWidth > e.clientWidth + 2 && e.clientWidth > 0 || e.getBoundingClientRect().right > window.innerWidth));
    }
    appliquer(echelle) {
      this.echelle = echelle;
      const texte = Math.max(echelle, ECHELLE_MINIMALE_DU_TEXTE);
      this.carnet.node.style.setProperty("--cerdd-echelle", echelle.toFixed(3));
      this.carnet.node.style.setProperty("--cerdd-echelle-texte", texte.toFixed(3));
    }
    ajuster() {
      let bas = ECHELLE_MINIMALE, haut = ECHELLE_MAXIMALE;
      this.appliquer(haut);
      if (this.deborde()) {
        for (let i = 0; i < 8; i++) {
          const milieu = (bas + haut) / 2;
          this.appliquer(milieu);
          if (this.deborde()) haut = milieu; else bas = milieu;
        }
        this.appliquer(bas);
      }
      racine.dataset.cerddEchelle = this.echelle.toFixed(2);
    }
    surveiller() {
      let prevu = 0;
      const plusTard = () => { clearTimeout(prevu); prevu = setTimeout(() => { if (this.deborde()) this.ajuster(); }, 80); };
      const observateur = new ResizeObserver(plusTard);
      for (const cellule of this.carnet.widgets) observateur.observe(cellule.node);
      window.addEventListener("resize", () => { clearTimeout(prevu); prevu = setTimeout(() => this.ajuster(), 120); });
    }

    // --- Les notes ----------------------------------------------------------------------

    notes() {
      if (this.fenetre && !this.fenetre.closed) { this.fenetre.focus(); return; }
      this.fenetre = window.open("", "cerdd-notes", "popup,width=900,height=700");
      if (!this.fenetre) return; // fenêtre bloquée : la feuille imprimée (cerdd exporter notes) reste
      const page = this.fenetre.document;
      page.title = `Notes — ${this.titre}`;
      page.documentElement.lang = "fr";
      page.body.innerHTML = `<style>
        body { font: 20px/1.5 "Segoe UI", "Helvetica Neue", Arial, sans-serif; margin: 1.2em 1.6em; color: #1f2937; background: #fff; }
        header { display: flex; justify-content: space-between; color: #4b5563; font-size: 17px; }
        h1 { font-size: 26px; margin: .4em 0; } footer { border-top: 1px solid #d1d5db; margin-top: 1.5em; padding-top: .6em; color: #4b5563; }
        button { font: inherit; padding: .3em 1em; margin-right: .6em; }
        </style><header><span id="place"></span><span id="duree"></span></header><h1 id="titre"></h1>
        <main id="notes"></main><footer><p id="suite"></p><button id="recul">◀ Précédente</button><button id="avance">Suivante ▶</button></footer>`;
      page.getElementById("recul").onclick = () => this.reculer();
      page.getElementById("avance").onclick = () => this.avancer();
      page.addEventListener("keydown", (e) => this.touche(e));
      this.horloge ??= setInterval(() => this.ecrireDuree(), 1000);
      this.ecrireNotes();
    }
    ecrireNotes() {
      if (!this.fenetre || this.fenetre.closed) return;
      const { rang } = this.arrets[this.actuel];
      const page = this.fenetre.document, suivante = this.diapositives[rang + 1];
      page.getElementById("place").textContent = `Diapositive ${rang + 1} sur ${this.diapositives.length}`;
      page.getElementById("titre").textContent = this.diapositives[rang].titre;
      page.getElementById("notes").innerHTML = this.diapositives[rang].notes || "<p>Pas de note pour cette diapositive.</p>";
      page.getElementById("suite").textContent = suivante ? `Ensuite\u00a0: ${suivante.titre}` : "C'est la dernière diapositive.";
      this.ecrireDuree();
    }
    ecrireDuree() {
      if (!this.fenetre || this.fenetre.closed) return;
      const s = Math.floor((Date.now() - this.debut) / 1000);
      this.fenetre.document.getElementById("duree").textContent =
        `${Math.floor(s / 60)} min ${String(s % 60).padStart(2, "0")} s`;
    }

    // --- Le clavier ---------------------------------------------------------------------

    touche(e) {
      if (e.ctrlKey || e.metaKey || e.altKey) return;
      const cible = e.target, nom = e.key;
      const curseur = cible.matches?.("input[type=range], input[type=radio], select");
      const saisie = cible.closest?.(".cm-editor") && cible.closest(".cm-content[contenteditable=true]")
        || cible.matches?.("textarea, [contenteditable=true], input:not([type=range]):not([type=checkbox]):not([type=radio]):not([type=button])");
      const bouton = cible.matches?.("button, summary, a, input[type=checkbox]");
      const prendre = () => { e.preventDefault(); e.stopImmediatePropagation(); };
      if (nom === "Escape") { // quitter un champ, jamais les diapositives
        prendre();
        document.querySelector(".cerdd-diapo-aide")?.remove();
        if (saisie || curseur) cible.blur();
        return;
      }
      if (this.couverture) {
        if (nom === "Enter" && !bouton && racine.dataset.cerddPresentation === "prete") { prendre(); this.pleinEcran(); this.decouvrir(); }
        return;
      }
      if (saisie) return;
      if (nom.startsWith("Arrow") && (curseur || cible.closest?.("[role=listbox], [role=grid], [role=tablist], [role=radiogroup], [draggable=true]"))) return;
      if ((nom === " " || nom === "Enter") && bouton) return;
      if (nom === "Home" && curseur || nom === "End" && curseur) return;
      if (nom === " " && e.shiftKey || RECULER.has(nom)) { prendre(); this.reculer(); return; }
      if (AVANCER.has(nom)) { prendre(); this.avancer(); return; }
      const action = {
        Home: () => this.aller(0), End: () => this.aller(this.arrets.length - 1),
        c: () => this.code(), d: () => this.details(), n: () => this.notes(), f: () => this.pleinEcran(), h: () => this.aide(),
      }[nom.length === 1 ? nom.toLowerCase() : nom];
      if (action) { prendre(); action(); return; }
      // Les raccourcis du carnet (D D supprime une cellule…) ne s'appliquent pas en classe.
      if (nom.length === 1 || nom === "Enter") { if (!bouton && !curseur) prendre(); }
    }
  }

  async function demarrer(app) {
    racine.classList.add("cerdd-projection", "cerdd-diapositives");
    const panneau = await attendre(() => {
      const p = app.shell.currentWidget;
      return p?.content?.widgets && p.context?.isReady && p;
    });
    const plan = panneau.context.model.getMetadata("cerdd_presentation");
    if (!plan) { racine.classList.remove("cerdd-projection", "cerdd-diapositives"); return; }
    const presentation = new Presentation(app, panneau, plan);
    window.cerddPresentation = presentation;
    presentation.couvrir();
    window.addEventListener("keydown", (e) => presentation.touche(e), true);
    await panneau.sessionContext.ready;
    await attendre(() => panneau.sessionContext.session?.kernel);
    let incident = false;
    try {
      await app.commands.execute("notebook:run-all-cells");
      incident = panneau.content.widgets.some((c) => [...(c.model.sharedModel.outputs ?? [])].some((s) => s.output_type === "error"));
    } catch { incident = true; }
    for (const side of ["left", "right"]) { // toute la largeur pour les diapositives
      if (app.commands.isToggled("application:toggle-side-tabbar", { side })) {
        await app.commands.execute("application:toggle-side-tabbar", { side });
      }
    }
    await app.commands.execute("deck:start");
    await attendre(() => document.querySelector(".jp-Deck"));
    presentation.poser();
    presentation.aller(0);
    presentation.surveiller();
    presentation.pret(incident);
  }

  const plugin = {
    id: "cerdd-presentation:plugin",
    autoStart: true,
    activate: (app) => {
      const style = element("link", { rel: "stylesheet", href: new URL("presentation.css", ADRESSE).href });
      document.head.append(style);
      app.restored.then(() => demarrer(app)).catch((erreur) => {
        racine.dataset.cerddPresentation = "panne";
        console.error(erreur);
      });
    },
  };

  const ADRESSE = document.currentScript.src;
  const modules = { "./extension": () => ({ __esModule: true, default: plugin }) };
  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB["cerdd-presentation"] = {
    init: async () => {},
    get: async (nom) => modules[nom],
  };
})();
