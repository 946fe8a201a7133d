"""The client of CBS's open data, on made-up pages that a server on this machine gives."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command

from monitoring import fixed_facts, odata
from monitoring.models import Delivery, DeliveryState, Observation
from partners.areas import load_areas
from tests import factories

ARGUMENTS = {
    "indicator": "levendgeborenen",
    "numerator": "M000173_2",
    "denominator": "M000352",
    "region": "WijkenEnBuurten",
    "time": "Perioden",
}


def observation(region: str, measure: str, value: float | None, attribute: str = "None") -> dict:
    return {
        "Id": 1,
        "Measure": measure,
        "ValueAttribute": attribute,
        "Value": value,
        "WijkenEnBuurten": region,
        "Perioden": "2022JJ00",
    }


# Made up, in the form that CBS uses: padded codes, other areas among them, and a second page.
FIRST = [
    observation("NL00      ", "M000173_2", 167504),
    observation("GM0983    ", "M000173_2", 910),
    observation("GM0983    ", "M000352", 102176),
    observation("WK098300  ", "M000173_2", 41),
]
SECOND = [
    observation("GM0889    ", "M000173_2", None, "Confidential"),
    observation("GM0889    ", "M000352", 13442),
    observation("GM0014    ", "M000173_2", None, "Impossible"),
    observation("GM0014    ", "M000352", 5012, "Unreliable"),
]


@pytest.fixture
def cbs(settings):
    """A server on this machine; what it was asked, and the pages it gives."""
    asked: list[str] = []

    class Pages(BaseHTTPRequestHandler):
        pages: dict[str, object] = {}

        def do_GET(self) -> None:
            asked.append(self.path)
            page = self.pages.get("next" if "skip" in self.path else "first")
            self.send_response(200 if page is not None else 500)
            self.end_headers()
            self.wfile.write(json.dumps(page).encode())

        def log_message(self, *args: object) -> None:
            """Tests are quiet."""

    server = HTTPServer(("127.0.0.1", 0), Pages)
    base = f"http://127.0.0.1:{server.server_port}/CBS"
    Pages.pages = {
        "first": {"value": FIRST, "@odata.nextLink": f"{base}/83765NED/Observations?$skip=4"},
        "next": {"value": SECOND},
    }
    settings.PORTAL_CBS_ODATA_URL = base
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield Pages, asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_every_page_is_read_and_only_municipalities_are_kept(cbs):
    _, asked = cbs
    text = odata.fetch_table("83765NED", **ARGUMENTS).decode("utf-8-sig")
    assert text.splitlines() == [
        "gemeentecode;periode;indicator;teller;noemer",
        # What cannot occur is something else than what nobody delivered.
        "GM0014;2022;levendgeborenen;n.v.t.;onbetrouwbaar",
        "GM0889;2022;levendgeborenen;x;13442",
        "GM0983;2022;levendgeborenen;910;102176",
    ]
    assert len(asked) == 2
    (query,) = parse_qs(urlsplit(asked[0]).query)["$filter"]
    assert query == "Measure eq 'M000173_2' or Measure eq 'M000352'"


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        (None, "Het CBS geeft nu geen antwoord"),
        ({"fout": 1}, "anders dan verwacht"),
        ({"value": [], "@odata.nextLink": "http://elders.example/CBS/x"}, "anders dan verwacht"),
        ({"value": [{"Measure": "M000352", "Value": 1}]}, "geen kolom 'WijkenEnBuurten'"),
        ({"value": [observation("PV31", "M000352", 5)]}, "geen cijfers per gemeente"),
    ],
)
def test_another_answer_than_expected_is_told(cbs, page, sentence):
    pages, _ = cbs
    pages.pages = {"first": page}
    with pytest.raises(odata.Unavailable, match=sentence):
        odata.fetch_table("83765NED", **ARGUMENTS)


def test_without_the_setting_nothing_is_asked(settings):
    settings.PORTAL_CBS_ODATA_URL = ""
    with pytest.raises(odata.Unavailable, match="staat uit"):
        odata.fetch_table("83765NED", **ARGUMENTS)


@pytest.mark.django_db
def test_the_command_leaves_a_delivery_for_an_analyst(cbs, capsys):
    load_areas()
    fixed_facts.load()
    analyst = factories.make_person("Anton Analist")
    words = {key: ARGUMENTS[key] for key in ("indicator", "numerator", "denominator")}
    call_command("fetch_cbs", "83765NED", by=analyst.email, **words)
    assert "3 rijen gelezen, 0 fouten." in capsys.readouterr().out
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.source_name) == (DeliveryState.CHECKED, "CBS, tabel 83765NED")
    assert not Observation.objects.exists()
    with pytest.raises(CommandError, match="geen account"):
        call_command("fetch_cbs", "83765NED", by="niemand@example.org", **words)
