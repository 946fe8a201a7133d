"""Table, board, time line and files over the same filters."""

import datetime
import re

import pytest
from django.urls import reverse

from actions.progress import progress_of
from tests.actions.programme_rows import make_action, make_programme, make_theme

pytestmark = pytest.mark.django_db

VIEWS = ("action-list", "action-board", "action-timeline")


def test_every_view_shows_what_passes_the_same_filters(coalition, coordinator, partner, log_in):
    theme = make_theme(make_programme(coalition, coordinator), coordinator)
    make_action(coalition, coordinator, title="Rookvrije start", theme=theme, kind="information")
    make_action(
        coalition,
        coordinator,
        title="Eén loket",
        state="blocked",
        starts_on=datetime.date(2024, 1, 1),
    )
    client = log_in(partner)
    for query, shown in (
        ("", {"Rookvrije start", "Eén loket"}),
        ("?zoek=een", {"Eén loket"}),
        ("?zoek=2", {"Eén loket"}),
        (f"?thema={theme.pk}", {"Rookvrije start"}),
        ("?stand=blocked&sorteer=-titel", {"Eén loket"}),
        ("?gemeld=niets&soort=information", {"Rookvrije start"}),
        ("?let_op=te-laat", set()),
    ):
        for view in VIEWS:
            text = client.get(reverse(f"actions:{view}", args=[coalition.slug]) + query).content.decode()
            assert {title for title in ("Rookvrije start", "Eén loket") if title in text} == shown, (
                view,
                query,
            )
        file = client.get(reverse("actions:action-csv", args=[coalition.slug]) + query).content.decode()
        assert len(file.splitlines()) == 1 + len(shown), query


def test_an_unknown_order_or_page_is_no_error(coalition, partner, log_in):
    address = reverse("actions:action-list", args=[coalition.slug])
    assert log_in(partner).get(f"{address}?sorteer=kleur&pagina=zes&stand=onzin").status_code == 200


@pytest.mark.parametrize("view", VIEWS)
def test_where_there_is_no_action_each_sees_what_she_can_do(coalition, coordinator, partner, log_in, view):
    address = reverse(f"actions:{view}", args=[coalition.slug])
    empty = re.compile(r'<div class="empty-state">.*?</div>\s*</div>', re.DOTALL)

    def offered(person, query=""):
        found = empty.search(log_in(person).get(address + query).text)
        return found.group() if found else ""

    assert "Deze coalitie heeft nog geen acties." in offered(coordinator)
    for page in ("bottleneck-list", "action-add", "action-import"):
        assert reverse(f"actions:{page}", args=[coalition.slug]) in offered(coordinator)
    assert "Importeer" not in offered(partner)
    assert reverse("actions:action-propose", args=[coalition.slug]) in offered(partner)
    make_action(coalition, coordinator)
    assert "Deze coalitie heeft nog geen acties" not in offered(coordinator)
    assert "Geen acties met deze filters." in log_in(partner).get(address + "?zoek=onvindbaar").text


def test_of_what_does_not_run_nothing_is_asked(coalition, coordinator, partner, log_in):
    for state in ("running", "paused"):
        make_action(coalition, coordinator, state=state)
    for state in ("idea", "planned", "done", "stopped"):
        make_action(coalition, coordinator, state=state, title=f"Stil {state}")
    client = log_in(partner)
    address = reverse("actions:action-list", args=[coalition.slug])
    # Once more as a choice of the filter.
    assert client.get(address).text.count("Nog niets gemeld") == 2 + 1
    silent = client.get(address + "?gemeld=niets").text
    assert "2 acties" in silent
    assert "Stil" not in silent
    programme = client.get(reverse("actions:programme-detail", args=[coalition.slug])).text
    assert f'<a href="{address}?gemeld=niets">2<' in programme
    assert progress_of(coalition).silent == 2
