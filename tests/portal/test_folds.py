"""What is folded away is never a form with errors."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings

from tests.portal.test_ui import shown

FOLDED = re.compile(r"<details.*?</details>", re.DOTALL)
# Fields that somebody fills in, and not a button alone: what such a form misses is said in it.
FIELDS = re.compile(r"{% form |{{ \w*form\w* }}|{% include [^%]*form")
# Search, whose errors open it by the same rule.
OWN_RULE = {"filter_form.html"}


class ReasonForm(forms.Form):
    """Something that has to be filled in."""

    reason = forms.CharField(label="Reden")


def folded_fields(text: str) -> bool:
    """Whether a template folds fields away by itself."""
    return any(FIELDS.search(part) for part in FOLDED.findall(text))


@pytest.mark.parametrize(("data", "is_open"), [(None, False), ({}, True), ({"reason": "Ja"}, False)])
def test_a_fold_is_open_where_a_form_in_it_has_errors(data, is_open):
    source = '{% fold "Trek in" %}{% form reason "Trek in" %}{% endform %}{% endfold %}'
    html = shown(source, reason=ReasonForm(data))
    assert ('<details class="more" open>' in html) is is_open
    assert ("data-takes-focus" in html) is is_open


def test_search_is_open_where_it_has_errors():
    html = shown("{% filter_form search %}", search=TwoDaysForm({"start": "gisteren"}))
    assert '<details class="filter-form__fold" open>' in html


class TwoDaysForm(forms.Form):
    """A search that folds on a phone, as it has two fields."""

    start = forms.DateField(label="Van", required=False)
    end = forms.DateField(label="Tot", required=False)


def test_every_template_folds_fields_by_that_rule():
    paths = [path for folder in settings.TEMPLATES[0]["DIRS"] for path in Path(folder).rglob("*.html")]
    found = [
        path.name
        for path in paths
        if path.name not in OWN_RULE and folded_fields(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "inside",
    ["{% form undo_form %}{% endform %}", "<form>{{ change_form }}</form>", '{% include "x/_form.html" %}'],
)
def test_such_a_template_is_found(inside):
    assert folded_fields(f"<details><summary>Trek in</summary>{inside}</details>")
