import datetime

import pytest

from monitoring import expected
from monitoring.indicator_sets import Unknown
from monitoring.models import ExpectedDelivery
from monitoring.tasks import tell_missed_deliveries
from portal.acts import Refused
from portal.models import Mail
from tests import factories

pytestmark = pytest.mark.django_db

YESTERDAY = factories.today() - datetime.timedelta(days=1)


@pytest.fixture
def awaited(coalition, analyst):
    """Preterm births of 2024, which should have come yesterday."""
    return note(coalition, analyst)


def note(coalition, by, **other):
    facts = {
        "indicator_code": "vroeggeboorte",
        "period_code": "2024",
        "supplier": "Perined",
        "due_on": YESTERDAY,
        **other,
    }
    return expected.expect(coalition=coalition, by=by, **facts)


def told() -> list[Mail]:
    return list(Mail.objects.filter(purpose="delivery_missed").order_by("recipient"))


def test_coordinator_and_analyst_hear_once_that_a_day_passed(
    awaited, early_births, coordinator, analyst, alderman
):
    assert tell_missed_deliveries() == 1
    assert tell_missed_deliveries() == 0
    mails = told()
    assert {mail.recipient for mail in mails} == {coordinator.email, analyst.email}
    assert mails[0].subject == "Nog niet geleverd: Vroeggeboorte over 2024"
    assert "Perined" in mails[0].text


def test_what_came_is_not_missed(awaited, early_births, coordinator, deliver):
    deliver(("GM0983", 2024, "vroeggeboorte", 60, 900), filename="nieuw.csv")
    assert tell_missed_deliveries() == 0
    assert ExpectedDelivery.objects.with_delivered().get().is_delivered


def test_figures_of_elsewhere_are_not_what_was_waited_for(awaited, early_births, coordinator, deliver):
    deliver(("GM0014", 2024, "vroeggeboorte", 60, 900), filename="nieuw.csv")
    assert tell_missed_deliveries() == 1


def test_on_its_day_a_delivery_is_still_in_time(coalition, analyst, coordinator):
    note(coalition, analyst, due_on=factories.today())
    assert tell_missed_deliveries() == 0


def test_a_figure_is_waited_for_once(awaited, coalition, analyst):
    with pytest.raises(Refused, match="staat er al een dag"):
        note(coalition, analyst)


def test_only_figures_of_the_catalogue_are_waited_for(coalition, analyst):
    with pytest.raises(Unknown):
        note(coalition, analyst, indicator_code="geluk")


def test_what_is_not_waited_for_any_more_is_not_missed(awaited, coordinator, analyst):
    expected.drop(expected=awaited, by=analyst)
    assert tell_missed_deliveries() == 0
