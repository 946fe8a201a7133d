"""What the covenants show on pages of the floors below."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format

from coalitions.access import readable_by
from covenants import coalition_panels, seal_health
from covenants.models import PartySignature
from partners.models import Organisation
from portal.hooks import Panel, Place


def panels(place: Place, subject: Any, person: Any) -> list[Panel]:
    """The seal, for who keeps the platform running; who signed, for a coalition and an organisation."""
    match place:
        case Place.PLATFORM:
            return [
                Panel(
                    title="Zegel",
                    template="portal/_health.html",
                    context={"parts": seal_health.check_parts()},
                    order=15,
                )
            ]
        case Place.COALITION:
            return coalition_panels.on_coalition(subject)
        case Place.ORGANISATION:
            return _signed(subject, person)
        case _:
            return []


def _signed(organisation: Organisation, person: Any) -> list[Panel]:
    signatures = (
        PartySignature.objects.filter(
            organisation=organisation, version__covenant__coalition__in=readable_by(person)
        )
        .select_related("version__covenant__coalition")
        .order_by("-signed_on", "-pk")
    )
    rows = [
        (
            one.version.covenant.title,
            f"{one.get_kind_display()} op {date_format(one.signed_on, 'j F Y')}, versie {one.version.number}",
            _register_of(one),
        )
        for one in signatures
    ]
    if not rows:
        return []
    return [
        Panel(title="Ondertekend", template="covenants/_signed_panel.html", context={"rows": rows}, order=25)
    ]


def _register_of(signature: PartySignature) -> str:
    covenant = signature.version.covenant
    return reverse("covenants:register", args=[covenant.coalition.slug, covenant.slug])
