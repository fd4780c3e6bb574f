"""Dossier 2 : le budget. Écarts de 2014, projection 2015, règles, scénarios, risque."""
