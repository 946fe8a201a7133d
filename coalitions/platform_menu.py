"""The menu of the administrator."""

from django.http import HttpRequest
from django.urls import reverse

PAGES = (
    ("Overzicht", "coalitions:platform"),
    ("Soorten organisaties", "coalitions:platform-type-list"),
    ("Regio’s", "coalitions:platform-region-list"),
    ("Organisaties", "coalitions:platform-organisation-list"),
    ("Samenvoegen", "coalitions:platform-merge-list"),
    ("Tekenbevoegdheden", "coalitions:platform-mandate-list"),
)


def entries(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """Label, address and whether it is the page that is shown, or one below it."""
    found = []
    for label, name in PAGES:
        address = reverse(name)
        is_current = request.path.startswith(address) and (
            name != "coalitions:platform" or request.path == address
        )
        found.append((label, address, is_current))
    return found
