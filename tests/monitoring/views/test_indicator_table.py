import html
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitoring import keeping
from monitoring.models import Indicator, Observation
from monitoring.presenters import indicator_table
from partners.models import AreaKind
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("early_births_once")]

PAGE = "/indicatoren/vroeggeboorte/"
URL = f"{PAGE}gemeenten/"


@pytest.fixture
def region(coalition) -> dict[str, str]:
    return {"gebied": coalition.slug, "periode": "2023"}


@pytest.fixture
def shows_two(monkeypatch):
    """Two rows on a page; more have a page of their own."""
    monkeypatch.setattr(indicator_table, "PAGE_SIZE", 2)
    monkeypatch.setattr(indicator_table, "MOST_FOLDED", 2)
    keeping.forget_near()
    cache.clear()


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def names_in(response) -> list[str]:
    """The municipalities in the order of the table."""
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', response.text)


def rows_in(text: str) -> list[str]:
    """The rows of the tables of municipalities: what stands in their cells, and where these lead."""
    tables = re.findall(r"<caption[^>]*>Per gemeente, .*?</table>", text, re.DOTALL)
    return [
        " ".join(row.split()) for table in tables for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)[1:]
    ]


def link(text: str, words: str) -> str:
    """Where the one link with exactly these words leads."""
    found = re.findall(r"<a\b([^>]*)>(.*?)</a>", text, re.DOTALL)
    (marks,) = (marks for marks, inside in found if re.sub(r"<[^>]+>", "", inside).strip() == words)
    return html.unescape(re.findall('href="([^"]+)"', marks)[0])


def test_everybody_sees_each_municipality_with_the_cells_of_the_indicator_page(early_births, client, region):
    response = client.get(URL, region)
    text = text_of(response)
    assert "<h1>Vroeggeboorte: alle gemeenten</h1>" in text
    assert "Maas en Peel, 2023" in text
    assert "3 gemeenten" in text
    assert rows_in(response.text) == rows_in(client.get(PAGE, region).text)
    assert len(rows_in(response.text)) == 3
    assert "Demonstratiecijfer: verzonnen" in text
    assert "Bron: Demonstratiecijfers" in text


def test_the_page_is_read_only(early_births, client):
    assert client.post(URL).status_code == 405


def test_a_member_sees_her_own_coalition_first(early_births, coordinator, log_in):
    assert "Maas en Peel, 2023" in text_of(log_in(coordinator).get(URL))


def test_a_coalition_that_is_not_public_cannot_be_asked_for(early_births, client):
    hidden = factories.make_coalition("Geheim", is_public=False)
    assert client.get(URL, {"gebied": hidden.slug}).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"gebied": "GM9999"},
        {"gebied": "' OR 1=1"},
        {"periode": "1066"},
        {"vergelijk": "maan"},
        {"niveau": "straat"},
    ],
)
def test_an_unknown_choice_does_not_exist(early_births, client, query):
    assert client.get(URL, query).status_code == 404


def test_an_unknown_indicator_does_not_exist(early_births, client):
    assert client.get("/indicatoren/geluk/gemeenten/").status_code == 404


def test_every_empty_cell_has_its_reason_and_no_trace_of_the_number(early_births, client, region):
    for order in ("", "cijfer", "-cijfer"):
        text = text_of(client.get(URL, {**region, "sorteer": order}))
        assert "Niet getoond: te kleine aantallen" in text
        assert "Niet getoond: anders is een klein aantal uit te rekenen" in text
        for trace in ("6,4%", "3,1 tot 12,6", ">110<", ">7<", "7,4 tot 13,3", ">400<"):
            assert trace not in text


def test_a_choice_stays_on_the_way_there_and_back(early_births, client, region, shows_two):
    for page in (client.get(PAGE, region), client.get(PAGE, {**region, "periode": "2022"})):
        there = link(page.text, "Toon alle 3 gemeenten in een tabel")
        assert there.startswith(f"{URL}?gebied={region['gebied']}&periode=20")
        assert "Per gemeente, 20" not in page.text
        text = client.get(there).text
        query = there.removeprefix(URL)
        assert link(text, "Terug naar het cijfer van Maas en Peel") == PAGE + query
        for word in ("CSV", "Excel", "JSON"):
            kind = {"Excel": "xlsx"}.get(word, word.lower())
            assert link(text, f"Download {word}") == f"/indicatoren/vroeggeboorte.{kind}{query}"
            assert client.get(link(text, f"Download {word}")).status_code == 200


def test_what_a_municipality_is_laid_beside_gives_its_municipalities(early_births, coalition, client):
    response = client.get(URL, {"gebied": "GM0983", "vergelijk": coalition.slug})
    assert len(names_in(response)) == 3
    assert "Maas en Peel, 2023" in text_of(response)
    back = link(response.text, "Terug naar het cijfer van Venlo")
    assert back == f"{PAGE}?gebied=GM0983&periode=2023&vergelijk={coalition.slug}"


def test_the_provinces_of_the_country_keep_their_own_table(
    early_births, coalition, deliver, client, shows_two
):
    province = factories.make_area("Limburg", kind=AreaKind.PROVINCE, code="PV31")
    factories.put_in_region(province, *coalition.municipalities())
    deliver(("GM0983", 2021, "vroeggeboorte", 60, 900), ("GM0889", 2021, "vroeggeboorte", 50, 800))
    deliver(("GM0014", 2021, "vroeggeboorte", 130, 2000))
    page = client.get(PAGE, {"periode": "2021"})
    assert "<caption>Per provincie, 2021</caption>" in page.text
    there = link(page.text, "Toon alle 4 gemeenten in een tabel")
    assert "Per gemeente, 2021" in client.get(there).text


