"""Measuring how the coalition itself stands, once a year, and keeping its lists."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.text import slugify

from coalitions.models import (
    Agreement,
    Coalition,
    Condition,
    ConditionScore,
    ListEntry,
    Membership,
    PartnerReview,
    Requirement,
    RequirementCheck,
)
from partners.models import Area, OrganisationType, Person
from portal import files
from portal.acts import Refused, act
from portal.revisions import refuse_if_changed, touched

Row = TypeVar("Row", Agreement, ListEntry)


class YearToCome(Refused):
    def __init__(self, year: int) -> None:
        super().__init__(f"{year} is nog niet begonnen. Meet dit jaar of een jaar dat voorbij is.")


class NotHere(Refused):
    def __init__(self, area: Area) -> None:
        super().__init__(f"{area} hoort nu niet bij deze coalitie.")


def add_condition(*, coalition: Coalition, name: str, question: str, by: Person) -> Condition:
    """One more condition, for this coalition alone."""
    with act(by=by):
        condition = Condition(
            coalition=coalition,
            code=slugify(name)[:40] or "eigen",
            name=name.strip(),
            question=question.strip(),
        )
        condition.full_clean()
        condition.save(force_insert=True)
    return condition


def score_year(
    *,
    coalition: Coalition,
    year: int,
    scores: Mapping[Condition, tuple[str, str]],
    by: Person,
    seen: int | None = None,
) -> None:
    """How each condition stands in `year`: a score and a note; what is measured again is corrected."""
    if year > timezone.localdate().year:
        raise YearToCome(year)
    with act(by=by):
        held = {
            score.condition_id: score
            for score in ConditionScore.objects.select_for_update(no_key=True).filter(
                coalition=coalition, year=year
            )
        }
        for condition, (score, note) in scores.items():
            row = held.get(condition.pk) or ConditionScore(
                coalition=coalition, condition=condition, year=year
            )
            _correct(row, {"score": score, "note": note.strip()}, seen=seen, name=condition.name)


def _correct(
    row: ConditionScore | RequirementCheck, wanted: dict[str, str], *, seen: int | None, name: str
) -> None:
    """Write what somebody changed of one row of many; what she left alone stays as others made it."""
    if row.pk:
        wanted = touched(row, seen=seen, wanted=wanted)
        refuse_if_changed(row, seen=seen, wanted=wanted, name=name)
    if any(getattr(row, field) != value for field, value in wanted.items()):
        for field, value in wanted.items():
            setattr(row, field, value)
        row.full_clean()
        row.save()


def write_agreement(
    *,
    coalition: Coalition,
    by: Person,
    party_types: Iterable[OrganisationType],
    file: UploadedFile | None = None,
    agreement: Agreement | None = None,
    seen: int | None = None,
    **details: Any,
) -> Agreement:
    """A new agreement, or a corrected one; a new version is a new one."""
    with act(by=by):
        if agreement is not None:
            agreement = _locked(agreement)
            refuse_if_changed(agreement, seen=seen, wanted=details)
        agreement = agreement or Agreement(coalition=coalition)
        for field in ("title", "version", "valid_from", "review_on"):
            setattr(agreement, field, details[field])
        if file is not None:
            agreement.file = files.store(file)
        agreement.full_clean()
        agreement.save()
        agreement.party_types.set(party_types)
    return agreement


def write_review(
    *,
    membership: Membership,
    year: int,
    held_on: datetime.date,
    by: Person,
    seen: int | None = None,
    **words: str,
) -> PartnerReview:
    """What the yearly talk gave; a second writing corrects the first."""
    if year > timezone.localdate().year:
        raise YearToCome(year)
    with act(by=by):
        wanted = {"held_on": held_on, **{field: text.strip() for field, text in words.items()}}
        held = PartnerReview.objects.select_for_update(no_key=True).filter(membership=membership, year=year)
        review = held.first() or PartnerReview(membership=membership, year=year)
        if review.pk:
            refuse_if_changed(review, seen=seen, wanted=wanted)
        review.written_by = by
        for field, value in wanted.items():
            setattr(review, field, value)
        review.full_clean()
        review.save()
    return review


def check_municipality(
    *,
    coalition: Coalition,
    municipality: Area,
    states: Mapping[Requirement, tuple[str, str]],
    by: Person,
    seen: int | None = None,
) -> None:
    """How far a municipality is with each requirement."""
    if not coalition.municipalities().filter(pk=municipality.pk).exists():
        raise NotHere(municipality)
    with act(by=by):
        held = {
            check.requirement_id: check
            for check in RequirementCheck.objects.select_for_update(no_key=True).filter(
                coalition=coalition, municipality=municipality
            )
        }
        for requirement, (state, note) in states.items():
            check = held.get(requirement.pk) or RequirementCheck(
                coalition=coalition, municipality=municipality, requirement=requirement
            )
            _correct(check, {"state": state, "note": note.strip()}, seen=seen, name=requirement.text)


def write_entry(
    *,
    coalition: Coalition,
    kind: str,
    by: Person,
    entry: ListEntry | None = None,
    seen: int | None = None,
    **details: Any,
) -> ListEntry:
    """A line on a list, new or corrected."""
    with act(by=by):
        if entry is not None:
            entry = _locked(entry)
            refuse_if_changed(entry, seen=seen, wanted=details)
        entry = entry or ListEntry(coalition=coalition, kind=kind)
        for field in ("title", "explanation", "url", "owner"):
            setattr(entry, field, details[field])
        entry.full_clean(exclude=["added_at"])
        entry.save()
    return entry


def finish_entry(*, entry: ListEntry, is_done: bool, by: Person) -> ListEntry:
    """The line is dealt with, or is not after all."""
    with act(by=by):
        entry = _locked(entry)
        if is_done == (entry.done_on is None):
            entry.done_on = timezone.localdate() if is_done else None
            entry.save(update_fields=["done_on"])
    return entry


def _locked(row: Row) -> Row:
    return type(row).objects.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
