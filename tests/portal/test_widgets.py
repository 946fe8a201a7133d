"""A long select is an ordinary select, made quickly."""

import copy

from django import forms
from django.utils.html import strip_spaces_between_tags

from portal.widgets import FixedOptions, LongSelect

OPTIONS = [("", "alle"), ("GM0983", "Venlo"), ("x", '"Ja" & <nee>')]


def html_of(widget, value):
    return "".join(strip_spaces_between_tags(widget.render("plaats", value)).split("\n"))


def test_gives_the_same_html_as_the_standard_widget():
    for value in (None, "", "GM0983", "x", "bestaat-niet"):
        slow = forms.Select(attrs={"id": "id_plaats"}, choices=OPTIONS)
        quick = LongSelect(attrs={"id": "id_plaats"}, choices=OPTIONS)
        assert sorted(html_of(quick, value)) == sorted(html_of(slow, value).replace(">  <", "><"))


def test_what_people_typed_is_escaped():
    assert "<nee>" not in LongSelect(choices=OPTIONS).render("plaats", "<script>")


def test_only_the_chosen_option_is_selected():
    html = LongSelect(choices=OPTIONS).render("plaats", "GM0983")
    assert html.count(" selected") == 1
    assert '<option value="GM0983" selected>Venlo</option>' in html


def test_copies_of_a_field_share_their_options():
    options = FixedOptions(OPTIONS)
    field = copy.deepcopy(forms.ChoiceField(choices=options))
    assert list(field.choices) == OPTIONS
    assert field.clean("GM0983") == "GM0983"
    assert copy.deepcopy(options) is options
