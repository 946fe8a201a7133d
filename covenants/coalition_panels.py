"""How many members signed, on the public page of their coalition."""

from django.db.models import Count, Max, Q
from django.utils import timezone

from coalitions.models import Coalition
from covenants.columns import day_signed
from covenants.main_texts import main_text
from portal.hooks import Panel


def on_coalition(coalition: Coalition) -> list[Panel]:
    """The counter and the day of the last signature; nothing where nobody signed. One query."""
    signed = Q(signed_on__isnull=False)
    found = (
        coalition.memberships.members()
        .order_by()
        .annotate(
            signed_on=day_signed(main_text(coalition, "pk"), timezone.localdate()),
            title=main_text(coalition, "title"),
        )
        .aggregate(
            text=Max("title"),
            members=Count("pk"),
            signed=Count("pk", filter=signed),
            last_on=Max("signed_on"),
        )
    )
    if not found["signed"]:
        return []
    return [
        Panel(
            title="Convenant",
            template="covenants/_signatories_panel.html",
            context={"coalition": coalition, **found},
            order=20,
        )
    ]
