"""The organisation that somebody speaks for."""

import io

import openpyxl
from django.db import connection
from django.test.utils import CaptureQueriesContext
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


def test_its_people_take_everything_along(log_in, partner, coalition, coordinator):
    own = partner.representatives.get()
    factories.give_mandate(own, checked_by=coordinator)
    own.organisation.aliases.create(name="Welzijn Oud")
    former = factories.make_representative(factories.make_person("Fenna Vroeger"), own.organisation)
    Representative.objects.filter(pk=former.pk).update(valid_to=factories.today())
    address = reverse("coalitions:own-organisation-xlsx", args=[own.organisation.pk])
    client = log_in(partner)

    def rows() -> tuple[list[tuple[object, ...]], int]:
        with CaptureQueriesContext(connection) as queries:
            content = client.get(address).content
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        return list(sheet.iter_rows(values_only=True)), len(queries)

    found, few = rows()
    kinds = {(row[0], row[1]) for row in found}
    assert {
        ("Gegevens", "Naam"),
        ("Andere naam", "Welzijn Oud"),
        ("Persoon", "Petra Partner"),
        ("Persoon", "Fenna Vroeger"),
        ("Tekenbevoegdheid", "Petra Partner"),
        ("Lidmaatschap", coalition.name),
    } <= kinds
    for _ in range(3):
        factories.make_representative(factories.make_person(), own.organisation)
    assert rows()[1] == few


def test_nobody_else_takes_it_along(log_in, partner, coordinator):
    own = partner.representatives.get().organisation
    address = reverse("coalitions:own-organisation-xlsx", args=[own.pk])
    assert log_in(coordinator).get(address).status_code == 404
