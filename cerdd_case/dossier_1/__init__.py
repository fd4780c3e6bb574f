"""Dossier 1 : l'organisation. Gouvernance, financement, structure, diagnostic, performance."""
