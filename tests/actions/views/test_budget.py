"""The pages of money, as each role uses them."""

import io
from decimal import Decimal

import pytest
from django.urls import reverse

from actions import allocations, budgets, contributions
from actions.models import Allocation, BudgetYear, Contribution, ContributionState
from tests import factories

pytestmark = pytest.mark.django_db


def address(name, coalition, *more):
    return reverse(f"actions:{name}", args=[coalition.slug, *more])


@pytest.fixture
def budget(coalition, coordinator):
    return budgets.open_year(coalition=coalition, year=2027, by=coordinator)


def text_of(response):
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_a_coordinator_makes_a_budget_from_key_to_expense(coalition, coordinator, partner, log_in):
    client = log_in(coordinator)
    client.post(address("budget-add", coalition), {"year": "2027"})
    budget = BudgetYear.objects.get()
    wrong = client.post(address("budget-share", coalition, 2027), {"key": "equal", "to_share": "veel"})
    assert wrong.status_code == 422
    assert "Vul een bedrag in, zoals 12.500" in text_of(wrong)
    client.post(
        address("budget-share", coalition, 2027),
        {"key": "weighted", "to_share": "1.000", "gemeente-GM0889": "1,5", "gemeente-GM0983": "1"},
    )
    assert set(budget.shares.values_list("amount", flat=True)) == {Decimal(600), Decimal(400)}

    organisation = coalition.memberships.get().organisation
    client.post(
        address("contribution-add", coalition, 2027), {"organisation": organisation.pk, "amount": "2.500,50"}
    )
    line = Contribution.objects.get()
    client.post(address("contribution-decide", coalition, 2027, line.pk), {"on": "2026-01-05"})
    client.post(address("contribution-receive", coalition, 2027, line.pk))

    too_much = client.post(address("allocation-add", coalition, 2027), {"purpose": "Zaal", "amount": "3000"})
    assert "499,50 te veel" in text_of(too_much)
    client.post(address("allocation-add", coalition, 2027), {"purpose": "Zaal", "amount": "2000"})
    allocation = Allocation.objects.get()
    client.post(
        address("expense-add", coalition, 2027, allocation.pk),
        {"on": "2026-02-01", "amount": "150", "description": "Huur"},
    )
    client.post(address("budget-adopt", coalition, 2027))
    page = text_of(client.get(address("budget-detail", coalition, 2027)))
    for shown in ("€ 600", "€ 2.500,50", "€ 2.000", "€ 150", "Vastgesteld"):
        assert shown in page
    assert "2500,50" in client.get(address("contribution-csv", coalition, 2027)).content.decode()


def test_partners_see_totals_and_their_own_lines_alone(coalition, budget, coordinator, partner, log_in):
    own = coalition.memberships.get().organisation
    other = factories.make_organisation("Andere zorggroep")
    factories.make_member(coalition, other)
    for organisation in (own, other):
        contributions.promise(budget=budget, organisation=organisation, amount=Decimal(40), by=coordinator)
    page = text_of(log_in(partner).get(address("budget-detail", coalition, 2027)))
    assert "€ 80" in page
    assert "Andere zorggroep" not in page


def test_an_alderman_is_asked_and_confirms(coalition, budget, coordinator, alderman, log_in):
    town = coalition.memberships.get(organisation__name="Gemeente Beesel").organisation
    line = contributions.promise(budget=budget, organisation=town, amount=Decimal(900), by=coordinator)
    client = log_in(alderman)
    confirm = address("contribution-confirm", coalition, 2027, line.pk)
    asked = text_of(client.get(reverse("coalitions:my-page")))
    assert "Bevestig de bijdrage van Gemeente Beesel voor 2027" in asked
    assert confirm in text_of(client.get(address("budget-detail", coalition, 2027)))
    client.post(confirm, {"on": "2026-03-01", "decision_ref": "College, 1 maart"})
    line.refresh_from_db()
    assert (line.state, line.decision_ref) == (ContributionState.DECIDED, "College, 1 maart")
    assert client.get(confirm).status_code == 404


def test_an_outsider_finds_no_money(coalition, budget, outsider, log_in):
    assert log_in(outsider).get(address("budget-detail", coalition, 2027)).status_code == 404


