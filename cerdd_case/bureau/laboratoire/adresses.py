"""Les adresses que le serveur lancé par `cerdd` ajoute à celles de Jupyter, sous `cerdd/`.

- `GET cerdd/` : la page d'accueil ; `cerdd/eleve`, `cerdd/enseignant` : ses deux côtés ;
- `GET cerdd/lire/<nom>` : une annexe ou un document (`passage`, `faits`, `theme`), pour un cadre ;
- `GET cerdd/suivi/<carnet>` : ce qui est fait, question par question, et les points
  (`{questions: {numero: {faite, ecrite, duree}}, points: [obtenus, total], cas: [obtenus, total]}`) ;
- `POST cerdd/avancement/<carnet>` : un pupitre est ouvert sur ce carnet, qui contiendra son avancement ;
  `{a_enregistrer}` : il a changé depuis l'enregistrement ;
- `POST cerdd/relais` : laisse la place à la personne suivante ; `{garde}` ou `{erreur}` ;
- `POST cerdd/rendre` : rend une copie ; `{chemin, eleve, classe}` donne `{fichiers, phrases}`, ou
  `{erreur}`.

Toutes demandent le jeton de Jupyter ; les `POST`, aussi sa protection contre les pages étrangères.
"""

import asyncio
from pathlib import Path

from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

from ...questions.avancement import A_FAIRE, avancement, points_du_bareme, points_obtenus
from ...socle import identite
from ...socle.erreurs import ErreurCas, ErreurDonnees
from ...socle.fichiers import depuis_json
from ...socle.memoire import Memoire
from ...socle.typographie import typographier
from .. import accueil, copie, pages, remise

ABSENTE = "Cette annexe n'existe pas."


class Accueil(JupyterHandler):
    """La page d'accueil. Sans corrigés sur la machine, il n'y a que le côté de l'élève."""

    @web.authenticated
    async def get(self, cote: str = "") -> None:
        """La porte, ou l'un des deux côtés."""
        self.xsrf_token  # noqa: B018 : le lire pose le biscuit que les `POST` de cette page demandent
        racine = Path(self.contents_manager.root_dir)
        enseignant = accueil.a_des_corriges(racine)
        cote = cote if enseignant and cote else "eleve" if cote or not enseignant else "porte"
        self.finish(await asyncio.to_thread(accueil.page_d_accueil, cote, racine, self.base_url))


class Annexe(JupyterHandler):
    """Une annexe ou un document, en une page."""

    @web.authenticated
    async def get(self, nom: str) -> None:
        """La page ; 404 si rien ne porte ce nom."""
        reglages = {cle: self.get_query_argument(cle, "") for cle in ("passage", "faits", "theme")}
        try:
            self.finish(
                await asyncio.to_thread(lambda: pages.annexe(pages.registre(), nom, **reglages))
            )
        except ErreurDonnees:
            raise web.HTTPError(404, ABSENTE) from None


class Suivi(APIHandler):
    """Où en est un carnet, d'après son dernier enregistrement."""

    @web.authenticated
    async def get(self, chemin: str) -> None:
        """Les questions faites et les points que l'élève s'est donnés ; vide : rien à suivre."""
        carnet = Path(self.contents_manager._get_os_path(chemin))
        self.finish(await asyncio.to_thread(_suivi, carnet))


def _suivi(carnet: Path) -> dict:
    numero = copie.dossier_du_carnet(identite.contenu_du_carnet(carnet) or {"cells": []})
    if numero is None:
        return {}
    cas, memoire = pages.registre(), Memoire.du_carnet(carnet)
    lignes = avancement(cas, memoire, carnet, numero)
    durees = {
        q.question: accueil.duree(q.points, cas)
        for q in cas.table("corrige-questions").itertuples()
    }
    return {
        "questions": {
            li.question: {
                "faite": li.fait,
                "ecrite": li.reponse != A_FAIRE,
                "duree": durees[li.question],
            }
            for li in lignes.itertuples()
        },
        "points": [points_obtenus(cas, memoire, carnet, numero), points_du_bareme(cas, numero)],
        "cas": [accueil.points_du_cas(carnet.parent, cas), points_du_bareme(cas)],
    }


class Progres(APIHandler):
    """L'avancement d'un carnet ouvert dans un pupitre."""

    @web.authenticated
    async def post(self, chemin: str) -> None:
        """Le prend en charge, et dit s'il est à enregistrer."""
        en_avance = await self.contents_manager.prendre_en_charge(chemin)
        await self.session_manager.annoncer(chemin)
        self.finish({"a_enregistrer": en_avance})


class Relais(APIHandler):
    """Laisse la place à la personne suivante."""

    @web.authenticated
    async def post(self) -> None:
        """Le dossier où les carnets commencés sont gardés, ou la phrase d'une erreur."""
        await self.session_manager.fermer("eleves/")
        try:
            garde = await self.contents_manager.passer_le_relais("eleves")
            self.finish({"garde": garde.name if garde else ""})
        except ErreurCas as erreur:
            self.set_status(400)
            self.finish({"erreur": typographier(str(erreur))})


class Rendre(APIHandler):
    """Rend la copie d'un carnet."""

    @web.authenticated
    async def post(self) -> None:
        """Les fichiers écrits et ce qu'il faut en dire, ou la phrase d'une erreur."""
        try:
            self.finish(await self._rendre(self.request.body))
        except ErreurCas as erreur:
            self.set_status(400)
            self.finish({"erreur": typographier(str(erreur))})
        except Exception:
            self.log.exception("La remise d'une copie")
            self.set_status(500)
            self.finish({"erreur": remise.INATTENDUE})

    async def _rendre(self, corps: bytes) -> dict:
        demande = depuis_json(corps) or {}
        chemin = str(demande.get("chemin", "")).strip("/")
        if not chemin.endswith(".ipynb"):
            raise ErreurCas("Ouvrez un carnet : c'est lui que l'on rend.")
        try:
            carnet = Path(self.contents_manager._get_os_path(chemin))
        except web.HTTPError:
            raise ErreurCas("Ce carnet n'est pas dans le dossier de travail.") from None
        noms = (demande.get("eleve", ""), demande.get("classe", ""))
        faite = await asyncio.to_thread(remise.rendre, carnet, *noms)
        racine = Path(self.contents_manager.root_dir)
        fichiers = [
            {"nom": f.name, "adresse": pages.adresse(self.base_url, "files", f.relative_to(racine))}
            for f in faite.fichiers
        ]
        return {"fichiers": fichiers, "phrases": [*map(typographier, faite.phrases)]}


def routes(base: str) -> list[tuple]:
    """Chaque adresse et ce qui y répond."""
    return [
        (url_path_join(base, r"cerdd/?"), Accueil),
        (url_path_join(base, r"cerdd/(eleve|enseignant)/?"), Accueil),
        (url_path_join(base, r"cerdd/lire/(\w+)"), Annexe),
        (url_path_join(base, r"cerdd/suivi/(.+\.ipynb)"), Suivi),
        (url_path_join(base, r"cerdd/avancement/(.+\.ipynb)"), Progres),
        (url_path_join(base, r"cerdd/relais"), Relais),
        (url_path_join(base, r"cerdd/rendre"), Rendre),
    ]
