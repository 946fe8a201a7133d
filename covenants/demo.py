"""Two covenants of the demo: one with paper signatures and an open round, one signed by eight.

Everything goes through the operations that people use. What is there already is not touched.
"""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from coalitions.demo import FIRST_OTHERS
from coalitions.demo_plans import NML
from coalitions.models import Coalition, Membership, MembershipState, Role
from covenants import demo_drafts, demo_texts, outside, rounds, texts
from covenants.models import (
    Covenant,
    CovenantKind,
    CovenantVersion,
    Party,
    PartySignature,
    SealJob,
    SignatureKind,
    VersionState,
)
from partners import demo_mandates
from partners.demo import address_of, demo_organisations, demo_people
from partners.demo_parties import Party as DemoParty
from partners.models import MandateKind, Organisation, Person
from portal import jobs

SIGNED_ON = datetime.date(2021, 12, 9)
ACCEDED_ON = datetime.date(2022, 11, 24)
DELFT_SIGNED_ON = datetime.date(2019, 11, 1)
ACCEDED = 13
OPEN_DAYS = 60
# In the coalition of Delft, and not among the eight names under its agreement.
NOT_SIGNED_IN_DELFT = ("Humanitas", "GGD Haaglanden")
# Has yet to sign, and so do the others with a mandate below.
PRACTICE = "Verloskundigenpraktijk Noord 3 (demo)"
HOSPITAL = DemoParty("Ziekenhuis Noord 2 (demo)", "ziekenhuis")
YOUTH_CARE = DemoParty("Jeugdhulp Noord 2 (demo)", "jeugdhulp")
VSV = "Verloskundig Samenwerkingsverband Noord 1 (demo)"
VSV_MEMBERS = "Verloskundigenpraktijk Noord 1 (demo)\nZiekenhuis Noord 1 (demo)\nKraamzorg Noord 1 (demo)"
# Has no legal personality either, and has to name its members before it can sign.
SECOND_VSV = DemoParty("Verloskundig Samenwerkingsverband Noord 2 (demo)", "vsv")
PHONE = "088 000 00 00"


class NoSeal(Exception):
    """The text of the demo could not be sealed; the log says why."""


def load() -> str:
    """Write what is missing; a sentence on what there is."""
    people = demo_people()
    for slug, load_one in ((NML, _load_nml), ("delft", _load_delft)):
        # Whole or not at all: half a covenant would be taken for a whole one at the next start.
        with transaction.atomic():
            if not Covenant.objects.filter(coalition__slug=slug).exists():
                load_one(Coalition.objects.get(slug=slug), people)
    signed = PartySignature.objects.filter(version__covenant__is_demo=True).count()
    return f"Demo: {Covenant.objects.filter(is_demo=True).count()} convenanten, {signed} handtekeningen."


def _load_nml(coalition: Coalition, people: dict[str, Person]) -> None:
    coordinator = people["coordinator@demo.example"]
    second = _second(coalition)
    Person.objects.filter(pk=coordinator.pk, phone="").update(phone=PHONE)
    version = _fixed(
        coalition,
        title=demo_texts.NML_TITLE,
        blocks=demo_texts.NML_BLOCKS,
        meaning=demo_texts.NML_MEANING,
        kind=CovenantKind.COVENANT,
        effective_on=SIGNED_ON,
        first=coordinator,
        second=second,
    )
    organisations = demo_organisations()
    Party.objects.create(
        covenant=version.covenant,
        organisation=organisations[DemoParty(VSV, "vsv").address],
        named_members=VSV_MEMBERS,
    )
    first, later = _signatories_of_nml(coalition)
    _put_on_paper(version, first, SIGNED_ON, SignatureKind.SIGN, first=coordinator, second=second)
    _put_on_paper(version, later, ACCEDED_ON, SignatureKind.ACCEDE, first=coordinator, second=second)
    demo_mandates.load(_mandates(), coordinator=coordinator)
    rounds.open_round(
        version=version,
        closes_at=timezone.now() + datetime.timedelta(days=OPEN_DAYS),
        kind=SignatureKind.ACCEDE,
        by=coordinator,
    )
    speakers = [people["partner@demo.example"], people[address_of("bestuurder", HOSPITAL)]]
    demo_drafts.load(version.covenant, coordinator=coordinator, speakers=_with_organisation(speakers))


def _with_organisation(people: list[Person]) -> list[tuple[Person, Organisation]]:
    return [(person, person.representatives.current()[0].organisation) for person in people]


