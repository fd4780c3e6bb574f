"""Le carnet d'accueil : l'installation vérifiée, le premier curseur, la carte du cas."""
