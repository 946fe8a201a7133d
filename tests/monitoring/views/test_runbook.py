"""The handleiding names messages as the portal words them, and every one that a row can get."""

import re
from html import unescape
from pathlib import Path

import pytest

from tests.monitoring.test_delivery_refusals import BAD_FILES, BAD_ROWS

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[3]
SAYING = (
    *(ROOT / "monitoring" / "readers").glob("*.py"),
    *(ROOT / "monitoring" / name for name in ("import_checks.py", "imports.py", "delivery_checks.py")),
    *(ROOT / "monitoring" / name for name in ("direct_figures.py", "hospital_sums.py")),
    *(ROOT / "portal" / name for name in ("table_reader.py", "workbooks.py")),
)


@pytest.fixture
def named(analyst, log_in):
    """The messages of the page, each as the pieces between what differs from file to file."""
    page = log_in(analyst).get("/cijfers/handleiding/").text
    titles = re.findall(r'<th scope="row">(.*?)</th>', page[page.index('id="meldingen"') :], re.DOTALL)
    messages = [one for title in titles for one in unescape(title).split(" · ")]
    return [[" ".join(piece.split()) for piece in message.split("…")] for message in messages]


def test_every_message_of_the_handleiding_is_still_worded_so(named):
    # Sentences go on over lines of code.
    said = re.sub(r'"\s*\n\s*f?"', "", "\n".join(path.read_text("utf-8") for path in SAYING))
    assert len(named) > 30
    assert [piece for message in named for piece in message if piece not in said] == []


def test_every_refusal_stands_in_the_handleiding(named):
    refusals = [
        *(sentence for _, sentence in BAD_ROWS),
        # What an empty file is, needs no explanation.
        *(sentence for *_, sentence in BAD_FILES if "leeg" not in sentence),
    ]
    assert [one for one in refusals if not any(message[-1] in one for message in named)] == []