def test_a_year_asks_as_little_for_many_lines_as_for_few(coalition, budget, coordinator, log_in, cost_of):
    url = address("budget-detail", coalition, 2027)
    client = log_in(coordinator)
    before = cost_of(client, url)
    for number in range(10):
        organisation = factories.make_organisation(f"Gever {number}")
        factories.make_member(coalition, organisation)
        line = contributions.promise(
            budget=budget, organisation=organisation, amount=Decimal(100), by=coordinator
        )
        contributions.decide(contribution=line, on=factories.today(), by=coordinator)
        allocations.allocate(budget=budget, amount=Decimal(10), purpose=f"Zaal {number}", by=coordinator)
    assert cost_of(client, url) <= before <= 12


def test_a_year_is_never_written_as_an_amount(coalition, budget, coordinator, log_in):
    for first, last in ((2026, None), (2023, 2027)):
        budgets.add_source(
            coalition=coalition,
            name=f"Bron {first}",
            kind="own",
            first_year=first,
            last_year=last,
            by=coordinator,
        )
    client = log_in(coordinator)
    shown = text_of(client.get(address("budget-list", coalition)))
    assert "vanaf 2026" in shown
    assert "2023–2027" in shown
    shown += text_of(client.get(address("budget-detail", coalition, 2027)))
    assert "Begroting 2027" in shown
    assert "2.0" not in shown


def test_the_division_is_shown_again_as_it_was_filled_in(coalition, budget, coordinator, log_in):
    client = log_in(coordinator)
    share = address("budget-share", coalition, 2027)
    filled_in = {"key": "weighted", "to_share": "140.000", "gemeente-GM0889": "1,5", "gemeente-GM0983": "1"}
    client.post(share, filled_in)
    shown = text_of(client.get(share))
    for value in ("140.000", "1,5"):
        assert f'value="{value}"' in shown


class TestCounts:
    """The numbers of inhabitants and births that a division starts from."""

    @pytest.fixture
    def deliver(self, coalition):
        from monitoring import fixed_facts
        from monitoring.imports import import_observations

        fixed_facts.load()

        def deliver(indicator, year, *rows):
            lines = [f"{code};{year};{indicator};{count};{of}" for code, count, of in rows]
            content = "\n".join(["gemeentecode;periode;indicator;teller;noemer", *lines]).encode()
            import_observations(
                source=io.BytesIO(content), filename=f"{year}.csv", by=None, source_name="CBS"
            )
            factories.publish_figures()

        return deliver

    def test_without_a_figure_of_births_the_page_says_so(self, coalition, budget, coordinator, log_in):
        shown = text_of(log_in(coordinator).get(address("budget-share", coalition, 2027)))
        assert "Van het aantal geboorten per gemeente is in dit portaal geen cijfer gepubliceerd" in shown
        assert "aantallen=" not in shown

    def test_published_births_fill_the_form_with_their_source(
        self, coalition, budget, coordinator, log_in, deliver
    ):
        deliver("levendgeborenen", 2022, ("GM0983", 900, 100000), ("GM0889", 120, 13000))
        deliver("levendgeborenen", 2023, ("GM0983", 910, 102176))
        page = address("budget-share", coalition, 2027)
        shown = text_of(log_in(coordinator).get(f"{page}?aantallen=geboorten"))
        assert 'value="910"' in shown
        assert "2023" in shown
        # The number of another year is not put beside it.
        assert 'value="120"' not in shown
        assert "Niet bekend voor Beesel: vul die zelf in." in shown

    def test_counts_need_their_source(self, coalition, budget, coordinator, log_in):
        given = {"key": "births", "to_share": "100", "gemeente-GM0889": "120", "gemeente-GM0983": "910"}
        client = log_in(coordinator)
        page = address("budget-share", coalition, 2027)
        refused = client.post(page, given)
        assert refused.status_code == 422
        assert "Schrijf op waar deze aantallen vandaan komen." in text_of(refused)
        client.post(page, {**given, "key_source": "GGD, 2025"})
        budget.refresh_from_db()
        assert (budget.key, budget.key_source) == ("births", "GGD, 2025")
