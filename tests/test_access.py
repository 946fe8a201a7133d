"""Every page is guarded, and every role gets from every page what the house says."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from coalitions.access import GRANTS, ActingRole, Permission, Scope, can, scopes_of
from coalitions.models import Coalition, Role
from tests import factories
from tests.access_inside import INSIDE, INSIDE_ACTS, INSIDE_ONE
from tests.access_outside import ABOUT_ONE, ACROSS, ACTS, ELSEWHERE
from tests.access_roles import INSIDERS, ROLES

HOUSE = ("portal", "partners", "coalitions", "covenants", "actions", "monitoring")


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def house_patterns() -> list[URLPattern]:
    return [entry for entry in patterns() if entry.callback.__module__.split(".")[0] in HOUSE]


def is_public(view: Any) -> bool:
    return not getattr(view, "login_required", True)


def test_every_view_of_the_house_is_guarded_or_says_that_it_is_public():
    unguarded = [
        entry.name
        for entry in house_patterns()
        if not is_public(entry.callback) and not hasattr(entry.callback, "permission")
    ]
    assert unguarded == []


def test_a_public_view_of_the_house_is_never_guarded_as_well():
    doubtful = [
        entry.name
        for entry in house_patterns()
        if is_public(entry.callback) and hasattr(entry.callback, "permission")
    ]
    assert doubtful == []


@pytest.mark.django_db
def test_anonymous_visitors_are_sent_to_log_in_by_every_other_view(client: Client):
    asked = 0
    for entry in house_patterns():
        if is_public(entry.callback):
            continue
        url = path_of(entry)
        for method in (client.get, client.post):
            response = method(url)
            assert response.status_code == 302, url
            assert response["Location"].startswith(reverse("account_login")), url
        asked += 1
    assert asked > 10


def path_of(entry: URLPattern, **known: str) -> str:
    """Some address of the view; whether its object exists does not matter to who may not see it."""
    values = {"int": 1, "slug": "ergens", "str": "GM0983", "uuid": "0" * 8 + "-0000" * 3 + "-" + "0" * 12}
    converters = entry.pattern.converters
    kwargs = {
        name: values[type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")]
        for name, converter in converters.items()
    }
    return reverse(name_of(entry), kwargs=kwargs | known)


# The table of the specification, cell by cell: A all, o own organisation, w own working group,
# m own municipality. What a signer or commissioner has besides what a partner or alderman has.
TABLE = """
                      CO TM PS PP GL WE CM GA LK AD
