"""Le socle : erreurs, nombres, typographie, références, fichiers, mémoire, apports des dossiers."""
