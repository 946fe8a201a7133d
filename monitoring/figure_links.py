"""The figures that an action or anything else of a lower floor can be about."""

from monitoring.catalogue import load_definitions
from monitoring.presenters.readings import address
from portal.hooks import FigureLink


def figure_links() -> list[FigureLink]:
    """Every indicator of the catalogue, in its order."""
    return [
        FigureLink(code=item.code, name=item.name, url=address(item, None)) for item in load_definitions()
    ]
