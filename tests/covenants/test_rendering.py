"""Documents: tagged, in Dutch, for the long term, and the same bytes for the same input."""

import datetime
import hashlib
import io
import json

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from coalitions.models import Coalition
from covenants import rendering
from covenants.blocks import clean_blocks
from covenants.models import Covenant, CovenantVersion
from tests.covenants.samples import BLOCKS, MEANING

NOON = datetime.datetime(2026, 12, 9, 12, tzinfo=datetime.UTC)


def version_of(blocks=BLOCKS, *, second_at=NOON, **terms) -> CovenantVersion:
    """A version that is nowhere stored."""
    covenant = Covenant(coalition=Coalition(name="Maas en Peel"), title="Convenant Maas en Peel")
    return CovenantVersion(
        covenant=covenant,
        **terms,
        number=1,
        blocks=clean_blocks(blocks),
        meaning=MEANING,
        created_at=NOON,
        second_at=second_at,
    )


def tags_of(pdf: bytes) -> list[tuple[str, str]]:
    """The tags of the document in reading order, each with its title."""
    found = []

    def walk(node: object) -> None:
        node = getattr(node, "get_object", lambda: node)()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif hasattr(node, "keys"):
            if "/S" in node:
                found.append((str(node["/S"]), str(node.get("/T", ""))))
            if "/K" in node:
                walk(node["/K"])

    walk(PdfFileReader(io.BytesIO(pdf)).root["/StructTreeRoot"])
    return found


def test_the_same_text_gives_the_same_bytes():
    version = version_of()

    first, second = rendering.render_text(version), rendering.render_text(version)

    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()
    version.second_at = NOON + datetime.timedelta(seconds=1)
    assert rendering.render_text(version) != first


def test_a_text_claims_pdf_a_3a_and_ua_1_and_is_tagged_dutch():
    reader = PdfFileReader(io.BytesIO(rendering.render_text(version_of())))
    root = reader.root
    metadata = root["/Metadata"].data.decode()

    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("nl")
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "Convenant Maas en Peel" in metadata
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/OutputIntents"]
    assert reader.trailer["/ID"]


def test_headings_lists_and_tables_are_tagged_in_the_order_of_reading():
    tags = tags_of(rendering.render_text(version_of()))
    headings = [kind for kind, _ in tags if kind.startswith("/H") and kind[2:].isdigit()]

    assert headings == ["/H1", "/H2", "/H2", "/H2", "/H2", "/H3", "/H3", "/H2", "/H2"]
    kinds = {kind for kind, _ in tags}
    assert {"/L", "/LI", "/Lbl", "/LBody", "/Table", "/THead", "/TH", "/TD", "/Caption"} <= kinds


MARKUP = '#read("data.json") *vet* _schuin_ $x^2$ <label> @ref // weg \\ `code` [haak] = kop'


def test_markup_in_a_text_is_shown_as_it_was_typed():
    blocks = [
        {"kind": "title", "text": MARKUP},
        {"kind": "parties", "items": [MARKUP]},
        {"kind": "article", "text": MARKUP},
        {"kind": "paragraph", "text": MARKUP},
        {"kind": "table", "text": MARKUP, "rows": [[MARKUP], [MARKUP]]},
    ]
    pdf = rendering.render_text(version_of(blocks))

    assert '#read("data.json")' in PdfFileReader(io.BytesIO(pdf)).root["/Metadata"].data.decode().replace(
        "&quot;", '"'
    )
    # Read as a heading, the words would have made a second level-1 heading.
    assert [kind for kind, _ in tags_of(pdf)].count("/H1") == 1


def test_a_draft_is_another_document_than_what_was_confirmed():
    draft = version_of(second_at=None)
    assert rendering.render_text(draft) != rendering.render_text(version_of())


def test_a_text_of_sixty_pages_with_long_tables_and_foreign_letters_is_made():
    rows = [
        ["Naam", "Bijdrage"],
        *[[f"Łódź ’s-Hertogenbosch Çağlar œuvre {n}", "€ 1.000"] for n in range(400)],
    ]
    blocks = [BLOCKS[0], {"kind": "chapter", "text": "Groot"}]
    for number in range(120):
        blocks += [
            {"kind": "article", "text": f"Afspraak {number} over Fryslân en Súdwest"},
            *[{"kind": "paragraph", "text": "Partijen spreken af wat zij doen. " * 12}] * 4,
        ]
    blocks.append({"kind": "table", "text": "Alle bijdragen", "rows": rows})

    pdf = rendering.render_text(version_of(blocks))

    pages = PdfFileReader(io.BytesIO(pdf)).root["/Pages"]["/Count"]
    assert pages >= 60
    assert [kind for kind, _ in tags_of(pdf)].count("/TR") == 401


