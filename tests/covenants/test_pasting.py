"""What people paste keeps its headings, numbers, lists and tables, and loses everything else."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from covenants import pasting
from covenants.blocks import Block
from covenants.layout import lay_out

# A machine with other work to do is slow at times, which says nothing of the code.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

SAMPLES = Path(__file__).parent / "pasted"


def sample(name: str) -> str:
    return (SAMPLES / name).read_text(encoding="utf-8")


def short(blocks: list[Block]) -> list[tuple[str, Any]]:
    """Kind and words of every block."""
    found = []
    for block in blocks:
        items = [("- " * item["depth"]) + item["text"] for item in block.get("items", ())]
        words = block.get("text", "")
        found.append(
            (block["kind"], block.get("rows") or (items and [*([words] if words else []), *items]) or words)
        )
    return found


def test_a_text_from_word_keeps_its_shape():
    assert short(pasting.from_html(sample("word.html"))) == [
        ("title", "Convenant Samen Vroeg Erbij"),
        (
            "parties",
            ["De ondergetekenden:", "Gemeente Łódź aan de Maas, hierna: de gemeente;", "Kraamzorg ’t Nest;"],
        ),
        ("consideration", "elk kind een goede start verdient;"),
        ("consideration", "samenwerken altijd loont;"),
        ("chapter", "Samenwerking"),
        ("article", "Doel"),
        ("paragraph", "Partijen werken samen aan de eerste duizend dagen."),
        ("paragraph", "Zij doen dat door:"),
        ("list", ["vroeg te signaleren;", "warm over te dragen:", "- binnen een week."]),
        ("article", "Geld"),
        ("paragraph", "Elke partij betaalt haar eigen uren.\nEen jaarlijkse bijdrage staat in de tabel."),
        ("table", [["Partij", "Bijdrage"], ["Gemeente", "€ 10.000"], ["Kraamzorg", "Uren in natura"]]),
        ("annex", "Werkwijze"),
        ("paragraph", "Vier keer per jaar overleg."),
    ]


def test_the_numbers_of_word_come_back_in_the_layout():
    sections = lay_out(pasting.from_html(sample("word.html"))).sections
    names = [section.name for section in sections]
    assert names == [
        "Partijen", "Overwegingen", "Hoofdstuk 1. Samenwerking", "Artikel 1. Doel", "Artikel 2. Geld",
        "Bijlage 1. Werkwijze",
    ]  # fmt: skip
    assert [part.label for part in sections[3].parts] == ["1.", "2.", ""]
    assert [item.label for item in sections[3].parts[2].items] == ["a.", "b."]


def test_lists_from_a_browser_keep_their_depth():
    assert short(pasting.from_html(sample("browser.html"))) == [
        ("title", "Intentieverklaring Delft"),
        ("article", "Wat wij willen"),
        ("paragraph", "Wij beginnen vroeg."),
        ("paragraph", "Wij spreken af:"),
        ("list", ["elkaar te kennen;", "elkaar te bellen:", "- ook in de avond"]),
        ("paragraph", "Wij kijken terug."),
        ("article", "Zonder titel"),
        ("paragraph", "Voor wie meedoet."),
        ("list", ["gemeenten", "zorg <en> welzijn"]),
    ]


def test_bare_lines_are_recognised_as_well():
    assert short(pasting.from_text(sample("mail.txt"))) == [
        ("title", "Samenwerkingsovereenkomst Kansrijke Start Peel"),
        ("parties", ["Gemeente Peel", "Verloskundigenpraktijk De Hei"]),
        ("consideration", "kinderen een goede start verdienen;"),
        ("consideration", "niemand het alleen kan;"),
        ("chapter", "Algemeen"),
        ("article", "Doel"),
        ("paragraph", "Partijen werken samen."),
        ("paragraph", "Zij letten daarbij op:"),
        ("list", ["gezondheid;", "wonen, namelijk:", "- schimmel", "- tocht"]),
        ("paragraph", "Artikel 2 geldt ook voor vrijwilligers."),
        ("article", "Geld"),
        ("paragraph", "Iedereen betaalt zelf.\nWie meer doet, krijgt dat vergoed."),
        ("table", [["Partij", "Uren"], ["Gemeente", "40"], ["Praktijk", "12"]]),
        ("annex", "Contact"),
        ("paragraph", "Bel de coördinator."),
    ]


def test_numbers_with_two_parts_make_articles_of_those_above_them():
    text = "Convenant\n1. Doel\n1.1 Samen werken.\n1.2 Vroeg beginnen.\n2. Geld\n2.1 Ieder betaalt zelf."
    assert short(pasting.from_text(text)) == [
        ("title", "Convenant"),
        ("article", "Doel"),
        ("paragraph", "Samen werken."),
        ("paragraph", "Vroeg beginnen."),
        ("article", "Geld"),
        ("paragraph", "Ieder betaalt zelf."),
    ]


def test_a_sentence_about_an_article_is_no_heading():
    text = "Convenant\nArtikel 1 Doel\nArtikel 2 geldt hier niet\nHoofdstuk 2 is van toepassing."
    assert [kind for kind, _ in short(pasting.from_text(text))] == ["title", "article", "paragraph"]


@pytest.mark.parametrize(
    "attack",
    [
        "<p>Voor<script>alert(1)</script>na</p>",
        "<p>Voor<style>p{}</style>na</p>",
        "<p>Voor<iframe src=x>iets</iframe>na</p>",
        "<p>Voor<svg><script>alert(1)</script></svg>na</p>",
        '<p>Voor<a href="javascript:alert(1)">na</a></p>',
        "<p onmouseover=alert(1)>Voorna",
    ],
)
def test_nothing_but_words_comes_through(attack):
    (block,) = pasting.from_html(attack)
    assert set(block) == {"key", "kind", "text"}
    assert block["text"] == "Voorna"


def test_one_cell_is_a_frame_and_a_very_wide_table_is_no_table():
    framed = pasting.from_html("<p>Convenant</p><table><tr><td>Let op: dit telt.</td></tr></table>")
    assert [block["kind"] for block in framed] == ["title", "paragraph"]
    cells = "".join(f"<td>{number}</td>" for number in range(9))
    wide = pasting.from_html(f"<p>Convenant</p><table><tr>{cells}</tr><tr>{cells}</tr></table>")
    assert "table" not in {block["kind"] for block in wide}


def test_a_table_inside_a_table_loses_its_frame_only():
    inner = "<table><tr><td>a</td><td>b</td></tr></table>"
    blocks = pasting.from_html(
        f"<p>T</p><table><tr><td>Kop</td><td>Twee</td></tr><tr><td>{inner}</td><td>x</td></tr></table>"
    )
    assert "a" in str(blocks)
    assert "b" in str(blocks)


@pytest.mark.parametrize("source", ["", "   \n ", "<p>&nbsp;</p>", "<script>x</script>"])
def test_without_words_there_is_a_sentence(source):
    for read in (pasting.from_text, pasting.from_html):
        if read is pasting.from_text and "<" in source:
            continue
        with pytest.raises(pasting.NothingPasted):
            read(source)


def test_too_much_is_refused_before_it_is_read():
    for read in (pasting.from_text, pasting.from_html):
        with pytest.raises(pasting.TooMuchPasted):
            read("x" * (pasting.LONGEST_PASTE + 1))


def test_a_citizen_number_is_not_pasted():
    with pytest.raises(ValidationError, match="burgerservicenummer"):
        pasting.from_text("Convenant\nArtikel 1 Doel\nZij heet 111222333.")


PIECES = st.sampled_from(
    ["<p>", "</p>", "<ol>", "</ol>", "<li>", "</li>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<h1>",
     "</h1>", "<span style='mso-list:Ignore'>", "</span>", "<br>", "1. ", "a) ", "Artikel 1", "Partijen",
     "<![if x]>", "<!--", "tekst ", "<a class=msocomanchor>", "</a>", "|", "\n", "<", "&nbsp;", "\ud800"]
)  # fmt: skip


@UNHURRIED
@given(st.lists(PIECES, max_size=40))
def test_whatever_is_pasted_becomes_blocks_or_a_sentence(pieces):
    source = "".join(pieces)
    for read in (pasting.from_html, pasting.from_text):
        try:
            blocks = read(source)
        except (pasting.NothingPasted, ValidationError):
            continue
        assert lay_out(blocks).sections or blocks[0]["kind"] == "title"
