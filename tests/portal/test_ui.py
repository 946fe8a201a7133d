"""The shared parts of every screen."""

import datetime
import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template, TemplateDoesNotExist
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from partners.models import Person


def shown(source: str, address: str = "/", **context: object) -> str:
    """Return the HTML of a template that may use every component."""
    request = RequestFactory().get(address)
    return Template("{% load frame lists ui %}" + source).render(Context({"request": request, **context}))


class ListFilterForm(forms.Form):
    """What a list can be filtered by."""

    type = forms.MultipleChoiceField(
        label="Soort", required=False, choices=[("gemeente", "Gemeente"), ("jgz", "JGZ")]
    )
    state = forms.ChoiceField(label="Status", required=False, choices=[("", "Alle"), ("lid", "Lid")])


def test_button_with_an_address_is_a_link_and_without_one_submits() -> None:
    assert "<a " in shown('{% button "Verder" "/verder/" %}')
    assert 'type="submit"' in shown('{% button "Opslaan" %}')


def test_unknown_kind_of_button_is_refused() -> None:
    with pytest.raises(KeyError):
        shown('{% button "Opslaan" kind="roze" %}')


def test_badge_has_an_icon_and_a_word() -> None:
    html = shown('{% badge "Lid" "success" %}')
    assert "<svg" in html
    assert "Lid" in html


def test_the_day_of_a_moment_is_that_of_our_own_clock() -> None:
    # In Greenwich it is the evening before.
    moment = datetime.datetime(2026, 2, 28, 23, 30, tzinfo=datetime.UTC)
    assert shown("{{ on|day }}", on=moment) == "1 maart 2026"
    assert shown("{{ on|day }}", on=moment.date()) == "28 februari 2026"
    assert shown("{{ on|short_day }}", on=moment) == "1 mrt 2026"
    assert shown('{{ on|day|default:"nooit" }}', on=None) == "nooit"


def test_words_in_components_are_escaped() -> None:
    html = shown('{% card name href="/x/" %}{{ name }}{% endcard %}{% badge name %}', name="<b>")
    assert "<b>" not in html


def test_a_kept_component_tells_html_from_the_same_words_as_text() -> None:
    source = "{% button label %}"
    as_html = shown(source, label=mark_safe("<b>Ja</b>"))
    assert "<b>Ja</b>" in as_html
    assert "&lt;b&gt;Ja" in shown(source, label="<b>Ja</b>")
    assert shown(source, label=mark_safe("<b>Ja</b>")) == as_html


def test_a_kept_component_tells_yes_from_one() -> None:
    source = '{% progress "Klaar" done 2 %}'
    assert "1 van 2" in shown(source, done=1)
    assert "True van 2" in shown(source, done=True)


def test_header_marks_the_page_itself_and_what_lies_above_it() -> None:
    mark = '<a class="nav-link" href="/coalities/" aria-current="{}">'
    assert mark.format("page") in shown("{% page_header %}", "/coalities/", user=AnonymousUser())
    below = shown("{% page_header %}", "/coalities/noord/", user=AnonymousUser())
    assert mark.format("true") in below
    assert below.count("aria-current") == 1
    assert "aria-current" not in shown("{% page_header %}", "/begrippen/", user=AnonymousUser())


def test_header_is_never_that_of_somebody_else() -> None:
    first = shown("{% page_header %}", user=Person(name="Anna <b>"))
    second = shown("{% page_header %}", user=Person(name="Bob"))
    nobody = shown("{% page_header %}", user=AnonymousUser())
    assert "Anna &lt;b&gt;" in first
    assert "Anna" not in second + nobody
    assert "Bob" in second
    assert "Inloggen" in nobody
    assert "Uitloggen" not in nobody


def test_table_has_a_caption_and_its_own_scrolling_region() -> None:
    html = shown('{% table "Leden" %}<tbody></tbody>{% endtable %}')
    assert 'role="region" aria-label="Leden" tabindex="0"' in html
    assert "<caption>Leden</caption>" in html


