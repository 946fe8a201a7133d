"""The demo is what its description says, and loading it again changes nothing."""

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth import authenticate
from django.utils import timezone

import coalitions.demo
import partners.demo
from coalitions import members
from coalitions.access import ActingRole, roles_in
from coalitions.models import (
    Coalition,
    CoalitionRole,
    Level,
    Membership,
    MembershipState,
    MembershipStep,
    Phase,
    Role,
    Seat,
    SeatKind,
    SeatLevel,
)
from partners.areas import load_areas
from partners.duplicates import suggested_pairs
from partners.models import (
    Area,
    LinkingRole,
    LinkKind,
    Location,
    Mandate,
    MandateStatus,
    MergeProposal,
    Organisation,
    OrganisationAlias,
    OrganisationLink,
    Person,
    ServiceArea,
)
from partners.models.mandates import IN_A_REGISTER
from partners.organisation_types import load_organisation_types
from tests.conftest import rolled_back


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo, loaded once; a test that asks for `db` closes this connection, so none here does."""
    with django_db_blocker.unblock(), rolled_back():
        load_areas()
        load_organisation_types()
        partners.demo.load()
        coalitions.demo.load()
        yield


@pytest.fixture
def demo(loaded: None) -> Iterator[None]:
    with rolled_back():
        yield


@pytest.fixture
def nml(demo: None) -> Coalition:
    return Coalition.objects.get(slug="noord-en-midden-limburg")


def person(address: str) -> Person:
    return Person.objects.get(email=address)


def fingerprint() -> dict[str, list]:
    """Every row of who and together, history included."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for label in ("partners", "coalitions", "account")
        for model in apps.get_app_config(label).get_models()
    }


def test_loading_again_changes_no_row(demo):
    before = fingerprint()

    partners.demo.load()
    coalitions.demo.load()

    assert fingerprint() == before


def test_loading_again_keeps_what_a_visitor_did(nml):
    coordinator = person("coordinator@demo.example")
    wanted = nml.memberships.get(state=MembershipState.PROSPECT)
    members.admit(membership=wanted, by=coordinator)
    practice = Organisation.objects.get(name="Verloskundigenpraktijk Noord 1 (demo)")
    practice.name = "Verloskundigen aan de Maas"
    practice.save()
    coordinator.set_password("een-ander-wachtwoord")
    coordinator.save()
    before = fingerprint()

    partners.demo.load()
    coalitions.demo.load()

    assert fingerprint() == before


