"""A new version starts with the words of the one before."""

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def frozen(draft, coordinator, team):
    return factories.freeze(draft, coordinator, team)


def address(version) -> str:
    return reverse("covenants:version-add", args=[version.covenant.coalition.slug, version.covenant.slug])


def test_it_starts_as_a_draft(log_in, coordinator, frozen):
    log_in(coordinator).post(address(frozen), {"resign_rule": "resign_all"})
    newest = frozen.covenant.versions.last()
    assert (newest.number, newest.is_draft, newest.blocks) == (2, True, frozen.blocks)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Dit veld is verplicht"),
        ({"resign_rule": "tacit_after_date"}, "Vul de ingangsdatum in"),
        ({"resign_rule": "tacit_after_date", "effective_on": "morgen"}, "als dag-maand-jaar"),
    ],
)
def test_what_is_wrong_is_said(log_in, coordinator, frozen, data, sentence):
    assert sentence in log_in(coordinator).post(address(frozen), data).content.decode()
    assert frozen.covenant.versions.count() == 1


def test_one_draft_at_a_time(log_in, coordinator, draft):
    response = log_in(coordinator).post(address(draft), {"resign_rule": "editorial"})
    assert "Er is al een concept" in response.content.decode()


def test_others_start_none(client, log_in, partner, outsider, frozen):
    for who, status in ((None, 302), (outsider, 404), (partner, 403)):
        visitor = log_in(who) if who else client
        assert visitor.post(address(frozen), {"resign_rule": "editorial"}).status_code == status
    assert frozen.covenant.versions.count() == 1
