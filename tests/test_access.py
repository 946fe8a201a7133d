"""Every page is guarded, and every role gets from every page what the house says."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from itertools import product
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from coalitions import access
from coalitions.access import GRANTS, Permission, can, scopes_of
from coalitions.models import Coalition, Role
from coalitions.refusals import Outside
from partners.models import Person
from tests import factories
from tests.access_grants import (
    BRINGS_ALONG,
    COLUMNS,
    HAS,
    LETTERS,
    ON_PURPOSE,
    SPECIFIED,
    TABLE,
    WIDEST_LAST,
    read_table,
)
from tests.access_inside import INSIDE, INSIDE_ACTS, INSIDE_ONE
from tests.access_outside import ABOUT_ONE, ACROSS, ACTS, ELSEWHERE
from tests.access_roles import INSIDERS, ROLES
from tests.conftest import rolled_back

Table = Mapping[str, frozenset[str]]

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
    # A number that is also a year; the rows of the cast have the lowest.
    values = {"int": 4321, "slug": "ergens", "str": "GM0983", "uuid": "0" * 8 + "-0000" * 3 + "-" + "0" * 12}
    converters = entry.pattern.converters
    kwargs = {
        name: values[type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")]
        for name, converter in converters.items()
    }
    return reverse(name_of(entry), kwargs=kwargs | known)


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
def cast(
    coalition: Coalition, coordinator, partner, alderman, analyst, administrator, outsider
) -> dict[str, Person]:
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


def paths_inside(coalition: Coalition) -> dict[str, str]:
    return {name: reverse(name, args=[coalition.slug]) for name in INSIDE}


def paths_to_nothing(table: Table, **known: str) -> dict[str, str]:
    """Addresses of which the object does not exist."""
    entries = {name_of(entry): entry for entry in house_patterns()}
    return {name: path_of(entries[name], **known) for name in table}


def visitor(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


# Where an address leads is the same for every role.
led_to = cache(resolve)


def refusal(person: Person, path: str) -> int | None:
    """The status with which the guard of the view at `path` refuses `person`; None where she gets past it.

    Session, menu and error page are the same for all views and take longer than every guard together; with
    those `test_what_the_guard_says_is_what_a_visitor_gets` asks each address.
    """
    request = RequestFactory().get(path)
    request.user = person
    view, args, kwargs = led_to(path)
    with suppress(Http404):
        try:
            view(request, *args, **kwargs)
        except Outside:
            return 404
        except PermissionDenied:
            return 403
    return None


def refusals(person: Person, paths: Mapping[str, str]) -> dict[str, int | None]:
    """What `refusal` says at each of these addresses. Whether she takes part in a coalition is asked once."""
    with patch.object(access, "coalition_at", cache(access.coalition_at)):
        return {name: refusal(person, path) for name, path in paths.items()}


def mistakes(
    cast: dict[str, Person], table: Table, paths: Mapping[str, str], *, outside: int, has_pages: bool
) -> list[tuple[str, str, int | None]]:
    """Who gets what from which address where the table says otherwise. Who may see a page asks for it as a
    visitor does; where nothing is there to see, and of whom the table does not allow, the guard is asked."""
    found = []
    for role in ROLES:
        with rolled_back():
            client = visitor(cast[role])
            seen = [name for name in paths if has_pages and role in table[name]]
            got = refusals(cast[role], {name: path for name, path in paths.items() if name not in seen})
            got |= {name: client.get(paths[name]).status_code for name in seen}
            may, may_not = 200 if has_pages else None, 403 if role in INSIDERS else outside
            found += [
                (role, name, status)
                for name, status in got.items()
                if status != (may if role in table[name] else may_not)
            ]
    return found


def test_each_role_gets_what_the_table_says_inside_a_coalition(cast, coalition):
    assert mistakes(cast, INSIDE, paths_inside(coalition), outside=404, has_pages=True) == []


def test_each_role_gets_what_the_table_says_outside_the_coalitions(cast):
    assert mistakes(cast, ACROSS, paths_to_nothing(ACROSS), outside=403, has_pages=True) == []


def test_each_role_gets_what_the_table_says_about_one_thing(cast):
    assert mistakes(cast, ABOUT_ONE, paths_to_nothing(ABOUT_ONE), outside=403, has_pages=False) == []


def test_each_role_gets_what_the_table_says_about_one_thing_inside(cast, coalition):
    paths = paths_to_nothing(INSIDE_ONE, slug=coalition.slug)
    assert mistakes(cast, INSIDE_ONE, paths, outside=404, has_pages=False) == []


def test_what_the_guard_says_is_what_a_visitor_gets(cast, coalition):
    """Of each address one insider without the right and a stranger, and where nothing is there to see one who
    has the right."""
    clients = {role: visitor(person) for role, person in cast.items()}
    asked = 0
    for table, paths, outside, has_pages in (
        (INSIDE, paths_inside(coalition), 404, True),
        (INSIDE_ONE, paths_to_nothing(INSIDE_ONE, slug=coalition.slug), 404, False),
        (ACROSS, paths_to_nothing(ACROSS), 403, True),
        (ABOUT_ONE, paths_to_nothing(ABOUT_ONE), 403, False),
    ):
        for name, path in paths.items():
            insiders = [role for role in ROLES if role in INSIDERS - table[name]]
            strangers = [] if "stranger" in table[name] else ["stranger"]
            for role in insiders[:1] + strangers:
                status = 403 if role in INSIDERS else outside
                assert clients[role].get(path).status_code == status, (role, name)
                asked += 1
            for role in [] if has_pages else sorted(table[name])[:1]:
                # An act knows no GET, but its guard stands before that.
                assert clients[role].get(path).status_code in {404, 405}, (role, name)
                asked += 1
    assert asked > 700


def past_the_guard(cast: dict[str, Person], paths: Mapping[str, str]) -> set[tuple[str, str]]:
    """Who is not refused which of these acts."""
    found = set()
    for role in ROLES:
        with rolled_back():
            client = visitor(cast[role])
            found |= {
                (role, name)
                for name, path in paths.items()
                if client.post(path).status_code != (403 if role in INSIDERS or name in ACTS else 404)
            }
    return found


def test_each_role_gets_past_the_guard_of_the_acts_on_a_coalition_in_the_table_only(cast, coalition):
    paths = {name: reverse(name, args=[coalition.slug]) for name in INSIDE_ACTS}
    assert past_the_guard(cast, paths) == {(role, name) for name in INSIDE_ACTS for role in INSIDE_ACTS[name]}


def test_each_role_gets_past_the_guard_of_the_acts_in_the_table_only(cast):
    expected = {(role, name) for name in ACTS for role in ACTS[name]}
    assert past_the_guard(cast, paths_to_nothing(ACTS)) == expected


def test_no_role_reaches_another_coalition(cast):
    elsewhere = factories.make_coalition("Verweg", is_public=False)
    paths = paths_inside(elsewhere)
    reached = {
        (role, name)
        for role in ROLES
        for name, status in refusals(cast[role], paths).items()
        if status != 404
    }
    assert reached == set()
    for role in ROLES:
        # Everybody sees the page of a public one, and the guard is not asked.
        page = visitor(cast[role]).get(reverse("coalitions:coalition-detail", args=[elsewhere.slug]))
        assert page.status_code == 404, role


def test_every_cell_holds_for_a_person_inside_and_none_outside(cast, coalition):
    table = read_table(TABLE)

    def given(columns: tuple[str, ...], permission: Permission) -> set[str]:
        return {table[permission.value][column] for column in columns} - {"-"}

    elsewhere = factories.make_coalition("Verweg", is_public=False)
    for role, permission in product(ROLES, Permission):
        person = cast[role]
        inside = given(HAS.get(role, ()), permission)
        assert can(person, permission, coalition) == bool(inside), (role, permission)
        scopes = {LETTERS[scope] for scope in scopes_of(person, permission, coalition)}
        assert scopes == inside, (role, permission)
        # Who keeps the platform running does so everywhere, with what belongs to that alone.
        outside = given(("AD",), permission) if role == "administrator" else set()
        assert can(person, permission, elsewhere) == bool(outside), (role, permission)
