"""The pages of working groups: list, proposal, one group, and leading it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from coalitions import groups
from coalitions.models import GroupState
from tests import factories

pytestmark = pytest.mark.django_db


def address(coalition, name, *more):
    return reverse(f"coalitions:working-group-{name}", args=[coalition.slug, *more])


@pytest.fixture
def group(coalition, partner):
    return factories.make_group(coalition, partner, name="Signaleren")


def test_the_list_filters_and_hides_what_is_over(log_in, coordinator, coalition, partner, group):
    over = factories.make_group(coalition, partner, name="Voorbij")
    groups.close(group=over, reason="Klaar", by=coordinator)
    client = log_in(coordinator)
    page = client.get(address(coalition, "list")).text
    assert "Signaleren" in page
    assert "Voorbij" not in page
    assert "Voorbij" in client.get(address(coalition, "list"), {"stand": "closed"}).text


def test_an_empty_list_has_the_next_step(log_in, partner, coalition):
    assert "Deze coalitie heeft nog geen werkgroepen." in log_in(partner).get(address(coalition, "list")).text


def test_a_partner_proposes_and_another_supports(client, log_in, partner, alderman, coalition):
    data = {"name": "Preconceptiezorg", "kind": "working_group", "purpose": "Vooraf"}
    response = log_in(partner).post(address(coalition, "propose"), data)
    assert response["Location"] == address(coalition, "detail", "preconceptiezorg")
    other = log_in(alderman)
    assert "Ik steun dit voorstel" in other.get(response["Location"]).text
    page = other.post(address(coalition, "support", "preconceptiezorg"), follow=True).text
    assert "Je steunt dit voorstel." in page
    page = other.post(address(coalition, "unsupport", "preconceptiezorg"), follow=True).text
    assert "Je steunt dit voorstel niet meer." in page


def test_a_proposal_without_words_is_told_so(log_in, partner, coalition):
    assert log_in(partner).post(address(coalition, "propose"), {}).status_code == 422


def test_the_coordinator_starts_a_proposal(log_in, coordinator, partner, coalition):
    groups.propose(coalition=coalition, name="Nieuw", purpose="x", kind="learning", is_open=False, by=partner)
    client = log_in(coordinator)
    url = address(coalition, "step", "nieuw", "starten")
    assert client.post(url, {}).status_code == 422
    response = client.post(url, {"lead": partner.pk})
    assert response["Location"] == address(coalition, "detail", "nieuw")
    assert coalition.groups.get().state == GroupState.ACTIVE


def test_steps_of_a_lead(log_in, partner, coalition, group):
    client = log_in(partner)
    client.post(address(coalition, "step", group.slug, "stilleggen"))
    group.refresh_from_db()
    assert group.state == GroupState.RESTING
    response = client.post(address(coalition, "step", group.slug, "stilleggen"))
    assert response.status_code == 422
    assert "Van daar kan de stap" in response.text
    client.post(address(coalition, "step", group.slug, "hervatten"))
    client.post(address(coalition, "step", group.slug, "afronden"), {"reason": "Klaar"})
    group.refresh_from_db()
    assert group.state == GroupState.CLOSED
    assert client.get(address(coalition, "step", group.slug, "vliegen")).status_code == 403


def test_a_step_that_does_not_exist_is_not_found(log_in, coordinator, coalition, group):
    assert log_in(coordinator).get(address(coalition, "step", group.slug, "vliegen")).status_code == 404


def test_the_lead_of_one_group_manages_no_other(log_in, alderman, partner, coalition, group):
    other = factories.make_group(coalition, alderman, name="Andere")
    client = log_in(partner)
    for name in ("edit", "person-add", "document-add"):
        assert client.get(address(coalition, name, group.slug)).status_code == 200, name
        assert client.get(address(coalition, name, other.slug)).status_code == 403, name
    assert client.post(address(coalition, "step", other.slug, "stilleggen")).status_code == 403


def test_people_come_in_and_go(log_in, coordinator, alderman, partner, coalition, group):
    client = log_in(coordinator)
    client.post(address(coalition, "person-add", group.slug), {"person": alderman.pk, "role": "secretary"})
    seat = group.seats.get(person=alderman)
    assert "Secretaris" in client.get(group.get_absolute_url()).text
    client.post(address(coalition, "person-end", group.slug, seat.pk))
    assert not group.seats.current().filter(person=alderman).exists()


def test_who_joins_an_open_group_can_leave_it(log_in, coordinator, alderman, coalition, group):
    groups.edit(group=group, is_open=True, by=coordinator)
    client = log_in(alderman)
    client.post(address(coalition, "join", group.slug))
    assert group.seats.current().count() == 2
    client.post(address(coalition, "leave", group.slug))
    assert group.seats.current().count() == 1


def test_documents_are_for_the_people_of_the_group(log_in, coordinator, partner, alderman, coalition, group):
    client = log_in(partner)
    upload = SimpleUploadedFile("verslag.pdf", b"%PDF-1.7 tekst", content_type="application/pdf")
    client.post(address(coalition, "document-add", group.slug), {"title": "Verslag", "file": upload})
    document = group.documents.get()
    url = address(coalition, "document", group.slug, document.pk)
    assert client.get(url).content == b"%PDF-1.7 tekst"
    assert log_in(coordinator).get(url).status_code == 200
    assert log_in(alderman).get(url).status_code == 403
    assert "De documenten zijn voor wie in deze groep zit." in client.get(group.get_absolute_url()).text
    log_in(partner).post(address(coalition, "document-remove", group.slug, document.pk))
    assert not group.documents.exists()


def test_a_file_of_another_kind_is_refused(log_in, partner, coalition, group):
    upload = SimpleUploadedFile("virus.exe", b"MZ")
    response = log_in(partner).post(
        address(coalition, "document-add", group.slug), {"title": "x", "file": upload}
    )
    assert response.status_code == 422


def test_outsiders_see_no_group(client, log_in, outsider, analyst, coalition, group):
    assert client.get(group.get_absolute_url()).status_code == 302
    assert log_in(outsider).get(group.get_absolute_url()).status_code == 404
    assert log_in(analyst).post(address(coalition, "support", group.slug)).status_code == 403


def test_who_leads_a_group_takes_its_people_along(log_in, coordinator, partner, alderman, coalition, group):
    groups.add_person(group=group, person=alderman, role="member", by=coordinator)
    url = address(coalition, "people-csv", group.slug)
    client = log_in(partner)
    lines = client.get(url).content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Naam;Organisatie;Mailadres;Rol;Sinds"
    assert [line.split(";")[:4] for line in lines[1:]] == [
        [partner.name, "Welzijn Maasdorp", partner.email, "trekker"],
        [alderman.name, alderman.representatives.get().organisation.name, alderman.email, "lid"],
    ]
    assert "Welzijn Maasdorp" in client.get(group.get_absolute_url()).text
    assert url in client.get(group.get_absolute_url()).text
    assert log_in(alderman).get(url).status_code == 403
    other = factories.make_group(coalition, alderman, name="Andere")
    assert log_in(partner).get(address(coalition, "people-xlsx", other.slug)).status_code == 403
    assert log_in(coordinator).get(address(coalition, "people-xlsx", other.slug)).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_costs_the_same_few_queries_for_one_and_many(
    log_in, coordinator, coalition, group, count, django_assert_max_num_queries
):
    for number in range(count):
        person = factories.make_person(f"Persoon {number}")
        factories.make_representative(person, factories.make_member(coalition).organisation)
        groups.add_person(group=group, person=person, role="member", by=coordinator)
    client = log_in(coordinator)
    with django_assert_max_num_queries(12):
        client.get(group.get_absolute_url())
