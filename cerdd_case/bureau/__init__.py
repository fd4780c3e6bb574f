"""Le bureau : copier les carnets de la personne, ouvrir JupyterLab, la commande `cerdd`."""
