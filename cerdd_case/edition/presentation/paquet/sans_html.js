// À la place de sanitize-html : nos étiquettes sont du texte, rien n'y est gardé d'une page.
const SIGNES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export default (texte) => texte.replace(/[&<>"]/g, (signe) => SIGNES[signe]);
