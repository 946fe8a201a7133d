"""How far a round is: of every member of the coalition one standing, from what is known of it."""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.formats import date_format

from covenants import authority
from covenants.models import (
    Artefact,
    CovenantVersion,
    Decline,
    DeclineKind,
    PartySignature,
    Reading,
    Round,
    SealKind,
    SignatureAct,
    SigningInvitation,
)
from covenants.register import Entry, register
from partners.models import Mandate, Organisation
from portal.list_filters import PAGE_SIZE, FilterForm
from portal.names import fold

# On the evening municipalities and provinces come first, as in the text.
FIRST_ON_STAGE = ("gemeente", "provincie")


class Standing(StrEnum):
    """Where an organisation is, in the order in which a coordinator can do something about it."""

    NO_MANDATE = "geen-bevoegdheid"
    INVITED = "niet-geopend"
    READ = "geopend"
    PART_SIGNED = "deels"
    RESERVATION = "wacht-op-besluit"
    LATER = "later"
    NO = "tekent-niet"
    SIGNED = "getekend"


WORDS: dict[Standing, tuple[str, str]] = {
    Standing.SIGNED: ("Getekend", "success"),
    Standing.PART_SIGNED: ("Deels getekend", "info"),
    Standing.RESERVATION: ("Wacht op besluit van het college of bestuur", "warning"),
    Standing.LATER: ("Tekent later", "warning"),
    Standing.READ: ("Tekst geopend", "info"),
    Standing.INVITED: ("Tekst nog niet geopend", "neutral"),
    Standing.NO_MANDATE: ("Nog niemand bevoegd", "warning"),
    Standing.NO: ("Tekent niet", "neutral"),
}
_ANSWERS = {
    DeclineKind.NO: Standing.NO,
    DeclineKind.LATER: Standing.LATER,
    DeclineKind.RESERVATION: Standing.RESERVATION,
}
# Whom a reminder can move.
REMINDABLE = frozenset(
    {Standing.INVITED, Standing.READ, Standing.PART_SIGNED, Standing.LATER, Standing.RESERVATION}
)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One organisation in the round."""

    organisation: Organisation
    standing: Standing
    detail: str
    # Who may sign for it, or who did.
    people: tuple[str, ...]
    mailed_at: datetime.datetime | None

    @property
    def words(self) -> str:
        """The standing on the screen."""
        return WORDS[self.standing][0]

    @property
    def kind(self) -> str:
        """The colour and icon of the standing."""
        return WORDS[self.standing][1]

    @property
    def is_signed(self) -> bool:
        """Whether it is done; without people that was outside the portal."""
        return self.standing == Standing.SIGNED

    @property
    def is_remindable(self) -> bool:
        """Whether a reminder makes sense."""
        return self.standing in REMINDABLE and self.mailed_at is not None


class ProgressForm(FilterForm):
    """Which organisations."""

    zoek = forms.CharField(label="Naam van de organisatie", required=False, max_length=100)
    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[("", "Alle"), *((standing.value, words) for standing, (words, _) in WORDS.items())],
    )


class RoundProgress:
    """Every member with its standing; about ten queries, however many there are."""

    def __init__(self, version: CovenantVersion, data: Mapping[str, Any]) -> None:
        self.version = version
        self.coalition = version.covenant.coalition
        self.data = data
        self.form = ProgressForm(data)
        self.form.is_valid()
        self.round: Round | None = version.rounds.order_by("-number").first()

    @cached_property
    def everybody(self) -> list[Row]:
        """A row for each member, those with something to do first."""
        known = _Known(self.version)
        rows = [known.row_of(member) for member in self._members()]
        order = list(Standing)
        return sorted(rows, key=lambda row: (order.index(row.standing), fold(row.organisation.name)))

    def _members(self) -> QuerySet:
        """Each member, with what it did in this round."""
        organisation = OuterRef("organisation")
        acts = SignatureAct.objects.filter(
            version=self.version, round=self.round, organisation=organisation
        ).order_by()
        readings = Reading.objects.filter(version=self.version, organisation=organisation)
        mails = SigningInvitation.objects.filter(round=self.round, organisation=organisation)
        return (
            self.coalition.memberships.members()
            .select_related("organisation__type")
            .annotate(
                acts=Subquery(acts.values("organisation").annotate(count=Count("pk")).values("count")),
                acts_needed=Subquery(acts.order_by("pk").values("needed")[:1]),
                read_at=Subquery(readings.order_by("first_at").values("first_at")[:1]),
                mailed_at=Subquery(mails.order_by("-invited_at").values("invited_at")[:1]),
            )
        )

    @cached_property
    def unsealed(self) -> int:
        """How many signatures wait for the seal on their statement."""
        statements = Artefact.objects.filter(subject=OuterRef("subject"))
        return (
            PartySignature.objects.filter(version=self.version, is_outside=False)
            .annotate(subject=Concat(Value(f"{SealKind.STATEMENT}/"), "pk", output_field=CharField()))
            .exclude(Exists(statements))
            .count()
        )

    @cached_property
    def rows(self) -> list[Row]:
        """Those that pass the filters."""
        found = self.everybody
        if sought := fold(self.form.cleaned_data.get("zoek", "")):
            found = [row for row in found if sought in fold(row.organisation.name)]
        if standing := self.form.cleaned_data.get("stand"):
            found = [row for row in found if row.standing == standing]
        return found

    @cached_property
    def page(self) -> Page:
        """The page that the address names; one that does not exist becomes the nearest."""
        return Paginator(self.rows, PAGE_SIZE).get_page(self.data.get("pagina", 1))

    @property
    def active_count(self) -> int:
        """How many filters are on."""
        return sum(bool(value) for value in self.form.cleaned_data.values())

    @cached_property
    def counts(self) -> list[tuple[str, str, str, int]]:
        """Each standing that occurs: its word in the address, on the screen, its colour, how many."""
        totals: dict[Standing, int] = defaultdict(int)
        for row in self.everybody:
            totals[row.standing] += 1
        return [
            (standing.value, *WORDS[standing], totals[standing]) for standing in WORDS if totals[standing]
        ]

    @property
    def signed(self) -> int:
        """How many have signed."""
        return sum(row.standing == Standing.SIGNED for row in self.everybody)

    @property
    def unasked(self) -> int:
        """How many members did not sign and have no invitation in this round."""
        return sum(row.standing != Standing.SIGNED and row.mailed_at is None for row in self.everybody)

    @property
    def is_open(self) -> bool:
        """Whether somebody can sign now."""
        return self.round is not None and self.round.closed_at is None

    @property
    def may_remind(self) -> bool:
        """Whether a reminder makes sense for anybody on this page."""
        return self.is_open and any(row.is_remindable for row in self.page)

    @cached_property
    def evening(self) -> list[Row]:
        """The order in which organisations come on stage: as it was chosen, else who governs first and
        then by name; without those that do not sign."""
        rows = [row for row in self.everybody if row.standing != Standing.NO]
        chosen = dict(self.version.stage_places.values_list("organisation", "position"))
        return sorted(
            rows,
            key=lambda row: (
                # Whoever came after the order was chosen, comes last.
                chosen.get(row.organisation.pk, len(rows)) if chosen else 0,
                row.organisation.type.code not in FIRST_ON_STAGE,
                fold(row.organisation.name),
            ),
        )

    @property
    def on_stage(self) -> list[Organisation]:
        """The same order, of organisations alone."""
        return [row.organisation for row in self.evening]


class _Known:
    """What is known of a version, looked up once for all organisations."""

    def __init__(self, version: CovenantVersion) -> None:
        self.entries: dict[int, Entry] = {
            holder.pk: entry
            for entry in register(version.covenant)
            if entry.bound_by.number >= version.number
            for holder in entry.holders
        }
        self.answers = {
            answer.organisation_id: answer for answer in Decline.objects.filter(version=version).newest()
        }
        self.mandates: dict[int, list[Mandate]] = defaultdict(list)
        for mandate in authority.mandated_people(version.covenant.coalition):
            self.mandates[mandate.representative.organisation_id].append(mandate)

    def row_of(self, member: Any) -> Row:
        """The standing of one organisation."""
        organisation = member.organisation
        standing, detail = self._standing(member, organisation.pk)
        entry = self.entries.get(organisation.pk)
        if entry:
            people = tuple(signer.name for signer in entry.signers)
        else:
            people = tuple(mandate.representative.person.name for mandate in self.mandates[organisation.pk])
        return Row(
            organisation=organisation,
            standing=standing,
            detail=detail,
            people=people,
            mailed_at=member.mailed_at,
        )

    def _standing(self, member: Any, pk: int) -> tuple[Standing, str]:
        if entry := self.entries.get(pk):
            return Standing.SIGNED, date_format(entry.signed_on, "j F Y")
        if member.acts:
            return Standing.PART_SIGNED, f"{member.acts} van {member.acts_needed}"
        if answer := self.answers.get(pk):
            when = (
                f"besluit verwacht op {date_format(answer.expected_on, 'j F Y')}"
                if answer.expected_on
                else ""
            )
            return _ANSWERS[DeclineKind(answer.kind)], ". ".join(part for part in (when, answer.note) if part)
        if not self.mandates.get(pk):
            return Standing.NO_MANDATE, ""
        if first := member.read_at:
            return Standing.READ, f"sinds {date_format(timezone.localtime(first), 'j F Y, H.i')} uur"
        return Standing.INVITED, "" if member.mailed_at else "nog niet uitgenodigd"
