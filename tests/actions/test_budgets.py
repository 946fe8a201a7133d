"""Money: divided to the cent, decided before it is given, and never more given than is sure."""

import threading
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from actions import allocations, budgets, contributions
from actions.allocations import AlreadySpentFrom, MoreThanAllocated, MoreThanIsSure, NobodyTakesPart
from actions.budgets import BudgetIsAdopted, IllegalBudgetStep, NotDivided, NothingToDivideBy, YearIsClosed
from actions.contributions import IllegalContributionStep, NotYours, SourceGivesNothing
from actions.models import (
    Allocation,
    BudgetState,
    BudgetYear,
    Contribution,
    ContributionState,
    Share,
    ShareKey,
)
from actions.models.budgets import BUDGET_MOVES
from actions.models.contributions import CONTRIBUTION_MOVES
from actions.presenters.budget import places_of, totals_of
from coalitions.models import Role
from portal.acts import Refused
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def budget(coalition, coordinator):
    return budgets.open_year(coalition=coalition, year=2027, by=coordinator)


@pytest.fixture
def town(coalition):
    municipality = coalition.municipalities().get(name="Beesel")
    organisation = factories.make_organisation(
        "Gemeente Beesel", type_code="gemeente", municipality=municipality
    )
    factories.make_member(coalition, organisation)
    return organisation


@pytest.fixture
def promised(budget, town, coordinator):
    return contributions.promise(budget=budget, organisation=town, amount=Decimal(1000), by=coordinator)


def decided(contribution, by):
    return contributions.decide(contribution=contribution, on=factories.today(), by=by)


def share_out(budget, by, *, key=ShareKey.EQUAL, amount="100.01", weights=("1", "1")):
    places = budget.coalition.municipalities().order_by("name")
    return budgets.share_out(
        budget=budget,
        to_share=Decimal(amount),
        key=key,
        weights={place: Decimal(weight) for place, weight in zip(places, weights, strict=True)},
        by=by,
    )


def test_a_year_is_opened_once(budget, coalition, coordinator):
    with pytest.raises(Refused, match="Voor dit jaar is er al een begroting"):
        budgets.open_year(coalition=coalition, year=2027, by=coordinator)


def test_shares_add_up_to_the_cent_and_can_be_divided_anew(budget, coordinator):
    share_out(budget, coordinator)
    assert sorted(budget.shares.values_list("amount", flat=True)) == [Decimal("50.00"), Decimal("50.01")]
    share_out(budget, coordinator, key=ShareKey.WEIGHTED, amount="100", weights=("1.5", "1"))
    amounts = dict(budget.shares.values_list("municipality__name", "amount"))
    assert amounts == {"Beesel": Decimal(60), "Venlo": Decimal(40)}
    budget = share_out(budget, coordinator, key=ShareKey.MANUAL, amount="0", weights=("10.10", "20.20"))
    assert budget.to_share == Decimal("30.30")


def test_nothing_to_divide_by_is_refused(budget, coordinator):
    with pytest.raises(NothingToDivideBy):
        share_out(budget, coordinator, key=ShareKey.INHABITANTS, weights=("0", "0"))


def test_an_adopted_division_stands_until_it_is_a_draft_again(budget, coordinator):
    share_out(budget, coordinator)
    budget = budgets.adopt(budget=budget, by=coordinator)
    with pytest.raises(BudgetIsAdopted):
        share_out(budget, coordinator)
    with pytest.raises(IntegrityError, match="verdeling verandert niet"), transaction.atomic():
        Share.objects.filter(budget_year=budget).update(amount=1)
    share_out(budgets.reopen(budget=budget, by=coordinator), coordinator, amount="7")


def test_a_division_that_does_not_add_up_is_never_adopted(budget, coordinator):
    share_out(budget, coordinator)
    BudgetYear.objects.filter(pk=budget.pk).update(to_share=Decimal("100.02"))
    with pytest.raises(Refused, match="samen niet het hele bedrag"):
        budgets.adopt(budget=budget, by=coordinator)


