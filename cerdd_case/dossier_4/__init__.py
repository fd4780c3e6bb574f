"""Dossier 4 : le système d'information, la communication et le Web 2.0."""
