// Le budget 2015, son verdict et ses phrases, sans Python : `projection.py`, `regles.py` et la phrase
// prix-volume de `sensibilite.py`, au centime et au signe près (tests/dossier_2/test_sans_python.py).
// Rien du sujet n'est écrit ici : `cas` vient de `simulateur_autonome.py`. Placé après `curseur.js`,
// dont il emploie l'écriture des nombres.

// --- Arrondir et écrire comme Python -----------------------------------------------------------

// À l'entier, un demi vers le nombre pair.
function auCentime(centimes) {
  const bas = Math.floor(centimes), reste = centimes - bas;
  return reste > 0.5 || (reste === 0.5 && bas % 2) ? bas + 1 : bas;
}
const aDeuxDecimales = (v) => Number(v.toFixed(2));
const avecSigne = (texte, v) => (v > 0 && /[1-9]/.test(texte) ? `+${texte}` : texte);
export const pourcent = (part, decimales = 1) => chiffres(part, decimales ?? 0, decimales ?? 2, "percent") + FINE + "%";

// --- La formule --------------------------------------------------------------------------------

export function projeter(cas, h) {
  const { depart } = cas, centimes = {};
  if (h.charges_personnel_eur === null) {
    const emploisPayes = h.etp_initial + h.etp_ajoutes * ((13 - h.mois_embauche) / 12);
    centimes.personnel = auCentime(emploisPayes * ((1 + h.taux_salaire) * (depart.personnel / h.etp_initial)));
  } else centimes.personnel = auCentime(100 * h.charges_personnel_eur);
  for (const poste of cas.charges) {
    const augmente = poste === "investissement" ? h.investissement_indexe : h.lignes_indexees.includes(poste);
    const exceptionnel = poste === "projets_exceptionnels" ? 100 * h.projet_exceptionnel_eur : 0;
    centimes[poste] = auCentime(depart[poste] * (augmente ? 1 + h.taux_charges : 1) + exceptionnel);
  }
  const somme = (postes) => postes.reduce((total, poste) => total + centimes[poste], 0);
  for (const [poste, taux] of Object.entries(cas.taux)) centimes[poste] = auCentime(depart[poste] * (1 + h[taux]));
  const total = somme(["personnel", ...cas.charges]);
  const ue = centimes.ue = total - somme(Object.keys(cas.taux));
  return {
    hypotheses: h,
    montants: Object.fromEntries(Object.entries(centimes).map(([poste, montant]) => [poste, montant / 100])),
    total: total / 100, ue: ue / 100, horsUe: (total - ue) / 100,
    part: total ? ue / total : NaN,
    evolution: cas.total_2014 ? (total - cas.total_2014) / 100 / (cas.total_2014 / 100) : NaN,
    projetExceptionnel: centimes.projets_exceptionnels > 0,
  };
}

// --- Le verdict --------------------------------------------------------------------------------

export const sousPlafond = (cas, part, plafond) => part <= plafond + cas.tolerance;
export const plafondApplique = (cas, p) => cas.plafonds[p.projetExceptionnel ? 1 : 0];

// La part, avec assez de décimales pour se distinguer du plafond.
export function ecrirePart(cas, part, plafond) {
  for (const decimales of [1, 2, 3]) {
    const ecrite = pourcent(part, decimales);
    if (sousPlafond(cas, part, plafond) || ecrite !== pourcent(plafond, decimales)) return ecrite;
  }
  return pourcent(part, 5);
}
const SOLDE_NEGATIF = "le solde européen serait négatif, ce budget est à revoir.";

export function conclure(cas, p) {
  const h = p.hypotheses;
  const debut = h.charges_personnel_eur === null
    ? `Avec ${mesure(h.etp_ajoutes, "etp")} dès ${mesure(h.mois_embauche, "mois")}`
    : `Avec ${euros(h.charges_personnel_eur)} de charges de personnel`;
  if (p.ue < 0) return `${debut}, les recettes françaises dépassent les dépenses de ${euros(-p.ue)}\u00a0: ${SOLDE_NEGATIF}`;
  const plafond = plafondApplique(cas, p);
  const verdict = sousPlafond(cas, p.part, plafond) ? "est respectée" : "n'est pas respectée";
  return `${debut}, les fonds européens atteignent ${ecrirePart(cas, p.part, plafond)}\u00a0: ` +
    `la règle des ${pourcent(plafond, null)} ${verdict}.`;
}

// Chaque règle rend [respectée, conclusion] ; null : sans objet.
const REGLES = {
  equilibre: (cas, p) => p.ue < 0
    ? [false, `Sans l'Europe, les recettes dépassent déjà les dépenses de ${euros(-p.ue)}\u00a0: ${SOLDE_NEGATIF}`]
    : [true, `Recettes et dépenses sont égales\u00a0: ${euros(p.total)}.`],
  coeur_du_projet(cas, p, seuil) {
    const coeur = p.total - p.montants.projets_exceptionnels;
    if (!coeur) return [null, "Sans objet\u00a0: aucune dépense hors projets exceptionnels."];
    const part = p.horsUe / coeur;
    const debut = `Les crédits français couvrent ${pourcent(part)} des dépenses hors projets exceptionnels.`;
    return seuil === null
      ? [part > cas.majorite, `${debut} L'annexe ne fixe pas de seuil\u202f; nous lisons\u00a0: plus de la moitié.`]
      : [part >= seuil, `${debut} L'annexe en demande au moins ${pourcent(seuil, null)}.`];
  },
  plafond_ue: (cas, p, seuil) => plafonner(cas, p, seuil, false),
  plafond_ue_exceptionnel: (cas, p, seuil) => plafonner(cas, p, seuil, true),
};
function plafonner(cas, p, seuil, desProjets) {
  if (desProjets && !p.projetExceptionnel) return [null, "Sans objet\u00a0: aucun projet exceptionnel."];
  const limite = pourcent(seuil, null), respectee = sousPlafond(cas, p.part, seuil);
  const qui = desProjets ? "Avec un projet exceptionnel, l'Europe" : "L'Europe";
  const debut = `${qui} finance ${ecrirePart(cas, p.part, seuil)} du budget\u00a0: `;
  if (p.projetExceptionnel && !desProjets && !respectee)
    return [null, `${debut}un projet exceptionnel permet de dépasser ${limite}.`];
  return [respectee, `${debut}${respectee ? "au plus" : "plus de"} ${limite}, ` +
    (respectee ? "la règle est respectée." : "la règle n'est pas respectée.")];
}
export function juger(cas, p) {
  return cas.regles.map(({ code, libelle, seuil, marque }) => {
    const [respectee, conclusion] = REGLES[code](cas, p, seuil);
    return [libelle, respectee, conclusion + marque];
  });
}

// La hausse des charges de personnel, effectif puis salaire ; vide si elles sont imposées.
export function phrasePrixVolume(cas, p) {
  const h = p.hypotheses;
  if (h.charges_personnel_eur !== null) return "";
  const avant = cas.depart.personnel / 100;
  const etp = h.etp_initial + (h.etp_ajoutes * (13 - h.mois_embauche)) / 12;
  const effectif = aDeuxDecimales((avant / h.etp_initial) * etp - avant);
  const total = aDeuxDecimales(p.montants.personnel - avant);
  const [du, des, dit] = [total - effectif, effectif, total].map((v) => avecSigne(euros(aDeuxDecimales(v)), v));
  return `Charges de personnel\u00a0: ${dit} par rapport à 2014, dont ${des} dus à l'effectif (volume) et ` +
    `${du} dus au salaire moyen (prix).`;
}