def test_an_amount_that_nobody_divided_is_not_adopted(budget, coordinator):
    BudgetYear.objects.filter(pk=budget.pk).update(to_share=5)
    with pytest.raises(NotDivided):
        budgets.adopt(budget=budget, by=coordinator)


@pytest.mark.parametrize("start", BudgetState)
@pytest.mark.parametrize("end", BudgetState)
def test_a_year_moves_only_along_its_moves(coalition, coordinator, start, end):
    if start == end:
        return
    budget = budgets.open_year(coalition=coalition, year=2027, by=coordinator)
    for step in {"draft": (), "adopted": ("adopted",), "closed": ("adopted", "closed")}[start]:
        BudgetYear.objects.filter(pk=budget.pk).update(state=step)
    act = {"draft": budgets.reopen, "adopted": budgets.adopt, "closed": budgets.close}[end]
    if end in BUDGET_MOVES.get(start, ()):
        assert act(budget=budget, by=coordinator).state == end
        return
    with pytest.raises(IllegalBudgetStep):
        act(budget=budget, by=coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetYear.objects.filter(pk=budget.pk).update(state=end)


@pytest.mark.parametrize("start", ContributionState)
@pytest.mark.parametrize("end", ContributionState)
def test_a_contribution_moves_only_along_its_moves(promised, coordinator, start, end):
    if start == end:
        return
    facts = {"decided_on": factories.today(), "state_reason": "Geen geld."}
    for step in {
        "promised": (),
        "decided": ("decided",),
        "received": ("decided", "received"),
        "withdrawn": ("withdrawn",),
    }[start]:
        Contribution.objects.filter(pk=promised.pk).update(state=step, **facts)
    if end in CONTRIBUTION_MOVES.get(start, ()):
        Contribution.objects.filter(pk=promised.pk).update(state=end, **facts)
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=promised.pk).update(state=end, **facts)
    acts = {
        "decided": lambda: decided(promised, coordinator),
        "received": lambda: contributions.receive(contribution=promised, by=coordinator),
        "withdrawn": lambda: contributions.withdraw(contribution=promised, reason="Nee", by=coordinator),
    }
    if end in acts:
        with pytest.raises(IllegalContributionStep):
            acts[end]()


def test_a_contribution_is_money_or_hours(budget, town, coordinator):
    with pytest.raises(Refused, match="een bedrag of een aantal uren"):
        contributions.promise(budget=budget, organisation=town, amount=Decimal(0), by=coordinator)
    contributions.promise(budget=budget, organisation=town, amount=Decimal(0), hours=40, by=coordinator)
    assert totals_of(budget).hours == 40


def test_a_source_gives_only_in_its_years(budget, coalition, town, coordinator):
    source = budgets.add_source(
        coalition=coalition, name="Impuls", kind="impuls", first_year=2021, last_year=2022, by=coordinator
    )
    with pytest.raises(SourceGivesNothing, match="geldt niet in 2027"):
        contributions.promise(
            budget=budget, organisation=town, amount=Decimal(1), source=source, by=coordinator
        )


def test_what_is_promised_decided_and_received_is_counted_apart(budget, town, promised, coordinator):
    second = contributions.promise(budget=budget, organisation=town, amount=Decimal(200), by=coordinator)
    contributions.receive(contribution=decided(second, coordinator), by=coordinator)
    totals = totals_of(budget)
    assert (totals.promised, totals.decided, totals.received) == (1200, 200, 200)
    row = next(row for row in places_of(budget, coordinator) if row.name == "Beesel")
    assert (row.promised, row.decided, row.received) == (1200, 200, 200)


def test_an_alderman_confirms_for_her_own_municipality_only(coalition, budget, alderman, coordinator):
    organisation = coalition.memberships.get(organisation__name="Gemeente Beesel").organisation
    own = contributions.promise(budget=budget, organisation=organisation, amount=Decimal(5), by=coordinator)
    stranger = factories.make_organisation("Zorggroep")
    factories.make_member(coalition, stranger)
    other = contributions.promise(budget=budget, organisation=stranger, amount=Decimal(5), by=coordinator)
    confirmed = contributions.confirm(contribution=own, on=factories.today(), by=alderman)
    assert confirmed.state == ContributionState.DECIDED
    with pytest.raises(NotYours):
        contributions.confirm(contribution=other, on=factories.today(), by=alderman)


