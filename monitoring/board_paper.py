"""The board page as a PDF of exactly one sheet, for people and screen readers (PDF/UA-1)."""

import datetime
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from coalitions.models import Coalition
from covenants.rendering import render
from monitoring.board_agreements import Agreements
from monitoring.board_figures import BoardFigures
from monitoring.board_money import BoardMoney
from monitoring.board_offer import Offer
from monitoring.board_progress import BoardProgress
from monitoring.catalogue import Definition
from monitoring.models import BoardItem
from monitoring.presenters.board import BesideRegion, Headline
from partners.models import Area

TITLE = "Zo gaat het in de regio"
TEMPLATES = Path(__file__).parent / "typst"
# The font that the document carries; what the screen uses is not in it.
_FONT = re.compile(r'font-family="[^"]*"')
# In points: a coalition with long names and full asks gets smaller letters, never a second sheet.
SIZES = (10, 9, 8, 7)
# What one sheet has room for, whatever a coalition is called or asks.
MOST_NAMES = 4
# As the screen says it beside the words of the comparison.
JUDGEMENTS = {"ongunstiger": "ongunstig", "gunstiger": "gunstig"}


@dataclass(frozen=True, kw_only=True)
class Paper:
    """Everything that stands on the sheet."""

    coalition: Coalition
    municipality: Area | None
    figures: BoardFigures
    agreements: Agreements
    items: Sequence[BoardItem]
    progress: BoardProgress
    # None for who speaks for no municipality.
    offer: Offer | None
    # None where nothing is known of it, or for who may not read it.
    money: BoardMoney | None


def board_pdf(paper: Paper) -> bytes:
    """The sheet, with its charts as vectors."""
    pictures = {
        f"{item.definition.code}.svg": _FONT.sub('font-family="Libertinus Serif"', picture).encode()
        for item, picture in paper.figures.headlines
        if picture
    }
    words = _words(paper)
    for size in SIZES:
        sheet = render(
            "board",
            {**words, "size": size},
            title=TITLE,
            timestamp=timezone.now(),
            folder=TEMPLATES,
            pictures=pictures,
        )
        if page_count(sheet) == 1:
            break
    return sheet


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    # Few processes ever make a sheet, and it is large.
    from pyhanko.pdf_utils.reader import PdfFileReader

    return int(PdfFileReader(io.BytesIO(pdf)).root["/Pages"]["/Count"])


def _words(paper: Paper) -> dict[str, Any]:
    figures, agreements, place = paper.figures, paper.agreements, paper.municipality
    today = date_format(timezone.localdate(), "j F Y")
    as_of = _day(figures.calculated_at)
    waiting = ", ".join(agreements.waiting[:MOST_NAMES]) if agreements.title else ""
    more = agreements.waiting_count - min(MOST_NAMES, len(agreements.waiting))
    return {
        "coalition": paper.coalition.name,
        "lead": f"Stand van de cijfers: {as_of}. Afgedrukt op {today}."
        if as_of
        else f"Afgedrukt op {today}.",
        "footer": f"Portaal Kansrijke Start · {paper.coalition.name} · {today}. Convenant, leden en acties: "
        "dit portaal, vandaag. Bij elk cijfer staat de eigen bron.",
        "asked": [_asked(item) for item in paper.items],
        "summary": _summary(paper),
        "headlines": [_headline(item, picture) for item, picture in figures.headlines],
        "legend": f"Blauwe stip: {paper.coalition.area.name}. Oranje ruit: Nederland. De streep erdoor is de "
        "marge door toeval.",
        "municipality": place.name if place else "",
        "own": [_beside(row) for row in figures.beside_region],
        "own_source": f"Bron: {_sources(row.definition for row in figures.beside_region)}.",
        "agreed": [
            agreements.sentence,
            *([f"Nog niet ondertekend: {waiting}{f' en nog {more}' if more else ''}."] if waiting else []),
        ],
        "takes_part_title": f"Wie doet mee in {place.name}?" if place else "Wie doet mee?",
        "takes_part": [
            agreements.partner_sentence if place else _organisations(agreements.member_count),
            *([paper.offer.sentence] if paper.offer and paper.offer.sentence else []),
        ],
        "region": [_size(figures)] if figures.lines else [],
    }


def _summary(paper: Paper) -> list[dict[str, str]]:
    rows = [
        ("De regio", paper.figures.summary or "Er zijn nog geen cijfers van deze regio."),
        (paper.municipality.name if paper.municipality else "", paper.figures.own_summary),
        ("Het convenant", paper.agreements.sentence),
        ("De acties", f"{paper.progress.sentence} {paper.progress.stuck_sentence}".strip()),
        ("Het geld", paper.money.sentence if paper.money else ""),
    ]
    return [{"name": name, "words": words} for name, words in rows if name and words]


def _asked(item: BoardItem) -> dict[str, str]:
    of = item.organisation.name if item.organisation else "alle bestuurders"
    due = date_format(item.due_on, "j F Y")
    return {"question": item.question, "detail": f"Aan {of}, uiterlijk {due}. {item.explanation}".strip()}


def _headline(item: Headline, picture: str | None) -> dict[str, str]:
    period = f"{item.reading.period} · " if item.reading.period else ""
    return {
        "name": item.definition.name,
        "value": item.reading.missing or item.reading.value,
        "unit": item.reading.unit,
        "comparison": item.reading.comparison,
        "judgement": JUDGEMENTS.get(item.reading.judgement, ""),
        "country": f"Nederland: {item.country}" if item.country else "",
        "margin": item.margin,
        "sentence": item.sentence,
        "picture": f"{item.definition.code}.svg" if picture else "",
        "source": f"{period}Bron: {_source(item.definition)}",
    }


def _source(definition: Definition) -> str:
    return f"{definition.source.name} (verzonnen)" if definition.is_demo else definition.source.name


def _sources(definitions: Iterable[Definition]) -> str:
    return ", ".join(dict.fromkeys(map(_source, definitions)))


def _organisations(count: int) -> str:
    return "1 organisatie." if count == 1 else f"{count} organisaties."


def _beside(row: BesideRegion) -> dict[str, str]:
    # Three years together say more than that one year is not shown.
    own = row.pooled.reading if row.pooled and row.pooled.reading.value else row.own
    margin = f" ({own.margin})" if own.margin else ""
    years = f", {own.period}" if own is not row.own else ""
    judgement = f" ({JUDGEMENTS[own.judgement]})" if own.judgement in JUDGEMENTS else ""
    return {
        "name": ", ".join(filter(None, (row.definition.name, row.unit, row.region.period))),
        "own": own.missing or f"{own.value}{margin}{years}",
        "region": row.region.missing or row.region.value,
        "country": row.country.missing or row.country.value,
        "comparison": f"{own.short_comparison}{judgement}" if own.short_comparison else "Niet te vergelijken",
    }


def _size(figures: BoardFigures) -> str:
    lines = [f"{' '.join(filter(None, (line.label, line.unit)))}: {line.newest}" for line in figures.lines]
    return f"{'; '.join(lines)}. Bron: {', '.join(figures.line_sources)}."


def _day(moment: datetime.datetime | None) -> str:
    return date_format(timezone.localtime(moment), "j F Y") if moment else ""
