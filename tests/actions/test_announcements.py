"""Messages: whom they reach, how each person gets them, and what stays."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from actions import announcements, news
from actions.models import Announcement, AnnouncementState, MessageDelivery
from coalitions import news_topics
from coalitions.models import SeatLevel
from partners.models import Person
from portal import jobs
from portal.acts import Refused
from portal.hooks import NewsKind
from portal.models import Mail
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = {"title": "Nieuw programma", "body": "Lees het plan."}


def choose(person, choice):
    Person.objects.filter(pk=person.pk).update(mail_choice=choice)


def draft(coalition, by, **chosen):
    return announcements.write(coalition=coalition, by=by, **WORDS, **(chosen or {"everybody": True}))


def test_each_person_gets_a_message_as_she_chose(coalition, coordinator, partner, alderman):
    choose(coordinator, "direct")
    choose(partner, "weekly")
    choose(alderman, "needed")
    announcement = draft(coalition, coordinator)
    reach = announcements.reach_of(announcements.audience_of(announcement))
    assert reach == (3, 1, 1, 1)
    assert announcements.send(announcement=announcement, by=coordinator) == 3
    announcement.refresh_from_db()
    assert announcements.progress_of(announcement) == (3, 0, 0, 0)
    jobs.work_due(MessageDelivery)
    assert announcements.progress_of(announcement) == (3, 3, 0, 1)
    mail = Mail.objects.get()
    assert (mail.recipient, bool(mail.unsubscribe_url)) == (coordinator.email, True)
    # Working a delivery twice, after a lost lease, posts one mail.
    MessageDelivery.objects.update(state=jobs.JobState.WAITING, finished_at=None, attempts=0)
    jobs.work_due(MessageDelivery)
    assert Mail.objects.count() == 1
    since = announcement.sent_at.replace(year=2020)
    assert [one.line for one in news.news_for(partner, since=since)] == ["Maas en Peel: Nieuw programma"]
    assert news.news_for(coordinator, since=since) == []


def test_who_wants_no_messages_of_this_coalition_reads_them_in_the_portal(coalition, coordinator, partner):
    choose(coordinator, "direct")
    choose(partner, "direct")
    kinds = set(NewsKind.values) - {NewsKind.MESSAGES}
    news_topics.choose(person=partner, wanted={coalition.pk: kinds}, by=partner)
    announcement = draft(coalition, coordinator)
    assert announcements.reach_of(announcements.audience_of(announcement)) == (2, 1, 0, 1)
    announcements.send(announcement=announcement, by=coordinator)
    jobs.work_due(MessageDelivery)
    assert [mail.recipient for mail in Mail.objects.all()] == [coordinator.email]
    assert announcement in announcements.readable_by(partner, coalition)


def test_a_message_is_sent_once_and_its_words_stay(coalition, coordinator):
    announcement = draft(coalition, coordinator)
    announcements.send(announcement=announcement, by=coordinator)
    for act in (
        lambda: announcements.send(announcement=announcement, by=coordinator),
        lambda: announcements.throw_away(announcement=announcement, by=coordinator),
        lambda: announcements.write(
            coalition=coalition, by=coordinator, announcement=announcement, everybody=True, **WORDS
        ),
    ):
        with pytest.raises(announcements.AlreadySent):
            act()
    with pytest.raises(IntegrityError, match="verandert niet meer"), transaction.atomic():
        Announcement.objects.update(body="Anders")
    with pytest.raises(IntegrityError, match="al verstuurd"), transaction.atomic():
        Announcement.objects.update(state=AnnouncementState.DRAFT, sent_at=None)


def test_nobody_and_a_citizen_number_are_refused(coalition, coordinator):
    nobody = draft(coalition, coordinator, levels=[SeatLevel.BOARD])
    with pytest.raises(announcements.NobodyToReach):
        announcements.send(announcement=nobody, by=coordinator)
    assert Announcement.objects.get().state == AnnouncementState.DRAFT
    with pytest.raises(Refused, match="burgerservicenummer"):
        announcements.write(
            coalition=coalition, by=coordinator, title="x", body="kind 111222333", everybody=True
        )


def test_who_leads_a_group_reaches_that_group_only(coalition, coordinator, partner):
    group = factories.make_group(coalition, partner)
    other = factories.make_group(coalition, factories.make_person())
    for chosen in ({"everybody": True}, {"levels": [SeatLevel.BOARD]}, {"groups": [other]}, {"groups": []}):
        with pytest.raises(announcements.OnlyOwnGroups):
            draft(coalition, partner, **chosen)
    own = draft(coalition, partner, groups=[group])
    assert list(announcements.audience_of(own).people()) == [partner]
    draft(coalition, coordinator)
    assert list(announcements.within(partner, coalition)) == [own]


def test_trying_out_mails_the_writer_alone_and_changes_nothing(coalition, coordinator, partner):
    announcement = draft(coalition, coordinator)
    announcements.try_out(announcement=announcement, by=coordinator)
    assert Mail.objects.get().recipient == coordinator.email
    assert not MessageDelivery.objects.exists()


def test_a_message_is_written_looked_at_and_sent_on_the_screen(coalition, coordinator, partner, log_in):
    client = log_in(coordinator)
    add = reverse("actions:announcement-add", args=[coalition.slug])
    assert client.post(add, WORDS).status_code == 422
    client.post(add, {**WORDS, "everybody": "on"})
    announcement = Announcement.objects.get()
    assert "2 personen" in client.get(announcement.get_absolute_url()).content.decode()
    assert log_in(partner).get(announcement.get_absolute_url()).status_code == 404
    client = log_in(coordinator)
    args = [coalition.slug, announcement.pk]
    client.post(reverse("actions:announcement-edit", args=args), {**WORDS, "everybody": "on", "body": "B"})
    client.post(reverse("actions:announcement-try-out", args=args))
    assert Mail.objects.count() == 1
    client.post(reverse("actions:announcement-send", args=args))
    announcement.refresh_from_db()
    assert (announcement.state, announcement.body) == (AnnouncementState.SENT, "B")
    assert "0 van 2" in client.get(reverse("actions:announcement-progress", args=args)).content.decode()
    assert "B" in log_in(partner).get(announcement.get_absolute_url()).content.decode()


def test_many_people_ask_for_one_more_tick(coalition, coordinator, log_in):
    for _ in range(26):
        factories.give_role(factories.make_person(logs_in=False), coalition, "team")
    announcement = draft(coalition, coordinator)
    url = reverse("actions:announcement-send", args=[coalition.slug, announcement.pk])
    client = log_in(coordinator)
    assert client.post(url).status_code == 422
    client.post(url, {"is_sure": "on"})
    announcement.refresh_from_db()
    assert announcement.state == AnnouncementState.SENT
    other = draft(coalition, coordinator)
    client.post(reverse("actions:announcement-throw-away", args=[coalition.slug, other.pk]))
    assert not Announcement.objects.filter(pk=other.pk).exists()


def test_whom_it_reaches_is_counted_while_somebody_writes(coalition, coordinator, partner, log_in):
    client = log_in(coordinator)
    add = reverse("actions:announcement-add", args=[coalition.slug])
    chosen = {"title": "Nieuws", "everybody": "on", "tellen": "ja"}
    line = client.post(add, chosen, headers={"HX-Request": "true"}).content.decode()
    assert "2 personen" in line
    assert "<form" not in line
    # Without a script a button does the same, and what was written stays.
    page = client.post(add, chosen)
    shown = page.content.decode()
    assert (page.status_code, Announcement.objects.exists()) == (200, False)
    assert "2 personen" in shown
    assert 'value="Nieuws"' in shown
    assert "Er is iets niet goed ingevuld" not in shown
    nobody = client.post(add, {"tellen": "ja"}, headers={"HX-Request": "true"}).content.decode()
    assert "Kies voor wie dit bericht is." in nobody


def test_who_leads_a_group_counts_that_group(coalition, coordinator, partner, log_in):
    group = factories.make_group(coalition, partner)
    add = reverse("actions:announcement-add", args=[coalition.slug])
    asked = {"groups": [group.pk], "everybody": "on", "tellen": "ja"}
    line = log_in(partner).post(add, asked, headers={"HX-Request": "true"}).content.decode()
    assert "1 persoon" in line


def test_a_message_goes_to_organisations_of_some_municipalities(
    coalition, coordinator, partner, alderman, log_in
):
    client = log_in(coordinator)
    add = reverse("actions:announcement-add", args=[coalition.slug])
    chosen = {"everybody": "on", "municipalities": ["GM0889"], **WORDS}
    counted = client.post(add, {**chosen, "tellen": "ja"}, headers={"HX-Request": "true"}).text
    assert "<strong>1 persoon</strong>" in counted
    client.post(add, chosen)
    announcement = Announcement.objects.get()
    assert list(announcements.audience_of(announcement).people()) == [alderman]
    edit = client.get(reverse("actions:announcement-edit", args=[coalition.slug, announcement.pk])).text
    assert re.search(r'<input[^>]+value="GM0889"[^>]+checked', edit)
    announcements.send(announcement=announcement, by=coordinator)
    assert [one.person for one in announcement.deliveries.all()] == [alderman]