def test_no_more_is_given_than_is_decided_unless_with_a_reason(budget, promised, coordinator):
    give = {"budget": budget, "purpose": "Coördinatie", "by": coordinator}
    with pytest.raises(MoreThanIsSure):
        allocations.allocate(amount=Decimal(1), **give)
    decided(promised, coordinator)
    allocations.allocate(amount=Decimal(1000), **give)
    with pytest.raises(MoreThanIsSure):
        allocations.allocate(amount=Decimal("0.01"), **give)
    with pytest.raises(IntegrityError, match="meer toegekend dan besloten"), transaction.atomic():
        Allocation.objects.create(budget_year=budget, purpose="Langs de achterdeur", amount=1)
    allocations.allocate(amount=Decimal(50), overcommit_reason="Toegezegd door de provincie", **give)
    assert totals_of(budget).over == 50


def test_an_allocation_is_for_one_thing(budget, promised, coordinator):
    decided(promised, coordinator)
    with pytest.raises(Refused, match="Kies één ding"):
        allocations.allocate(budget=budget, amount=Decimal(1), by=coordinator)


def test_no_more_is_spent_than_was_given_and_what_is_spent_from_stays(budget, promised, coordinator):
    decided(promised, coordinator)
    given = allocations.allocate(budget=budget, amount=Decimal(100), purpose="Zaal", by=coordinator)
    spend = {"allocation": given, "on": factories.today(), "description": "Huur", "by": coordinator}
    allocations.spend(amount=Decimal(60), **spend)
    with pytest.raises(MoreThanAllocated, match="40 over"):
        allocations.spend(amount=Decimal("40.01"), **spend)
    with pytest.raises(AlreadySpentFrom):
        allocations.remove(allocation=given, by=coordinator)


def test_a_purchase_is_by_the_place(coalition, budget, coordinator):
    places = dict.fromkeys(coalition.municipalities(), 0)
    facts = {"budget": budget, "name": "Cursus", "supplier": "", "unit_price": Decimal("12.50")}
    with pytest.raises(NobodyTakesPart):
        allocations.buy_together(places=places, by=coordinator, **facts)
    allocations.buy_together(places={**places, next(iter(places)): 3}, by=coordinator, **facts)
    assert sorted(row.cost for row in places_of(budget, coordinator)) == [0, Decimal("37.50")]


def test_in_a_closed_year_nothing_moves(budget, promised, coordinator):
    budgets.close(budget=budgets.adopt(budget=budget, by=coordinator), by=coordinator)
    with pytest.raises(YearIsClosed):
        decided(promised, coordinator)
    with pytest.raises(YearIsClosed):
        allocations.allocate(budget=budget, amount=Decimal(1), purpose="Zaal", by=coordinator)


@pytest.mark.django_db(transaction=True)
def test_of_two_allocations_at_once_only_what_is_sure_is_given(coalition, coordinator):
    budget = budgets.open_year(coalition=coalition, year=2027, by=coordinator)
    organisation = factories.make_organisation("Gever")
    factories.make_member(coalition, organisation)
    decided(
        contributions.promise(budget=budget, organisation=organisation, amount=Decimal(100), by=coordinator),
        coordinator,
    )
    refused = []

    def give():
        try:
            allocations.allocate(budget=budget, amount=Decimal(70), purpose="Zaal", by=coordinator)
        except MoreThanIsSure:
            refused.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=give) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refused), totals_of(budget).allocated) == (3, 70)


def test_other_coordinators_have_nothing_to_do_with_it(budget, promised, coalition):
    reader = factories.make_person()
    factories.give_role(reader, coalition, Role.TEAM)
    assert list(contributions.readable_by(reader, coalition)) == []
