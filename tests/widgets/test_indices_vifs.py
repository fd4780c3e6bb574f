"""Les indices à l'écran."""

import html

from cerdd_case import Cas
from cerdd_case.questions.registre import indices
from cerdd_case.socle.memoire import Memoire
from cerdd_case.socle.typographie import typographier

CAS = Cas(memoire=Memoire())


def test_un_bouton_ouvre_un_indice_puis_le_suivant(tmp_path):
    cas, textes = Cas(memoire=Memoire(tmp_path / "s.json")), indices("2.3", CAS)

    def vus(atelier):
        def dans(montre):
            page = typographier(html.unescape(montre))
            return [t for t in textes if typographier(t) in page]

        fixe = atelier._repr_mimebundle_()[0]
        lus = dans(atelier.lus.html)
        assert dans(fixe["text/html"]) == dans(fixe["text/plain"]) == lus
        return lus

    un = cas.indice("2.3")
    assert vus(un) == [] and un.suivant.description == "Voir l'indice 1 sur 3"
    for rang in (1, 2, 3):
        un.suivant.click()
        assert vus(un) == textes[:rang] == vus(cas.indice("2.3"))  # et restent à la relance
    assert un.suivant.layout.display == "none" and cas.indice("2.3").suivant.description == ""
    assert vus(cas.indice("2.4")) == []  # chaque question a son compte
    cas.recommencer()
    assert vus(cas.indice("2.3")) == []
