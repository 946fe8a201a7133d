"""What waits for a coordinator with a date: requests to join, and next steps that are late."""

from typing import Any

from django.db.models import Count, Min
from django.urls import reverse

from coalitions.access import Permission, coalition_ids_with
from coalitions.models import Coalition, JoinRequest, OutreachContact
from portal.hooks import Ask


def asks_of(person: Any) -> list[Ask]:
    """In every coalition where `person` may decide or writes down talks."""
    return [
        *_requests(coalition_ids_with(person, Permission.JOIN_DECIDE), names_coalition=True),
        *_late_steps(coalition_ids_with(person, Permission.CONTACT_MOMENT_WRITE), names_coalition=True),
    ]


def asks_in(coalition: Coalition, person: Any) -> list[Ask]:
    """The same in one coalition."""
    here = [coalition.pk]
    decides = coalition.pk in coalition_ids_with(person, Permission.JOIN_DECIDE)
    return [
        *(_requests(here, names_coalition=False) if decides else ()),
        *_late_steps(here, names_coalition=False),
    ]


def _requests(coalition_ids: list[int], *, names_coalition: bool) -> list[Ask]:
    if not coalition_ids:
        return []
    counts = (
        JoinRequest.objects.open()
        .filter(coalition__in=coalition_ids)
        .order_by("coalition__sort_key")
        .values_list("coalition__name", "coalition__slug")
        .annotate(count=Count("pk"), first=Min("answer_by"))
    )
    return [
        Ask(
            title="1 organisatie wil meedoen" if count == 1 else f"{count} organisaties willen meedoen",
            detail=name if names_coalition else "",
            url=reverse("coalitions:join-request-list", args=[slug]),
            action="Lees de aanmelding" if count == 1 else "Lees de aanmeldingen",
            due=first,
        )
        for name, slug, count, first in counts
    ]


def _late_steps(coalition_ids: list[int], *, names_coalition: bool) -> list[Ask]:
    if not coalition_ids:
        return []
    counts = (
        OutreachContact.objects.overdue()
        .filter(coalition__in=coalition_ids)
        .order_by("coalition__sort_key")
        .values_list("coalition__name", "coalition__slug")
        .annotate(count=Count("pk"), first=Min("due"))
    )
    return [
        Ask(
            title="1 stap is te laat" if count == 1 else f"{count} stappen zijn te laat",
            detail=name if names_coalition else "",
            url=f"{reverse('coalitions:contact-list', args=[slug])}?stap=te-laat&sorteer=uiterlijk",
            action="Bekijk de stap" if count == 1 else "Bekijk de stappen",
            due=first,
        )
        for name, slug, count, first in counts
    ]