HEAD = """<thead><tr>
  <th>Naam</th>
  <th class='number'>Leden <span class='small'>(2025)</span></th>
  <th>Wat nu?</th>
</tr></thead>"""


def test_on_a_phone_each_cell_has_the_word_of_its_head() -> None:
    row = "<tr><th scope='row'>Venlo</th><td class='number'>3</td><td>Bel</td></tr>"
    html = shown(f'{{% table "Leden" %}}{HEAD}<tbody>{row}{row}</tbody>{{% endtable %}}')
    assert 'class="utrecht-table utrecht-table--html-table stacked"' in html
    labelled = """<td data-label="Leden (2025):" class='number'>3</td><td data-label="Wat nu?">Bel</td>"""
    assert html.count(f"<tr><th scope='row'>Venlo</th>{labelled}</tr>") == 2


def test_a_cell_over_more_columns_has_the_first_word_and_one_that_says_nothing_has_none() -> None:
    rows = '<tr><td colspan="2">Geen</td><td>Bel</td></tr><tr><td> </td><td>\n–</td><td>Bel</td></tr>'
    html = shown(f'{{% table "Leden" %}}{HEAD}<tbody>{rows}</tbody>{{% endtable %}}')
    last = '<td data-label="Wat nu?">Bel</td></tr>'
    assert f'<td data-label="Naam:" colspan="2">Geen</td>{last}' in html
    assert f'<tr><td data-label=""> </td><td data-label="">\n–</td>{last}' in html


def test_a_head_that_is_a_sentence_loses_its_full_stop() -> None:
    head = HEAD.replace("Wat nu?", "Er is een plan.")
    row = "<tr><td>1</td><td>2</td><td>ja</td></tr>"
    html = shown(f'{{% table "Leden" %}}{head}<tbody>{row}</tbody>{{% endtable %}}')
    assert '<td data-label="Er is een plan:">ja</td>' in html


def test_a_head_for_listeners_puts_no_word_before_its_cells() -> None:
    head = HEAD.replace("Wat nu?", "<span class='visually-hidden'>Wat kun je doen?</span>")
    html = shown(
        f'{{% table "Leden" %}}{head}<tbody><tr><td>1</td><td>2</td><td>3</td></tr></tbody>{{% endtable %}}'
    )
    assert '<td data-label="Leden (2025):">2</td><td>3</td>' in html


def test_a_column_waits_or_shares_a_line_where_its_head_says_so() -> None:
    head = (
        "<thead><tr><th>Naam</th><th data-plain>Soort</th><th data-minor>KvK</th>"
        "<th data-brief>2026</th></tr></thead>"
    )
    first = "<tr><th>A</th><td>Zorg</td><td>1</td><td>ja</td></tr>"
    rows = f"{first}<tr><th>B</th><td>–</td><td></td><td>nee</td></tr>"
    html = shown(f'{{% table "Leden" %}}{head}<tbody>{rows}</tbody>{{% endtable %}}')
    assert '<td data-plain>Zorg</td><td data-label="KvK:" data-minor>1</td>' in html
    assert '<td data-label="2026:" data-brief>ja</td>' in html
    # Its place in the row is that of its head, also where it says nothing.
    assert '<td data-label="">–</td><td data-label="" data-minor></td>' in html
    assert "Toon alle gegevens" in html
    assert "Toon alle gegevens" not in shown(f'{{% table "Leden" %}}{HEAD}{{% endtable %}}')


def test_sort_header_of_a_column_that_waits() -> None:
    assert "data-minor" in shown('{% sort_header "Domein" "domein" minor=True %}')
    assert "data-plain" in shown('{% sort_header "Soort" "soort" plain=True %}')


def test_words_of_somebody_stay_words_in_a_label() -> None:
    head = "<thead><tr><th>{{ word }}</th><th>b</th><th>c</th></tr></thead>"
    source = f'{{% table "Tekst" %}}{head}<tbody><tr><td>1</td></tr></tbody>{{% endtable %}}'
    html = shown(source, word='" onclick="x <td>')
    assert '<td data-label="&quot; onclick=&quot;x &lt;td&gt;:">1</td>' in html


