"""No page or file asks the database more for the whole country than for fourteen municipalities."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.models import Theme
from coalitions.models import Coalition
from tests.demo.conftest import LARGE, SMALL

pytestmark = pytest.mark.django_db

BUDGET = 12
# The table of the cache.
KEPT = "portal_cache"

# Name of the address, and whether it is about one coalition.
PAGES = (
    ("coalitions:home", False),
    ("coalitions:coalition-list", False),
    ("coalitions:municipality-list", False),
    ("coalitions:coalition-detail", True),
    ("coalitions:member-list", True),
    ("coalitions:member-addresses", True),
    ("coalitions:workplace", True),
    ("coalitions:agreement-list", True),
    ("coalitions:log", True),
    ("coalitions:condition-list", True),
    ("coalitions:partner-review-list", True),
    ("coalitions:requirement-list", True),
    ("coalitions:working-group-list", True),
    ("coalitions:pipeline-list", True),
    ("coalitions:contact-list", True),
    ("coalitions:gap-list", True),
    ("coalitions:gap-levels", True),
    ("coalitions:growth", True),
    ("coalitions:document-list", True),
    ("coalitions:pipeline-board", True),
    ("coalitions:my-page", False),
    ("covenants:covenant-detail", True),
    ("actions:budget-list", True),
    ("actions:consultation-list", True),
    ("actions:meeting-list", True),
    ("actions:my-calendar", False),
    ("actions:announcement-list", True),
    ("actions:coalition-practice-list", True),
    ("actions:practice-list", False),
    ("actions:intervention-list", False),
    ("actions:tool-list", False),
    ("actions:programme-detail", True),
    ("actions:action-import", True),
    ("actions:action-list", True),
    ("actions:action-board", True),
    ("actions:action-timeline", True),
    ("actions:bottleneck-list", True),
    ("actions:chapter-list", True),
    ("actions:lesson-list", True),
    ("actions:my-actions", False),
    ("actions:national", False),
    ("actions:round-list", True),
    ("actions:who-does-what", True),
    ("coalitions:own-organisation-list", False),
    ("coalitions:platform", False),
    ("coalitions:platform-coalition-add", False),
    ("coalitions:platform-mandate-list", False),
    ("coalitions:platform-region-list", False),
    ("coalitions:platform-type-list", False),
    ("monitoring:board", True),
    ("monitoring:region", True),
    ("monitoring:region-compare", True),
    ("monitoring:expected-list", True),
    ("monitoring:board-item-list", True),
    ("monitoring:indicator-choice", True),
    ("monitoring:indicator-list", False),
    ("monitoring:delivery-list", False),
    ("monitoring:vsv-list", False),
    ("monitoring:boundary-list", False),
    ("monitoring:release-list", False),
    ("monitoring:methods", False),
    ("portal:glossary", False),
    ("portal:search", False),
)
# The tables as they are taken along.
FILES = (
    ("coalitions:member-csv", True),
    ("coalitions:member-xlsx", True),
    ("coalitions:member-people-csv", True),
    ("coalitions:pipeline-csv", True),
    ("coalitions:contact-csv", True),
    ("coalitions:organisation-csv", False),
    ("coalitions:linking-role-csv", False),
    ("actions:action-csv", True),
    ("actions:adoption-csv", True),
    ("actions:bottleneck-csv", True),
    ("actions:meeting-csv", True),
    ("actions:national-csv", False),
)


def queries_of(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]


def cost(client: Client, address: str) -> int:
    queries = queries_of(client, address)
    # The first visit fills the cache of charts, and what is kept near of figures.
    if any(KEPT in query for query in queries):
        queries = queries_of(client, address)
    return len(queries)


def costs_at_both(client: Client, small: str, large: str) -> list[int]:
    """The large one first: what only a first visit asks of anything counts there."""
    costs = {address: cost(client, address) for address in (large, small)}
    if costs[large] > min(costs[small], BUDGET):
        costs[large] = cost(client, large)
    return [costs[small], costs[large]]


# HTML, style sheet and pictures together, as they go over the line.
MOST_BYTES = 150_000


def weight(client: Client, address: str) -> int:
    """The compressed size of what a first visit to the page needs; the fonts come after it is read."""
    html = client.get(address).content
    names = set(re.findall(rb'(?:href|src)="/static/([^"?]+\.(?:css|svg|png|jpg))"', html))
    files = [Path(finders.find(name.decode())).read_bytes() for name in names]
    assert files, address
    return sum(len(gzip.compress(content)) for content in (html, *files))


def _everything_it_does():
    """Each theme, action, meeting, round and year of money of the demo, in whatever state."""
    coalition = Coalition.objects.get(slug=SMALL)
    yield from Theme.objects.filter(programme__coalition=coalition)
    for several in (coalition.actions, coalition.meetings, coalition.rounds, coalition.budget_years):
        yield from several.all()


def test_pages_stay_within_the_budget_and_cost_the_same_at_every_scale(everything, log_in):
    client = log_in(everything)
    addresses = {
        name: [reverse(name, args=[slug] if is_inside else []) for slug in (SMALL, LARGE)]
        for name, is_inside in (*PAGES, *FILES)
    }
    indicator = reverse("monitoring:indicator-detail", args=["big2"])
    addresses["monitoring:indicator-detail"] = [f"{indicator}?gebied={slug}" for slug in (SMALL, LARGE)]
    search = reverse("portal:search")
    addresses["portal:search"] = [f"{search}?zoek={words}" for words in ("limbrug", "limburg")]
    # One that always was and one that was put together.
    addresses["coalitions:municipality-detail"] = ["/gemeenten/GM0983/", "/gemeenten/GM1982/"]
    for page in ("indicator-screen", "indicator-table", "figure-origin"):
        address = reverse(f"monitoring:{page}", args=["big2"])
        addresses[f"monitoring:{page}"] = [f"{address}?gebied={slug}" for slug in (SMALL, LARGE)]
    sizes = {name: costs_at_both(client, *pair) for name, pair in addresses.items()}
    assert {name: pair for name, pair in sizes.items() if max(pair) > BUDGET} == {}
    # The small one may cost more: it has coalitions above and below it.
    assert {name: pair for name, pair in sizes.items() if pair[1] > pair[0]} == {}
    details = [thing.get_absolute_url() for thing in _everything_it_does()]
    # These have no charts.
    costs = {address: len(queries_of(client, address)) for address in details}
    assert {address: queries for address, queries in costs.items() if queries > BUDGET} == {}
    figures = ("board", "region", "indicator-detail", "indicator-table")
    readings = [addresses[f"monitoring:{page}"][1] for page in figures]
    weights = {address: weight(client, address) for address in readings}
    assert {address: size for address, size in weights.items() if size > MOST_BYTES} == {}
