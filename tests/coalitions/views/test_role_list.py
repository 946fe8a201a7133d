"""Roles on the screen: given, handed over, ended at once."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from coalitions.models import CoalitionRole, Phase, Role
from partners.models import Person
from portal.models import Mail
from tests import factories

TODAY = timezone.localdate()


@pytest.fixture
def url(coalition):
    return f"/coalities/{coalition.slug}/rollen/"


def role_of(person, role=Role.COORDINATOR):
    return person.coalition_roles.get(role=role)


def data(**changes):
    return {
        "role": "team",
        "name": "Tine Team",
        "email": "tine@example.org",
        "on": TODAY.isoformat(),
        "employer": "Robuust",
        "hours_per_week": "8",
        **changes,
    }


def test_works_and_invites_somebody_new(log_in, coordinator, coalition, url):
    client = log_in(coordinator)
    document = SimpleUploadedFile("opdracht.pdf", b"%PDF-1.7 opdracht")
    response = client.post(f"{url}nieuw/", data(document=document))
    assert response.url == url
    given = coalition.roles.get(role=Role.TEAM)
    assert (given.employer, given.hours_per_week) == ("Robuust", 8)
    assert Mail.objects.get(purpose="invitation").recipient == "tine@example.org"
    page = client.get(url).text
    assert "Tine Team" in page
    assert "opdracht.pdf" in page
    assert client.get(f"{url}{given.pk}/opdracht/").content == b"%PDF-1.7 opdracht"


def test_who_has_an_account_hears_of_the_role(log_in, coordinator, coalition, url):
    known = factories.make_person(email="tine@example.org")
    log_in(coordinator).post(f"{url}nieuw/", data())
    assert coalition.roles.get(role=Role.TEAM).person == known
    assert Mail.objects.get().purpose == "role_given"


def test_anonymous_is_asked_to_log_in(client, url):
    assert client.get(url).url.startswith("/inloggen/")


def test_an_outsider_does_not_find_it(log_in, outsider, url):
    assert log_in(outsider).get(url).status_code == 404


@pytest.mark.parametrize("fixture", ["partner", "alderman", "analyst"])
def test_other_roles_may_not(log_in, request, fixture, url):
    client = log_in(request.getfixturevalue(fixture))
    assert client.get(url).status_code == 403
    assert client.post(f"{url}nieuw/", data(role="coordinator")).status_code == 403
    assert not CoalitionRole.objects.filter(role=Role.COORDINATOR).exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"role": "keizer"}, "keuze"),
        ({"name": ""}, "verplicht"),
        ({"email": "geen"}, "mailadres"),
        ({"hours_per_week": "61"}, "60"),
        ({"hours_per_week": "-1"}, "1"),
        ({"until": (TODAY - datetime.timedelta(days=9)).isoformat()}, "einddatum ligt voor de begindatum"),
        ({"document": SimpleUploadedFile("opdracht.exe", b"MZ")}, "Dit soort bestand kan niet"),
    ],
)
def test_bad_input_gives_nothing(log_in, coordinator, coalition, url, change, words):
    response = log_in(coordinator).post(f"{url}nieuw/", data(**change))
    assert response.status_code == 422
    assert words in response.text
    assert coalition.roles.count() == 1
    assert not Mail.objects.exists()


def test_a_second_commissioner_is_refused_and_leaves_nobody_behind(log_in, coordinator, coalition, url):
    factories.give_role(factories.make_person(), coalition, Role.COMMISSIONER)
    page = log_in(coordinator).post(f"{url}nieuw/", data(role="commissioner")).text
    assert "heeft in deze periode al een opdrachtgever" in page
    assert not Person.objects.filter(email="tine@example.org").exists()


def test_the_last_coordinator_cannot_stop(log_in, coordinator, url):
    page = (
        log_in(coordinator)
        .post(f"{url}{role_of(coordinator).pk}/beeindigen/", {"on": TODAY.isoformat()})
        .text
    )
    assert "Een coalitie heeft altijd een coördinator." in page
    assert role_of(coordinator).is_current


def test_from_founding_on_the_commissioner_only_hands_over(log_in, coordinator, coalition, url):
    held = factories.give_role(factories.make_person(), coalition, Role.COMMISSIONER)
    client = log_in(coordinator)
    page = client.post(f"{url}{held.pk}/beeindigen/", {"on": TODAY.isoformat()}).text
    assert "Draag de rol over" in page
    client.post(f"{url}{held.pk}/overdragen/", data())
    held.refresh_from_db()
    assert held.valid_to == TODAY
    assert coalition.roles.current().get(role=Role.COMMISSIONER).person.email == "tine@example.org"


def test_before_founding_the_commissioner_may_stop(log_in, coordinator, coalition, url):
    type(coalition).objects.filter(pk=coalition.pk).update(phase=Phase.PAUSED)
    held = factories.give_role(factories.make_person(), coalition, Role.COMMISSIONER)
    response = log_in(coordinator).post(f"{url}{held.pk}/beeindigen/", {"on": TODAY.isoformat()})
    assert response.url == url


def test_a_role_that_ends_today_ends_in_the_running_session(log_in, coordinator, coalition, url):
    """The next request is refused, and says why."""
    colleague = factories.make_person("Klaas Kwartiermaker")
    held = factories.give_role(colleague, coalition)
    theirs = log_in(colleague)
    assert theirs.get(url).status_code == 200
    from coalitions import roles

    roles.end_role(role=held, by=coordinator)

    response = theirs.post(f"{url}nieuw/", data())
    assert response.status_code == 404
    assert "Uw rol als coördinator van Maas en Peel is geëindigd op" in response.text
    assert not coalition.roles.filter(role=Role.TEAM).exists()


def test_who_still_takes_part_hears_as_well_that_the_role_ended(log_in, coordinator, partner, coalition, url):
    from coalitions import roles

    held = factories.give_role(partner, coalition)
    theirs = log_in(partner)
    assert theirs.get(url).status_code == 200
    roles.end_role(role=held, by=coordinator)
    refused = theirs.post(f"{url}nieuw/", data())
    assert refused.status_code == 403
    assert "Uw rol als coördinator van Maas en Peel is geëindigd op" in refused.text


def test_an_outsider_hears_no_such_thing(log_in, outsider, url):
    assert "is geëindigd" not in log_in(outsider).get(url).text


def test_who_hands_over_her_own_role_goes_on_to_her_other_work(log_in, coordinator, coalition, url):
    client = log_in(coordinator)
    response = client.post(f"{url}{role_of(coordinator).pk}/overdragen/", data())
    assert response.url == "/start/" or response.status_code == 302
    assert client.get(url).status_code == 404
    assert coalition.roles.current().get(role=Role.COORDINATOR).person.email == "tine@example.org"


def test_details_change_and_the_document_stays_without_a_new_one(log_in, coordinator, url):
    held = role_of(coordinator)
    client = log_in(coordinator)
    document = SimpleUploadedFile("opdracht.pdf", b"%PDF-1.7")
    client.post(f"{url}{held.pk}/", {"employer": "Robuust", "hours_per_week": "24", "document": document})
    client.post(f"{url}{held.pk}/", {"employer": "Robuust", "hours_per_week": "16"})
    held.refresh_from_db()
    assert held.hours_per_week == 16
    assert held.assignment_document.name == "opdracht.pdf"


def test_without_a_document_there_is_nothing_to_read(log_in, coordinator, url):
    assert log_in(coordinator).get(f"{url}{role_of(coordinator).pk}/opdracht/").status_code == 404


def test_a_role_elsewhere_is_not_found(log_in, coordinator, outsider, url):
    held = outsider.coalition_roles.get()
    client = log_in(coordinator)
    for page in ("", "overdragen/", "beeindigen/", "opdracht/"):
        assert client.get(f"{url}{held.pk}/{page}").status_code == 404
