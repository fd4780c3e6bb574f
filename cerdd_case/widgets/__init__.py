"""Les éléments interactifs que partagent les ateliers ; `pages/` : leurs scripts, leurs styles."""
