"""The mail with news: for whom, when, once, no longer than twenty lines, and how to end it."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from celery.schedules import crontab
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from coalitions import digests, groups, join_requests, tasks
from coalitions.models import Digest, GroupKind
from config.celery import app
from partners import unsubscribing
from partners.models import Person
from portal import jobs
from portal.models import Mail
from tests import factories

pytestmark = pytest.mark.django_db


def choose(person, choice):
    Person.objects.filter(pk=person.pk).update(mail_choice=choice)


def propose(coalition, by, name="Preconceptiezorg"):
    return groups.propose(
        coalition=coalition, name=name, purpose="x", kind=GroupKind.LEARNING, is_open=False, by=by
    )


def send():
    jobs.work_due(Digest)
    jobs.work_due(Mail)


def test_monday_mail_has_asks_and_news_in_one_mail_with_a_way_out(coalition, coordinator, partner, alderman):
    propose(coalition, partner)
    assert digests.order_weekly() == 3
    send()
    to_partner = next(one for one in mail.outbox if one.to == [partner.email])
    assert "voorstel voor een groep ‘Preconceptiezorg’" in to_partner.body
    assert to_partner.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = to_partner.extra_headers["List-Unsubscribe"].rstrip("/>").rpartition("/")[2]
    assert unsubscribing.person_of(token) == partner
    to_coordinator = next(one for one in mail.outbox if one.to == [coordinator.email])
    assert "Voorstel voor een werkgroep: Preconceptiezorg. Gaat die door?" in to_coordinator.body
    to_alderman = next(one for one in mail.outbox if one.to == [alderman.email])
    assert "Uw overzicht" in to_alderman.body
    assert "<" not in to_alderman.body


def test_ordering_and_sending_twice_is_one_mail(coalition, partner):
    propose(coalition, partner)
    for _ in range(2):
        tasks.order_weekly_digests()
        send()
    assert [one.to for one in mail.outbox] == [[partner.email]]
    assert Digest.objects.get().line_count == 1


def test_the_database_keeps_one_for_each_person_and_period(partner):
    from django.utils import timezone

    Digest.objects.create(person=partner, period="2026-W48", since=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Digest.objects.create(person=partner, period="2026-W48", since=timezone.now())


def test_nothing_new_is_no_mail(coalition, partner):
    digests.order_weekly()
    send()
    assert mail.outbox == []
    assert Digest.objects.get().state == "done"


def test_twenty_lines_and_so_many_more(coalition, coordinator, partner):
    for number in range(34):
        propose(coalition, partner, name=f"Regel {number:02}")
    digests.order_weekly()
    send()
    body = next(one.body for one in mail.outbox if one.to == [coordinator.email])
    # Each is asked, and is news.
    assert body.count("Voorstel voor een werkgroep: Regel") == 20
    assert "en nog 48" in body


def test_each_choice_gets_its_own_mail(coalition, partner, coordinator):
    propose(coalition, partner)
    choose(partner, Person.MailChoice.DIRECT)
    choose(coordinator, Person.MailChoice.NEEDED)
    assert digests.order_weekly() == 0
    assert digests.order_direct() == 1
    send()
    assert [one.to for one in mail.outbox] == [[partner.email]]


def ask_to_join(coalition, name):
    request = join_requests.submit(
        coalition=coalition,
        applicant=None,
        organisation_name=name,
        type=factories.make_type("kraamzorg", domain="medical"),
        kvk="",
        municipality=None,
        matched_organisation=None,
        motivation="Wij zien veel gezinnen",
        commitment="join",
        energy="",
        contact_name="Anna Aanmelder",
        contact_function="manager",
        contact_email=f"{name[:3].lower()}@kraamzorg.example",
        contact_phone="",
    )
    jobs.work_due(Mail)
    return request


def look_again():
    """What happens every few minutes; gives the mails of this time."""
    mail.outbox.clear()
    tasks.order_direct_digests()
    send()
    return mail.outbox


def test_direct_means_at_once_and_each_thing_once(coalition, coordinator, partner):
    choose(coordinator, Person.MailChoice.DIRECT)
    look_again()
    propose(coalition, partner)
    (told,) = look_again()
    assert told.to == [coordinator.email]
    assert "Voorstel voor een werkgroep: Preconceptiezorg. Gaat die door?" in told.body
    assert look_again() == []

    propose(coalition, partner, "Vaderschap & co")
    (told,) = look_again()
    assert "Vaderschap & co" in told.body
    assert Digest.objects.filter(person=coordinator).count() == 1


def test_a_single_ask_stands_in_the_subject(coalition, coordinator):
    choose(coordinator, Person.MailChoice.DIRECT)
    look_again()
    ask_to_join(coalition, "Kraamzorg & Zo")
    (told,) = look_again()
    assert told.subject == "1 organisatie wil meedoen"
    ask_to_join(coalition, "Kinderopvang Zonnetje")
    (told,) = look_again()
    assert told.subject == "2 organisaties willen meedoen"


def test_a_number_that_falls_is_no_news(coalition, coordinator):
    for name in ("Een", "Twee"):
        ask_to_join(coalition, name)
    choose(coordinator, Person.MailChoice.DIRECT)
    assert len(look_again()) == 1
    first = coalition.join_requests.first()
    join_requests.reject(request=first, answer="Niet nu.", by=coordinator)
    jobs.work_due(Mail)
    assert look_again() == []
    ask_to_join(coalition, "Drie")
    (told,) = look_again()
    assert "2 organisaties willen meedoen" in told.body


def test_direct_mail_waits_for_the_morning():
    entry = settings.CELERY_BEAT_SCHEDULE["order_direct_digests"]["schedule"]
    assert (min(entry.hour), max(entry.hour)) == (7, 21)
    assert max(b - a for a, b in zip(sorted(entry.minute), sorted(entry.minute)[1:], strict=False)) == 5


def test_somebody_who_wants_it_weekly_again_gets_no_direct_mail(coalition, coordinator, partner):
    choose(coordinator, Person.MailChoice.DIRECT)
    digests.order_direct()
    choose(coordinator, Person.MailChoice.WEEKLY)
    propose(coalition, partner)
    send()
    assert mail.outbox == []
    assert digests.order_direct() == 0


def test_who_ends_it_between_order_and_sending_gets_none(coalition, partner):
    propose(coalition, partner)
    digests.order_weekly()
    choose(partner, Person.MailChoice.NEEDED)
    send()
    assert mail.outbox == []


def test_who_has_no_account_or_takes_part_nowhere_gets_none(coalition):
    for person in (
        factories.make_person("Zonder account", logs_in=False),
        factories.make_person("Zonder adres", email=None),
    ):
        Person.objects.filter(pk=person.pk).update(password="!niets")
        organisation = factories.make_organisation()
        factories.make_member(coalition, organisation)
        factories.make_representative(person, organisation)
    factories.make_person("Nergens")
    assert digests.order_weekly() == 0


def test_what_is_rendered_is_as_it_is_when_it_is_sent(coalition, coordinator, partner):
    group = propose(coalition, partner)
    digests.order_weekly()
    groups.decline(group=group, reason="Toch niet", by=coordinator)
    send()
    assert mail.outbox == []


def test_monday_at_seven_is_dutch_time_in_summer_and_winter():
    entry = settings.CELERY_BEAT_SCHEDULE["order_weekly_digests"]
    assert entry["task"] == tasks.order_weekly_digests.name
    assert (entry["schedule"].hour, entry["schedule"].minute, entry["schedule"].day_of_week) == (
        {7},
        {0},
        {1},
    )
    assert isinstance(entry["schedule"], crontab)
    assert app.timezone == ZoneInfo("Europe/Amsterdam")
    for name in ("order_direct_digests", "clear_imports"):
        assert settings.CELERY_BEAT_SCHEDULE[name]["task"] in app.tasks


def test_one_click_ends_it_without_a_log_in(client, partner):
    url = unsubscribing.address_for(partner).removeprefix(settings.PORTAL_ORIGIN)
    page = client.get(url).text
    assert "Meld mij af" in page
    assert reverse("coalitions:news-topics") in page
    partner.refresh_from_db()
    assert partner.mail_choice == Person.MailChoice.WEEKLY
    client.handler.enforce_csrf_checks = True
    response = client.post(url, {"List-Unsubscribe": "One-Click"})
    assert "U krijgt geen mail met nieuws meer" in response.text
    partner.refresh_from_db()
    assert partner.mail_choice == Person.MailChoice.NEEDED


def test_a_link_of_somebody_else_does_nothing(client):
    assert client.post(reverse("partners:unsubscribe", args=["verzonnen"])).status_code == 404


def test_the_choice_is_made_on_ones_own_page(log_in, partner):
    client = log_in(partner)
    url = reverse("partners:mail-choice")
    assert client.post(url, {"mail_choice": "soms"}).status_code == 422
    assert client.post(url, {"mail_choice": "direct"}).status_code == 302
    partner.refresh_from_db()
    assert partner.mail_choice == Person.MailChoice.DIRECT


def test_a_mail_that_somebody_must_have_has_no_way_out(coalition, partner):
    from portal import outbox

    outbox.post_text(purpose="code", reference="1", recipient=partner.email, subject="Code", text="123")
    jobs.work_due(Mail)
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_news_is_of_the_last_week_only(coalition, partner):
    group = propose(coalition, partner)
    type(group).objects.filter(pk=group.pk).update(proposed_on=datetime.date(2024, 1, 1))
    digests.order_weekly()
    send()
    assert mail.outbox == []
