from dataclasses import replace

from monitoring.catalogue import load_definitions
from monitoring.presenters import catalogue
from monitoring.presenters.themes import THEME_NAMES
from tests.monitoring.presenters.figures import SHARE


def test_the_catalogue_follows_the_order_of_a_pregnancy():
    themes = catalogue.themes(load_definitions(), {}, area=None, country=None)
    assert [theme.name for theme in themes] == [
        name for key, name in THEME_NAMES.items() if any(item.theme == key for item in load_definitions())
    ]
    assert themes[-1].name == "Over het gebied"


def test_search_needs_every_word_and_no_capitals():
    found = catalogue.matching(load_definitions(), words="VROEG licht")
    assert [item.code for item in found] == ["big2"]
    assert catalogue.matching(load_definitions(), words="GE01") == [SHARE]
    assert catalogue.matching([SHARE], theme="gezin") == []


def test_sources_are_listed_once_with_what_was_made_from_them():
    other = replace(SHARE, name="Ander cijfer")
    assert catalogue.sources([SHARE, other]) == [
        (
            "Demonstratiecijfers",
            "",
            "Verzonnen cijfers, niet gebruiken",
            "Vroeggeboorte; Ander cijfer",
        )
    ]


def test_every_theme_of_the_definitions_has_a_name():
    assert {item.theme for item in load_definitions()} <= set(THEME_NAMES)
