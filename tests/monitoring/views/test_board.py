import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions import budgets, contributions
from coalitions import members
from coalitions.models import Coalition, Role, Seat
from monitoring import board_items, headlines, indicator_sets, releases
from monitoring.models import BoardVisit, Observation
from partners.models import Area, Organisation
from portal import hooks
from tests import factories
from tests.covenants.signing_cast import make_signatory, open_round, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(coalition: Coalition) -> str:
    return reverse("monitoring:board", args=[coalition.slug])


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_an_alderman_sees_the_region_beside_the_country(early_births, alderman, log_in, url):
    text = text_of(log_in(alderman).get(url))
    assert "Zo gaat het in de regio" in text
    # 107 of 1,410 children in three municipalities, and 237 of 3,410 in the country.
    assert "7,6%" in text
    assert "Nederland: <strong>7,0%</strong>" in text
    assert "Marge door toeval voor de regio: 6,3 tot 9,1 procent" in text
    assert "Geen duidelijk verschil met Nederland. Het verschil kan toeval zijn." in text
    assert "verzonnen, niet gebruiken" in text


def test_the_board_needs_a_log_in(client, url):
    response = client.get(url)
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_for_an_outsider_the_board_does_not_exist(outsider, log_in, url):
    assert log_in(outsider).get(url).status_code == 404


def test_the_platform_administrator_has_no_seat_at_the_board(administrator, log_in, url):
    assert log_in(administrator).get(url).status_code == 404


def test_the_board_is_read_only(alderman, log_in, url):
    assert log_in(alderman).post(url).status_code == 405


def test_without_figures_the_board_says_what_is_next(alderman, log_in, url):
    text = text_of(log_in(alderman).get(url))
    assert "Er zijn nog geen cijfers van deze regio." in text
    assert reverse("monitoring:methods") in text


def test_an_alderman_sees_her_own_municipality_and_why_it_is_empty(early_births, alderman, log_in, url):
    text = text_of(log_in(alderman).get(url))
    assert "Uw gemeente naast de regio" in text
    assert "Niet getoond: te kleine aantallen" in text


def test_a_municipality_that_is_the_whole_region_does_not_stand_beside_itself(
    early_births, coalition, alderman, log_in, url
):
    coalition.area.member_links.exclude(member__code="GM0889").update(valid_to=factories.today())
    text = text_of(log_in(alderman).get(url))
    assert "Uw gemeente naast de regio" not in text
    assert "Wie doet mee in Beesel?" in text


def test_who_speaks_for_no_municipality_sees_no_such_block(early_births, coordinator, log_in, url):
    assert "Uw gemeente naast de regio" not in text_of(log_in(coordinator).get(url))


def test_a_governor_without_a_municipality_is_told_why_she_sees_the_region(
    early_births, coalition, alderman, log_in, url
):
    figurehead = factories.make_person("Bo Boegbeeld")
    factories.give_role(figurehead, coalition, Role.FIGUREHEAD)
    text = text_of(log_in(figurehead).get(url))
    assert "U spreekt hier niet voor één gemeente. Daarom ziet u de hele regio." in text
    assert "Uw gemeente naast de regio" not in text
    assert "U spreekt hier niet" not in text_of(log_in(alderman).get(url))


def test_inhabitants_are_a_full_count_with_their_source(deliver, country, alderman, log_in, url):
    deliver(
        ("GM0983", 2022, "inwoners-per-huishouden", 101_000, 48_000),
        ("GM0889", 2022, "inwoners-per-huishouden", 13_400, 6_100),
        ("GM0983", 2023, "inwoners-per-huishouden", 102_176, 48_500),
        ("GM0889", 2023, "inwoners-per-huishouden", 13_561, 6_200),
    )
    text = text_of(log_in(alderman).get(url))
    assert "114.400 (2022)" in text
    assert "115.737 (2023)" in text
    assert "CBS, Kadaster (PDOK)" in text
    assert "uidelijk hoger" not in text


def test_what_is_asked_is_shown_only_where_something_is_asked(alderman, log_in, url):
    text = text_of(log_in(alderman).get(url))
    assert "Dit vragen wij van u" not in text
    assert "Wij vragen nu niets van u." in text


def test_the_newest_period_of_each_figure_leads_the_page(early_births, alderman, log_in, url):
    response = log_in(alderman).get(url)
    headlines = response.context["headlines"]
    assert headlines.count("<article") == 1
    assert "2023 · Bron" in headlines
    assert ">2022<" in headlines.split("<svg")[1]
    assert response.context["calculated_at"]


def test_the_number_of_queries_does_not_grow_with_the_region(
    early_births, coalition, alderman, log_in, url, django_assert_max_num_queries
):
    client = log_in(alderman)
    client.get(url)
    with django_assert_max_num_queries(12) as small:
        client.get(url)
    count = len(small.captured_queries)
    observed = Observation.objects.filter(area__code="GM0983").first()
    for _ in range(40):
        area = factories.make_area()
        factories.put_in_region(coalition.area, area)
        observed.pk, observed.area = None, area
        observed.save(force_insert=True)
    with django_assert_max_num_queries(count):
        client.get(url)


