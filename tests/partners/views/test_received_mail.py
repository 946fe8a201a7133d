"""Mail aan mij: what the portal mailed to somebody, for nobody else to read."""

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.models import Person
from portal.files import store_bytes
from portal.models import Mail

URL = "/mijn/meldingen/"


def make_mail(to: Person, subject: str, **fields: Any) -> Mail:
    reference = f"proef:{Mail.objects.count()}"
    fields = {"text": "Kom je ook?\n", "recipient": to.email, "reference": reference} | fields
    return Mail.objects.create(purpose="proef", subject=subject, **fields)


def test_somebody_reads_again_what_was_mailed(partner, log_in):
    mail = make_mail(partner, "Bijeenkomst in Venlo")
    client = log_in(partner)

    listed = client.get(URL).content.decode()
    shown = client.get(f"{URL}{mail.pk}/").content.decode()

    assert "Bijeenkomst in Venlo" in listed
    assert "1 mail" in listed
    assert "Kom je ook?" in shown


def test_mail_to_others_is_nobodys_business(partner, coordinator, log_in):
    mail = make_mail(coordinator, "Alleen voor Carla")
    client = log_in(partner)

    listed = client.get(URL).content.decode()

    assert "Alleen voor Carla" not in listed
    assert "Het portaal stuurde je nog geen mail." in listed
    assert client.get(f"{URL}{mail.pk}/").status_code == 404
    assert client.get(f"{URL}{mail.pk}/bijlage/").status_code == 404


def test_an_address_that_was_somebody_elses_tells_nothing_of_before(partner, log_in):
    mail = make_mail(partner, "Voor wie dit adres eerst had")
    Mail.objects.filter(pk=mail.pk).update(created_at=partner.created_at - datetime.timedelta(days=1))

    client = log_in(partner)

    assert "Voor wie dit adres eerst had" not in client.get(URL).content.decode()
    assert client.get(f"{URL}{mail.pk}/").status_code == 404


@pytest.mark.parametrize(("is_confirmed", "is_read"), [(True, True), (False, False)])
def test_a_second_address_counts_once_it_is_confirmed(partner, log_in, is_confirmed, is_read):
    partner.emailaddress_set.create(email="tweede@proef.example", verified=is_confirmed)
    make_mail(partner, "Naar het tweede adres", recipient="tweede@proef.example")

    listed = log_in(partner).get(URL).content.decode()

    assert ("Naar het tweede adres" in listed) is is_read


def test_a_code_is_read_only_in_the_mail_itself(partner, log_in):
    mail = make_mail(partner, "Je inlogcode", text="123 456", holds_secret=True)

    shown = log_in(partner).get(f"{URL}{mail.pk}/").content.decode()

    assert "123 456" not in shown
    assert "Vraag dan een nieuwe aan." in shown


def test_what_went_along_can_be_had_again(partner, log_in):
    file = store_bytes(name="verklaring.pdf", content_type="application/pdf", content=b"PDF")
    mail = make_mail(partner, "Je verklaring", attachment=file)
    client = log_in(partner)
    address = reverse("partners:received-mail-attachment", args=[mail.pk])

    assert address in client.get(f"{URL}{mail.pk}/").content.decode()
    assert client.get(address).content == b"PDF"


def test_mails_are_searched_and_ordered(partner, log_in):
    for number, subject in enumerate(["Wat is er nieuw", "Bijeenkomst in Venlo", "Verslag van Venlo"]):
        mail = make_mail(partner, subject)
        Mail.objects.filter(pk=mail.pk).update(created_at=timezone.now() + datetime.timedelta(minutes=number))
    client = log_in(partner)

    def subjects(query: str) -> list[str]:
        return [mail.subject for mail in client.get(URL + query).context["filter"].page]

    assert subjects("") == ["Verslag van Venlo", "Bijeenkomst in Venlo", "Wat is er nieuw"]
    assert subjects("?zoek=venlo&sorteer=onderwerp") == ["Bijeenkomst in Venlo", "Verslag van Venlo"]
    assert "Wis de zoekwoorden" in client.get(f"{URL}?zoek=roermond").content.decode()


def test_the_list_takes_as_many_queries_for_one_mail_as_for_fifty(partner, log_in, cost_of):
    client = log_in(partner)
    make_mail(partner, "De eerste")
    of_one = cost_of(client, URL)
    for number in range(49):
        make_mail(partner, f"Mail {number}", reference=f"meer:{number}")

    assert cost_of(client, URL) == of_one
    assert of_one <= 12
