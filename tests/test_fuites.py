"""Ce qu'un élève installe ne donne aucune réponse à qui ouvre un fichier."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from cerdd_case import Cas
from cerdd_case.donnees.paquet import Donnees
from cerdd_case.edition import distribution

RACINE = Path(__file__).resolve().parent.parent


def lisibles(roue: Path) -> Iterator[tuple[str, str]]:
    """Les fichiers de texte de la roue, tels que `lisser` les rend."""
    with zipfile.ZipFile(roue) as archive:
        for nom in archive.namelist():
            if nom.endswith(
                (".py", ".js", ".css", ".csv", ".json", ".md", ".txt", ".ipynb", ".po")
            ):
                yield nom, lisser(archive.read(nom).decode("utf-8"))


def lisser(texte: str) -> str:
    """Une phrase que le code coupe d'une ligne à l'autre redevient entière ; toutes les espaces se
    valent, et un nombre n'en a pas."""
    entier = re.sub(r'"\s*\n\s*f?"', "", texte)
    entier = re.sub(r"(?:\s|\\u00a0|\\u202f)+", " ", entier)
    return re.sub(r"(?<=\d) (?=\d{3})", "", entier)


VUS = {"libelle", "option"}  # des choix à faire
VUS_D_UNE_SEANCE = {"titre", "objectifs", "production", "a_la_maison"}


def phrases_reservees() -> set[str]:
    """Tout ce que `data/corrige/` écrit en phrases, sauf ce que l'élève voit d'abord : les questions, les
    choix, ce qu'une séance annonce. D'une phrase à remplir, chaque morceau ; trois mots ne disent rien."""
    donnees = Donnees()
    morceaux = {
        lisser(morceau.strip(" .;:,"))
        for ressource in donnees.ressources
        if ressource["name"].startswith("corrige-") and ressource["name"] != "corrige-questions"
        for champ in ressource["schema"]["fields"]
        if champ["type"] == "string" and champ["name"] not in VUS
        if ressource["name"] != "corrige-seances" or champ["name"] not in VUS_D_UNE_SEANCE
        for texte in donnees.table(ressource["name"])[champ["name"]].dropna()
        for morceau in re.split(r"\{\w+\}", texte)
    }
    return {m for m in morceaux if len(m.split()) >= 4}


def revelations(textes) -> list[str]:
    """Les phrases réservées et les valeurs attendues que l'on y lit."""
    phrases, secrets = phrases_reservees(), set()
    assert len(phrases) > 500
    for controle in Cas().controles.values():
        valeur = abs(controle.valeur)
        if valeur > 1:  # « 14000 » est imprimé dans l'énoncé
            secrets |= {f"{valeur:.2f}", f"{valeur:.2f}".replace(".", ","), f"{valeur:.0f}"}
        else:
            secrets |= {f"{100 * valeur:.1f}".replace(".", ",")}
    secrets -= {"14000", "14000.00", "14000,00"}
    motif = re.compile("|".join(rf"(?<!\d){re.escape(s)}(?!\d)" for s in sorted(secrets, key=len)))
    return [
        f"{nom} : {trouve}"
        for nom, texte in textes
        for trouve in [*(p for p in phrases if p in texte), *motif.findall(texte)]
    ]


def test_aucun_point_attendu_ne_se_lit_dans_la_roue_de_l_eleve(tmp_path):
    """Ni secret, ni tentation : rien d'attendu n'y est écrit en clair."""
    roue = tmp_path / distribution.nom_de_la_roue()
    roue.write_bytes(distribution.roue_de_l_eleve())
    assert revelations(lisibles(roue)) == []


def test_une_valeur_attendue_en_clair_se_verrait():
    for phrase in (
        "soit 763316,40 €",
        "21,8 %",
        "x = 256357.46",
        Donnees().table("corrige-indices")["indice"][0],
        'x = ("Le plan veut élargir les publics du CERDD, "\n f"et en cite un en particulier : les jeunes.")',
    ):
        assert len(revelations([("ici", lisser(phrase))])) == 1, phrase
