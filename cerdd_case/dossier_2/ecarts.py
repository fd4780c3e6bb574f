"""Les écarts de 2014 entre le budget prévu et le budget réalisé (annexes 4 et 5)."""

import pandas as pd


def ecarts(prevu: pd.DataFrame, realise: pd.DataFrame) -> pd.DataFrame:
    """Compare le budget prévu (annexe 4, euros) au budget réalisé (annexe 5, k€).

    Renvoie une ligne par grandeur commune : `ressources`, `etat`, `autres_ressources`,
    `charges`, `personnel`, `autres_charges`, `resultat`. Colonnes :

    - `ligne`, `libelle`, `niveau` (« total » ou « dont ») ;
    - `prevu_eur`, `realise_eur`, `ecart_eur` = réalisé − prévu, en euros ;
    - `ecart_part` = écart / prévu (vide si le prévu est nul) ;
    - `favorable` : l'écart améliore le résultat (une recette plus forte, une charge plus faible) ;
    - `effet_resultat_eur` : ce que l'écart d'une ligne « dont » apporte au résultat ; la somme de
      ces effets est l'écart de résultat (vide pour les totaux).
    """
    p = prevu.set_index("poste")["montant_eur"]
    sens = prevu.groupby("nature")["montant_eur"].sum()
    r = realise.set_index("poste")["montant_keur"] * 1000
    lignes = [
        # ligne, libellé, niveau, prévu, réalisé, effet d'une hausse sur le résultat
        ("ressources", "Ressources", "total", sens["recette"], r["ressources"], 1),
        ("etat", "dont État", "dont", p["etat"], r["ressources_etat"], 1),
        ("autres_ressources", "dont autres ressources", "dont",
         sens["recette"] - p["etat"], r["autres_ressources"], 1),
        ("charges", "Charges", "total", sens["depense"], r["charges"], -1),
        ("personnel", "dont personnel", "dont", p["personnel"], r["charges_personnel"], -1),
        ("autres_charges", "dont autres charges", "dont",
         sens["depense"] - p["personnel"], r["charges"] - r["charges_personnel"], -1),
        ("resultat", "Résultat", "total", sens["recette"] - sens["depense"], r["resultat"], 1),
    ]  # fmt: skip
    colonnes = ["ligne", "libelle", "niveau", "prevu_eur", "realise_eur", "effet"]
    t = pd.DataFrame(lignes, columns=colonnes).astype({"prevu_eur": float, "realise_eur": float})
    t["ecart_eur"] = t["realise_eur"] - t["prevu_eur"]
    t["ecart_part"] = t["ecart_eur"] / t["prevu_eur"].where(t["prevu_eur"] != 0)
    effet = t["ecart_eur"] * t.pop("effet")
    return t.assign(favorable=effet >= 0, effet_resultat_eur=effet.where(t["niveau"] == "dont"))
