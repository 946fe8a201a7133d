"""A long select is an ordinary select, made quickly."""

import copy

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test.html import parse_html
from django.utils.html import strip_spaces_between_tags

from portal.widgets import DRAWN, FixedOptions, LongSelect

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


WIDGETS = (
    (forms.TextInput(), None),
    (forms.TextInput(attrs={"aria-label": 'Zoek "hier"', "autofocus": True, "disabled": False}), "<a> & 'b'"),
    (forms.NumberInput(attrs={"min": 0}), 12),
    (forms.EmailInput(), ""),
    (forms.URLInput(), "https://voorbeeld.example/?a=1&b=2"),
    (forms.PasswordInput(), "geheim"),
    (forms.HiddenInput(), "x"),
    (forms.Select(choices=OPTIONS), "GM0983"),
    (forms.Select(choices=OPTIONS), None),
    (forms.Select(attrs={"required": True}, choices=[("<groep>", OPTIONS), ("los", "Los")]), "x"),
    (forms.SelectMultiple(choices=OPTIONS), ["x", "GM0983"]),
)


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
def test_a_drawn_widget_is_the_same_as_its_template(widget, value):
    context = widget.get_context("veld", value, {"id": "id_veld"})
    drawn = DRAWN[widget.template_name](context["widget"])
    assert parse_html(drawn) == parse_html(render_to_string(widget.template_name, context))
