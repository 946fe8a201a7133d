"""The organisation that somebody speaks for."""

from django.urls import reverse

from partners.models import Representative
from tests import factories

LIST = reverse("coalitions:own-organisation-list")


def test_works_for_who_speaks_for_one(log_in, partner, coalition):
    page = log_in(partner).get(LIST).text
    for words in ("Welzijn Maasdorp", "Petra Partner", coalition.name, "Nog niemand mag namens"):
        assert words in page


def test_who_speaks_for_several_chooses(log_in, partner):
    other = factories.make_organisation("Tweede Praktijk")
    factories.make_representative(partner, other)

    client = log_in(partner)
    page = client.get(LIST).text
    assert "Je spreekt voor 2 organisaties" in page
    assert "Tweede Praktijk" in client.get(reverse("coalitions:own-organisation", args=[other.pk])).text


def test_who_speaks_for_none_is_told_what_to_do(log_in, outsider):
    assert "Je spreekt nu voor geen organisatie" in log_in(outsider).get(LIST).text


def test_anonymous_is_asked_to_log_in(client, db):
    assert client.get(LIST).status_code == 302


def test_another_organisation_does_not_exist(log_in, partner, coordinator):
    other = factories.make_organisation()
    own = partner.representatives.get().organisation
    address = reverse("coalitions:own-organisation", args=[other.pk])
    assert log_in(partner).get(address).status_code == 404
    assert log_in(coordinator).get(reverse("coalitions:own-organisation", args=[own.pk])).status_code == 404


def test_a_function_that_ended_a_minute_ago_opens_nothing(log_in, partner):
    own = partner.representatives.get().organisation
    Representative.objects.update(valid_to=factories.today())
    assert log_in(partner).get(reverse("coalitions:own-organisation", args=[own.pk])).status_code == 404


def test_wrong_method(log_in, partner):
    assert log_in(partner).post(LIST).status_code == 405