def test_who_does_not_govern_is_asked_nothing_on_this_page(coordinator, log_in, url):
    text = " ".join(log_in(coordinator).get(url).content.decode().split())
    assert "vragen" not in text.split("<main", 1)[1].split("</main>", 1)[0]


def test_figures_of_a_release_are_worked_out_once_for_all_who_look(
    early_births, alderman, coordinator, log_in, url, django_assert_max_num_queries
):
    log_in(coordinator).get(url)
    with CaptureQueriesContext(connection) as queries:
        text = text_of(log_in(coordinator).get(url))
    assert "7,6%" in text
    assert not [one for one in queries if "monitoring_aggregate" in one["sql"]]


def test_a_figure_that_is_withdrawn_leaves_the_page_at_once(early_births, alderman, analyst, log_in, url):
    client = log_in(alderman)
    assert "7,6%" in text_of(client.get(url))
    withdrawn = Observation.objects.filter(area__code="GM0983", period__code="2023").get()
    area = alderman_area(url)
    releases.withdraw(
        indicator=withdrawn.indicator, period=withdrawn.period, area=area, reason="fout", by=analyst
    )
    text = text_of(client.get(url))
    assert "7,6%" not in text
    assert "Niet getoond: dit cijfer is ingetrokken" in text


def alderman_area(url: str) -> Area:
    return Coalition.objects.get(slug=url.split("/")[2]).area


def test_the_choice_of_the_coordinator_leads_even_before_there_are_figures(
    early_births, coalition, coordinator, alderman, log_in, url
):
    headlines.choose(coalition=coalition, codes=["perinatale-sterfte", "vroeggeboorte"], by=coordinator)
    shown = log_in(alderman).get(url).context["headlines"]
    assert shown.index("Perinatale sterfte") < shown.index("Vroeggeboorte")
    assert "Nog niet aangeleverd" in shown


def test_the_board_names_who_has_not_signed_and_who_takes_part_in_my_municipality(
    coalition, coordinator, alderman, partner, log_in, url
):
    version = factories.freeze(factories.make_draft(coalition))
    text = text_of(log_in(alderman).get(url))
    assert f"0 van de 2 leden hebben getekend: {version.covenant.title}." in text
    # The municipality first, then the others.
    assert "Nog niet ondertekend:</strong> Gemeente Beesel, Welzijn Maasdorp" in text
    assert "1 organisatie doet mee, 0 daarvan tekenden." in text
    assert "Gemeente Beesel, gemeente: nog niet ondertekend" in text


def test_of_two_texts_the_board_counts_the_one_with_most_parties_and_names_the_other(
    coalition, coordinator, alderman, partner, log_in, url
):
    first = open_round(factories.freeze(factories.make_draft(coalition, "Convenant")), coordinator).version
    parties = [make_signatory(coalition, coordinator) for _ in range(2)]
    for party in parties:
        sign(first, party)
    second = open_round(factories.freeze(factories.make_draft(coalition, "Bijlage")), coordinator).version
    sign(second, parties[0])
    sign(second, make_signatory(coalition, coordinator))
    sign(first, make_signatory(coalition, coordinator))
    text = text_of(log_in(alderman).get(url))
    assert "3 van de 6 leden hebben getekend: Convenant." in text
    assert "Andere tekst: Bijlage." in text


def test_what_changed_since_the_last_visit_stays_new_for_the_whole_visit(coalition, alderman, log_in, url):
    client = log_in(alderman)
    assert "Nieuw sinds uw bezoek" not in text_of(client.get(url))
    BoardVisit.objects.update(seen_at=timezone.now() - datetime.timedelta(days=3))
    newcomer = factories.make_organisation("Kraamzorg Nieuw")
    membership = members.admit(
        membership=factories.make_member(coalition, newcomer, state="in_talks"), by=None
    )
    for _ in range(2):
        text = text_of(client.get(url))
        assert "Nieuw sinds uw bezoek" in text
        assert f"{membership.organisation} is lid geworden." in text


def test_what_is_long_known_or_happened_elsewhere_is_not_new(coalition, alderman, log_in, url):
    client = log_in(alderman)
    client.get(url)
    longer_ago = factories.make_member(coalition, factories.make_organisation("Al lid"), state="in_talks")
    members.admit(membership=longer_ago, by=None)
    now = timezone.now()
    BoardVisit.objects.update(before_at=now, seen_at=now + datetime.timedelta(seconds=1))
    elsewhere = factories.make_coalition("Elders")
    newcomer = factories.make_member(elsewhere, factories.make_organisation("Ver weg"), state="in_talks")
    members.admit(membership=newcomer, by=None)
    assert "is lid geworden" not in text_of(client.get(url))


