"""Working out what the fixture `observe` wrote down, and looking at what came of it."""

from monitoring import orders
from monitoring.models import Aggregate, Indicator
from partners.models import Area
from tests import factories


def run() -> None:
    assert orders.order_all(reason="proef", by=None)
    factories.publish_figures()


def figure(indicator: Indicator, area: Area) -> Aggregate:
    return Aggregate.objects.get(indicator=indicator, area=area)
