// Le pupitre de l'élève, chargé par JupyterLab quand `cerdd` le lance.
//
// Un « conteneur » de JupyterLab écrit à la main (init, get) : rien à compiler, rien à télécharger.
// Les modules que la page partage (`@jupyterlab/…`, `@codemirror/…`) s'obtiennent par `charger`.
(() => {
  const ADRESSE = document.currentScript.src;
  let partage = {};

  async function charger(nom) {
    const [version] = Object.values(partage[nom]);
    return (await version.get())();
  }

  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB["cerdd-pupitre"] = {
    init: async (commun) => { partage = commun; },
    get: async () => {
      const { extension } = await import(new URL("pupitre.js", ADRESSE).href);
      const greffon = await extension(charger);
      return () => ({ __esModule: true, default: greffon });
    },
  };
})();
