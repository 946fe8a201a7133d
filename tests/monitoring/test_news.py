"""That figures were published is news, in the coalitions where somebody reads them."""

import datetime

import pytest
from django.utils import timezone

from monitoring import news
from tests import factories

pytestmark = pytest.mark.django_db


def test_published_figures_are_news_until_the_next_mail(early_births, coalition, partner):
    since = timezone.now() - datetime.timedelta(days=1)
    elsewhere = factories.make_coalition("Elders")
    assert [(one.line, one.url) for one in news.news_for(partner, since=since)] == [
        (f"{coalition}: er zijn nieuwe cijfers", f"/coalities/{coalition.slug}/cijfers/")
    ]
    assert news.news_for(partner, since=timezone.now()) == []
    assert news.news_for(factories.make_coordinator(elsewhere), since=timezone.now()) == []


def test_who_takes_part_in_nothing_hears_nothing(early_births):
    since = timezone.now() - datetime.timedelta(days=1)
    assert news.news_for(factories.make_person(), since=since) == []
