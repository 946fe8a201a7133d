"""The profile of an organisation and everything around it, kept by who may."""

import pytest
from django.urls import reverse

from partners.models import Location, Organisation, OrganisationLink
from tests import factories


@pytest.fixture
def organisation(partner):
    return partner.representatives.get().organisation


def address(name, pk):
    return reverse(f"coalitions:{name}", args=[pk])


def profile(organisation, **changes):
    return {
        "revision": organisation.revision,
        "name": organisation.name,
        "type": organisation.type_id,
        "municipality": "",
        "is_public": "on",
        **changes,
    }


def test_its_own_people_change_the_profile_and_confirm_it(log_in, partner, organisation):
    client = log_in(partner)
    assert organisation.name in client.get(address("organisation-edit", organisation.pk)).text
    page = client.post(
        address("organisation-edit", organisation.pk),
        profile(organisation, kvk="12 34 56 78", extra_domains=["informal"], website="welzijn.example"),
        follow=True,
    ).text
    assert "De gegevens zijn opgeslagen" in page
    organisation.refresh_from_db()
    assert (organisation.kvk, organisation.extra_domains) == ("12345678", ["informal"])
    assert (organisation.website, organisation.confirmed_by) == ("https://welzijn.example", partner)
    assert "Kloppen deze gegevens nog?" not in client.get(organisation.own_page).text


def test_a_coordinator_and_the_administrator_change_it_too(log_in, coordinator, administrator, organisation):
    for number, person in enumerate((coordinator, administrator)):
        organisation.refresh_from_db()
        response = log_in(person).post(
            address("organisation-edit", organisation.pk), profile(organisation, short_name=f"W{number}")
        )
        assert response["Location"] == organisation.get_absolute_url()
    organisation.refresh_from_db()
    assert (organisation.short_name, organisation.confirmed_by) == ("W1", None)


def test_of_two_editors_the_second_sees_both_values_and_may_go_on(log_in, partner, coordinator, organisation):
    url = address("organisation-edit", organisation.pk)
    first = profile(organisation, phone="077 1111111")
    second = profile(organisation, phone="077 2222222")
    log_in(partner).post(url, first)
    client = log_in(coordinator)

    page = client.post(url, second).text
    assert "Intussen gewijzigd door Petra Partner" in page
    for words in ("Staat er nu:", "077 1111111", "Jij vulde in:", "077 2222222"):
        assert words in page
    organisation.refresh_from_db()
    assert organisation.phone == "077 1111111"

    client.post(url, {**second, "revision": organisation.revision})
    organisation.refresh_from_db()
    assert organisation.phone == "077 2222222"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kvk": "1234"}, "KvK-nummer heeft 8 cijfers"),
        ({"agb": "12a"}, "AGB-code heeft 8 cijfers"),
        ({"oin": "12"}, "OIN heeft 20 cijfers"),
        ({"rsin": "12"}, "RSIN heeft 9 cijfers"),
        ({"branch": "123456789012"}, "hoort een KvK-nummer"),
        ({"description": "kind 111222333"}, "burgerservicenummer"),
        ({"municipality": "Bestaatniet"}, "Bestaatniet"),
        ({"name": ""}, "verplicht"),
        ({"phone": "bel maar"}, "telefoonnummer"),
    ],
)
def test_bad_input_is_told_at_its_field(log_in, partner, organisation, changes, words):
    response = log_in(partner).post(
        address("organisation-edit", organisation.pk), profile(organisation, **changes)
    )
    assert response.status_code == 422
    assert words in response.text
    organisation.refresh_from_db()
    assert organisation.revision == 0


EDITS = (
    "organisation-edit",
    "organisation-names",
    "location-add",
    "organisation-link-add",
    "colleague-invite",
    "linking-role-add",
)


def test_anonymous_is_asked_to_log_in(client, organisation):
    for name in EDITS:
        assert client.get(address(name, organisation.pk)).status_code == 302


def test_nobody_else_finds_it(log_in, outsider, alderman, organisation):
    for person in (outsider, alderman):
        client = log_in(person)
        for name in EDITS:
            assert client.get(address(name, organisation.pk)).status_code == 404, name


