"""Organisations that belong together: VSV and consortium, whole and part, old and new."""

import datetime

from django.utils import timezone

from partners.models import Organisation, OrganisationLink, Person
from portal.acts import Refused, act


class AlreadyOver(Refused):
    def __init__(self) -> None:
        super().__init__("Deze band is al eerder beëindigd. Ververs de pagina om te zien hoe het nu is.")


def link(
    *,
    source: Organisation,
    target: Organisation,
    kind: str,
    by: Person | None,
    valid_from: datetime.date | None = None,
    valid_to: datetime.date | None = None,
) -> OrganisationLink:
    """`source` belongs to, follows or refers to `target` from a day, today by default."""
    with act(by=by):
        # Both rows, in one order, so that two links made at once cannot close a circle.
        list(
            Organisation.objects.select_for_update(of=("self",), no_key=True)
            .filter(pk__in=[source.pk, target.pk])
            .order_by("pk")
        )
        made = OrganisationLink(
            source=source,
            target=target,
            kind=kind,
            valid_from=valid_from or timezone.localdate(),
            valid_to=valid_to,
        )
        made.full_clean()
        made.save(force_insert=True)
    return made


def end_link(
    *, link: OrganisationLink, by: Person | None, on: datetime.date | None = None
) -> OrganisationLink:
    """The link holds no longer from `on`, today by default."""
    day = on or timezone.localdate()
    with act(by=by):
        link = OrganisationLink.objects.select_for_update(of=("self",), no_key=True).get(pk=link.pk)
        if link.valid_to is not None and link.valid_to <= day:
            raise AlreadyOver
        link.valid_to = max(day, link.valid_from)
        link.full_clean()
        link.save(update_fields=["valid_to"])
    return link
