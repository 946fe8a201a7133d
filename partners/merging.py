"""Two rows that are one organisation become one; what was true of either stays.

The row that goes keeps its address and its facts of the past; every app moves or keeps its own by
its `merges.py` (see `portal.hooks`). A preview does the same and takes it back, so that it shows
exactly what will happen.
"""

from django.db import transaction
from django.utils import timezone

from partners.models import MergeProposal, MergeState, Organisation, OrganisationAlias, Person
from partners.models.organisations import IDENTIFIERS
from portal import hooks
from portal.acts import Refused, act

# Blanks of the row that stays are filled from the one that goes.
FILLED = ("short_name", "website", "phone", "general_email", "description")


class SameRow(Refused):
    def __init__(self) -> None:
        super().__init__("Kies twee verschillende organisaties.")


class AlreadyMerged(Refused):
    def __init__(self, organisation: Organisation) -> None:
        super().__init__(f"{organisation} is al samengevoegd of staat in het archief. Er is niets veranderd.")


class TwoGovernments(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Twee gemeenten voeg je niet samen. Een herindeling staat in de tabel met gemeenten; leg bij "
            "de nieuwe gemeente vast van wie zij de opvolger is."
        )


class AlreadyDecided(Refused):
    def __init__(self) -> None:
        super().__init__("Over dit voorstel is al besloten. Ververs de pagina.")


class _OnlyLooking(Exception):
    """Takes back what a preview did."""


def preview(*, kept: Organisation, gone: Organisation, by: Person) -> list[str]:
    """What a merge would do, a sentence each; nothing stays of it."""
    lines: list[str] = []
    try:
        with transaction.atomic():
            lines = _merge(kept=kept, gone=gone, by=by)
            raise _OnlyLooking
    except _OnlyLooking:
        return lines


def merge(*, kept: Organisation, gone: Organisation, by: Person) -> list[str]:
    """`gone` becomes part of `kept`, whole or not at all; what was done, a sentence each."""
    return _merge(kept=kept, gone=gone, by=by)


def propose(*, kept: Organisation, gone: Organisation, reason: str, by: Person) -> MergeProposal:
    """Somebody who may not merge these two asks the administrator to."""
    with act(by=by):
        kept, gone = _locked(kept, gone)
        proposal = MergeProposal(kept=kept, gone=gone, reason=reason.strip(), proposed_by=by)
        proposal.full_clean(exclude=["proposed_at"])
        proposal.save(force_insert=True)
    return proposal


def reject(*, proposal: MergeProposal, answer: str, by: Person) -> MergeProposal:
    """They are two; the pair is not suggested again."""
    with act(by=by):
        proposal = MergeProposal.objects.select_for_update(of=("self",), no_key=True).get(pk=proposal.pk)
        if proposal.state != MergeState.OPEN:
            raise AlreadyDecided
        proposal.answer = answer.strip()
        _decide(proposal, MergeState.REJECTED, by)
    return proposal


def keep_apart(*, first: Organisation, second: Organisation, reason: str, by: Person) -> MergeProposal:
    """Somebody looked at two that look alike: they are two."""
    with act(by=by):
        proposal = propose(kept=first, gone=second, reason=reason, by=by)
        return reject(proposal=proposal, answer=reason, by=by)


def _merge(*, kept: Organisation, gone: Organisation, by: Person) -> list[str]:
    with act(by=by):
        kept, gone = _locked(kept, gone)
        lines = [line for part in hooks.parts("merges") for line in part.merge(kept, gone, by)]
        gone.refresh_from_db()
        lines += _take_over(kept, gone)
        gone.merged_into, gone.archived_at = kept, timezone.now()
        gone.save(update_fields=["merged_into", "archived_at"])
        Organisation.objects.filter(merged_into=gone).update(merged_into=kept)
        for proposal in MergeProposal.objects.filter(state=MergeState.OPEN, gone=gone):
            _decide(proposal, MergeState.MERGED, by)
    return lines


def _locked(kept: Organisation, gone: Organisation) -> tuple[Organisation, Organisation]:
    """Both rows as they are now, locked in one order; raises why they cannot become one."""
    if kept.pk == gone.pk:
        raise SameRow
    rows = {
        row.pk: row
        for row in Organisation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("type")
        .filter(pk__in=[kept.pk, gone.pk])
        .order_by("pk")
    }
    kept, gone = rows[kept.pk], rows[gone.pk]
    for organisation in (kept, gone):
        if organisation.archived_at:
            raise AlreadyMerged(organisation)
    if kept.type.code == gone.type.code == "gemeente":
        raise TwoGovernments
    return kept, gone


def _take_over(kept: Organisation, gone: Organisation) -> list[str]:
    """Numbers, addresses and names that `kept` lacks come over; a number stands at one row only."""
    numbers = [field for field in IDENTIFIERS if getattr(gone, field) and not getattr(kept, field)]
    if "branch" in numbers and not (kept.kvk or "kvk" in numbers):
        numbers.remove("branch")
    blanks = [field for field in FILLED if getattr(gone, field) and not getattr(kept, field)]
    for field in numbers + blanks:
        setattr(kept, field, getattr(gone, field))
    if numbers:
        for field in numbers:
            setattr(gone, field, None)
        if not gone.kvk:
            gone.branch = None
        gone.save(update_fields=list(IDENTIFIERS))
    if numbers or blanks:
        kept.full_clean()
        kept.save(update_fields=numbers + blanks)
    OrganisationAlias.objects.bulk_create(
        [OrganisationAlias(organisation=kept, name=gone.name)], ignore_conflicts=True
    )
    fields = ", ".join(str(Organisation._meta.get_field(f).verbose_name) for f in numbers + blanks)  # type: ignore[union-attr]
    return [
        f"‘{gone.name}’ wordt een andere naam van {kept.name}.",
        *([f"Dit gaat mee, omdat het nog leeg is: {fields}."] if fields else []),
        f"De pagina van {gone.name} blijft bestaan en verwijst naar {kept.name}.",
    ]


def _decide(proposal: MergeProposal, state: str, by: Person) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, timezone.now()
    proposal.full_clean(exclude=["proposed_at"])
    proposal.save(update_fields=["state", "decided_by", "decided_at", "answer"])
