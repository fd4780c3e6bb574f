"""Le socle : erreurs, nombres, typographie, références, fichiers, suivi, apports des dossiers."""
