"""Dossier 3 : la coordination et la culture."""
