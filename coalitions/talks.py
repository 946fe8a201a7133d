"""Talks with organisations are written down, and their next steps taken."""

import datetime
from typing import Any

from django.utils import timezone

from coalitions.models import Coalition, OutreachContact
from partners.models import Organisation, Person
from portal.acts import Refused, act
from portal.revisions import refuse_if_changed

DETAILS = frozenset(
    {
        "on",
        "channel",
        "spoken_with",
        "important",
        "stuck",
        "energy",
        "working_method",
        "vision",
        "next_step",
        "due",
    }
)


class NotOnList(Refused):
    def __init__(self, organisation: Organisation) -> None:
        super().__init__(f"{organisation} staat niet op de lijst. Zet de organisatie eerst op de lijst.")


class InTheFuture(Refused):
    def __init__(self) -> None:
        super().__init__("Dit contact is nog niet geweest. Zet een afspraak bij ‘volgende stap’.")


class NothingToDo(Refused):
    def __init__(self) -> None:
        super().__init__("Deze stap is al gezet, of er was geen stap afgesproken.")


def record(
    *, coalition: Coalition, organisation: Organisation, by: Person, **details: Any
) -> OutreachContact:
    """Write down a talk with an organisation on the list; `details` are the fields of the form."""
    _check_names(details)
    with act(by=by):
        if not coalition.memberships.filter(organisation=organisation).exists():
            raise NotOnList(organisation)
        contact = OutreachContact(coalition=coalition, organisation=organisation, by=by, **details)
        _check_day(contact)
        contact.full_clean()
        contact.save(force_insert=True)
    return contact


def change(
    *, contact: OutreachContact, by: Person, seen: int | None = None, **details: Any
) -> OutreachContact:
    """Correct what was written; who wrote it first stays known."""
    _check_names(details)
    with act(by=by):
        contact = _locked(contact)
        refuse_if_changed(contact, seen=seen, wanted=details)
        for field, value in details.items():
            setattr(contact, field, value)
        _check_day(contact)
        contact.full_clean()
        contact.save(update_fields=sorted(details))
    return contact


def take_step(*, contact: OutreachContact, by: Person) -> OutreachContact:
    """The next step that was agreed has been taken."""
    with act(by=by):
        contact = _locked(contact)
        if not contact.is_open:
            raise NothingToDo
        contact.done_on = timezone.localdate()
        contact.full_clean()
        contact.save(update_fields=["done_on"])
    return contact


def _locked(contact: OutreachContact) -> OutreachContact:
    return (
        OutreachContact.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation", "coalition")
        .get(pk=contact.pk)
    )


def _check_day(contact: OutreachContact) -> None:
    if isinstance(contact.on, datetime.date) and contact.on > timezone.localdate():
        raise InTheFuture


def _check_names(details: dict[str, Any]) -> None:
    if unknown := details.keys() - DETAILS:
        message = f"A contact has no {', '.join(sorted(unknown))}."
        raise TypeError(message)
