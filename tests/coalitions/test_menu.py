"""The menu inside a coalition, and what somebody is there."""

import pytest

from coalitions import menu
from coalitions.models import Role
from tests import factories

INSIDE = [
    "Overzicht",
    "Leden",
    "Convenant",
    "Actieprogramma",
    "Bijeenkomsten",
    "Geld",
    "Cijfers",
    "Voor bestuurders",
]


@pytest.mark.parametrize(
    ("fixture", "labels"),
    [
        ("coordinator", [*INSIDE, "Beheer"]),
        ("partner", INSIDE),
        ("alderman", INSIDE),
        ("outsider", ["Overzicht", "Convenant", "Cijfers"]),
    ],
)
def test_shows_what_somebody_may_see(coalition, request, fixture, labels):
    person = request.getfixturevalue(fixture)
    entries = menu.entries(coalition, person, path="/")
    assert [label for label, _, _ in entries] == labels


@pytest.mark.parametrize(
    ("path", "current"),
    [("", "Overzicht"), ("leden/", "Leden"), ("begroting/2027/", "Geld"), ("beheer/", "Beheer")],
)
def test_marks_one_entry_as_current(coalition, coordinator, path, current):
    entries = menu.entries(coalition, coordinator, path=coalition.get_absolute_url() + path)
    assert [label for label, _, is_current in entries if is_current] == [current]


def test_figures_open_with_this_coalition(coalition, coordinator):
    addresses = {label: url for label, url, _ in menu.entries(coalition, coordinator, path="/")}
    assert addresses["Cijfers"] == f"/coalities/{coalition.slug}/cijfers/"


def test_several_roles_become_one_phrase(coalition, partner):
    factories.give_role(partner, coalition, Role.TEAM)
    factories.give_role(partner, coalition, Role.ANALYST)
    assert menu.role_words(partner, coalition) == "lid van het kernteam, partner en analist"


def test_a_mandate_makes_a_partner_one_with_power_to_sign(coalition, partner, coordinator):
    factories.give_mandate(partner.representatives.get(), checked_by=coordinator)
    assert menu.role_line(partner, coalition) == "Je bent hier partner met tekenbevoegdheid."


def test_an_outsider_is_nothing_here(coalition, outsider):
    assert menu.role_line(outsider, coalition) == ""


def test_who_governs_is_addressed_formally(coalition, alderman):
    assert menu.role_line(alderman, coalition) == "U bent hier partner en bestuurder."