def test_wrong_methods(log_in, partner, organisation):
    client = log_in(partner)
    assert client.put(address("organisation-edit", organisation.pk)).status_code == 405
    assert client.get(address("organisation-confirm", organisation.pk)).status_code == 405


def test_the_yearly_look(log_in, partner, coordinator, organisation):
    assert "Kloppen deze gegevens nog?" in log_in(partner).get(organisation.own_page).text
    client = log_in(partner)
    client.post(address("organisation-confirm", organisation.pk))
    organisation.refresh_from_db()
    assert organisation.confirmed_by == partner
    refused = log_in(coordinator).post(address("organisation-confirm", organisation.pk))
    assert refused.status_code == 404


def test_names_and_service_area_change_without_undoing_another(log_in, partner, organisation, coalition):
    client = log_in(partner)
    url = address("organisation-names", organisation.pk)
    shown = {"initial-names": "", "initial-municipalities": ""}
    client.post(url, {**shown, "names": "Maasdorp Welzijn", "municipalities": "Venlo"})
    # Opened before the first was saved.
    client.post(url, {**shown, "names": "WM", "municipalities": "GM0889"})
    assert {alias.name for alias in organisation.aliases.all()} == {"Maasdorp Welzijn", "WM"}
    assert organisation.service_areas.count() == 2
    client.post(
        url,
        {
            "initial-names": "Maasdorp Welzijn\nWM",
            "names": "WM",
            "initial-municipalities": "GM0983\nGM0889",
            "municipalities": "GM0889",
        },
    )
    assert [alias.name for alias in organisation.aliases.all()] == ["WM"]
    assert organisation.service_areas.get().municipality.code == "GM0889"
    assert "Atlantis" in client.post(url, {**shown, "names": "", "municipalities": "Atlantis"}).text


def test_a_location_comes_changes_and_goes(log_in, partner, organisation):
    client = log_in(partner)
    client.post(address("location-add", organisation.pk), {"city": "Venlo", "postcode": "5911ab"})
    location = Location.objects.get()
    assert location.postcode == "5911 AB"
    url = address("location-edit", location.pk)
    assert "Een postcode is zoals" in client.post(url, {"city": "Venlo", "postcode": "12"}).text
    client.post(url, {"city": "Tegelen", "postcode": ""})
    location.refresh_from_db()
    assert location.city == "Tegelen"
    client.post(address("location-remove", location.pk))
    assert not Location.objects.exists()


def test_a_link_is_made_and_ended(log_in, partner, outsider, organisation):
    vsv = factories.make_organisation("VSV Noord", type_code="vsv")
    client = log_in(partner)
    url = address("organisation-link-add", organisation.pk)
    answers = {"kind": "member_of_vsv", "target": vsv.pk, "valid_from": "2024-01-01"}
    client.post(url, answers)
    link = OrganisationLink.objects.get()
    assert link.target == vsv
    assert "staat er in deze periode al" in client.post(url, answers).text
    assert log_in(outsider).post(address("organisation-link-end", link.pk)).status_code == 404
    assert "is beëindigd" in log_in(partner).post(address("organisation-link-end", link.pk), follow=True).text


def test_a_merged_organisation_leads_to_the_one_that_it_is_now(log_in, partner, organisation):
    gone = factories.make_organisation()
    Organisation.objects.filter(pk=gone.pk).update(merged_into=organisation, archived_at="2024-01-01T00:00Z")
    response = log_in(partner).get(gone.get_absolute_url())
    assert response["Location"] == organisation.get_absolute_url()


def test_the_archive_waits_for_who_still_takes_part(log_in, coordinator, partner, organisation):
    client = log_in(coordinator)
    url = address("organisation-archive", organisation.pk)
    assert "naar het archief?" in client.get(url).text
    assert "staat nog op de lijst van Maas en Peel" in client.post(url, follow=True).text
    organisation.memberships.update(state="left", left_on=factories.today())
    client.post(url)
    organisation.refresh_from_db()
    assert organisation.archived_at
    client.post(address("organisation-restore", organisation.pk))
    organisation.refresh_from_db()
    assert organisation.archived_at is None
    assert log_in(partner).post(url).status_code == 403
