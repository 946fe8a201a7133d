"""The words of Kansrijke Start can be found."""

from typing import Any

from portal.addresses import address_of
from portal.glossary import TERMS
from portal.search import Entry, WordShelf


def shelves(_person: Any) -> list[WordShelf]:
    """The glossary, which is for everybody."""
    address = address_of("portal:glossary")
    terms = [
        (Entry(term.term, f"{address}#{term.slug}", term.explanation), f"{term.term} {term.explanation}")
        for term in TERMS
    ]
    return [WordShelf(title="Begrippen", order=90, entries=terms)]
