"""A template forgets at the end of a block what was named in it."""

import re
from pathlib import Path

import pytest
from django.conf import settings

BLOCK = re.compile(r"{% block \w+ %}(.*?){% endblock", re.DOTALL)
NAMED = re.compile(r"{% url [^%]* as (\w+) %}")
TAG = re.compile(r"{[{%].*?[%}]}")
WORD = re.compile(r"(?<![\w\".'-])[a-z_]+(?![\w\".='-])")


def names_missing_in(text: str) -> set[str]:
    """Addresses that a block uses by a name that only another block of the template gave."""
    blocks = BLOCK.findall(text)
    named = [set(NAMED.findall(block)) for block in blocks]
    missing = set()
    for block, own in zip(blocks, named, strict=True):
        elsewhere = set().union(*named) - own
        used = {word for tag in TAG.findall(block) for word in WORD.findall(re.sub(r'"[^"]*"', "", tag))}
        used |= {word for tag in TAG.findall(block) for word in re.findall(r"=(\w+)", tag)}
        missing |= elsewhere & used
    return missing


def test_no_block_uses_an_address_that_was_named_in_another():
    found = {}
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for path in Path(folder).rglob("*.html"):
            if missing := names_missing_in(path.read_text(encoding="utf-8")):
                found[path.name] = missing
    assert found == {}


def test_such_a_name_is_found():
    text = (
        '{% block a %}{% url "x" as x_url %}{% endblock %}{% block b %}{% button "Y" x_url %}{% endblock %}'
    )
    assert names_missing_in(text) == {"x_url"}


def test_a_day_is_written_in_words_on_every_page():
    in_numbers = re.compile(r'\|date:"[jd][-/.][nm]')
    assert [
        path.name
        for folder in settings.TEMPLATES[0]["DIRS"]
        for path in Path(folder).rglob("*.html")
        if in_numbers.search(path.read_text(encoding="utf-8"))
    ] == []


# Acts that nothing takes back.
FINAL = (
    "actions:budget-close",
    "actions:contribution-receive",
    "actions:meeting-hold",
    "actions:minutes-fix",
    "covenants:outside-reject",
    "covenants:round-close",
    "monitoring:board-item-close",
)


@pytest.mark.parametrize("name", FINAL)
def test_what_cannot_be_taken_back_asks_first(name):
    pages = [
        path.read_text(encoding="utf-8")
        for folder in settings.TEMPLATES[0]["DIRS"]
        for path in Path(folder).rglob("*.html")
    ]
    buttons = [
        button
        for page in pages
        for word in re.findall(rf'{{% url "{name}" [^%]* as (\w+) %}}', page)
        for button in re.findall(rf"{{% post_button [^%]*\b{word}\b[^%]*%}}", page)
    ]
    assert buttons
    assert [button for button in buttons if " confirm=" not in button] == []
