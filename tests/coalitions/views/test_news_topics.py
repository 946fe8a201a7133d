"""About what somebody wants news, of each of her coalitions."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from coalitions import digests, groups, news_topics
from coalitions.models import Digest, GroupKind, MutedNews
from partners.models import Person
from portal import jobs
from portal.hooks import NewsKind
from portal.models import Mail
from tests import factories
from tests.at_once import at_the_same_time

pytestmark = pytest.mark.django_db
ALL = set(NewsKind.values)


@pytest.fixture
def url():
    return reverse("coalitions:news-topics")


@pytest.fixture
def second(partner):
    """Another coalition of her organisation."""
    coalition = factories.make_coalition("Rijn en Waal")
    factories.make_member(coalition, partner.representatives.get().organisation)
    return coalition


def field(coalition):
    return f"coalition_{coalition.pk}"


def test_at_first_somebody_wants_everything_of_each_of_her_coalitions(
    coalition, second, partner, log_in, url
):
    page = log_in(partner).get(url)
    form = page.context["form"]
    assert [(one.label, set(one.initial)) for one in form.fields.values()] == [
        ("Maas en Peel", ALL),
        ("Rijn en Waal", ALL),
    ]
    assert "Je krijgt nu geen mail met nieuws" not in page.text


def test_what_is_left_empty_is_wanted_no_longer_and_comes_back_when_ticked(
    coalition, second, partner, log_in, url
):
    client = log_in(partner)
    few = {field(coalition): ["groups", "figures"]}
    assert client.post(url, few, follow=True).text.count("Je keuze is opgeslagen.") == 1
    initial = [set(one.initial) for one in client.get(url).context["form"].fields.values()]
    assert initial == [{"groups", "figures"}, set()]
    client.post(url, {field(coalition): ALL, field(second): ALL})
    assert not MutedNews.objects.exists()


def test_a_kind_that_does_not_exist_changes_nothing(coalition, partner, log_in, url):
    answer = log_in(partner).post(url, {field(coalition): ["groups", "roddels"]})
    assert answer.status_code == 422
    assert not MutedNews.objects.exists()


def test_the_choice_for_a_coalition_of_others_is_not_heard(coalition, partner, log_in, url):
    elsewhere = factories.make_coalition("Elders")
    log_in(partner).post(url, {field(coalition): ALL, field(elsewhere): ["groups"]})
    assert not MutedNews.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_choices_at_the_same_time_one_holds_whole(coalition, partner):
    choices = ({NewsKind.GROUPS}, ALL - {NewsKind.GROUPS})

    def choose(kinds):
        return lambda: news_topics.choose(person=partner, wanted={coalition.pk: kinds}, by=partner)

    assert at_the_same_time(*map(choose, choices)) == [None, None]
    assert set(news_topics.topics_of(partner)[0].wanted) in choices


def test_the_mail_with_news_leaves_out_what_is_not_wanted(coalition, second, partner):
    for one in (coalition, second):
        groups.propose(
            coalition=one, name="Samen", purpose="x", kind=GroupKind.LEARNING, is_open=False, by=partner
        )
    news_topics.choose(person=partner, wanted={coalition.pk: ALL - {NewsKind.GROUPS}}, by=partner)
    digests.order_weekly()
    jobs.work_due(Digest)
    jobs.work_due(Mail)
    body = next(one.body for one in mail.outbox if one.to == [partner.email])
    assert "Rijn en Waal: voorstel voor een groep ‘Samen’" in body
    assert "Maas en Peel: voorstel" not in body
    assert reverse("coalitions:news-topics") in body


def test_who_wants_no_news_hears_when_the_choice_counts(coalition, partner, log_in, url):
    Person.objects.filter(pk=partner.pk).update(mail_choice=Person.MailChoice.NEEDED)
    page = log_in(partner).get(url).text
    assert "Je krijgt nu geen mail met nieuws" in page
    assert f'<a href="{reverse("partners:mail-choice")}">Kies welke mail je wilt</a>' in page


def test_who_takes_part_in_nothing_reads_so(log_in, url):
    person = factories.make_person("Nora Nieuw")
    page = log_in(person).get(url).text
    assert "Je doet nog in geen coalitie mee" in page
    assert re.search(rf'<a [^>]*href="{reverse("coalitions:my-page")}"[^>]*>\s*Naar je overzicht', page)


def test_the_page_takes_as_many_queries_for_many_coalitions(partner, log_in, url, cost_of):
    client = log_in(partner)
    before = cost_of(client, url)
    for number in range(5):
        coalition = factories.make_coalition(f"Regio {number}")
        factories.make_member(coalition, partner.representatives.get().organisation)
    assert cost_of(client, url) == before
