// Le fichier : tout ce qui est tapé s'enregistre à mesure, dans un seul onglet.

const APRES_LA_FRAPPE = 400; // ms sans frappe avant d'enregistrer
const REESSAI = 3000; // ms avant de voir si le serveur répond de nouveau

export class Fichier {
  /** `touche` : une personne a-t-elle écrit ? `verrouille` : un autre onglet tient ce carnet. */
  constructor(pupitre) {
    Object.assign(this, { pupitre, touche: false, verrouille: false, demandes: 0, file: Promise.resolve() });
  }

  /** Enregistre un peu après la dernière frappe. */
  enregistrerBientot() {
    this.touche = true;
    this.demandes += 1;
    document.body.dataset.cerddEnregistre = "non";
    clearTimeout(this.attente);
    this.pupitre.barre?.dire("…");
    this.attente = setTimeout(() => this.enregistrer(), APRES_LA_FRAPPE);
  }

  /** Enregistre, et dit si c'est fait. Un à la fois : deux qui se croisent se prendraient l'un l'autre pour un intrus. */
  enregistrer() {
    clearTimeout(this.attente);
    if (this.verrouille) return Promise.resolve(false);
    const demande = (this.demandes += 1), { context } = this.pupitre.panneau;
    const tour = this.file.then(() => context.save()); // `suivre` dit un refus
    this.file = tour.catch(() => {});
    return this.file.then(() => {
      const fait = !context.model.dirty;
      if (fait && demande === this.demandes) document.body.dataset.cerddEnregistre = "oui";
      return this.pupitre.barre.actualiser().then(() => fait);
    });
  }

  /** L'avancement se tient chez le serveur et se garde dans le carnet : a-t-il changé, on enregistre. */
  async garderLAvancement() {
    if (this.verrouille) return; // un autre onglet s'en charge
    const adresse = `avancement/${encodeURIComponent(this.pupitre.chemin)}`;
    const { a_enregistrer: change } = await this.pupitre.demander(adresse, { method: "POST" }).catch(() => ({}));
    if (change) await this.enregistrer();
  }

  /** JupyterLab dit « modifié » dès l'ouverture : tant que rien n'est tapé, il n'y a rien à garder. */
  suivre() {
    const { context } = this.pupitre.panneau;
    context.model.stateChanged.connect((modele, { name, newValue }) => {
      if (name === "dirty" && newValue && !this.touche) modele.dirty = false;
    });
    context.saveState.connect((_, etat) => {
      const heure = new Date().toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" }).replace(":", "\u00a0h\u00a0");
      if (etat === "completed") this.pupitre.barre.dire(`Enregistré à ${heure}`);
      if (etat === "failed") this.attendreLeServeur();
    });
  }

  /** Le serveur s'est-il tu ? Dès qu'il répond de nouveau, on enregistre ; sinon, c'est le disque. */
  async attendreLeServeur(muet = false) {
    clearTimeout(this.reessai);
    if (await this.pupitre.barre.suivi()) {
      if (muet) this.enregistrer();
      else this.pupitre.barre.dire("✘ Non enregistré\u00a0: le disque refuse. Copiez votre texte ailleurs.");
      return;
    }
    this.pupitre.barre.dire("✘ Non enregistré\u00a0: cerdd ne répond plus.");
    this.reessai = setTimeout(() => this.attendreLeServeur(true), REESSAI);
  }

  /** Une autre personne prend la machine : ce carnet s'enregistre, et son onglet revient à l'accueil. */
  cederAuRelais() {
    const canal = new BroadcastChannel("cerdd");
    canal.onmessage = async ({ data }) => {
      if (data !== "relais" || !(this.verrouille || (await this.enregistrer()))) return;
      this.pupitre.panneau.context.model.dirty = false;
      location.replace(`${this.pupitre.racine}cerdd/eleve`);
    };
    this.pupitre.panneau.disposed.connect(() => canal.close());
  }

  /** Un carnet ne s'écrit que dans un onglet : le second attend que le premier se ferme. */
  reserver() {
    const nom = `cerdd:${this.pupitre.chemin}`;
    return new Promise((suite) => {
      navigator.locks?.request(nom, { ifAvailable: true }, (verrou) => {
        this.verrouille = !verrou;
        suite();
        if (verrou) return new Promise(() => {});
        this.pupitre.barre.widget.node.inert = true;
        this.pupitre.carnet.node.inert = true;
        this.pupitre.poserUnBandeau("Ce carnet est déjà ouvert dans un autre onglet\u00a0: continuez là-bas, ou fermez-le pour écrire ici.");
        navigator.locks.request(nom, () => location.reload());
        return undefined;
      }) ?? suite();
    });
  }
}
