"""The documents that parties sign can be found."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from coalitions.access import Permission, coalition_ids_with
from covenants.models import Covenant, CovenantVersion
from portal.addresses import address_of
from portal.names import SortKey
from portal.search import Shelf


def shelves(person: Any) -> Iterator[Shelf]:
    """Texts that stand of public coalitions, and everything of her own."""
    fixed = CovenantVersion.objects.fixed().filter(covenant=OuterRef("pk"))
    written = CovenantVersion.objects.filter(covenant=OuterRef("pk"))
    own = coalition_ids_with(person, Permission.COVENANT_READ)
    yield Shelf(
        title="Convenanten",
        order=60,
        rows=Covenant.objects.filter(
            Q(Exists(fixed), coalition__is_public=True) | Q(Exists(written), coalition__in=own)
        ),
        name="title",
        sort_key=SortKey(F("title")),
        facts={"slug": "coalition__slug", "document": "slug", "coalition": "coalition__name"},
        address=lambda facts: address_of("covenants:document-detail", facts["slug"], facts["document"]),
        detail=lambda facts: facts["coalition"],
    )
