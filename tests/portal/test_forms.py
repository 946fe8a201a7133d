"""The one form renderer."""

import pytest
from django import forms
from django.test import Client

from portal.forms import PortalBoundField


class ExampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(
        label="Naam",
        help_text="Zoals je collega's je kennen.",
        widget=forms.TextInput(attrs={"class": "wide", "placeholder": "Voorbeeld"}),
    )
    note = forms.CharField(label="Toelichting", required=False, widget=forms.Textarea)
    level = forms.ChoiceField(
        label="Niveau", choices=[("u", "Uitvoering"), ("b", "Bestuur")], widget=forms.RadioSelect
    )
    themes = forms.MultipleChoiceField(
        label="Thema's",
        choices=[("1", "Schulden"), ("2", "Roken")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agree = forms.BooleanField(label="Ik ga akkoord.")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


class FilterExampleForm(forms.Form):
    """A filter form: everything is optional, so nothing says so."""

    marks_optional_fields = False
    q = forms.CharField(label="Zoek", required=False)


def test_every_form_of_the_portal_uses_the_renderer() -> None:
    assert isinstance(ExampleForm()["name"], PortalBoundField)


def test_label_stands_before_help_and_help_before_the_input() -> None:
    html = str(ExampleForm())
    label, help_text, box = (
        html.index('for="id_name"'),
        html.index('id="id_name_helptext"'),
        html.index('name="name"'),
    )
    assert label < help_text < box


def test_required_is_told_to_assistive_software_and_not_to_the_browser() -> None:
    html = ExampleForm()["name"].as_widget()
    assert 'aria-required="true"' in html
    assert " required" not in html.replace("aria-required", "")


def test_own_class_stays_and_placeholder_goes() -> None:
    html = ExampleForm()["name"].as_widget()
    assert 'class="wide utrecht-textbox utrecht-textbox--html-input"' in html
    assert "Voorbeeld" not in html


def test_only_optional_fields_say_so() -> None:
    form = ExampleForm()
    assert form["note"].as_field_group().count("(optioneel)") == 1
    assert "(optioneel)" not in form["name"].as_field_group()
    assert "(optioneel)" not in str(FilterExampleForm())


def test_a_field_may_leave_it_to_its_help_whether_it_may_stay_empty() -> None:
    form = ExampleForm()
    form.fields["note"].marks_optional = False  # type: ignore[attr-defined]
    assert "(optioneel)" not in form["note"].as_field_group()
    assert "(optioneel)" in form["themes"].as_field_group()


@pytest.mark.parametrize("widget", [forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_the_words_of_an_option_start_with_a_capital(widget: type[forms.Widget]) -> None:
    class LevelForm(forms.Form):
        level = forms.ChoiceField(choices=[("local", "lokaal"), ("ggd", "GGD")], widget=widget)

    html = str(LevelForm())
    assert "Lokaal" in html
    assert "lokaal" not in html
    assert "GGD" in html


def test_choices_are_a_fieldset_whose_inputs_keep_their_own_look() -> None:
    form = ExampleForm()
    radios, boxes = form["level"].as_field_group(), form["themes"].as_field_group()
    assert "<fieldset" in radios
    assert "<legend>" in radios
    assert radios.count("utrecht-radio-button--html-input") == 2
    assert boxes.count("utrecht-checkbox--html-input") == 2
    assert "utrecht-radio-button" not in boxes
    assert "aria-required" not in radios


def test_form_without_errors_has_no_summary() -> None:
    assert "error-summary" not in str(ExampleForm())


def test_every_error_is_a_link_to_its_field_and_stands_at_the_field() -> None:
    html = str(ExampleForm({"name": ""}))
    assert "Er is iets niet goed ingevuld" in html
    for target in ("id_name", "id_level_0", "id_agree"):
        assert f'href="#{target}"' in html
        assert f'id="{target}"' in html
    assert "Ik ga akkoord: " in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'href="#id_note"' not in html


def test_errors_of_the_form_itself_and_of_hidden_fields_are_in_the_summary() -> None:
    form = ExampleForm({"name": "x", "level": "u", "agree": "on"})
    form.add_error(None, "Deze organisatie is al lid.")
    form.add_error("secret", "De pagina is verlopen.")
    html = str(form)
    assert "Deze organisatie is al lid." in html
    assert "De pagina is verlopen." in html


def test_words_typed_by_a_person_are_escaped() -> None:
    assert "<script>" not in str(ExampleForm({"name": "<script>alert(1)</script>"}))


def test_login_page_is_rendered_by_the_same_renderer(client: Client, db: None) -> None:
    html = client.post("/inloggen/", {"login": "geen-adres", "password": ""}).content.decode()
    assert "Er is iets niet goed ingevuld" in html
    assert 'href="#id_password"' in html


class Chosen(forms.Form):
    need = forms.ChoiceField(choices=[("", "---------"), ("a", "aap")])
    may = forms.ChoiceField(choices=[("", "---------"), ("a", "aap")], required=False)
    own = forms.ChoiceField(choices=[("", "alle dieren"), ("a", "aap")], required=False)


def test_a_list_without_a_choice_says_so_in_words():
    form = Chosen()
    assert "Kies uit de lijst" in str(form["need"])
    assert "Geen keuze" in str(form["may"])
    assert "Alle dieren" in str(form["own"])
    assert "----" not in str(form)
