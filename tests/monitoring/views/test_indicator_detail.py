import html
import io
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions import work
from monitoring import funnel_chart, indicator_charts, keeping
from monitoring.imports import import_observations
from monitoring.models import Indicator, Observation
from monitoring.presenters.indicator import OLDER
from partners.areas import load_areas
from partners.models import AreaKind
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("early_births_once")]

URL = "/indicatoren/vroeggeboorte/"
# A release gives many pages, each drawn once: what that costs, hardly anybody waits for.
COLD = 20


def questions(queries: CaptureQueriesContext) -> int:
    """How many there were, beside those of the cache: it may know a chart or not."""
    asked = [query["sql"] for query in queries.captured_queries]
    return len([sql for sql in asked if "portal_cache" not in sql and "SAVEPOINT" not in sql])


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_everybody_sees_the_figure_of_the_country_first(early_births, client):
    response = client.get(URL)
    text = text_of(response)
    assert "<h2>Nederland, 2023</h2>" in text
    assert "Hoeveel kinderen worden te vroeg geboren?" in text
    assert "7,0%" in text
    assert "Wij maken geen ranglijst" in text


def test_a_member_sees_her_own_coalition_first(early_births, coordinator, log_in):
    assert "<h2>Maas en Peel, 2023</h2>" in text_of(log_in(coordinator).get(URL))


def test_area_and_period_are_chosen_in_the_address(early_births, coalition, client):
    text = text_of(client.get(URL, {"gebied": coalition.slug, "periode": "2022"}))
    assert "<h2>Maas en Peel, 2022</h2>" in text
    assert "Cijfers van 3 van de 3 gemeenten" in text
    assert "Het gaat om <strong>107 te vroeg geboren kinderen op 1.410 geboren kinderen</strong>." in text


def test_a_municipality_can_be_chosen_too(early_births, client):
    text = text_of(client.get(URL, {"gebied": "GM0983"}))
    assert "6,7%" in text
    assert "Alles over Venlo" in text


@pytest.mark.parametrize(
    "query",
    [{"gebied": "GM9999"}, {"gebied": "' OR 1=1"}, {"periode": "1066"}],
)
def test_an_unknown_choice_does_not_exist(early_births, client, query):
    assert client.get(URL, query).status_code == 404


def test_an_unknown_indicator_does_not_exist(early_births, client):
    assert client.get("/indicatoren/geluk/").status_code == 404


def test_a_coalition_that_is_not_public_cannot_be_asked_for(early_births, client):
    hidden = factories.make_coalition("Geheim", is_public=False)
    assert client.get(URL, {"gebied": hidden.slug}).status_code == 404


def test_the_page_is_read_only(early_births, client):
    assert client.post(URL).status_code == 405


def test_every_empty_cell_has_its_reason_and_no_trace_of_the_number(early_births, coalition, client):
    text = text_of(client.get(URL, {"gebied": coalition.slug}))
    assert "Niet getoond: te kleine aantallen" in text
    # Beesel: 7 of 110 is 6.4 percent (interval 3.1 to 12.6). Its neighbour would tell: 40 of 400.
    assert "Niet getoond: anders is een klein aantal uit te rekenen" in text
    for trace in (
        "6,4%",
        "6.3636",
        "0.0636",
        "3,1 tot 12,6",
        ">110<",
        ">7<",
        "7,4 tot 13,3",
        ">400<",
    ):
        assert trace not in text


def test_each_figure_has_one_dutch_label_and_hidden_parts(early_births, coalition, client):
    text = text_of(client.get(URL, {"gebied": coalition.slug}))
    labels = re.findall(r'role="img" aria-label="([^"]+)"', text)
    assert len(labels) == 3
    assert labels[0].startswith("Vroeggeboorte in Maas en Peel (2023): 7,6 procent.")
    assert text.count("<figcaption>") == 3
    for svg in re.findall(r"<svg .*?</svg>", text):
        assert 'aria-hidden="true"' in svg.split(">")[0]


def test_the_origin_leads_back_to_the_file(early_births, client):
    text = text_of(client.get(URL))
    assert "proef.csv" in text
    assert early_births.sha256[:12] in text


