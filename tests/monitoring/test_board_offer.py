"""What runs in the municipality of who governs, beside the region."""

import pytest

from actions import local_stands, offers
from actions.models import Intervention, OfferState
from monitoring.board_offer import Offer, offer_of
from tests.actions.programme_rows import make_action

pytestmark = pytest.mark.django_db


@pytest.fixture
def intervention(db):
    return Intervention.objects.create(name="VoorZorg", slug="voorzorg", phase="before")


def test_both_numbers_stand_beside_the_average_of_the_region(
    coalition, coordinator, intervention, django_assert_num_queries
):
    venlo, beesel = (coalition.municipalities().get(name=name) for name in ("Venlo", "Beesel"))
    facts = {"intervention": intervention, "coalition": coalition, "by": coordinator}
    offers.set_stand(municipality=venlo, state=OfferState.RUNNING, **facts)
    offers.set_stand(municipality=beesel, state=OfferState.EXPLORING, **facts)
    action = make_action(coalition, coordinator)
    local_stands.set_stand(action=action, municipality=venlo, state="running", by=coordinator)
    local_stands.set_stand(action=action, municipality=beesel, state="preparing", by=coordinator)
    with django_assert_num_queries(1):
        found = offer_of(coalition, venlo)
    assert found.sentence == (
        "Loopt in Venlo: 1 interventie, geen parels en 1 actie. "
        "Gemiddeld per gemeente in de regio: 0,5 interventies, 0,0 parels en 0,5 acties."
    )
    assert offer_of(coalition, beesel).sentence.startswith(
        "Loopt in Beesel: geen interventies, geen parels en geen acties."
    )
    assert offer_of(coalition, None) is None


def test_where_nothing_runs_nothing_is_said(coalition):
    assert offer_of(coalition, coalition.municipalities().first()).sentence == ""


def test_a_region_of_one_municipality_has_no_average():
    offer = Offer(place="Venlo", own=(2, 1, 3), region=(2, 1, 3), place_count=1)
    assert offer.sentence == "Loopt in Venlo: 2 interventies, 1 parel en 3 acties."


def test_an_alderman_reads_it_on_her_page_and_it_follows_what_changes(
    coalition, coordinator, alderman, intervention, log_in
):
    client, url = log_in(alderman), f"/coalities/{coalition.slug}/bestuur/"
    assert "Loopt in" not in client.get(url).text
    own = coalition.municipalities().first()
    offers.set_stand(
        intervention=intervention,
        municipality=own,
        coalition=coalition,
        state=OfferState.RUNNING,
        by=coordinator,
    )
    assert f"Loopt in {own.name}: 1 interventie, geen parels en geen acties." in client.get(url).text
