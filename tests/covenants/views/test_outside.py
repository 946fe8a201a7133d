"""Registering what was signed on paper, as two people do it."""

import pytest
from django.urls import reverse

from covenants.models import OutsideRegistration
from covenants.register import register
from tests import factories
from tests.covenants.signing_cast import make_signatory, open_round, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def text(coalition):
    return factories.freeze(factories.make_draft(coalition))


@pytest.fixture
def url(text, coalition):
    return reverse("covenants:outside-list", args=[coalition.slug, text.covenant.slug, text.number])


@pytest.fixture
def member(coalition):
    organisation = factories.make_organisation("Kraamzorg De Peel")
    factories.make_member(coalition, organisation)
    return organisation


def sent(member, **changes):
    return {
        "signed_on": "2021-12-09",
        "kind": "sign",
        "organisations": [member.pk],
        "evidence": factories.make_upload("convenant.pdf"),
        "note": "Ligt in de kluis.",
        **changes,
    }


def test_one_person_registers_and_another_confirms(url, text, member, coalition, coordinator, log_in):
    page = log_in(coordinator).post(url, sent(member), follow=True)
    assert "Dit heb je zelf geregistreerd." in page.content.decode()
    registered = OutsideRegistration.objects.get()
    detail = f"{url}{registered.pk}/"
    log_in(coordinator).post(f"{detail}bevestigen/")
    assert register(text.covenant) == []

    second = factories.make_person("Teun Team")
    factories.give_role(second, coalition, "team")
    client = log_in(second)
    assert client.get(f"{detail}bewijs/")["Content-Type"] == "application/pdf"
    page = client.post(f"{detail}bevestigen/", follow=True).content.decode()
    assert "Bevestigd door Teun Team" in page
    assert [entry.name for entry in register(text.covenant)] == ["Kraamzorg De Peel"]


def test_who_stands_on_a_paper_that_waits_is_not_offered_for_another(url, text, member, coordinator, log_in):
    client = log_in(coordinator)
    client.post(url, sent(member))
    page = client.get(url)
    assert "Staat al op een papier dat op een tweede persoon wacht: Kraamzorg De Peel." in page.text
    assert list(page.context["form"].fields["organisations"].queryset) == []
    assert "Kraamzorg De Peel is" not in client.post(url, sent(member)).text
    assert OutsideRegistration.objects.count() == 1
    client.post(f"{url}{OutsideRegistration.objects.get().pk}/afwijzen/")
    assert list(client.get(url).context["form"].fields["organisations"].queryset) == [member]


def test_the_second_person_reads_at_once_that_a_paper_came_too_late(
    url, text, coalition, coordinator, log_in
):
    signatory = make_signatory(coalition, coordinator)
    client = log_in(coordinator)
    client.post(url, sent(signatory.organisation))
    open_round(text, coordinator)
    sign(text, signatory)
    second = factories.make_person("Teun Team")
    factories.give_role(second, coalition, "team")
    page = log_in(second).get(f"{url}{OutsideRegistration.objects.get().pk}/").text
    assert f"Al partij van deze versie: {signatory.organisation.name}" in page
    assert "Dit klopt met het papier" not in page
    assert "Wijs deze registratie af" in page


def test_a_registration_can_be_rejected(url, text, member, coordinator, log_in):
    client = log_in(coordinator)
    client.post(url, sent(member))
    registered = OutsideRegistration.objects.get()
    page = client.post(f"{url}{registered.pk}/afwijzen/", follow=True).content.decode()
    assert "Afgewezen" in page
    assert register(text.covenant) == []


def test_a_paper_needs_organisations_and_a_real_file(url, member, coordinator, log_in):
    page = log_in(coordinator).post(
        url, sent(member, organisations=[], evidence=factories.make_upload("foto.exe"))
    )
    text = page.content.decode()
    assert "Kies ten minste één organisatie" in text
    assert "Dit soort bestand kan niet." in text


def test_anonymous_visitors_log_in_first(url, client):
    assert client.get(url)["Location"].startswith(reverse("account_login"))


def test_outsiders_find_nothing(url, outsider, log_in):
    assert log_in(outsider).get(url).status_code == 404


def test_a_partner_is_refused(url, partner, log_in):
    assert log_in(partner).get(url).status_code == 403


def test_confirming_is_an_act(url, coordinator, log_in):
    assert log_in(coordinator).get(f"{url}1/bevestigen/").status_code == 405
