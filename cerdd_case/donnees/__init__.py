"""Les données : lire et contrôler les annexes, en tirer le contexte du cas, les montrer."""