def test_few_municipalities_stay_on_the_page(early_births, client, region):
    text = client.get(PAGE, region).text
    assert "in een tabel" not in text
    assert len(rows_in(text)) == 3


def test_a_name_is_searched_without_accents_and_capitals(early_births, client, region):
    response = client.get(URL, {**region, "zoek": "VÉNLO"})
    assert names_in(response) == ["Venlo"]
    text = text_of(response)
    assert "1 gemeente, van 3" in text
    # Who searches again stays in the same place and period.
    for name, value in region.items():
        assert re.search(rf'<input type="hidden" name="{name}" value="{value}"', text)
    query = f"?gebied={region['gebied']}&periode=2023"
    assert link(text, "Wis alle filters") == query
    assert link(text, "Verwijder filter Naam van de gemeente: VÉNLO") == query


def test_what_is_not_found_leads_back_to_all(early_births, client, region):
    text = client.get(URL, {**region, "zoek": "bestaatniet", "sorteer": "-naam"}).text
    assert "Geen gemeente met deze naam" in text
    again = link(text, "Toon alle gemeenten")
    assert again == f"?gebied={region['gebied']}&periode=2023&sorteer=-naam"
    assert len(names_in(client.get(URL + again))) == 3


def test_rows_are_put_in_order_by_name_and_by_number(early_births, deliver, client, region):
    deliver(("GM0889", 2023, "vroeggeboorte", 90, 800), ("GM0988", 2023, "vroeggeboorte", 40, 800))
    assert names_in(client.get(URL, region)) == ["Beesel", "Venlo", "Weert"]
    assert names_in(client.get(URL, {**region, "sorteer": "-naam"})) == ["Weert", "Venlo", "Beesel"]
    assert names_in(client.get(URL, {**region, "sorteer": "cijfer"})) == ["Weert", "Venlo", "Beesel"]
    down = client.get(URL, {**region, "sorteer": "-cijfer"})
    assert names_in(down) == ["Beesel", "Venlo", "Weert"]
    assert names_in(client.get(URL, {**region, "sorteer": "onzin"})) == ["Beesel", "Venlo", "Weert"]
    # The heads lead there, with the same choice.
    query = f"?gebied={region['gebied']}&periode=2023"
    text = client.get(URL, region).text
    assert link(text, "Gemeente") == f"{query}&sorteer=naam"
    assert link(text, "Cijfer") == f"{query}&sorteer=cijfer"
    # Only the order of names is no ranking by itself.
    assert "De gebieden staan op naam" in text
    assert "De gebieden staan op naam" not in down.text
    assert "Dit is geen ranglijst: bij kleine gemeenten" in down.text


def test_what_is_not_shown_stands_last_by_name(early_births, client, region):
    """Where somebody stands among those who are shown would tell what is hidden."""
    for order in ("cijfer", "-cijfer"):
        assert names_in(client.get(URL, {**region, "sorteer": order})) == ["Venlo", "Beesel", "Weert"]


def test_many_rows_are_cut_into_pages(early_births, client, region, shows_two):
    first = client.get(URL, {**region, "sorteer": "-naam"})
    assert names_in(first) == ["Weert", "Venlo"]
    after = link(first.text, "Volgende")
    assert names_in(client.get(URL + after)) == ["Beesel"]
    assert names_in(client.get(URL, {**region, "pagina": "99"})) == ["Weert"]


def test_where_there_are_no_figures_of_municipalities_it_says_so(early_births, client):
    for address in (f"{URL}?gebied=GM0983", "/indicatoren/perinatale-sterfte/gemeenten/?gebied=NL"):
        text = client.get(address).text
        assert "Hier zijn geen cijfers per gemeente" in text
        assert link(text, "Terug naar het cijfer") == address.replace("gemeenten/", "") + (
            "&periode=2023" if "GM0983" in address else ""
        )


def test_an_indicator_without_figures_yet_has_no_page(early_births, client):
    Indicator.objects.filter(code="vroeggeboorte").update(is_current=False)
    assert client.get(URL).status_code == client.get(PAGE).status_code == 404


def test_who_asks_again_gets_nothing_new(early_births, client, region):
    first = client.get(URL, region)
    assert client.get(URL, region, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_the_number_of_queries_is_the_same_for_few_and_many_municipalities(
    early_births, coalition, coordinator, log_in, region, django_assert_max_num_queries
):
    client = log_in(coordinator)
    with CaptureQueriesContext(connection) as few:
        client.get(URL, region)
    observed = Observation.objects.get(area__code="GM0983", period__code="2023")
    for _ in range(60):
        area = factories.make_area()
        factories.put_in_region(coalition.area, area)
        observed.pk, observed.area = None, area
        observed.save(force_insert=True)
    # Who joins a region stands in its tables at once.
    with CaptureQueriesContext(connection) as many:
        assert len(names_in(client.get(URL, region))) == indicator_table.PAGE_SIZE
    assert questions(many) <= questions(few) <= 12
    with django_assert_max_num_queries(12):
        client.get(URL, region)


def questions(queries: CaptureQueriesContext) -> int:
    """How many there were, beside those of the cache."""
    asked = [query["sql"] for query in queries.captured_queries]
    return len([sql for sql in asked if "portal_cache" not in sql and "SAVEPOINT" not in sql])
