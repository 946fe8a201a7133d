import pytest

from monitoring import orders
from monitoring.models import Observation
from partners.models import AreaKind
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("early_births_once")]

URL = "/indicatoren/vroeggeboorte/herkomst/"


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_figure_leads_to_the_file_and_the_row(early_births, client):
    text = text_of(client.get(URL, {"gebied": "GM0983", "periode": "2023"}))
    assert "proef.csv" in text
    assert early_births.sha256 in text
    # The heading is the first row of the file; Venlo of 2023 is the first of the second year.
    assert ">6</td>" in text


def test_a_sum_leads_to_every_count_under_it_but_not_to_what_is_hidden(early_births, coalition, client):
    text = text_of(client.get(URL, {"gebied": coalition.slug, "periode": "2023"}))
    assert "Dit cijfer is een som" in text
    _, _, beesel = text.partition('<th scope="row">Beesel</th>')
    cell = beesel.partition("</td>")[0]
    assert 'colspan="4"' in cell
    assert "Niet getoond: te kleine aantallen" in cell
    # Row 7 of the file is that of Beesel: 7 of 110.
    assert ">7</td>" not in text
    assert ">110<" not in text


def test_of_what_is_not_shown_no_file_and_no_row_is_named(early_births, client):
    text = text_of(client.get(URL, {"gebied": "GM0889", "periode": "2023"}))
    assert "Niet getoond: te kleine aantallen" in text
    assert "proef.csv" not in text


def test_a_corrected_figure_leads_to_the_newer_file(early_births, deliver, client):
    deliver(("GM0983", 2023, "vroeggeboorte", 61, 900), filename="nieuwer.csv")
    text = text_of(client.get(URL, {"gebied": "GM0983", "periode": "2023"}))
    assert "nieuwer.csv" in text
    assert "proef.csv" not in text


def test_a_coalition_that_is_not_public_has_no_origin_for_an_outsider(early_births, client):
    hidden = factories.make_coalition("Geheim", is_public=False)
    assert client.get(URL, {"gebied": hidden.slug}).status_code == 404


def test_the_page_is_read_only(early_births, client):
    assert client.post(URL).status_code == 405


def test_districts_are_added_up_and_shown_nowhere(early_births, coalition, client):
    """No audit looks at what figures of districts would tell together."""
    town = factories.make_area("Gennep", code="GM0907")
    factories.put_in_region(coalition.area, town)
    districts = [
        factories.make_area(f"Wijk {number}", kind=AreaKind.DISTRICT, code=f"WK09070{number}")
        for number in range(3)
    ]
    factories.put_in_region(town, *districts)
    observed = Observation.objects.get(area__code="GM0983", period__code="2023")
    for district in districts:
        observed.pk, observed.area = None, district
        observed.save(force_insert=True)
    orders.order_all(reason="proef", by=None)
    factories.publish_figures()
    query = {"gebied": town.code, "periode": "2023"}
    for address in ("/indicatoren/vroeggeboorte/", URL, "/indicatoren/vroeggeboorte.json"):
        text = text_of(client.get(address, query))
        assert "180" in text, address
        assert "Wijk 0" not in text, address
        assert "WK09070" not in text, address
    assert "Som van wijken" in text_of(client.get(URL, query))
    assert client.get("/indicatoren/vroeggeboorte/", {**query, "niveau": "wijk"}).status_code == 404
    assert client.get(URL, {**query, "gebied": districts[0].code}).status_code == 404
