"""The pages about how the coalition stands."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from coalitions import fixed_facts
from coalitions.models import Condition, Requirement
from tests import factories

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


@pytest.fixture(autouse=True)
def facts(db):
    fixed_facts.load()


def address(coalition, name, *more):
    return reverse(f"coalitions:{name}", args=[coalition.slug, *more])


def test_a_year_is_measured_and_stands_beside_the_last(log_in, coordinator, coalition):
    client = log_in(coordinator)
    for year, score in ((YEAR - 1, "missing"), (YEAR, "in_place")):
        url = address(coalition, "condition-score", year)
        assert client.post(url, {}).status_code == 422
        data = {f"c{one.pk}_state": score for one in Condition.objects.all()}
        assert client.post(url, data)["Location"] == address(coalition, "condition-list")
    page = client.get(address(coalition, "condition-list")).text
    assert f"Meting van {YEAR}, met {YEAR - 1} ernaast" in page
    assert f"{YEAR}: kies bij elke" in client.get(address(coalition, "condition-score", YEAR)).text
    assert page.count("Op orde") == 12
    assert page.count("Ontbreekt") == 12
    assert "nog geen meting" in client.get(address(coalition, "condition-list"), {"jaar": "2019"}).text
    assert client.get(address(coalition, "condition-score", YEAR + 1)).status_code == 404


def test_a_condition_of_ones_own(log_in, coordinator, coalition):
    client = log_in(coordinator)
    data = {"name": "Vertrouwen", "question": "Is het er?"}
    client.post(address(coalition, "condition-add"), data)
    assert "Vertrouwen" in client.get(address(coalition, "condition-list")).text
    assert client.post(address(coalition, "condition-add"), data).status_code == 422


def test_an_agreement_is_written_read_and_downloaded(log_in, coordinator, partner, coalition):
    client = log_in(coordinator)
    kind = factories.make_type()
    data = {
        "title": "Overdracht",
        "version": "1",
        "party_types": [kind.pk],
        "valid_from": "2024-01-01",
        "file": SimpleUploadedFile("a.pdf", b"%PDF-1.7"),
    }
    client.post(address(coalition, "agreement-add"), data)
    agreement = coalition.agreements.get()
    assert client.post(address(coalition, "agreement-add"), {"title": "x"}).status_code == 422
    client.post(address(coalition, "agreement-edit", agreement.pk), {**data, "title": "Beter", "file": ""})
    reader = log_in(partner)
    assert "Beter" in reader.get(address(coalition, "agreement-list")).text
    assert reader.get(address(coalition, "agreement-file", agreement.pk)).content == b"%PDF-1.7"
    assert reader.get(address(coalition, "agreement-edit", agreement.pk)).status_code == 403


def test_an_agreement_without_a_file_has_no_download(log_in, coordinator, coalition):
    from coalitions.models import Agreement

    agreement = Agreement.objects.create(
        coalition=coalition, title="A", version="1", valid_from=factories.today()
    )
    assert log_in(coordinator).get(address(coalition, "agreement-file", agreement.pk)).status_code == 404


def test_a_yearly_talk(log_in, coordinator, coalition):
    membership = factories.make_member(coalition)
    client = log_in(coordinator)
    url = address(coalition, "partner-review-edit", membership.pk, YEAR)
    assert client.post(url, {}).status_code == 422
    client.post(url, {"held_on": f"{YEAR}-01-02", "effort": "Veel", "result": "Goed"})
    assert "Gehouden" in client.get(address(coalition, "partner-review-list")).text
    assert f"Gesprek van {YEAR}" in client.get(address(coalition, "partner-review-list")).text
    page = client.get(url).text
    assert "Veel" in page
    assert f", {YEAR}" in page
    assert client.get(address(coalition, "partner-review-edit", membership.pk, YEAR + 1)).status_code == 404


def test_the_checklist_of_a_municipality(log_in, coordinator, coalition):
    client = log_in(coordinator)
    url = address(coalition, "requirement-check", "GM0983")
    assert client.post(url, {}).status_code == 422
    client.post(url, {f"r{one.pk}_state": "busy" for one in Requirement.objects.all()})
    page = client.get(address(coalition, "requirement-list")).text
    assert page.count("Mee bezig") == Requirement.objects.count()
    assert client.get(address(coalition, "requirement-check", "GM0363")).status_code == 404


def test_a_list_with_owners(log_in, coordinator, partner, coalition):
    client = log_in(coordinator)
    kind = "initiative"
    assert client.post(address(coalition, "list-entry-add", kind), {}).status_code == 422
    data = {"title": "VoorZorg", "owner": partner.pk}
    client.post(address(coalition, "list-entry-add", kind), data)
    entry = coalition.list_entries.get()
    client.post(address(coalition, "list-entry-edit", kind, entry.pk), {**data, "title": "VoorZorg 2"})
    client.post(address(coalition, "list-entry-finish", kind, entry.pk), {"afgehandeld": "ja"})
    page = log_in(partner).get(address(coalition, "list-entry-list", kind)).text
    assert "VoorZorg 2" in page
    assert "Afgehandeld" in page
    assert "Handel af" not in page
    assert log_in(partner).get(address(coalition, "list-entry-list", "onzin")).status_code == 404


def test_others_do_not_get_in(client, log_in, partner, outsider, coalition):
    for name in ("condition-list", "partner-review-list", "requirement-list"):
        assert client.get(address(coalition, name)).status_code == 302
    for name in ("condition-list", "partner-review-list", "requirement-list"):
        assert log_in(partner).get(address(coalition, name)).status_code == 403
        assert log_in(outsider).get(address(coalition, name)).status_code == 404
