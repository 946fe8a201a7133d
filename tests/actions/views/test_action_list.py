"""Table, board, time line and files over the same filters."""

import datetime

import pytest
from django.urls import reverse

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