coalition.read        A  A  A  A  A  A  A  A  A  -
members.read          A  A  A  A  A  A  A  A  -  -
prospects.read        A  A  -  -  -  -  -  -  -  -
contacts.read         A  A  -  -  -  -  -  -  -  -
members.export        A  -  -  -  w  m  -  -  -  -
prospects.export      A  -  -  -  -  -  -  -  -  -
members.import        A  -  -  -  -  -  -  -  -  -
membership.change     A  -  -  -  -  -  -  -  -  -
membership.leave      -  -  o  -  -  -  -  -  -  -
organisation.edit     A  -  -  o  -  -  -  -  -  A
organisation.merge    A  -  -  -  -  -  -  -  -  A
join.decide           A  -  -  -  -  -  -  -  -  -
colleague.invite      A  -  -  o  -  -  -  -  -  -
mandate.request       -  -  -  o  -  -  -  -  -  -
mandate.check         A  -  -  -  -  -  -  -  -  A
contact_moment.write  A  A  -  -  -  -  -  -  -  -
group.propose         A  A  -  A  A  A  -  -  -  -
group.manage          A  -  -  -  w  -  -  -  -  -
condition.score       A  -  -  -  -  -  -  -  -  -
roles.assign          A  -  -  -  -  -  -  -  -  -
settings.edit         A  -  -  -  -  -  -  -  -  -
workplace.read        A  A  -  -  -  -  -  -  -  -
gaps.read             A  A  -  -  -  A  -  -  -  -
log.read              A  -  o  -  -  -  -  -  -  A
covenant.read         A  A  A  A  A  A  A  A  -  -
covenant.write        A  -  -  -  -  -  -  -  -  -
covenant.comment      A  -  -  o  -  -  -  -  -  -
covenant.freeze       A  A  -  -  -  -  A  -  -  A
covenant.sign         -  -  o  -  -  -  -  -  -  -
covenant.decline      -  -  o  -  -  -  -  -  -  -
interest.record       A  -  -  o  o  m  -  -  -  -
programme.read        A  A  A  A  A  A  A  A  -  -
programme.edit        A  -  -  -  -  -  -  -  -  -
action.create         A  -  -  -  w  -  -  -  -  -
action.propose        A  A  -  A  A  A  -  A  -  -
progress.report       A  -  -  o  w  -  -  -  -  -
round.fix             A  -  -  -  -  -  -  -  -  -
adoption.edit         A  -  -  o  w  m  -  -  -  -
practice.nominate     A  -  -  o  w  -  -  -  -  -
meeting.plan          A  -  -  -  w  -  -  -  -  -
meeting.read          A  A  A  A  A  A  A  A  -  -
budget.read           A  A  -  A  A  A  -  -  -  -
contributions.read    A  -  o  -  -  A  -  -  -  -
budget.edit           A  -  -  -  -  -  -  -  -  -
contribution.confirm  -  -  o  -  -  m  -  -  -  -
announcement.send     A  -  -  -  w  -  -  -  -  -
board.read            A  A  A  A  A  A  A  A  A  -
board_item.enter      A  -  -  -  w  A  -  -  -  -
board_item.propose    -  -  -  A  -  -  -  A  -  -
figures.read          A  A  A  A  A  A  A  A  A  -
figures.deliver       -  -  -  -  -  -  -  A  -  -
release.approve       -  -  -  -  -  -  -  A  -  -
reading.write         A  -  -  o  w  m  -  A  -  -
reading.fix           A  -  -  -  -  -  -  -  -  -
platform.manage       -  -  -  -  -  -  -  -  -  A
"""
COLUMNS = {
    "CO": ActingRole.COORDINATOR,
    "TM": ActingRole.TEAM,
    "PS": ActingRole.SIGNER,
    "PP": ActingRole.PARTNER,
    "GL": ActingRole.GROUP_LEAD,
    "WE": ActingRole.ALDERMAN,
    "CM": ActingRole.COMMISSIONER,
    "GA": ActingRole.ANALYST,
    "LK": ActingRole.READER,
    "AD": ActingRole.ADMINISTRATOR,
}
LETTERS = {Scope.ALL: "A", Scope.ORGANISATION: "o", Scope.GROUP: "w", Scope.MUNICIPALITY: "m"}


def test_the_grants_are_those_of_the_specification_cell_by_cell():
    expected = read_table(TABLE)
    found = {
        permission.value: {
            column: LETTERS[GRANTS[permission][role]] if role in GRANTS[permission] else "-"
            for column, role in COLUMNS.items()
        }
        for permission in Permission
    }
    assert found == expected


# The same table as the specification has it, for the roles that it knows: a cell is what the role has with
# all that it brings along. Who signs or governs for a member is a partner as well.
SPECIFIED = """
                      CO PS PP GL WE GA LK AD