def test_a_second_load_takes_a_handful_of_statements(demo, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        partners.demo.load()
        coalitions.demo.load()


def test_noord_en_midden_limburg_has_fourteen_municipalities_and_not_mook(nml):
    codes = set(nml.municipalities().values_list("code", flat=True))

    assert len(codes) == 14
    assert {"GM0893", "GM0988"} <= codes
    assert "GM0944" not in codes
    assert nml.municipalities(on=datetime.date(2022, 1, 1)).count() == 14


def test_in_two_small_municipalities_the_region_works_instead_of_a_local_coalition(nml, client):
    links = nml.area.member_links.filter(replaces_local=True)
    assert set(links.values_list("member__code", flat=True)) == {"GM0889", "GM0893"}
    assert "Regionaal in plaats van lokaal" in client.get("/gemeenten/GM0889/").text


def test_noord_en_midden_limburg_has_86_organisations_in_their_states(nml):
    states = Counter(nml.memberships.values_list("state", flat=True))

    assert states == {"member": 81, "in_talks": 3, "prospect": 1, "left": 1}
    assert nml.memberships.get(state="prospect").organisation.type.code == "woningcorporatie"


def test_the_86_organisations_are_of_the_kinds_of_the_description(nml):
    kinds = nml.memberships.values_list("organisation__type__code", flat=True)
    assert Counter(kinds) == {
        "gemeente": 14, "provincie": 1, "ggd": 1,
        "vsv": 5, "ziekenhuis": 3, "geboortecentrum": 1, "verloskundigenpraktijk": 12,
        "kraamzorg": 5, "huisartsenzorggroep": 4, "ggz": 3, "verslavingszorg": 1,
        "zorgverzekeraar": 2,
        "cjg": 2, "toegangsteam": 6, "welzijn": 7, "jeugdhulp": 4, "vg_zorg": 2,
        "veilig_thuis": 1, "schuldhulp": 2, "kinderopvang": 3, "vrouwenopvang": 1,
        "woningcorporatie": 1,
        "vrijwilligers": 3, "ervaringsdeskundigen": 1,
        "ros": 1,
    }  # fmt: skip
    domains = nml.memberships.exclude(organisation__type__code="ros").values_list(
        "organisation__type__domain", flat=True
    )
    assert Counter(domains) == {"public": 16, "medical": 36, "social": 29, "informal": 4}


def test_the_coalition_grows_from_its_kick_off(nml):
    def joined_by(day: datetime.date) -> int:
        return nml.memberships.filter(joined_on__lte=day).count()

    assert nml.started_on == datetime.date(2020, 9, 24)
    assert joined_by(datetime.date(2020, 9, 23)) == 0
    assert joined_by(datetime.date(2020, 9, 24)) == 12
    assert joined_by(datetime.date(2021, 12, 31)) == 27
    assert joined_by(datetime.date(2022, 2, 23)) == 80
    assert joined_by(datetime.date(2022, 12, 31)) == 82


def test_the_first_27_are_fourteen_municipalities_the_province_and_twelve_others(nml):
    first = nml.memberships.filter(joined_on__lte=datetime.date(2021, 12, 31))
    kinds = Counter(first.values_list("organisation__type__code", flat=True))

    assert (kinds["gemeente"], kinds["provincie"]) == (14, 1)
    assert first.count() - 15 == 12


def test_every_membership_has_its_steps(demo):
    assert not Membership.objects.filter(steps__isnull=True).exists()
    for membership in Membership.objects.prefetch_related("steps"):
        assert list(membership.steps.all())[-1].to_state == membership.state
    assert MembershipStep.objects.count() == Membership.objects.count() + 1


def test_seats_are_filled_at_all_three_levels(nml):
    seats = Seat.objects.current().filter(membership__coalition=nml)
    levels = Counter(seats.values_list("level", flat=True))

    assert min(levels[level] for level in SeatLevel) >= 15
    members_of_nml = nml.memberships.members()
    assert not members_of_nml.exclude(pk__in=seats.values("membership")).exists()
    assert seats.filter(kind=SeatKind.LIVED_EXPERIENCE).count() == 1
    aldermen = seats.filter(level="board", membership__organisation__type__code="gemeente")
    assert aldermen.count() == 14


def test_roles_of_noord_en_midden_limburg(nml):
    roles = {role.role: role for role in CoalitionRole.objects.current().filter(coalition=nml)}

    assert set(roles) == {Role.COORDINATOR, Role.COMMISSIONER, Role.TEAM, Role.ANALYST}
    assert roles["coordinator"].employer == "Robuust"
    assert roles["commissioner"].person.name == "Wethouder Roermond (demo)"
    first = CoalitionRole.objects.get(coalition=nml, role=Role.COORDINATOR, valid_to__isnull=False)
    assert first.valid_to == roles["coordinator"].valid_from


def test_talks_are_written_down_and_one_step_is_late(nml):
    assert nml.contacts.count() >= 6
    assert nml.contacts.overdue().count() == 1
    assert nml.contacts.open().count() > 1


def test_requests_wait_and_were_answered(nml):
    states = Counter(nml.join_requests.values_list("state", flat=True))
    assert states == {"submitted": 2, "in_review": 1, "rejected": 1, "withdrawn": 1}
    assert not nml.join_requests.exclude(contact_email__endswith="@demo.example").exists()


def test_coalitions_have_the_level_area_and_parent_of_the_description(demo):
    found = {
        coalition.slug: (
            coalition.level,
            coalition.municipalities().count(),
            coalition.parent.slug if coalition.parent else None,
        )
        for coalition in Coalition.objects.select_related("parent")
    }
    national = "landelijke-coalitie"

    assert found == {
        national: (Level.NATIONAL, 0, None),
        "noord-en-midden-limburg": (Level.REGIONAL, 14, national),
        "zuid-limburg": (Level.REGIONAL, 16, national),
        "fryslan": (Level.REGIONAL, 18, national),
        "drechtsteden": (Level.REGIONAL, 7, national),
        "ijmond": (Level.REGIONAL, 3, national),
        "vallei-vitaal-gezond": (Level.REGIONAL, 1, national),
        "regio-alkmaar": (Level.REGIONAL, 5, national),
        "leeuwarden": (Level.LOCAL, 1, "fryslan"),
        "sudwest-fryslan": (Level.LOCAL, 1, "fryslan"),
        "smallingerland": (Level.LOCAL, 1, "fryslan"),
        **dict.fromkeys(
            ("almere", "hoogeveen", "leiden", "zaanstad", "zeist", "delft"), (Level.LOCAL, 1, national)
        ),
    }


def test_every_coalition_has_one_coordinator(demo):
    coordinators = CoalitionRole.objects.current().filter(role=Role.COORDINATOR)

    assert coordinators.count() == Coalition.objects.filter(is_demo=True).count() == 17
    assert not Coalition.objects.exclude(pk__in=coordinators.values("coalition")).exists()


def test_coalitions_stand_in_the_phase_that_the_texts_tell(demo):
    phases = dict(Coalition.objects.values_list("slug", "phase"))

    assert phases["noord-en-midden-limburg"] == Phase.EXECUTING
    assert phases["ijmond"] == Phase.BUILDING
    assert phases["regio-alkmaar"] == Phase.EXPLORING
    assert phases["delft"] == Phase.FOUNDED


def test_members_elsewhere_are_those_that_the_texts_name(demo):
    def names(slug: str, state: str = "member") -> set[str]:
        spells = Membership.objects.filter(coalition__slug=slug, state=state)
        return set(spells.values_list("organisation__name", flat=True))

    assert names("delft") == {
        "Gemeente Delft", "Reinier de Graaf", "DSW", "Delft voor Elkaar", "ZEL", "VSV Reinier",
        "JGZ Zuid-Holland West", "Delft Support", "Humanitas", "GGD Haaglanden",
    }  # fmt: skip
    assert names("landelijke-coalitie") == {
        "V&VN", "NCJ", "HealthKIC", "Gemeente Heerlen", "Gemeente Dordrecht",
    }  # fmt: skip
    assert names("vallei-vitaal-gezond") == {
        "Gemeente Ede", "Huisartsen Ede (demo)", "Verpleging en thuiszorg Ede (demo)",
        "Pro Persona", "Ziekenhuis Gelderse Vallei", "Malkander", "Menzis",
    }  # fmt: skip
    assert len(names("regio-alkmaar", "prospect")) == 16
    assert len(names("ijmond", "in_talks")) == 3
    assert len(names("zaanstad")) == 5


def test_the_accounts_log_in_and_have_their_roles(nml):
    accounts = {
        "coordinator@demo.example": {ActingRole.COORDINATOR},
        "kernteam@demo.example": {ActingRole.TEAM, ActingRole.PARTNER, ActingRole.GROUP_LEAD},
        "partner@demo.example": {ActingRole.PARTNER, ActingRole.SIGNER},
        "wethouder@demo.example": {ActingRole.ALDERMAN, ActingRole.PARTNER},
        "analist@demo.example": {ActingRole.ANALYST, ActingRole.PARTNER},
        "tweede.analist@demo.example": {ActingRole.ANALYST},
        "beheer@demo.example": {ActingRole.ADMINISTRATOR},
    }
    for address, roles in accounts.items():
        account = authenticate(email=address, password="kansrijke-start")
        assert account == person(address)
        assert roles_in(account, nml) == roles
        assert EmailAddress.objects.get(user=account).verified


def test_the_partner_signs_for_a_member_that_joined_after_the_covenant(nml):
    mandate = person("partner@demo.example").representatives.get().mandates.get()

    assert mandate.checked_by == person("coordinator@demo.example")
    organisation = mandate.representative.organisation
    joined_on = nml.memberships.get(organisation=organisation).joined_on
    assert joined_on > datetime.date(2021, 12, 31)


def test_there_is_a_mandate_in_every_state_and_one_that_needs_two_people(demo):
    mandates = Mandate.objects.all()

    assert {mandate.status for mandate in mandates} == set(MandateStatus)
    assert mandates.filter(need=2).exists()
    assert mandates.ending().exists()
    assert all(mandate.evidence for mandate in mandates if mandate.kind not in IN_A_REGISTER)


def test_every_vsv_of_the_region_belongs_to_a_consortium_a_ros_and_a_roaz(demo):
    vsvs = Organisation.objects.filter(type__code="vsv", name__contains="Samenwerkingsverband")

    assert vsvs.count() == 5
    heads = {LinkKind.PART_OF_CONSORTIUM, LinkKind.IN_ROS, LinkKind.IN_ROAZ}
    for vsv in vsvs:
        assert set(vsv.links.current().values_list("kind", flat=True)) == heads
    assert OrganisationLink.objects.filter(kind=LinkKind.MEMBER_OF_VSV).count() == 20


def test_there_are_schakelfuncties_other_names_places_and_a_proposal_to_merge(demo):
    assert LinkingRole.objects.current().count() > 20
    assert LinkingRole.objects.filter(person__isnull=True).exists()
    assert OrganisationAlias.objects.get(name="Kraamzorg Maasduinen (demo)").organisation.name == (
        "Kraamzorg Noord 1 (demo)"
    )
    assert ServiceArea.objects.filter(organisation__type__code="geboortecentrum").count() == 14
    assert Location.objects.exists()
    proposal = MergeProposal.objects.get()
    ids = [proposal.kept_id, proposal.gone_id]
    assert [pair.first.pk in ids for pair in suggested_pairs(ids)] == [True]


def test_the_alderman_account_is_not_the_commissioner(nml):
    assert not person("wethouder@demo.example").coalition_roles.exists()


def test_nobody_but_the_accounts_can_log_in(demo):
    able = [row.email for row in Person.objects.all() if row.has_usable_password()]

    assert set(able) == set(partners.demo.ACCOUNTS)


def test_everything_is_marked_as_demo_and_every_address_is_an_example(demo):
    assert not Organisation.objects.filter(is_demo=False).exists()
    assert not Person.objects.filter(is_demo=False).exists()
    assert not Organisation.objects.exclude(general_email__endswith=".example").exists()
    assert not Person.objects.exclude(email__endswith="@demo.example").exists()
    assert not Person.objects.exclude(name__endswith="(demo)").exists()


def test_the_hard_cases_are_there(demo):
    bergens = Organisation.objects.filter(name__startswith="Gemeente Bergen")
    assert set(bergens.values_list("municipality__code", flat=True)) == {"GM0893", "GM0373"}
    insurer = Organisation.objects.get(name="Zorgverzekeraar Zuid (demo)")
    assert insurer.memberships.members().count() == 3
    assert Organisation.objects.get(merged_into__isnull=False).archived_at
    assert max(map(len, Organisation.objects.values_list("name", flat=True))) == 120
    assert Coalition.objects.filter(name="Fryslân").exists()
    past = person("vorige-wethouder-weert@demo.example").representatives.get()
    assert past.valid_to < timezone.localdate()
    assert Seat.objects.get(representative=past).valid_to == past.valid_to
    assert person("bestuurder-verloskundig-samenwerkingsverband-noord-1@demo.example"
                  ).representatives.count() == 2  # fmt: skip
    alkmaar = Coalition.objects.get(slug="regio-alkmaar")
    before = alkmaar.municipalities(on=datetime.date(2021, 6, 1))
    assert set(before.values_list("code", flat=True)) >= {"GM0398", "GM0416"}


def test_every_area_of_a_coalition_covers_known_municipalities(demo):
    assert not Area.objects.filter(
        kind="municipality", region_links__kind="coalition", latitude=None
    ).exists()


def test_there_are_working_groups_and_two_years_of_conditions(demo):
    nml = Coalition.objects.get(slug="noord-en-midden-limburg")
    states = Counter(nml.groups.values_list("state", flat=True))
    assert states == {"active": 4, "resting": 1, "closed": 1, "proposed": 1}
    assert nml.groups.get(state="proposed").name == "Preconceptiezorg"
    assert nml.groups.get(kind="steering").seats.current().filter(role="lead").count() == 1
    this_year = timezone.localdate().year
    scored = Counter(nml.condition_scores.values_list("year", flat=True))
    assert scored == {this_year - 2: 12, this_year - 1: 12}
    assert nml.agreements.count() == 3
    assert not nml.list_entries.filter(owner=None).exists()
    assert nml.requirement_checks.values("municipality").distinct().count() == 11
