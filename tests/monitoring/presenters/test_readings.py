import pytest

from monitoring.models import Status
from monitoring.presenters.readings import read
from tests.monitoring.presenters.figures import COUNTRY, SHARE, figure


def test_a_reading_has_a_value_or_a_reason_and_never_both():
    known = read(figure(), SHARE, country=figure(COUNTRY, 15.0))
    assert (known.value, known.missing, known.numerator) == ("14,8%", "", "148")
    hidden = read(figure(value=None), SHARE)
    assert (hidden.value, hidden.numerator, hidden.margin) == ("", "", "")
    assert hidden.full == "Niet getoond: te kleine aantallen"
    assert read(None, SHARE).missing == "Nog niet aangeleverd"


def test_zero_is_a_value():
    zero = figure(value=0.0, numerator=0.0, lower_95=0.0, upper_95=0.4)
    assert read(zero, SHARE).value == "0,0%"


@pytest.mark.parametrize("status", [status for status in Status if status != Status.REPORTED])
def test_every_status_reads_as_a_reason(status):
    assert read(figure(value=None, status=status), SHARE).missing