def test_attached_files_come_out_as_they_went_in():
    content = json.dumps({"bewijs": "ë"}).encode()
    attachment = rendering.Attachment(
        name="bewijs.json", content=content, mime_type="application/json", description="Bewijs"
    )
    data = {"text": {"title": "T", "sections": []}, "subtitle": "", "footer": "", "mark": "",
            "meaning": [], "terms": []}  # fmt: skip

    pdf = rendering.render("text", data, title="T", timestamp=NOON, attachments=[attachment])

    names = PdfFileReader(io.BytesIO(pdf)).root["/Names"]["/EmbeddedFiles"]["/Names"]
    assert str(names[0]) == "bewijs.json"
    assert names[1].get_object()["/EF"]["/F"].get_object().data == content
    assert str(names[1].get_object()["/AFRelationship"]) == "/Supplement"


@pytest.mark.parametrize("title", ["", "   "])
def test_what_typst_refuses_comes_back_as_a_sentence(title):
    data = {"text": {"title": title, "sections": [{"level": 4, "name": "x", "parts": []}]}}

    with pytest.raises(rendering.NotRenderable, match="geen PDF te maken"):
        rendering.render("text", data, title=title, timestamp=NOON)


@pytest.mark.parametrize("letter", ["😀", "中"])
def test_a_letter_that_no_font_has_is_named(letter):
    blocks = [*BLOCKS[:7], {"kind": "paragraph", "text": f"Blij {letter} met elkaar."}]

    with pytest.raises(rendering.NotRenderable, match=f"Het teken {letter} kan niet"):
        rendering.render_text(version_of(blocks))


@pytest.mark.parametrize("words", ["Ελλάδα", "Россия", "مرحبا", "∑ ≥ ½ ✓ → ☐", "ǅ ﬁ ỳ ẞ", "Łódź œuvre Çağ"])
def test_letters_of_other_languages_are_shown(words):
    blocks = [*BLOCKS[:7], {"kind": "paragraph", "text": words}]
    assert rendering.render_text(version_of(blocks)).startswith(b"%PDF-1.7")


def test_a_heading_that_skips_a_level_is_refused():
    data = {"subtitle": "", "footer": "", "mark": "", "meaning": [], "terms": [],
            "text": {"title": "T", "sections": [{"level": 5, "name": "x", "parts": []}]}}  # fmt: skip

    with pytest.raises(rendering.NotRenderable):
        rendering.render("text", data, title="T", timestamp=NOON)


def test_more_than_a_worker_can_take_is_refused():
    with pytest.raises(rendering.TooLong):
        rendering.render("text", {"x": "x" * 1_000_001}, title="T", timestamp=NOON)


def test_the_terms_are_said_in_words():
    version = version_of(notice_months=1, force_rule="quorum", quorum=10, accession_needs_consent=True)
    terms = dict(rendering.terms_of(version))

    assert terms["Opzegtermijn"] == "1 maand"
    assert terms["Gaat gelden"] == "zodra 10 partijen getekend hebben"
    assert terms["Later toetreden"] == "kan, als de partijen daarmee instemmen"
    assert terms["Vastgesteld op"] == "9 december 2026"
    assert "Wie al tekende" not in terms


def test_a_text_that_held_before_it_came_in_does_not_say_that_it_was_made_now():
    version = version_of(effective_on=datetime.date(2021, 12, 9))
    terms = dict(rendering.terms_of(version))

    assert terms["In het portaal ingevoerd op"] == "9 december 2026"
    assert terms["Ingangsdatum"] == "9 december 2021"
    assert "Vastgesteld op" not in terms


def test_one_that_starts_on_the_day_that_it_was_made_was_made_then():
    assert "Vastgesteld op" in dict(rendering.terms_of(version_of(effective_on=datetime.date(2026, 12, 9))))