def test_for_the_country_the_provinces_are_the_rows_of_the_chart(early_births, coalition, deliver, client):
    province = factories.make_area("Limburg", kind=AreaKind.PROVINCE, code="PV31")
    factories.put_in_region(province, *coalition.municipalities())
    deliver(("GM0983", 2021, "vroeggeboorte", 60, 900))
    text = text_of(client.get(URL, {"periode": "2021"}))
    assert "<h2>Per provincie</h2>" in text
    assert "Limburg" in text


def test_the_number_of_queries_is_the_same_for_few_and_many_municipalities(
    early_births, coalition, coordinator, log_in, django_assert_max_num_queries
):
    client = log_in(coordinator)
    query = {"gebied": coalition.slug}
    with CaptureQueriesContext(connection) as few:
        client.get(URL, query)
    with django_assert_max_num_queries(12):
        client.get(URL, query)
    observed = Observation.objects.get(area__code="GM0983", period__code="2023")
    for _ in range(30):
        area = factories.make_area()
        factories.put_in_region(coalition.area, area)
        observed.pk, observed.area = None, area
        observed.save(force_insert=True)
    # Who joins a region stands in its tables at once.
    with CaptureQueriesContext(connection) as many:
        text = text_of(client.get(URL, query))
    assert questions(many) <= questions(few) <= COLD
    assert text.count("waar dit getal vandaan komt") == 31 + 2


def test_what_can_be_chosen_is_a_link_that_keeps_the_rest(early_births, coalition, client):
    text = text_of(client.get(URL, {"gebied": "GM0983", "vergelijk": coalition.slug}))
    kept = f"?gebied=GM0983&amp;periode=2022&amp;vergelijk={coalition.slug}"
    assert f'<a id="kies-periode-1" href="{kept}" >2022</a>' in text
    assert re.search(r'id="kies-vergelijk-2" href="[^"]+" aria-current="true">Maas en Peel', text)
    assert "Duidelijk" in text or "Geen duidelijk verschil met de rest van Maas en Peel" in text


def test_a_choice_by_a_script_gives_only_what_changes(early_births, coalition, client):
    response = client.get(URL, {"gebied": coalition.slug}, headers={"HX-Request": "true"})
    text = text_of(response)
    assert text.startswith('<div id="cijfers"')
    assert "<html" not in text
    assert 'hx-swap-oob="innerHTML">Vroeggeboorte in Maas en Peel (2023)' in text
    assert "HX-Request" in response["Vary"]
    going_back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in text_of(client.get(URL, headers=going_back))