def test_only_who_governs_for_an_organisation_answers_what_is_asked_of_it(
    coalition, coordinator, alderman, log_in, url
):
    own, former, other = (
        alderman.representatives.get(),
        *(
            factories.make_representative(person, factories.make_organisation(name), function="bestuurder")
            for person, name in (
                (alderman, "Vorige stichting"),
                (factories.make_person("Ander"), "Andere stichting"),
            )
        ),
    )
    for representative in (former, other):
        factories.give_seat(factories.make_member(coalition, representative.organisation), representative)
    Seat.objects.filter(representative=former).update(valid_to=timezone.localdate())
    asked = {
        one: board_items.ask(
            coalition=coalition,
            question=f"Vraag aan {one.organisation}",
            organisation=one.organisation,
            due_on=factories.today(),
            by=coordinator,
        )
        for one in (own, former, other)
    }
    elsewhere = factories.make_coalition("Elders")
    board_items.ask(coalition=elsewhere, question="Vraag elders", due_on=factories.today(), by=coordinator)
    text = text_of(log_in(alderman).get(url))
    buttons = {
        one: reverse("monitoring:board-item-answer", args=[coalition.slug, item.pk]) in text
        for one, item in asked.items()
    }
    assert buttons == {own: True, former: False, other: False}
    assert all(item.question in text for item in asked.values())
    assert "Vraag elders" not in text


def test_an_alderman_answers_with_one_click_and_sees_her_answer(
    coalition, coordinator, alderman, log_in, url
):
    item = board_items.ask(
        coalition=coalition, question="Maak geld vrij", due_on=factories.today(), by=coordinator
    )
    client = log_in(alderman)
    text = text_of(client.get(url))
    assert "Dit vragen wij van u" in text
    assert "Maak geld vrij" in text
    answer = reverse("monitoring:board-item-answer", args=[coalition.slug, item.pk])
    client.post(answer, {"kind": "decided"})
    text = text_of(client.get(url))
    assert "Uw antwoord: <strong>besloten</strong>" in text
    assert "Besloten: 1" in text


@pytest.fixture
def money(coalition, coordinator, alderman):
    """One municipality promised and decided, another only promised; part of it goes to a purchase."""
    budget = budgets.open_year(coalition=coalition, year=factories.today().year, by=coordinator)
    towns = Organisation.objects.filter(memberships__coalition=coalition, type__code="gemeente")
    given = contributions.promise(
        budget=budget, organisation=towns.first(), amount=Decimal(10_000), by=coordinator
    )
    contributions.decide(contribution=given, on=factories.today(), by=coordinator)
    contributions.promise(budget=budget, organisation=towns.first(), amount=Decimal(5_000), by=coordinator)
    return budget


def test_the_money_is_told_in_amounts_that_nobody_adds_up(money, alderman, log_in, url):
    text = text_of(log_in(alderman).get(url)).replace("\N{NO-BREAK SPACE}", " ")
    assert "Toegezegd € 15.000, waarvan besloten € 10.000 en ontvangen € 0." in text
    assert money.get_absolute_url() in text


def test_an_analyst_reads_no_money(money, coalition, log_in, url):
    analyst = factories.make_person("Anna Analist")
    factories.give_role(analyst, coalition, Role.ANALYST)
    assert "Het geld" not in text_of(log_in(analyst).get(url))


def test_without_a_budget_the_page_says_nothing_of_money(alderman, log_in, url):
    assert "Het geld" not in text_of(log_in(alderman).get(url))


def test_the_board_speaks_of_the_set_that_the_coalition_chose(
    early_births, coalition, coordinator, alderman, log_in, url, deliver
):
    rows = (("GM0983", 60, 900), ("GM0889", 15, 110), ("GM0988", 40, 400), ("GM0014", 130, 2000))
    deliver(*((code, 2023, "big2", count, size) for code, count, size in rows), filename="big2.csv")
    client = log_in(alderman)
    text = text_of(client.get(url))
    assert "Vroeggeboorte" in text
    assert "BIG2" in text
    # Nobody read the definition of teenage mothers at its source: governors do not see it.
    for code in ("tienermoeders", "big2"):
        indicator_sets.choose(coalition=coalition, code=code, by=coordinator)
    text = text_of(client.get(url))
    assert "BIG2" in text
    assert "Vroeggeboorte" not in text
    headlines.choose(coalition=coalition, codes=["vroeggeboorte"], by=coordinator)
    assert "Vroeggeboorte" in text_of(client.get(url))


def test_of_many_asks_paper_has_the_first_and_the_number_of_the_others(alderman, log_in, url, monkeypatch):
    asks = [
        hooks.Ask(title=f"Vraag {number}", url=f"/vraag/{number}/", action="Antwoord")
        for number in range(1, 8)
    ]
    monkeypatch.setattr(hooks, "asks_of", lambda _person: asks)
    text = text_of(log_in(alderman).get(url))
    assert '<li><a href="/vraag/5/">' in text
    assert '<li class="no-print"><a href="/vraag/6/">' in text
    assert '<li class="print-only">En nog 2: zie deze pagina op een scherm.</li>' in text
    monkeypatch.setattr(hooks, "asks_of", lambda _person: asks[:5])
    assert "print-only" not in text_of(log_in(alderman).get(url))
