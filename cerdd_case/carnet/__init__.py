"""Le carnet où la collection est importée : réponses lues comme on les tape, erreurs en français.

- `reponses.py` : une cellule de réponse, ligne par ligne ;
- `erreurs.py` : les erreurs de Python les plus courantes, en une phrase et la prochaine étape ;
- `branchement.py` : ce qui relie les deux au noyau, et oublie une réponse que sa cellule ne donne plus.

Rien ici n'importe IPython : le noyau est donné. Là où il n'y en a pas (un navigateur sans IPython, un
terminal), rien n'est branché et rien ne manque.
"""

from .branchement import brancher as load_ipython_extension

__all__ = ["load_ipython_extension"]
