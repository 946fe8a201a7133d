"""The order of the evening is one number per row."""

import pytest

from covenants import evenings
from covenants.presenters.round_progress import RoundProgress
from tests.covenants.signing_cast import make_signatory

pytestmark = pytest.mark.django_db


def test_one_number_moves_one_organisation_and_the_rest_makes_room(version, coalition, coordinator):
    for _ in range(4):
        make_signatory(coalition, coordinator)
    first, second, third, fourth = order = [row.organisation for row in RoundProgress(version, {}).evening]

    evenings.arrange(version=version, order=order, wishes={fourth.pk: 1}, by=coordinator)
    assert [row.organisation for row in RoundProgress(version, {}).evening] == [fourth, first, second, third]

    later = make_signatory(coalition, coordinator).organisation
    assert [row.organisation for row in RoundProgress(version, {}).evening][-1] == later

    evenings.reset(version=version, by=coordinator)
    by_name = [row.organisation for row in RoundProgress(version, {}).evening]
    assert [organisation for organisation in by_name if organisation != later] == order
