"""The figures of the catalogue can be found, which are for everybody."""

from typing import Any

from monitoring.catalogue import load_definitions
from monitoring.presenters.catalogue import searched
from monitoring.presenters.readings import address
from portal.search import Entry, WordShelf


def shelves(_person: Any) -> list[WordShelf]:
    """Every indicator, by what is searched in the catalogue as well."""
    entries = [
        (Entry(one.name, address(one, None), one.question), searched(one)) for one in load_definitions()
    ]
    return [WordShelf(title="Cijfers", order=80, entries=entries)]