def test_who_asks_again_gets_nothing_new(early_births, client):
    first = client.get(URL)
    assert client.get(URL, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_other_figures_of_the_theme_stand_beside_it(early_births, deliver, coalition, client):
    deliver(("GM0983", 2023, "big2", 90, 900), ("GM0014", 2023, "big2", 300, 2000))
    text = text_of(client.get(URL, {"gebied": "GM0983"}))
    assert "Andere cijfers van dit thema" in text
    assert "BIG2" in text


def test_actions_about_the_figure_are_for_who_takes_part(
    early_births, coalition, coordinator, log_in, client
):
    action = work.propose(
        coalition=coalition,
        by=coordinator,
        title="Rook bespreken",
        why="Omdat het helpt",
        indicator_codes=["vroeggeboorte"],
    )
    query = {"gebied": coalition.slug}
    assert action.title in text_of(log_in(coordinator).get(URL, query))
    client.logout()
    assert action.title not in text_of(client.get(URL, query))


def test_charts_of_very_many_municipalities_are_pictures_of_their_own(
    early_births, coalition, client, monkeypatch
):
    """Each weighs as much as the page; a browser asks for them when its reader comes near."""
    query = {"gebied": coalition.slug}
    text = text_of(client.get(URL, query))
    assert "loading=" not in text
    monkeypatch.setattr(indicator_charts, "MOST_ROWS", 2)
    monkeypatch.setattr(funnel_chart, "LEAST_AREAS", 1)
    keeping.forget_near()
    cache.clear()
    text = text_of(client.get(URL, query))
    pictures = re.findall(r'hx-get="([^"]+)" hx-trigger="intersect once"', text)
    assert pictures == re.findall(r'<noscript><img src="([^"]+)"', text)
    assert [one.split("/")[3].split("?")[0] for one in pictures] == ["kaart.svg", "trechter.svg"]
    for one in pictures:
        # The page says where it comes from, a picture to take along says so itself.
        alone, taken_along = (client.get(html.unescape(one)[:end]).text for end in (None, -len("&pagina")))
        assert "Bron: " not in alone
        assert alone.startswith("<svg")
        assert "Bron: " in taken_along


def test_a_municipality_that_took_over_others_shows_both_series(deliver, client):
    load_areas()
    deliver(
        *(
            (code, year, "vroeggeboorte", count, size)
            for year in (2021, 2022)
            for code, count, size in (("GM0501", 20, 150), ("GM0530", 30, 350), ("GM0614", 25, 130))
        ),
        ("GM1992", 2023, "vroeggeboorte", 70, 640),
        ("GM0983", 2023, "vroeggeboorte", 60, 900),
    )
    with CaptureQueriesContext(connection) as asked:
        text = text_of(client.get(URL, {"gebied": "GM1992"}))
    assert questions(asked) <= COLD
    table = text[text.index("Toen en op de grens van nu") :].split("</table>")[0]
    rows = [re.sub(r"<[^>]+>", " ", row) for row in table.split("<tr>")[2:]]
    assert [row.split()[0] for row in rows] == ["2021", "2022", "2023"]
    assert "Dit gebied bestond toen niet" in rows[0]
    assert "11,9%" in rows[0]
    assert "Opgeteld uit: Brielle (GM0501), Hellevoetsluis (GM0530), Westvoorne (GM0614)" in rows[1]
    assert rows[2].count("10,9%") == 2
    before = text_of(client.get(URL, {"gebied": "GM1992", "periode": "2022"}))
    assert 'Voorne aan Zee, 2022</h2> <p class="stat__missing">Dit gebied bestond toen niet</p>' in before
    assert "Toen en op de grens van nu" not in text_of(client.get(URL, {"gebied": "GM0983"}))


def test_a_new_version_of_a_definition_breaks_the_series_and_says_so(early_births, client):
    assert OLDER not in text_of(client.get(URL))
    old = Indicator.objects.get(code="vroeggeboorte")
    Indicator.objects.filter(pk=old.pk).update(is_current=False)
    Indicator.objects.create(
        code="vroeggeboorte", version=2, name=old.name, factor=100, interval="wilson", is_at_risk=True
    )
    cache.clear()
    keeping.forget_near()
    text = text_of(client.get(URL))
    assert OLDER in text
    assert "Nog niet aangeleverd" in text


def test_a_denominator_of_nothing_is_no_figure_that_waits(third_municipality, country, deliver, client):
    deliver(("GM0983", 2023, "vroeggeboorte", 0, 0), ("GM0889", 2023, "vroeggeboorte", 30, 300))
    text = text_of(client.get(URL, {"gebied": "GM0983"}))
    assert "Niet van toepassing: de noemer is nul" in text
    rows = client.get(URL.removesuffix("/") + ".csv", {"gebied": "GM0983"}).text.splitlines()
    assert any(";GM0983;" in row and ";Niet van toepassing: de noemer is nul;" in row for row in rows)


def test_the_country_stands_beside_nothing_also_where_it_has_no_figure(early_births, client):
    text = client.get("/indicatoren/perinatale-sterfte/").text
    assert "Nog niet aangeleverd" in text
    assert "Vroeggeboorte" in text
    assert "Nederland: <strong>" not in text
    assert "Oranje ruit" not in text
    beside = "/indicatoren/perinatale-sterfte/?gebied=GM0983"
    assert "Nederland: <strong>7,0%</strong>" in client.get(beside).text


def test_a_delivery_that_is_not_published_is_not_named(early_births, client):
    import_observations(
        source=io.BytesIO(
            b"gemeentecode;periode;indicator;teller;noemer\nGM0983;2023;vroeggeboorte;61;900\n"
        ),
        filename="nieuw.csv",
        by=None,
        source_name="Proef",
    )
    url = "/indicatoren/vroeggeboorte/?gebied=NL&periode=2023"
    page = client.get(url).text
    assert "proef.csv" in page
    assert "nieuw.csv" not in page
    factories.publish_figures()
    assert "nieuw.csv" in client.get(url).text