def test_a_table_without_a_head_stays_a_grid() -> None:
    html = shown('{% table "Leden" %}<tbody><tr><th>a</th><td>1</td></tr></tbody>{% endtable %}')
    assert "stacked" not in html
    assert "data-label" not in html


def test_sort_header_turns_the_order_around_and_starts_at_page_one() -> None:
    source = '{% sort_header "Naam" "naam" %}'
    first = shown(source, "/?q=a&pagina=3")
    assert 'href="?q=a&amp;sorteer=naam"' in first
    assert "aria-sort" not in first
    again = shown(source, "/?q=a&sorteer=naam")
    assert 'href="?q=a&amp;sorteer=-naam"' in again
    assert 'aria-sort="ascending"' in again


def test_pagination_keeps_the_filters() -> None:
    html = shown("{% pagination page %}", "/?q=a", page=Paginator(range(30), 10).page(2))
    assert 'href="?q=a&amp;pagina=1"' in html
    assert 'href="?q=a&amp;pagina=3"' in html
    assert 'aria-current="page"' in html


def test_one_page_needs_no_pagination() -> None:
    assert shown("{% pagination page %}", page=Paginator([1], 10).page(1)) == ""


def test_each_chip_removes_only_its_own_filter() -> None:
    address = "/?type=gemeente&type=jgz&state=lid&sorteer=naam&pagina=2"
    form = ListFilterForm(RequestFactory().get(address).GET)
    html = shown("{% filter_chips form %}", address, form=form)
    assert "Soort: Gemeente" in html
    assert 'href="?type=jgz&amp;state=lid&amp;sorteer=naam"' in html
    assert 'href="?type=gemeente&amp;type=jgz&amp;sorteer=naam"' in html
    assert 'href="?sorteer=naam"' in html


def test_what_a_list_is_about_is_no_filter_and_stays_when_all_filters_go() -> None:
    class AboutForm(ListFilterForm):
        gebied = forms.CharField(widget=forms.HiddenInput)

    address = "/?gebied=NL&state=lid&sorteer=naam&pagina=2"
    html = shown("{% filter_chips form %}", address, form=AboutForm(RequestFactory().get(address).GET))
    assert html.count("Verwijder filter") == 1
    assert re.findall(r'href="([^"]+)"', html) == [
        "?gebied=NL&amp;sorteer=naam",
        "?gebied=NL&amp;sorteer=naam",
    ]


def test_no_filter_shows_no_chips() -> None:
    assert "chip" not in shown("{% filter_chips form %}", form=ListFilterForm({}))


def test_several_filters_fold_so_that_what_was_found_is_in_sight() -> None:
    source = '{% filter_form form "Toon leden" %}'
    html = shown(source, form=ListFilterForm({}))
    assert '<details class="filter-form__fold" >' in html
    assert "Toon leden" in html
    address = "/?state=lid&sorteer=naam"
    chosen = ListFilterForm(RequestFactory().get(address).GET)
    html = shown(source, address, form=chosen)
    assert '<details class="filter-form__fold" >' in html
    assert 'name="sorteer" value="naam"' in html


def test_a_filter_that_is_not_understood_is_not_folded_away() -> None:
    address = "/?state=bestaat-niet"
    wrong = ListFilterForm(RequestFactory().get(address).GET)
    assert "open>" in shown("{% filter_form form %}", form=wrong)


def test_one_field_does_not_fold() -> None:
    class SearchForm(forms.Form):
        q = forms.CharField(label="Zoek", required=False)

    assert "<details" not in shown("{% filter_form form %}", form=SearchForm({}))


def test_a_form_that_its_page_is_about_does_not_fold() -> None:
    assert "<details" not in shown("{% filter_form form folds=False %}", form=ListFilterForm({}))


