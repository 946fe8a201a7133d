"""The page of a programme: its themes in their order, to whom each matters, and how it goes."""

import re

import pytest
from django.urls import reverse

from actions import reports, themes
from actions.presenters.programme import themes_of
from tests import factories
from tests.actions.programme_rows import LEARNED, make_action, make_bottleneck, make_programme, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(coalition):
    return reverse("actions:programme-detail", args=[coalition.slug])


def test_themes_stand_in_their_order_with_to_how_many_each_matters(
    coalition, coordinator, partner, log_in, page
):
    programme = make_programme(coalition, coordinator)
    made = {number: make_theme(programme, coordinator, number) for number in (4, 1, 3, 2)}
    first, second = coalition.memberships.get(), factories.make_member(coalition)
    answers = ((2, first, True), (2, second, True), (3, first, True), (4, second, False))
    for number, member, matters in answers:
        themes.weigh(theme=made[number], membership=member, matters=matters, by=coordinator)
    shown = log_in(partner).get(page).text
    assert re.findall(r"card__eyebrow[^>]*>Thema (\d)<", shown) == ["1", "2", "3", "4"]
    for sentence in (
        "Nog geen lid gaf aan of dit van belang is.",
        "Van belang voor alle 2 leden: een regionaal thema.",
        "Van belang voor 1 van de 2 leden; 1 gaf nog geen antwoord.",
        "Van belang voor 0 van de 2 leden, voor 1 niet; 1 gaf nog geen antwoord.",
    ):
        assert sentence in shown, sentence


def test_only_what_belongs_to_this_programme_is_counted(coalition, coordinator):
    beside = factories.make_coalition("Elders")
    factories.give_role(coordinator, beside)
    for where, actions, talks in ((coalition, 1, 2), (beside, 3, 1)):
        for _ in range(2):
            programme = make_programme(where, coordinator)
            theme = make_theme(programme, coordinator)
        for number in range(max(actions, talks)):
            if number < actions:
                make_action(where, coordinator, theme=theme)
            if number < talks:
                make_bottleneck(where, coordinator, theme=theme)
        lines = [(line.theme, line.actions, line.bottlenecks) for line in themes_of(programme, where)]
        assert lines == [(theme, actions, talks)]
        # The older one has a theme too, with nothing under it.
        older = where.programmes.exclude(pk=programme.pk).get()
        assert [(line.actions, line.bottlenecks) for line in themes_of(older, where)] == [(0, 0)]


def test_a_theme_shows_what_was_learned_and_a_report_what_came_out_of_it(coalition, coordinator, log_in):
    theme = make_theme(make_programme(coalition, coordinator), coordinator)
    make_action(coalition, coordinator, theme=theme, state="done", title="Eerst proberen")
    client = log_in(coordinator)
    shown = client.get(theme.get_absolute_url()).text
    assert LEARNED in shown
    assert "Ja: 0. Nee: 0." in shown
    action = make_action(coalition, coordinator, theme=theme)
    report = reports.begin(action=action, reporting_round=None, membership=action.lead, by=coordinator)
    reports.submit(
        report=report, claim="stuck", done_text="Gebeld", stuck_text="Niemand neemt op", by=coordinator
    )
    write_down = f"{reverse('actions:bottleneck-add', args=[coalition.slug])}?bericht={report.pk}"
    assert f'href="{write_down}"' in client.get(action.get_absolute_url()).text
    client.post(write_down, {"kind": "bottleneck", "text": "Niemand neemt op"})
    found = coalition.bottlenecks.get()
    assert found.report == report
    assert f'Hieruit kwam: <a href="{found.get_absolute_url()}"' in client.get(action.get_absolute_url()).text
    assert f'href="{action.get_absolute_url()}"' in client.get(found.get_absolute_url()).text


def test_a_coalition_without_a_programme_shows_how_it_goes_and_who_can_begin_one(
    coalition, coordinator, partner, log_in, page
):
    make_action(coalition, coordinator)
    add = reverse("actions:programme-add", args=[coalition.slug])
    assert add in log_in(coordinator).get(page).text
    shown = log_in(partner).get(page).text
    assert add not in shown
    assert "0 van 1 acties gemeld" in shown


def test_others_do_not_get_in(client, log_in, outsider, page):
    assert client.get(page).status_code == 302
    assert log_in(outsider).get(page).status_code == 404
    assert log_in(outsider).post(page).status_code in {404, 405}
