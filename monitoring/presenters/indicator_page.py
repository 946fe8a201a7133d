"""Everything that the page of one indicator says of its figures, the same for everybody who may see them."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from monitoring import exports, selection, sentences
from monitoring.burden import burden_of
from monitoring.funnel_chart import funnel_sentence
from monitoring.indicator_charts import CHARTS, KEYS, ON_PAGE, drawn_apart, map_caption, specs_of
from monitoring.models import Status
from monitoring.presenters import indicator as presenter
from monitoring.presenters.analyst import analyst_facts
from monitoring.presenters.board import Headline, headlines
from monitoring.presenters.indicator_table import has_own_page, place_of_parts, rows_of
from monitoring.presenters.readings import by_indicator, calculated_at, country_of, read
from monitoring.presenters.recoded import recoded_rows
from monitoring.presenters.region import TREND_WORDS, trend_of
from monitoring.selection import Selection
from monitoring.trends import Direction
from partners.models import AreaKind
from portal import charts
from portal.addresses import address_of

# The figure around it says what it shows. Placed in the page it has the font of the page, which a picture
# of its own has not.
APART = (
    '<div class="figure__later" hx-get="{0}" hx-trigger="intersect once">'
    '<noscript><img src="{0}" alt="" loading="lazy" width="360" height="480"></noscript></div>'
)


def context_of(chosen: Selection) -> dict[str, Any]:
    """The words, tables and pictures."""
    definition, figure, benchmark = chosen.definition, chosen.figure, chosen.benchmark
    pictures, windows = _pictures(chosen), window_rows(chosen)
    return {
        "definition": definition,
        "area": chosen.area,
        "period": chosen.period,
        "is_provisional": chosen.period is not None and chosen.period.pk in chosen.provisional,
        "reading": read(figure, definition, country=benchmark),
        "origin_url": presenter.origin_url(figure, definition) if figure else "",
        "is_country": chosen.area.kind == AreaKind.COUNTRY,
        "beside": chosen.beside,
        "beside_sentence": presenter.beside_sentence(chosen),
        "pictures": pictures,
        "map_caption": map_caption(chosen),
        "chart_files": exports.chart_files(chosen, pictures),
        "period_rows": presenter.period_rows(
            chosen.own, chosen.national, definition, regional=chosen.regional
        ),
        "window_rows": windows,
        "recoded_rows": recoded_rows(
            chosen.recoded,
            chosen.own,
            chosen.periods,
            definition,
            indicator=chosen.indicator,
            area=chosen.area,
        ),
        "pooled": windows[-1].own if windows else None,
        "is_too_small": bool(figure and figure.status == Status.SUPPRESSED_PRIMARY),
        "country_row": read(benchmark, definition),
        "files": selection.files_of(chosen),
        "facts": presenter.origin_facts(
            definition, calculated_at(chosen.own), has_older=chosen.indicator.has_older
        ),
        "query": chosen.query,
        "has_margin": sentences.has_margin(definition),
        "analyst_facts": analyst_facts(figure, chosen.own, definition),
        **_words(chosen),
        **_parts(chosen),
        **_theme(chosen),
    }


def window_rows(chosen: Selection) -> list[presenter.PeriodRow]:
    """Three years together, where the years alone do not say enough: of an area of which one is hidden."""
    if all(figure.status not in sentences.SUPPRESSED for figure in chosen.own):
        return []
    own, national, regional = (
        [window for window in chosen.windows if window.area == area]
        for area in (chosen.area, chosen.country, chosen.beside.region if chosen.beside else None)
    )
    return presenter.period_rows(own, national, chosen.definition, regional=regional)


def _pictures(chosen: Selection) -> dict[str, SafeString]:
    """The charts inside the page, and the address of those that are not."""
    apart = drawn_apart(chosen)
    drawn = charts.draw(specs_of(chosen, [key for key in KEYS if key not in apart]), for_all=False)
    code = chosen.definition.code
    for word, (key, _) in CHARTS.items():
        if key in apart:
            url = address_of("monitoring:indicator-svg", code, word)
            words = f"{chosen.query}&{ON_PAGE}" if chosen.query else f"?{ON_PAGE}"
            drawn[key] = format_html(APART, url + words)
    return drawn


def _words(chosen: Selection) -> dict[str, Any]:
    definition, figure, benchmark = chosen.definition, chosen.figure, chosen.benchmark
    more = burden_of(figure, benchmark) if figure else None
    direction = trend_of(chosen.own).direction
    return {
        "sentence": sentences.figure_sentence(figure, benchmark, definition, place=chosen.area.name),
        "margin": sentences.margin(figure, definition) if figure else "",
        "counts": sentences.counts(figure, definition),
        "weaker": sentences.weaker_difference(figure) if figure else "",
        "trend": TREND_WORDS[direction],
        "trend_is_unknown": direction == Direction.UNKNOWN,
        "burden": more.sentence(definition) if more else "",
        "no_ranking": sentences.no_ranking(definition),
    }


def _parts(chosen: Selection) -> dict[str, Any]:
    """The parts of the area as a table and a chart, and the municipalities of the map."""
    definition, place, towns = chosen.definition, place_of_parts(chosen), chosen.municipalities
    kind = AreaKind(chosen.level).label if chosen.level else ""
    has_line = chosen.benchmark is not None and chosen.benchmark.value is not None
    line = " De stippellijn is Nederland." if has_line else ""
    # Where the parts are others, the numbers of the map have a table of their own.
    tables = {"parts": chosen.parts, "towns": towns if chosen.parts is not towns else []}
    url = address_of("monitoring:indicator-table", definition.code) + chosen.query
    return {
        "part": kind,
        "parts_caption": f"Elke stip is een {kind}.{line}",
        "part_count": len(chosen.parts),
        **{key: [] if has_own_page(found) else rows_of(chosen, found) for key, found in tables.items()},
        "town_count": len(towns),
        "table_url": url if has_own_page(towns) else "",
        "parts_sentence": sentences.spread_sentence(chosen.parts, definition, place=place),
        "towns_sentence": sentences.spread_sentence(towns, definition, place=place),
        "funnel": funnel_sentence(towns, definition),
    }


def _theme(chosen: Selection) -> dict[str, Any]:
    """The other indicators of the theme as small charts, those of which the area has figures."""
    definitions, rows = selection.of_theme(chosen)
    figures = by_indicator(rows)
    own = chosen.area.pk
    known = [item for item in definitions if own in figures.get(item.code, {})]
    # The country stands beside nothing; and it has these figures, also where it has none of this indicator.
    country = country_of(rows) if chosen.area.kind != AreaKind.COUNTRY else None
    items = headlines(known, figures, area=chosen.area, country=country, of=chosen.area.name)
    drawn = charts.draw({item.definition.code: item.chart for item in items if item.chart})
    found: list[tuple[Headline, Any]] = [(item, drawn.get(item.definition.code)) for item in items]
    return {"theme": found}


def screen_of(chosen: Selection) -> dict[str, Any]:
    """What fits on one screen of a meeting: the figure, its two main charts and all periods to turn to."""
    definition, figure, benchmark = chosen.definition, chosen.figure, chosen.benchmark
    specs = specs_of(chosen, ["time", "rows"])
    words = _words(chosen)
    return {
        "period": chosen.period.label if chosen.period else "",
        "period_pk": chosen.period.pk if chosen.period else None,
        "periods": [
            (one.label, chosen.address(periode=one.code), one == chosen.period) for one in chosen.periods
        ],
        "reading": read(figure, definition, country=benchmark),
        "country": read(benchmark, definition).full,
        "is_country": chosen.area.kind == AreaKind.COUNTRY,
        "beside": chosen.beside,
        "beside_sentence": presenter.beside_sentence(chosen),
        "sentence": words["sentence"],
        "margin": words["margin"],
        "burden": words["burden"],
        "parts_sentence": _parts(chosen)["parts_sentence"],
        "part": AreaKind(chosen.level).label if chosen.level else "",
        "pictures": charts.draw(specs),
        "query": chosen.query,
        "has_margin": sentences.has_margin(definition),
    }
