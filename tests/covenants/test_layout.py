"""Numbers and headings follow from the order of the blocks."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from covenants.blocks import BlockKind, MeaningLine, clean_blocks
from covenants.layout import lay_out, meaning_lines, rows_of
from tests.covenants.samples import BLOCKS, MEANING

# A machine with other work to do is slow at times, which says nothing of the code.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_sections_have_their_numbers_and_levels():
    layout = lay_out(clean_blocks(BLOCKS))

    assert layout.title == "Convenant Maas en Peel"
    assert [(section.level, section.name) for section in layout.sections] == [
        (2, "Partijen"),
        (2, "Overwegingen"),
        (2, "Hoofdstuk 1. Samen werken"),
        (3, "Artikel 1. Doel"),
        (3, "Artikel 2. Geld"),
        (2, "Bijlage 1. Werkwijze"),
    ]


def test_paragraphs_have_a_number_only_where_there_are_more():
    several, one = lay_out(clean_blocks(BLOCKS)).sections[3:5]

    assert [part.label for part in several.parts] == ["1.", "2.", ""]
    assert [part.is_under for part in several.parts] == [False, False, True]
    assert [part.label for part in one.parts] == ["", ""]


def test_the_buttons_of_a_block_say_which_one_it_is():
    blocks = clean_blocks(BLOCKS)
    about = [row.about for row in rows_of(blocks, lay_out(blocks))]

    assert about[0] == "titel"
    assert "Artikel 1. Doel" in about
    assert "lid 2 van Artikel 1. Doel" in about
    assert "overweging a van Overwegingen" in about


def test_items_have_letters_and_what_is_below_them_degrees():
    (items,) = [part.items for part in lay_out(clean_blocks(BLOCKS)).sections[3].parts if part.items]

    assert [item.label for item in items] == ["a.", "b."]
    assert [item.label for item in items[1].below] == ["1°"]


def test_parties_are_numbered_and_considerations_lettered():
    parties, considerations = lay_out(clean_blocks(BLOCKS)).sections[:2]

    assert [item.label for item in parties.parts[0].items] == ["1.", "2."]
    assert [part.label for part in considerations.parts] == ["a.", "b."]


def test_the_first_row_of_a_table_is_its_head():
    table = lay_out(clean_blocks(BLOCKS)).sections[4].parts[1]
    assert table.head == ("Partij", "Bijdrage")
    assert table.rows == (("Gemeente Venlo", "€ 10.000"),)


def test_articles_count_on_over_chapters_and_after_an_annex_stand_higher():
    kinds = ["title", "chapter", "article", "chapter", "article", "annex", "article"]
    layout = lay_out(clean_blocks({"kind": kind, "text": "x"} for kind in kinds))
    assert [(section.level, section.label) for section in layout.sections] == [
        (2, "Hoofdstuk 1"), (3, "Artikel 1"), (2, "Hoofdstuk 2"), (3, "Artikel 2"),
        (2, "Bijlage 1"), (2, "Artikel 3"),
    ]  # fmt: skip


def test_words_before_any_article_get_a_heading_of_their_own():
    layout = lay_out(clean_blocks([{"kind": "paragraph", "text": "Zomaar"}]))
    assert [section.name for section in layout.sections] == ["Algemeen"]


def test_letters_go_on_after_z():
    block = {"kind": "list", "items": [f"punt {number}" for number in range(28)]}
    items = lay_out(clean_blocks([{"kind": "article", "text": "x"}, block])).sections[0].parts[0].items
    assert [item.label for item in items[-3:]] == ["z.", "aa.", "ab."]


def test_the_section_of_a_block_is_found_by_any_of_its_parts():
    blocks = clean_blocks(BLOCKS)
    layout = lay_out(blocks)

    for block in blocks[1:]:
        section = layout.section_of(block["key"])
        assert section is not None, block
    assert layout.section_of(blocks[7]["key"]).name == "Artikel 1. Doel"
    assert layout.section_of("nergens") is None


def test_the_five_lines_stand_in_their_order():
    assert meaning_lines(MEANING) == [(line.label, MEANING[line.value]) for line in MeaningLine]
    assert meaning_lines({}) == [(line.label, "") for line in MeaningLine]


SOME = {
    BlockKind.PARTIES: {"items": ["Een"]},
    BlockKind.LIST: {"items": ["Een"]},
    BlockKind.TABLE: {"rows": [["a"], ["1"]]},
}


@UNHURRIED
@given(st.lists(st.sampled_from(BlockKind.values), max_size=30))
def test_whatever_the_order_headings_never_skip_a_level_and_no_block_is_lost(kinds):
    blocks = clean_blocks({"kind": kind, "text": "Woorden", **SOME.get(kind, {})} for kind in kinds)
    layout = lay_out(blocks, title="T")

    above = 1
    for section in layout.sections:
        assert section.level <= above + 1
        above = section.level
    placed = {key for section in layout.sections for key in section.keys}
    assert placed == {block["key"] for block in blocks if block["kind"] != BlockKind.TITLE}
