"""What somebody needs to see before she signs."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst

from coalitions.models import Coalition, Role
from covenants import accessions, authority, consent, layout, parties
from covenants.force import meanwhile
from covenants.models import (
    CovenantVersion,
    Decline,
    Party,
    Reading,
    Round,
    SignatureAct,
    Withdrawal,
)
from covenants.register import Entry, register
from covenants.signatures import open_round_of, why_closed
from partners.models import Mandate, Organisation, Person, Representative


@dataclass(frozen=True, kw_only=True)
class SigningPage:
    """One version as one person sees it who may sign for one of her organisations, or may not."""

    coalition: Coalition
    version: CovenantVersion
    round: Round | None
    # None for who may read and not sign, such as a secretary.
    mandate: Mandate | None
    mandates: list[Mandate]
    organisation: Organisation | None
    acts: list[SignatureAct]
    own_act: SignatureAct | None
    entry: Entry | None
    entries: list[Entry]
    last_answer: Decline | None
    # Whether she opened the text for this organisation before.
    has_read: bool
    coordinators: list[Person]
    # For whom an organisation without legal personality signs.
    named_members: list[str]
    # Whether the parties still have to let the organisation in.
    waits_for_parties: bool
    # Who may sign for the organisations of somebody who may not.
    others: list[Mandate]

    @property
    def text(self) -> layout.Layout:
        """The whole text, as it was fixed."""
        return layout.lay_out(self.version.blocks, title=self.version.covenant.title)

    @property
    def meaning(self) -> list[tuple[str, str]]:
        """What signing means, in five lines."""
        return layout.meaning_lines(self.version.meaning)

    @property
    def name_of_text(self) -> str:
        """Such as "het convenant"."""
        return consent.with_article(self.version.covenant)

    @property
    def fingerprint(self) -> list[str]:
        """The SHA-256 of the sealed text in groups of eight, to compare by eye."""
        return in_groups(self.version.sha256 or "")

    @property
    def facts(self) -> list[tuple[str, str]]:
        """For whom, in what function and by what power she signs."""
        if self.mandate is None or self.organisation is None:
            return []
        representative = self.mandate.representative
        checked = date_format(timezone.localtime(self.mandate.checked_at), "j F Y")
        return [
            ("Organisatie", self.organisation.name),
            ("KvK-nummer", self.organisation.kvk or ""),
            ("Namens deze leden", ", ".join(self.named_members)),
            ("Uw functie", capfirst(representative.function)),
            ("Tekenbevoegdheid", f"{capfirst(self.mandate.get_kind_display())}, gecontroleerd op {checked}"),
            ("Samen", _together(self.mandate.need)),
        ]

    @property
    def why_closed(self) -> str:
        """Where no round is open: since when, and what can be done."""
        return why_closed(self.version.rounds.order_by("-number").first())

    @property
    def bound(self) -> list[Entry]:
        """The parties that this text binds."""
        return [entry for entry in self.entries if entry.bound_by.number >= self.version.number]

    @property
    def meanwhile(self) -> str:
        """Which older text still holds, and for how many."""
        return meanwhile(self.version, self.entries)

    @property
    def is_bound(self) -> bool:
        """Whether the organisation need not sign this version any more."""
        return self.entry is not None and self.entry.bound_by.number >= self.version.number

    @property
    def may_sign(self) -> bool:
        """Whether the form stands on the page."""
        may = self.mandate and self.round and not self.own_act and not self.is_bound
        return bool(may and not self.waits_for_parties and not self.lacks_members)

    @property
    def lacks_members(self) -> bool:
        """Whether a party without legal personality still has to name for whom it signs."""
        if self.organisation is None or self.is_bound:
            return False
        return parties.needs_members(self.organisation) and not self.named_members


def signing_page(
    coalition: Coalition, version: CovenantVersion, person: Person, *, organisation_id: int | None
) -> SigningPage:
    """Everything of the page; as many queries however many parties there are."""
    round = open_round_of(version)
    mandates = authority.mandates_in(coalition, person, **_known(version, round, person))
    chosen = [one for one in mandates if one.representative.organisation_id == organisation_id]
    mandate = next(iter(chosen or mandates), None)
    organisation = mandate.representative.organisation if mandate else None
    entries = register(version.covenant)
    acts: list[SignatureAct] = []
    if mandate and mandate.has_acts:
        acts = list(
            SignatureAct.objects.filter(
                version=version, organisation=organisation, stint=mandate.ended + 1, round=round
            )
        )
    answers = version.declines.filter(organisation=organisation)
    return SigningPage(
        coalition=coalition,
        version=version,
        round=round,
        mandate=mandate,
        mandates=mandates,
        organisation=organisation,
        acts=acts,
        own_act=next((act for act in acts if act.person_id == person.pk), None),
        entry=next((entry for entry in entries if entry.binds(organisation)), None),
        entries=entries,
        last_answer=answers.last() if mandate and mandate.has_answered and not acts else None,
        has_read=bool(mandate and mandate.has_read),
        named_members=mandate.named_members.splitlines() if mandate else [],
        coordinators=coordinators_of(coalition),
        waits_for_parties=bool(
            organisation and accessions.unadmitted(version, round, {organisation.pk}, entries=entries)
        ),
        others=[] if mandate else _who_may(coalition, person),
    )


def _known(version: CovenantVersion, round: Round | None, person: Person) -> dict[str, Any]:
    """What the covenant knows of the organisation of a mandate."""
    organisation = OuterRef("representative__organisation")
    ended = Withdrawal.objects.standing().filter(
        party__covenant=version.covenant_id,
        party__organisation=organisation,
        ends_on__lte=timezone.localdate(),
    )
    count = ended.order_by().values("party__organisation").annotate(count=Count("pk")).values("count")
    party = Party.objects.filter(covenant=version.covenant_id, organisation=organisation)
    return {
        "ended": Coalesce(Subquery(count), 0),
        "named_members": Coalesce(
            Subquery(party.values("named_members")), Value(""), output_field=TextField()
        ),
        "has_acts": Exists(SignatureAct.objects.filter(round=round, organisation=organisation)),
        "has_answered": Exists(Decline.objects.filter(version=version, organisation=organisation)),
        "has_read": Exists(Reading.objects.filter(version=version, organisation=organisation, person=person)),
    }


def coordinators_of(coalition: Coalition) -> list[Person]:
    """Whom somebody who signs can call."""
    roles = coalition.roles.current().filter(role=Role.COORDINATOR).select_related("person")
    return [role.person for role in roles.order_by("valid_from", "pk")]


def write_reading(version: CovenantVersion, organisation: Organisation, person: Person) -> None:
    """Remember that she opened the text for this organisation; the first time only."""
    Reading.objects.bulk_create(
        [Reading(version=version, organisation=organisation, person=person)], ignore_conflicts=True
    )


def in_groups(sha256: str) -> list[str]:
    """A hash in groups of eight characters."""
    return [sha256[start : start + 8] for start in range(0, len(sha256), 8)]


def _together(need: int) -> str:
    return f"Uw organisatie tekent met {need} personen samen" if need > 1 else ""


def _who_may(coalition: Coalition, person: Person) -> list[Mandate]:
    own = Representative.objects.current().filter(person=person).values_list("organisation", flat=True)
    return authority.mandated_people(coalition, list(own))
