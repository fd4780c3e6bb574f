"""Les ateliers : des curseurs et des choix autour d'une figure ou d'un tableau.

Un atelier est mince : il lit des réglages, appelle un calcul, montre une figure et une phrase.
"""