prospects.read        A  -  -  -  -  -  -  -
members.read          A  A  A  A  A  A  -  -
organisation.edit     A  o  o  -  -  -  -  A
organisation.merge    A  -  -  -  -  -  -  A
members.export        A  o  -  w  m  -  -  -
members.import        A  -  -  -  -  -  -  A
membership.change     A  -  -  -  -  -  -  -
membership.leave      -  o  -  -  -  -  -  -
join.decide           A  -  -  -  -  -  -  -
colleague.invite      A  o  o  -  o  -  -  -
mandate.request       -  o  o  -  o  -  -  -
mandate.check         A  -  -  -  -  -  -  A
covenant.sign         -  o  -  -  o  -  -  -
covenant.write        A  -  -  -  -  -  -  -
covenant.comment      A  o  o  -  o  -  -  -
covenant.freeze       A  -  -  -  A  -  -  A
covenant.decline      -  o  -  -  o  -  -  -
contact_moment.write  A  -  -  -  -  -  -  -
interest.record       A  o  o  o  m  -  -  -
group.propose         A  A  A  A  A  -  -  -
group.manage          A  -  -  w  -  -  -  -
programme.edit        A  -  -  -  -  -  -  -
action.create         A  -  -  w  -  -  -  -
action.propose        A  A  A  -  A  A  -  -
progress.report       A  o  o  w  -  -  -  -
round.fix             A  -  -  -  -  -  -  -
adoption.edit         A  o  o  w  m  -  -  -
practice.nominate     A  o  o  w  -  -  -  -
meeting.plan          A  -  -  w  -  -  -  -
meeting.read          A  A  A  A  A  A  -  -
budget.read           A  A  A  A  A  -  -  -
contributions.read    A  o  -  -  A  -  -  -
budget.edit           A  -  -  -  -  -  -  -
contribution.confirm  -  o  -  -  m  -  -  -
board.read            A  A  A  A  A  A  A  -
board_item.enter      A  -  -  w  A  -  -  -
board_item.propose    -  A  A  -  -  A  -  -
figures.read          A  A  A  A  A  A  A  -
figures.deliver       -  -  -  -  -  A  -  -
release.approve       -  -  -  -  -  A  -  -
reading.write         A  o  o  w  m  A  -  -
reading.fix           A  -  -  -  -  -  -  -
announcement.send     A  -  -  w  -  -  -  -
log.read              A  o  -  -  -  -  -  A
roles.assign          A  -  -  -  -  -  -  -
platform.manage       -  -  -  -  -  -  -  A
"""
# Where we chose otherwise, and why.
ON_PURPOSE = {
    ("members.export", "PS"): "everybody of an organisation takes its own data along from its own page",
    ("members.import", "AD"): "who keeps the platform running has no place in a coalition",
    ("covenant.freeze", "WE"): "of who governs only the commissioner",
    ("covenant.sign", "WE"): "with a checked mandate somebody is a signer",
    ("covenant.decline", "WE"): "with a checked mandate somebody is a signer",
    ("action.propose", "GL"): "a lead may do at least what her members may",
}
BRINGS_ALONG = {"PS": ("PP",), "WE": ("PP",)}
WIDEST_LAST = "-mwoA"


def read_table(text: str) -> dict[str, dict[str, str]]:
    """The cells of a table, by row and column."""
    head, *lines = text.strip().splitlines()
    return {line.split()[0]: dict(zip(head.split(), line.split()[1:], strict=True)) for line in lines}


def test_the_table_differs_from_the_specification_only_where_that_is_on_purpose():
    table, specified = read_table(TABLE), read_table(SPECIFIED)
    differing = set()
    for permission, cells in specified.items():
        for column, cell in cells.items():
            ours = [table[permission][one] for one in (column, *BRINGS_ALONG.get(column, ()))]
            # For a municipality somebody is told apart from whom she speaks for.
            found = cell if cell in ours else max(ours, key=WIDEST_LAST.index)
            if found != cell:
                differing.add((permission, column))
    assert differing == set(ON_PURPOSE)


@pytest.fixture
def cast(coalition: Coalition, coordinator, partner, alderman, analyst, administrator, outsider) -> dict:
    """One person for each role, and one for each way of being outside."""
    people = {
        "coordinator": coordinator,
        "partner": partner,
        "alderman": alderman,
        "analyst": analyst,
        "administrator": administrator,
        "outsider": outsider,
        "stranger": factories.make_person("Sacha Nergens"),
    }
    for name, role in (
        ("team", Role.TEAM),
        ("commissioner", Role.COMMISSIONER),
        ("reader", Role.READER),
    ):
        people[name] = factories.make_person(name)
        factories.give_role(people[name], coalition, role)

    signer = people["signer"] = factories.make_person("Sanne Tekenaar")
    organisation = factories.make_organisation("Kraamzorg Maas")
    factories.make_member(coalition, organisation)
    factories.give_mandate(factories.make_representative(signer, organisation), checked_by=coordinator)

    lead = people["group_lead"] = factories.make_person("Gerda Trekker")
    organisation = factories.make_organisation("Welzijn Peel")
    factories.make_member(coalition, organisation)
    factories.make_representative(lead, organisation)
    factories.make_group(coalition, lead)

    former = people["former_coordinator"] = factories.make_person("Frits Voorheen")
    factories.give_role(former, coalition, valid_to=factories.today())
    return people


def name_of(entry: URLPattern) -> str:
    return f"{entry.callback.__module__.split('.')[0]}:{entry.name}"


def test_the_tables_hold_every_guarded_page():
    guarded = {name_of(entry) for entry in house_patterns() if not is_public(entry.callback)}
    assert guarded == {*INSIDE, *INSIDE_ACTS, *ACROSS, *ABOUT_ONE, *INSIDE_ONE, *ACTS, *ELSEWHERE}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says_inside_a_coalition(role, cast, coalition, client):
    client.force_login(cast[role], backend="django.contrib.auth.backends.ModelBackend")
    found = {name: client.get(reverse(name, args=[coalition.slug])).status_code for name in INSIDE}
    expected = {
        name: 200 if role in allowed else (403 if role in INSIDERS else 404)
        for name, allowed in INSIDE.items()
    }
    assert found == expected


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says_outside_the_coalitions(role, cast, client):
    client.force_login(cast[role], backend="django.contrib.auth.backends.ModelBackend")
    found = {name: client.get(reverse(name)).status_code for name in ACROSS}
    expected = {name: 200 if role in allowed else 403 for name, allowed in ACROSS.items()}
    assert found == expected


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says_about_one_thing(role, cast, client):
    client.force_login(cast[role], backend="django.contrib.auth.backends.ModelBackend")
    entries = {name_of(entry): entry for entry in house_patterns()}
    found = {name: client.get(path_of(entries[name])).status_code for name in ABOUT_ONE}
    expected = {name: 404 if role in allowed else 403 for name, allowed in ABOUT_ONE.items()}
    assert found == expected


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says_about_one_thing_inside(role, cast, coalition, client):
    client.force_login(cast[role], backend="django.contrib.auth.backends.ModelBackend")
    entries = {name_of(entry): entry for entry in house_patterns()}
    found = {
        # An act knows no GET, but its guard stands before that.
        name: client.get(path_of(entries[name], slug=coalition.slug)).status_code
        for name in INSIDE_ONE
    }
    assert set(found.values()) <= {403, 404, 405}
    refused = {name for name, status in found.items() if status == 403}
    expected = {name for name, allowed in INSIDE_ONE.items() if role not in allowed}
    assert refused == (expected if role in INSIDERS else set())


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_past_the_guard_of_the_acts_on_a_coalition_in_the_table_only(
    role, cast, coalition, client
):
    client.force_login(cast[role], backend="django.contrib.auth.backends.ModelBackend")
    found = {name: client.post(reverse(name, args=[coalition.slug])).status_code for name in INSIDE_ACTS}
    refusal = 403 if role in INSIDERS else 404
    assert {name for name, status in found.items() if status == refusal} == {
        name for name, allowed in INSIDE_ACTS.items() if role not in allowed
    }


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_past_the_guard_of_the_acts_in_the_table_only(role, cast, client):
    client.force_login(cast[role], backend="django.contrib.auth.backends.ModelBackend")
    entries = {name_of(entry): entry for entry in house_patterns()}
    refused = {name for name in ACTS if client.post(path_of(entries[name])).status_code == 403}
    assert refused == {name for name, allowed in ACTS.items() if role not in allowed}


@pytest.mark.parametrize("role", ROLES)
def test_no_role_reaches_another_coalition(role, cast, client):
    elsewhere = factories.make_coalition("Verweg", is_public=False)
    client.force_login(cast[role], backend="django.contrib.auth.backends.ModelBackend")
    for name in [*INSIDE, "coalitions:coalition-detail"]:
        assert client.get(reverse(name, args=[elsewhere.slug])).status_code == 404, name


# The columns of the table that somebody of the cast has.
HAS = {
    "coordinator": ("CO",),
    "team": ("TM",),
    "signer": ("PS", "PP"),
    "partner": ("PP",),
    "group_lead": ("GL", "PP"),
    "alderman": ("WE", "PP"),
    "commissioner": ("CM", "WE"),
    "analyst": ("GA",),
    "reader": ("LK",),
    "administrator": ("AD",),
}


@pytest.mark.parametrize("role", ROLES)
def test_every_cell_holds_for_a_person_inside_and_none_outside(role, cast, coalition):
    table = read_table(TABLE)
    person = cast[role]

    def given(columns: tuple[str, ...], permission: Permission) -> set[str]:
        return {table[permission.value][column] for column in columns} - {"-"}

    elsewhere = factories.make_coalition("Verweg", is_public=False)
    for permission in Permission:
        inside = given(HAS.get(role, ()), permission)
        assert can(person, permission, coalition) == bool(inside), permission
        assert {LETTERS[scope] for scope in scopes_of(person, permission, coalition)} == inside, permission
        # Who keeps the platform running does so everywhere, with what belongs to that alone.
        outside = given(("AD",), permission) if role == "administrator" else set()
        assert can(person, permission, elsewhere) == bool(outside), permission