def test_the_menu_of_a_coalition_says_where_one_is() -> None:
    source = '{% section_menu "Delft" entries %}'
    entries = [("Leden", "/leden/", False), ("Cijfers", "/cijfers/", True)]
    assert "<summary>Cijfers</summary>" in shown(source, entries=entries)
    assert "<summary>Ga naar</summary>" in shown(source, entries=entries[:1])


def test_value_and_missing_value_look_different() -> None:
    figure = shown('{% stat "Inwoners" "516.266" period="2022" source="CBS" %}')
    missing = shown('{% stat "Tienermoeders" missing="Niet getoond: te kleine aantallen" %}')
    assert "516.266" in figure
    assert "2022 · Bron: CBS" in figure
    assert "stat__value" not in missing
    assert "Niet getoond" in missing


def test_zero_is_a_value() -> None:
    assert "stat__value" in shown('{% stat "Acties" 0 %}')


def test_data_list_leaves_out_what_is_empty() -> None:
    html = shown("{% data_list rows %}", rows=[("Naam", "NML"), ("Telefoon", ""), ("Acties", 0)])
    assert "Telefoon" not in html
    assert "Acties" in html


def test_empty_block_leaves_no_element_behind() -> None:
    assert shown('{% if_filled "p" "lead" %}\n  {% endif_filled %}') == ""
    assert '<p class="lead">Ja</p>' in shown('{% if_filled "p" "lead" %}Ja{% endif_filled %}')


def test_repeated_block_is_the_youngest_definition() -> None:
    html = Template('{% extends "base.html" %}{% block title %}Leden & co{% endblock %}').render(
        Context({"request": RequestFactory().get("/")})
    )
    assert "<h1>Leden & co</h1>" in html
    assert "<title>Leden & co · " in html


def test_unknown_icon_is_not_passed_over_in_silence() -> None:
    with pytest.raises(TemplateDoesNotExist, match="bestaat-niet"):
        shown('{% icon "bestaat-niet" %}')


@pytest.mark.parametrize("page", ["500.html", "503.html"])
def test_pages_for_bad_days_need_no_context(page: str) -> None:
    assert "<h1>" in Template(f'{{% include "{page}" %}}').render(Context())


@pytest.mark.parametrize(
    "source", ['{% post_button "Besloten" "/x/" %}', '{% form form "Opslaan" %}{% endform %}']
)
def test_a_form_in_a_part_of_a_page_has_its_token_although_that_part_has_only_what_it_was_given(source):
    part = Template("{% load frame lists ui %}" + source)
    page = Template("{% include part with form=form only %}")
    context = {"part": part, "form": ListFilterForm()}
    request = RequestFactory().get("/")
    html = page.render(RequestContext(request, context))
    assert 'name="csrfmiddlewaretoken"' in html


def test_no_part_that_gets_only_what_it_is_given_writes_its_own_token():
    """There `{% csrf_token %}` writes nothing; the tags above know the request."""
    texts = {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for folder in settings.TEMPLATES[0]["DIRS"]
        for path in Path(folder).rglob("*.html")
    }
    included = re.compile(r'{% include "([^"]+)"([^%]*)%}')
    alone = {
        name
        for text in texts.values()
        for name, words in included.findall(text)
        if words.split()[-1:] == ["only"] and "csrf_token=" not in words
    }
    # A part of such a part has no more than that.
    for name in alone.copy():
        alone |= {below for below, _ in included.findall(texts[name])}
    assert {name for name in alone if "{% csrf_token %}" in texts[name]} == set()


def test_what_cannot_be_taken_back_asks_first() -> None:
    html = shown('{% post_button "Verwijder" "/x/" confirm="Ja, verwijder" asks="Het bestand is dan weg." %}')
    asked = html[html.index("<summary>") :]
    assert asked.index("Verwijder") < asked.index("Het bestand is dan weg.") < asked.index("Ja, verwijder")
    assert html.count("<button") == 1
    assert "<details" not in shown('{% post_button "Bevestig" "/x/" %}')
