"""What groups, imports, conditions and lists ask, and of whom."""

import datetime

import pytest
from django.utils import timezone

from coalitions import fixed_facts, group_asks, groups
from coalitions.models import Agreement, Condition, ConditionScore, GroupKind, ListEntry, ListKind
from tests import factories
from tests.coalitions.imports.tables import checked, csv_of

pytestmark = pytest.mark.django_db


def titles(person):
    return [ask.title for ask in group_asks.asks_of(person)]


def test_a_proposal_asks_the_coordinator(coalition, coordinator, partner):
    groups.propose(
        coalition=coalition, name="A", purpose="x", kind=GroupKind.LEARNING, is_open=False, by=partner
    )
    assert titles(coordinator) == ["Voorstel voor een werkgroep: A. Gaat die door?"]
    assert group_asks.asks_of(coordinator)[0].detail == "Maas en Peel, 1 keer gesteund"
    assert titles(partner) == []


def test_a_checked_import_asks_the_coordinator(coalition, coordinator):
    factories.make_type("welzijn")
    checked(coalition, coordinator, csv_of(["Naam", "Soort"], ["A", "welzijn"]))
    assert titles(coordinator) == ["De import van ‘leden.csv’ is gecontroleerd en nog niet opgeslagen"]


def test_an_agreement_asks_to_be_looked_at_again_on_its_day(coalition, coordinator):
    today = factories.today()
    for days, title in ((0, "Nu"), (1, "Morgen")):
        Agreement.objects.create(
            coalition=coalition,
            title=title,
            version="1",
            valid_from=datetime.date(2024, 1, 1),
            review_on=today + datetime.timedelta(days=days),
        )
    assert titles(coordinator) == ["Bekijk de afspraak ‘Nu’ opnieuw"]


def test_who_measured_before_is_asked_again_late_in_the_year(coalition, coordinator, monkeypatch):
    fixed_facts.load()
    ConditionScore.objects.create(
        coalition=coalition, condition=Condition.objects.first(), year=2024, score="missing"
    )
    for day, expected in (
        (datetime.date(2025, 9, 30), []),
        (datetime.date(2025, 10, 1), ["Vul de jaarmeting van 2025 in"]),
    ):
        monkeypatch.setattr(timezone, "localdate", lambda day=day: day)
        coordinator.__dict__.pop("_reach", None)
        assert titles(coordinator) == expected


def test_a_resting_group_asks_its_lead(coalition, coordinator, partner):
    group = factories.make_group(coalition, partner, name="Signaleren")
    assert titles(partner) == []
    groups.rest(group=group, by=coordinator)
    assert titles(partner) == ["De groep ‘Signaleren’ ligt stil. Ga je verder of rond je haar af?"]


def test_an_open_line_asks_its_owner(coalition, partner):
    entry = ListEntry.objects.create(
        coalition=coalition, kind=ListKind.INFORMATION_NEED, title="Hoeveel?", owner=partner
    )
    assert titles(partner) == ["Informatiebehoefte: Hoeveel?"]
    ListEntry.objects.filter(pk=entry.pk).update(done_on=factories.today())
    assert titles(partner) == []


def test_what_stands_on_one_list_is_one_thing_to_look_at(coalition, coordinator):
    elsewhere = factories.make_coalition("Elders")
    factories.give_role(coordinator, elsewhere)
    for place, kind, title in (
        (coalition, ListKind.INITIATIVE, "A"),
        (coalition, ListKind.INITIATIVE, "B"),
        (coalition, ListKind.POLICY_LINK, "C"),
        (elsewhere, ListKind.INITIATIVE, "D"),
    ):
        ListEntry.objects.create(coalition=place, kind=kind, title=title, owner=coordinator)
    found = group_asks.asks_of(coordinator)
    assert {(ask.title, ask.detail) for ask in found} == {
        ("Je zorgt voor 2 initiatieven waar we op aansluiten", "Maas en Peel"),
        ("Aanhaking: C", "Maas en Peel, staat op jouw naam"),
        ("Initiatief: D", "Elders, staat op jouw naam"),
    }
