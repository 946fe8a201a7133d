import pytest
from django.urls import reverse

from coalitions.models import Coalition
from monitoring.models import Observation
from tests import factories

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
    assert "Demonstratiecijfer: verzonnen, niet gebruiken" in text


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


def test_who_speaks_for_no_municipality_sees_no_such_block(early_births, coordinator, log_in, url):
    assert "Uw gemeente naast de regio" not in text_of(log_in(coordinator).get(url))


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
    (item, picture), *others = response.context["headlines"]
    assert (item.reading.period, others) == ("2023", [])
    assert "2022" in picture
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
