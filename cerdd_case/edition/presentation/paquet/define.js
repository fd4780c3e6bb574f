// anywidget se publie pour le chargeur AMD de Jupyter : il appelle `define` avec ses dépendances.
globalThis.define = (_, fabrique) => { globalThis.cerddAnywidget = fabrique; };
