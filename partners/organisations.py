"""Organisations come into the portal, change, and leave it; nothing is thrown away."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils import timezone

from partners.models import Area, Organisation, OrganisationType, Person
from partners.models.organisations import IDENTIFIERS, PROFILE, Domain
from portal.acts import Refused, act
from portal.revisions import meanwhile

CHANGEABLE = frozenset(PROFILE)
# Its own people look once a year whether the profile is right.
LOOKS_AGAIN = datetime.timedelta(days=365)


@dataclass(frozen=True)
class Conflict:
    """One field that two people changed at once, with both values in words."""

    field: str
    label: str
    theirs: str
    mine: str


class ChangedMeanwhile(Refused):
    """Somebody else changed the same fields since the form was opened; nothing was written."""

    def __init__(self, *, conflicts: list[Conflict], by: str, at: datetime.datetime, revision: int) -> None:
        self.conflicts = conflicts
        self.revision = revision
        super().__init__(f"{meanwhile(by, at)}.")


class AlreadyArchived(Refused):
    def __init__(self, organisation: Organisation) -> None:
        super().__init__(f"{organisation} staat al in het archief.")


class NotArchived(Refused):
    def __init__(self, organisation: Organisation) -> None:
        super().__init__(f"{organisation} staat niet in het archief.")


class Gone(Refused):
    def __init__(self, organisation: Organisation) -> None:
        where = (
            f"is opgegaan in {organisation.merged_into}"
            if organisation.merged_into
            else "staat in het archief"
        )
        super().__init__(f"{organisation} {where}. Er is niets gewijzigd.")


def add_organisation(
    *,
    name: str,
    type: OrganisationType,
    by: Person | None,
    municipality: Area | None = None,
    **details: Any,
) -> Organisation:
    """A new organisation; `details` are any of the other fields that may change later."""
    _check_names(details)
    with act(by=by):
        organisation = Organisation(
            name=name.strip(), type=type, municipality=municipality, **_tidy(details, type)
        )
        organisation.full_clean()
        organisation.save(force_insert=True)
    return organisation


def change_organisation(
    *,
    organisation: Organisation,
    by: Person | None,
    revision: int | None = None,
    confirms: bool = False,
    **details: Any,
) -> Organisation:
    """Write `details`, and nothing else, so that two who change other things do not undo each other.

    With the `revision` of the form only what differs from it is written; where somebody else has
    changed the same field since, nothing is, and ChangedMeanwhile tells both values.
    """
    _check_names(details)
    with act(by=by):
        organisation = _locked(organisation)
        if organisation.archived_at:
            raise Gone(organisation)
        details = _tidy(details, details.get("type", organisation.type))
        if revision is not None:
            details = _own_changes(organisation, revision, details)
        for field, value in details.items():
            setattr(organisation, field, value)
        if confirms:
            organisation.confirmed_at, organisation.confirmed_by = timezone.now(), by
            details |= dict.fromkeys(("confirmed_at", "confirmed_by"))
        organisation.full_clean()
        organisation.save(update_fields=sorted(details))
        organisation.refresh_from_db(fields=["revision"])
    return organisation


def is_due(organisation: Organisation) -> bool:
    """Whether nobody looked at the profile for a year."""
    return not organisation.confirmed_at or organisation.confirmed_at < timezone.now() - LOOKS_AGAIN


def confirm(*, organisation: Organisation, by: Person) -> Organisation:
    """Somebody of the organisation looked at its profile, and it is right."""
    return change_organisation(organisation=organisation, by=by, confirms=True)


def archive(*, organisation: Organisation, by: Person | None) -> Organisation:
    """The organisation stopped: it stays where it was, and takes part in nothing new."""
    with act(by=by):
        organisation = _locked(organisation)
        if organisation.archived_at:
            raise AlreadyArchived(organisation)
        organisation.archived_at = timezone.now()
        organisation.full_clean()
        organisation.save(update_fields=["archived_at"])
    return organisation


def restore(*, organisation: Organisation, by: Person | None) -> Organisation:
    """The organisation comes back from the archive; one that was merged into another does not."""
    with act(by=by):
        organisation = _locked(organisation)
        if organisation.merged_into_id:
            raise Gone(organisation)
        if not organisation.archived_at:
            raise NotArchived(organisation)
        organisation.archived_at = None
        organisation.full_clean()
        organisation.save(update_fields=["archived_at"])
    return organisation


def _locked(organisation: Organisation) -> Organisation:
    return (
        Organisation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("type", "municipality", "merged_into")
        .get(pk=organisation.pk)
    )


def _check_names(details: dict[str, Any]) -> None:
    if unknown := details.keys() - CHANGEABLE:
        message = f"An organisation has no changeable {', '.join(sorted(unknown))}."
        raise TypeError(message)


def _tidy(details: dict[str, Any], kind: OrganisationType) -> dict[str, Any]:
    """Unique numbers that are left out are NULL: two blanks would be the same number. The domain of
    its kind is not an extra one."""
    tidy = {field: (value or None) if field in IDENTIFIERS else value for field, value in details.items()}
    if "extra_domains" in tidy:
        chosen = set(tidy["extra_domains"] or ()) - {kind.domain}
        tidy["extra_domains"] = [code for code in Domain.values if code in chosen]
    return tidy


def _own_changes(organisation: Organisation, revision: int, details: dict[str, Any]) -> dict[str, Any]:
    """What of `details` differs from what the form showed; raises ChangedMeanwhile on a conflict."""
    events = organisation.events.filter(revision=revision)  # type: ignore[attr-defined]
    seen = organisation if revision == organisation.revision else events.order_by("-pgh_id").first()
    mine = {
        field: value
        for field, value in details.items()
        if seen is None or _raw(getattr(seen, _column(field))) != _raw(value)
    }
    conflicts = [
        Conflict(
            field=field,
            label=label_of(field),
            theirs=_in_words(field, getattr(organisation, field)),
            mine=_in_words(field, value),
        )
        for field, value in mine.items()
        if (now := _raw(getattr(organisation, _column(field)))) != _raw(value)
        and (seen is None or now != _raw(getattr(seen, _column(field))))
    ]
    if conflicts:
        who, when = _last_change(organisation)
        raise ChangedMeanwhile(conflicts=conflicts, by=who, at=when, revision=organisation.revision)
    return mine


def _last_change(organisation: Organisation) -> tuple[str, datetime.datetime]:
    event = (
        organisation.events.filter(revision=organisation.revision)  # type: ignore[attr-defined]
        .select_related("pgh_context")
        .order_by("pgh_id")
        .first()
    )
    user = event.pgh_context.metadata.get("user") if event and event.pgh_context else None
    person = Person.objects.filter(pk=user).first() if user else None
    return (str(person) if person else "het portaal"), (event.pgh_created_at if event else timezone.now())


def label_of(field: str) -> str:
    """The word for a field on the screen."""
    return str(Organisation._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


def _column(field: str) -> str:
    return Organisation._meta.get_field(field).attname  # type: ignore[union-attr]


def _raw(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


def _in_words(field: str, value: Any) -> str:
    if field == "extra_domains":
        return ", ".join(Domain(code).label for code in value) or "(leeg)"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return str(value) if value not in (None, "") else "(leeg)"
