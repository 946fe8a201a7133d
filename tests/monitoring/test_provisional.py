"""Figures that a source may still change: said with the delivery, kept with each count, and shown."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coalitions.models import Role
from monitoring import deliveries, exports
from monitoring.models import Observation
from partners.models import Area
from tests import factories
from tests.monitoring.delivering import one, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known")]

URL = "/indicatoren/vroeggeboorte/"
WORDS = "De bron kan cijfers van deze periode nog bijstellen."


@pytest.fixture
def analyst(db):
    return factories.make_person("Anton Analist")


@pytest.fixture
def take_over(analyst):
    def take_over(*rows, name, is_provisional):
        delivery = deliveries.bring_in(
            source=io.BytesIO(table(*rows)),
            filename=name,
            by=analyst,
            source_name="JGZ",
            is_provisional=is_provisional,
        )
        assert delivery.errors == []
        return deliveries.accept(delivery=delivery, by=analyst, reason="proef")

    return take_over


def text_of(response):
    return " ".join(response.content.decode().split())


def test_a_period_is_provisional_until_its_figures_are_final(take_over, client):
    take_over(one(when="2021"), name="een.csv", is_provisional=False)
    take_over(one(when="2022"), name="twee.csv", is_provisional=True)
    factories.publish_figures()
    page = text_of(client.get(URL, {"gebied": "GM0983"}))
    assert WORDS in page
    assert "2022 (voorlopig)" in page
    assert "2021 (voorlopig)" not in page
    assert WORDS not in text_of(client.get(URL, {"gebied": "GM0983", "periode": "2021"}))
    lines = client.get(f"{URL[:-1]}.csv", {"gebied": "GM0983"}).text.splitlines()
    marked = [line for line in lines if exports.PROVISIONAL in line]
    assert {line.split(";")[2] for line in marked} == {"2022"}

    # The same counts, now final: that is a change, and nothing else.
    final = take_over(one(when="2022"), "", name="drie.csv", is_provisional=False)
    assert (final.new_count, final.revised_count, final.unchanged_count) == (0, 1, 0)
    assert final.differences[0]["old"] == "136 van 919 (voorlopig)"
    assert final.differences[0]["new"] == "136 van 919"
    # What everybody reads is still made of what was provisional.
    assert WORDS in text_of(client.get(URL, {"gebied": "GM0983"}))
    factories.publish_figures()
    assert WORDS not in text_of(client.get(URL, {"gebied": "GM0983"}))


def test_every_page_with_the_figure_says_so(take_over, client):
    take_over(*(one(code) for code in ("GM0983", "GM0889", "GM0988")), name="een.csv", is_provisional=True)
    venlo, beesel = Area.objects.filter(kind="municipality", code__in=("GM0983", "GM0889"))
    weert = Area.objects.get(kind="municipality", code="GM0988")
    coalition = factories.make_coalition("Maas en Peel", municipalities=(venlo, beesel, weert))
    factories.publish_figures()
    for address in ("/gemeenten/GM0983/", f"/coalities/{coalition.slug}/cijfers/"):
        assert "2022 (voorlopig)" in text_of(client.get(address))
    assert WORDS in text_of(client.get(f"{URL}gemeenten/", {"gebied": coalition.slug}))
    lines = client.get(f"/coalities/{coalition.slug}/cijfers.csv").text
    assert exports.PROVISIONAL in lines


def test_what_was_provisional_is_so_again_where_a_delivery_is_undone(take_over, analyst):
    take_over(one(), name="een.csv", is_provisional=True)
    better = take_over(one(x="140"), name="twee.csv", is_provisional=False)
    deliveries.undo(delivery=better, by=analyst, reason="proef")
    assert Observation.objects.current().get().is_provisional


def test_who_brings_in_says_so_on_the_form(log_in, analyst):
    factories.give_role(analyst, factories.make_coalition("Peel"), Role.ANALYST)
    upload = SimpleUploadedFile("proef.csv", table(one()))
    words = {"bestand": upload, "bron": "JGZ", "voorlopig": "on"}
    page = log_in(analyst).post("/cijfers/inlezen/", words, follow=True)
    assert "De bron noemt deze cijfers voorlopig." in text_of(page)