def _load_delft(coalition: Coalition, people: dict[str, Person]) -> None:
    coordinator = coalition.roles.current().get(role=Role.COORDINATOR).person
    # Delft has one coordinator in the demo; the administrator is the second pair of eyes.
    second = people["beheer@demo.example"]
    version = _fixed(
        coalition,
        title=demo_texts.DELFT_TITLE,
        blocks=demo_texts.DELFT_BLOCKS,
        meaning=demo_texts.DELFT_MEANING,
        kind=CovenantKind.AGREEMENT,
        effective_on=DELFT_SIGNED_ON,
        first=coordinator,
        second=second,
    )
    signed = [
        spell.organisation
        for spell in _members(coalition)
        if spell.organisation.name not in NOT_SIGNED_IN_DELFT
    ]
    _put_on_paper(version, signed, DELFT_SIGNED_ON, SignatureKind.SIGN, first=coordinator, second=second)


def _fixed(
    coalition: Coalition,
    *,
    title: str,
    blocks: demo_texts.Blocks,
    meaning: dict[str, str],
    kind: str,
    effective_on: datetime.date,
    first: Person,
    second: Person,
) -> CovenantVersion:
    """A text that two people fixed, sealed here and now: nobody works yet while the demo loads."""
    version = texts.create(
        coalition=coalition,
        title=title,
        kind=kind,
        blocks=blocks,
        meaning=meaning,
        effective_on=effective_on,
        by=first,
        is_demo=True,
    )
    version = texts.propose_freeze(version=version, by=first)
    texts.confirm_freeze(version=version, by=second, digest=texts.digest_of_version(version))
    jobs.work_due(SealJob, only=SealJob.objects.filter(subject=f"text/{version.pk}"))
    version.refresh_from_db()
    if version.state != VersionState.FROZEN:
        raise NoSeal(SealJob.objects.get(subject=f"text/{version.pk}").last_error)
    return version


def _put_on_paper(
    version: CovenantVersion,
    organisations: list[Organisation],
    signed_on: datetime.date,
    kind: str,
    *,
    first: Person,
    second: Person,
) -> None:
    registered = outside.register_paper(
        version=version,
        organisations=organisations,
        signed_on=signed_on,
        evidence=_paper(),
        kind=kind,
        note="Papier van de demo, verzonnen.",
        by=first,
    )
    outside.confirm(registration=registered, by=second)


def _signatories_of_nml(coalition: Coalition) -> tuple[list[Organisation], list[Organisation]]:
    """The 27 of December 2021, and the 13 of November 2022."""
    spells = _members(coalition)
    first = [
        spell.organisation
        for spell in spells
        if spell.organisation.type.code in {"gemeente", "provincie", "ggd"}
        or spell.organisation.name in FIRST_OTHERS
    ]
    yet_to_sign = {PRACTICE, HOSPITAL.name, YOUTH_CARE.name, SECOND_VSV.name}
    later = [
        spell.organisation
        for spell in spells
        if spell.organisation not in first
        and spell.organisation.name not in yet_to_sign
        and spell.joined_on
        and spell.joined_on <= ACCEDED_ON
    ]
    return first, later[:ACCEDED]


def _members(coalition: Coalition) -> list[Membership]:
    return list(
        coalition.memberships.filter(state=MembershipState.MEMBER)
        .select_related("organisation__type")
        .order_by("joined_on", "organisation__general_email")
    )


def _second(coalition: Coalition) -> Person:
    return coalition.roles.current().get(role=Role.COMMISSIONER).person


def _mandates() -> tuple[demo_mandates.Plan, ...]:
    """Board members who never logged in, and two people who only sign together."""
    register = "Staat als bestuurder in het Handelsregister (demo)."
    power = "Volmacht van het bestuur (demo)."
    together = MandateKind.POWER_OF_ATTORNEY
    return (
        demo_mandates.Plan(address_of("bestuurder", HOSPITAL), "bestuurder", MandateKind.DIRECTOR, register),
        demo_mandates.Plan(address_of("bestuurder", SECOND_VSV), "bestuurder", together, power),
        demo_mandates.Plan(address_of("bestuurder", YOUTH_CARE), "bestuurder", together, power, need=2),
        demo_mandates.Plan(
            address_of("jeugdhulpverlener", YOUTH_CARE), "jeugdhulpverlener", together, power, need=2
        ),
    )


def _paper() -> SimpleUploadedFile:
    return demo_mandates.made_up_page("convenant-demonstratie.pdf", "verzonnen papieren convenant")
