// La partie mobile de `FigureBudget` (projection_figure.py) : les commandes que peint `image.js`, et le
// texte de remplacement. Le fond, les places et les modèles viennent de `simulateur_autonome.py`.

export function texteDeRemplacement(cas, p) {
  const evolution = avecSigne(pourcent(p.evolution), p.evolution);
  const lignes = Object.entries(cas.noms).map(([poste, nom]) => `${nom} ${euros(p.montants[poste])}`);
  return `Budget 2015, total ${euros(p.total)} (${evolution} par rapport à 2014). ${lignes.join("\u202f; ")}. ` +
    `Part de l'Union européenne\u00a0: ${pourcent(p.part)}.`;
}
export function verdict(cas, p) {
  const [ordinaire, exceptionnel] = cas.plafonds;
  if (p.part < 0) return "negatif";
  if (sousPlafond(cas, p.part, ordinaire)) return "ordinaire";
  return p.projetExceptionnel && sousPlafond(cas, p.part, exceptionnel) ? "exceptionnel" : "depasse";
}

const dixieme = (v) => Math.round(v * 10) / 10;
// Un rectangle depuis son coin, et un nombre accroché par sa gauche (0) ou sa droite (1).
function barre({ repere: [ax, bx, ay, by], barre: modele }, x, y, largeur, hauteur, couleur) {
  const [x0, x1] = [x, x + largeur].map((v) => dixieme(ax * v + bx));
  const [y0, y1] = [y, y + hauteur].map((v) => dixieme(ay * v + by));
  const [trait, ...suite] = modele;
  const coins = [[x0, y0], [x1, y0], [x1, y1], [x0, y1]].map((coin) => coin.join(" "));
  return ["p", `M${coins.join("L")}Z`, couleur, trait && couleur, ...suite];
}
function ecrit({ repere: [ax, bx, ay, by] }, { largeurs, bas, modele }, x, y, dit, couleur, accroche = 0) {
  const largeur = [...dit].reduce((somme, signe) => somme + largeurs[signe], 0);
  const place = [ax * x + bx - accroche * largeur, ay * y + by + bas];
  return ["t", dit, ...place.map(dixieme), ...modele, couleur, dixieme(largeur)];
}

export function partieMobile(cas, p) {
  const { postes, jauge, couleurs, dessus } = cas.figure, commandes = [];
  const { gauche, droite } = postes;
  for (const [poste, rang, couleur] of postes.rangs) {
    const montant = p.montants[poste], longueur = Math.min(Math.max(montant, gauche), droite * 0.84);
    commandes.push(barre(postes, 0, rang + 0.02, longueur, 0.36, couleur));
    commandes.push(ecrit(postes, postes.texte, Math.max(longueur, 0) + (droite - gauche) * 0.01, rang + 0.2,
      chiffres(montant, 0, 0) + INSECABLE + "€", montant < 0 ? couleurs.rouge : couleurs.encre));
  }
  const { haut } = jauge, dit = jauge.verdicts[verdict(cas, p)], couleur = dit.at(-2);
  commandes.push(barre(jauge, -0.45, 0, 0.9, Math.min(Math.max(p.part, 0), haut), couleur));
  commandes.push(ecrit(jauge, jauge.part, -0.68, Math.min(Math.max(p.part, 0.01), haut - 0.01),
    ecrirePart(cas, p.part, plafondApplique(cas, p)), couleurs.encre, 1));
  return [...commandes, dit, ...dessus];
}
