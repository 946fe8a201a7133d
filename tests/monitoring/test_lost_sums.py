"""Who brings in a municipality without a number hears which regions lose theirs by it."""

import pytest

from monitoring import deliveries
from monitoring.models import Aggregate, Status
from tests import factories
from tests.monitoring.delivering import accepted, bring, messages_of, one
from tests.monitoring.test_direct_figures import GGD, everywhere, text_of, towns  # noqa: F401

pytestmark = pytest.mark.django_db

LOST = "verdwijnt 'Vroeggeboorte' in 2022 ook voor"


@pytest.fixture
def analyst(known):
    person = factories.make_person("Anton Analist")
    factories.give_role(person, factories.make_coalition(), "analyst")
    return person


def without(rows, code, *, n=""):
    return [one(code, x="u", n=n) if row.startswith(code) else row for row in rows]


def shown(code):
    found = Aggregate.objects.get(area__code=code, indicator__code="vroeggeboorte", period__code="2022")
    return found.status, found.numerator


def test_one_without_size_takes_the_region_along_and_the_page_says_so(analyst, everywhere, log_in):  # noqa: F811
    delivery = bring(analyst, *without(everywhere, "GM0983"))
    (warning,) = messages_of(delivery, "warning")
    assert "bij Venlo staat geen getal en ook geen noemer" in warning
    assert f"{LOST} GGD Limburg-Noord" in warning
    assert "Vul de noemer in als de bron die heeft." in warning
    page = text_of(log_in(analyst).get(delivery.get_absolute_url()))
    assert "ook geen noemer" in page
    deliveries.accept(delivery=delivery, by=analyst, reason="De bron heeft niet meer")
    factories.publish_figures()
    assert shown(GGD) == (Status.INCOMPLETE, None)


def test_with_its_size_a_small_one_takes_nothing_along(analyst, everywhere):  # noqa: F811
    delivery = bring(analyst, *without(everywhere, "GM0983", n="50"))
    assert messages_of(delivery, "warning") == []
    deliveries.accept(delivery=delivery, by=analyst)
    factories.publish_figures()
    assert shown(GGD) == (Status.REPORTED, 560)


def test_too_large_a_part_without_a_number_is_said_as_such(analyst, everywhere):  # noqa: F811
    (warning,) = messages_of(bring(analyst, *without(everywhere, "GM0983", n="500")), "warning")
    assert "Er ontbreekt dan te veel" in warning
    assert f"{LOST} GGD Limburg-Noord" in warning
    assert "noemer in" not in warning


def test_it_is_said_of_a_correction_as_well(analyst, everywhere):  # noqa: F811
    accepted(analyst, *everywhere)
    (warning,) = messages_of(bring(analyst, one(x="u", n=""), name="correctie.csv"), "warning")
    assert f"{LOST} GGD Limburg-Noord" in warning


def test_where_others_are_missing_as_well_nothing_is_lost_by_it(analyst, everywhere):  # noqa: F811
    rows = [row for row in without(everywhere, "GM0983") if not row.startswith("GM0889")]
    assert messages_of(bring(analyst, *rows), "warning") == []


def test_a_region_of_which_the_source_gives_the_figure_loses_none(analyst, everywhere):  # noqa: F811
    rows = [*without(everywhere, "GM0983"), one(GGD, x="600", n="7500")]
    assert not any(f"{LOST} GGD" in message for message in messages_of(bring(analyst, *rows), "warning"))
