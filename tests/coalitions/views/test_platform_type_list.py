"""Kinds of organisations, for the administrator."""

import pytest
from django.urls import reverse

from partners.models import OrganisationType
from partners.organisation_types import load_organisation_types
from tests import factories

pytestmark = pytest.mark.django_db
LIST = reverse("coalitions:platform-type-list")
ADD = reverse("coalitions:platform-type-add")
ANSWERS = {
    "code": "bibliotheek",
    "name": "bibliotheek",
    "name_plural": "bibliotheken",
    "domain": "social",
}


@pytest.fixture
def kind(db):
    return factories.make_type("school")


@pytest.fixture
def edit(kind):
    return reverse("coalitions:platform-type-edit", args=[kind.code])


def test_the_list_counts_organisations(log_in, administrator, kind):
    factories.make_organisation(type_code="school")

    page = log_in(administrator).get(LIST)

    assert page.context["kinds"].get().organisation_count == 1
    assert "sociaal" in page.text


def test_the_list_is_in_order_of_name(log_in, administrator):
    load_organisation_types()

    page = log_in(administrator).get(LIST)

    names = [kind.sort_key for kind in page.context["kinds"]]
    assert names == sorted(names)
    assert len(names) > 40


def test_an_empty_list_shows_the_next_step(log_in, administrator):
    assert "Voeg de eerste soort toe" in log_in(administrator).get(LIST).text


def test_a_kind_is_added(log_in, administrator):
    answer = log_in(administrator).post(ADD, ANSWERS, follow=True)

    assert "De soort ‘bibliotheek’ staat erbij." in answer.text
    assert OrganisationType.objects.get().name_plural == "bibliotheken"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "met spatie"}, "Gebruik alleen letters, cijfers en streepjes."),
        ({"code": "school"}, "bestaat al"),
        ({"name": ""}, "Dit veld is verplicht"),
        ({"domain": "anders"}, "geldige keuze"),
    ],
)
def test_a_bad_kind_is_explained(log_in, administrator, kind, change, words):
    page = log_in(administrator).post(ADD, ANSWERS | change)

    assert words in page.text
    assert OrganisationType.objects.count() == 1


def test_a_kind_changes_its_words_and_keeps_its_code(log_in, administrator, kind, edit):
    client = log_in(administrator)
    assert "De code blijft school." in client.get(edit).text

    client.post(edit, ANSWERS | {"code": "anders"})

    kind.refresh_from_db()
    assert (kind.code, kind.name) == ("school", "bibliotheek")


def test_a_bad_change_is_explained(log_in, administrator, kind, edit):
    assert "Dit veld is verplicht" in log_in(administrator).post(edit, {}).text


def test_anonymous_is_sent_to_log_in(client, edit):
    for url in (LIST, ADD, edit):
        assert client.get(url).status_code == 302


def test_an_unknown_kind_does_not_exist(log_in, administrator):
    url = reverse("coalitions:platform-type-edit", args=["nergens"])

    assert log_in(administrator).get(url).status_code == 404


def test_the_coordinator_is_refused(log_in, coordinator, edit):
    client = log_in(coordinator)

    assert client.get(LIST).status_code == 403
    assert client.post(ADD, ANSWERS).status_code == 403
    assert client.post(edit, ANSWERS).status_code == 403


def test_it_asks_as_many_queries_for_many_kinds(log_in, administrator, django_assert_max_num_queries):
    load_organisation_types()
    client = log_in(administrator)

    with django_assert_max_num_queries(12):
        client.get(LIST)
