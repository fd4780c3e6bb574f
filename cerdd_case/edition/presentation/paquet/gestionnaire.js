// Les ateliers vivants dans une page à nous : un noyau de Jupyter, ses modèles, leurs vues.
// Une fenêtre n'exécute rien : elle reprend les modèles que le noyau tient déjà (`restaurer`).
import "./define.js";
import "anywidget";
import "@jupyter-widgets/base/css/index.css";
import "@jupyter-widgets/controls/css/widgets-base.css";
import * as base from "@jupyter-widgets/base";
import * as controls from "@jupyter-widgets/controls";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import { KernelConnection } from "@jupyterlab/services/lib/kernel/default.js";
import { ServerConnection } from "@jupyterlab/services/lib/serverconnection.js";
import { Widget } from "@lumino/widgets";

const MODULES = {
  "@jupyter-widgets/base": base,
  "@jupyter-widgets/controls": controls,
  anywidget: globalThis.cerddAnywidget(base),
};

export class Gestionnaire extends ManagerBase {
  // `serveur` : l'adresse et le jeton de Jupyter ; `noyau` : son identifiant.
  constructor(serveur, noyau) {
    super();
    const serverSettings = ServerConnection.makeSettings({
      baseUrl: serveur.adresse, wsUrl: serveur.adresse.replace(/^http/, "ws"), token: serveur.jeton, appendToken: true,
    });
    this.noyau = new KernelConnection({ model: { id: noyau, name: "python3" }, serverSettings, handleComms: true });
    this.noyau.registerCommTarget(this.comm_target_name, (comm, message) =>
      this.handle_comm_open(new base.shims.services.Comm(comm), message));
  }

  // Reprend tous les modèles du noyau ; rend leur nombre (0 : le noyau a redémarré, tout est à refaire).
  async restaurer() {
    const connus = Object.keys(await this._get_comm_info());
    if (connus.length) await this._loadFromKernel();
    return connus.length;
  }

  // Pose la vue d'un modèle dans un élément vide.
  async afficher(modele, element) {
    const vue = await this.create_view(await this.get_model(modele));
    Widget.attach(vue.luminoWidget, element);
    return vue;
  }

  fermer() {
    this.disconnect();
    this.noyau.dispose();
  }

  async loadClass(classe, module) {
    const trouvee = MODULES[module]?.[classe];
    if (!trouvee) throw new Error(`Le réglage ${module} ${classe} n'est pas dans la page.`);
    return trouvee;
  }
  async _create_comm(cible, identifiant, donnees, metadonnees, tampons) {
    const comm = this.noyau.createComm(cible, identifiant);
    if (donnees || metadonnees) comm.open(donnees, metadonnees, tampons);
    return new base.shims.services.Comm(comm);
  }
  async _get_comm_info() {
    const reponse = await this.noyau.requestCommInfo({ target_name: this.comm_target_name });
    return reponse.content.comms ?? {};
  }
}
