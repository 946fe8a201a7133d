"""What somebody hears who finds nothing, or may not: why, where a role of hers ended."""

from collections.abc import Collection
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy

from coalitions.models import CoalitionRole


class Outside(Http404):
    """Nothing to find here; `sentence` says why to somebody who could find it before."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__("Outside the reach of this person")
        self.sentence = sentence


def _why_not(person: Any, slug: str, roles: Collection[str]) -> str:
    """Somebody whose role, one of `roles`, ended hears that; anybody else hears nothing."""
    last = (
        CoalitionRole.objects.filter(
            coalition__slug=slug, person=person.pk, role__in=roles, valid_to__lte=timezone.localdate()
        )
        .select_related("coalition")
        .order_by("-valid_to", "-pk")
        .first()
    )
    if last is None:
        return ""
    return (
        f"Uw rol als {last.get_role_display()} van {last.coalition} is geëindigd op "
        f"{date_format(last.valid_to, 'j F Y')}. Vraag de coördinator als dat niet klopt."
    )


# Looked up where somebody reads it, on the page of the refusal.
told_why_not = lazy(_why_not, str)
