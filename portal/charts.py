"""Charts: Vega-Lite specifications become SVG on the server, once for each content.

Never render in a process that forks later: its children would hang at their first chart.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any

from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe

Spec = Mapping[str, Any]

TEAL = "#0f5c67"
LIGHT_TEAL = "#17717d"
APRICOT = "#a8450f"
INK = "#1b2b2f"
SOFT_INK = "#47585c"
LINE = "#d7e0df"
PAPER = "#ffffff"
# From few to many: one hue that gets darker, so that every kind of colour vision sees the order.
STEPS = ("#e3f0ee", "#a9d0cd", "#62a6a8", "#247680", "#0b3b42")

# Charts are drawn for the smallest screen and grow with it, so that nothing is out of sight there and their
# words stay readable on both.
WIDTH = 290
FONT_SIZE = 13
VEGA_LITE = "6.4"
WEEK = 60 * 60 * 24 * 7

CONFIG: dict[str, Any] = {
    "background": None,
    # Vega's own words for screen readers are English; the page gives each figure one Dutch label.
    "aria": False,
    # Between quotes: a name with a number in it is none without, and then the whole list is left out.
    "font": "'Source Sans 3 Variable', 'Source Sans 3', 'Segoe UI', sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": FONT_SIZE,
        "titleFontSize": FONT_SIZE,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": INK,
        "domainColor": SOFT_INK,
        "tickColor": SOFT_INK,
        "gridColor": LINE,
    },
    "axisX": {"labelAngle": 0, "grid": False},
    "axisY": {"tickCount": 4},
    "legend": {
        "labelFontSize": FONT_SIZE,
        "titleFontSize": FONT_SIZE,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": INK,
        "orient": "bottom",
        "labelLimit": 260,
        "titleLimit": 280,
    },
    "text": {"fontSize": FONT_SIZE, "color": INK},
}

# In the renderer itself, so that a picture has its words, and the same ones, on every machine.
OWN_FONT = "Liberation Sans"
NO_FONTS = Path(__file__).with_name("no_fonts.conf")
_FONT = re.compile(r'font-family="[^"]*"')
_ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')


# The charts that this process showed last, by their content, so they can never be out of date.
_near: dict[str, str] = {}
MOST_NEAR = 200


def draw(specs: Mapping[str, Spec], *, for_all: bool = True) -> dict[str, SafeString]:
    """The SVG of each specification; at most one look in the cache for all of them together.

    Where the page around it is kept for all processes, or hardly anybody asks for the same again, a chart
    need not be written there as well: `for_all` is false.
    """
    # Written out it says all there is to know, and costs far less than JSON.
    written = {name: repr(spec) for name, spec in specs.items()}
    found = {words: _near[words] for words in written.values() if words in _near}
    missing = {written[name]: spec for name, spec in specs.items() if written[name] not in found}
    found |= _from_cache(missing) if for_all else {words: _render(spec) for words, spec in missing.items()}
    _keep_near(found)
    # Made by our own renderer from escaped text; no browser has touched it.
    return {name: mark_safe(found[words]) for name, words in written.items()}  # noqa: S308


def _from_cache(specs: Mapping[str, Spec]) -> dict[str, str]:
    """What any process drew before, and the rest drawn now."""
    if not specs:
        return {}
    texts = {name: _text(spec) for name, spec in specs.items()}
    keys = {name: _key(text) for name, text in texts.items()}
    known = cache.get_many(set(keys.values()))
    for name in texts:
        if keys[name] not in known:
            known[keys[name]] = _render(specs[name])
            cache.set(keys[name], known[keys[name]], WEEK)
    return {name: known[key] for name, key in keys.items()}


def _keep_near(charts: Mapping[str, str]) -> None:
    """Put these in front, and let go of what was not shown for longest."""
    for words, svg in charts.items():
        _near.pop(words, None)
        _near[words] = svg
    for words in list(_near)[:-MOST_NEAR]:
        _near.pop(words, None)


def forget_near() -> None:
    """As in a process that just started."""
    _near.clear()


def as_png(svg: str) -> bytes:
    """The picture in dots, on white and twice as fine as on the screen."""
    # Dark words on nothing cannot be read in a dark document. The renderer has no font but its own.
    whole = svg.replace(">", f'><rect width="100%" height="100%" fill="{PAPER}"/>', 1)
    whole = _FONT.sub(f'font-family="{OWN_FONT}"', whole)
    return _renderer().svg_to_png(whole, scale=2)


def warm_up() -> None:
    """Pay for the first chart of a process now. Only after the last fork."""
    _render({"mark": "point", "data": {"values": [{"x": 1}]}, "encoding": {}})


def _text(spec: Spec) -> str:
    return json.dumps({**spec, "config": CONFIG}, sort_keys=True, ensure_ascii=False)


def _key(text: str) -> str:
    return f"chart:{VEGA_LITE}:{hashlib.sha256(text.encode()).hexdigest()}"


def _render(spec: Spec) -> str:
    rows: dict[str, list[Any]] = {**spec.get("datasets", {})}
    parts = {name: part for name, part in spec.items() if name != "datasets"}
    frame = _without_rows({**parts, "config": CONFIG}, rows)
    vega = _compiled(json.dumps(frame, sort_keys=True, ensure_ascii=False))
    data = [{**one, "values": rows[one["name"]]} if one["name"] in rows else one for one in vega["data"]]
    svg = _renderer().vega_to_svg({**vega, "data": data}, format_locale="nl-NL")
    svg = _ROLES.sub("", svg)
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def _without_rows(part: Any, rows: dict[str, list[Any]]) -> Any:
    """The same specification with a name in the place of each list of rows, which goes to `rows`."""
    if isinstance(part, list):
        return [_without_rows(one, rows) for one in part]
    if not isinstance(part, Mapping):
        return part
    if isinstance(values := part.get("values"), list):
        name = f"rows-{len(rows)}"
        rows[name] = values
        return {**{key: one for key, one in part.items() if key != "values"}, "name": name}
    return {key: _without_rows(one, rows) for key, one in part.items()}


@lru_cache(maxsize=500)
def _compiled(frame: str) -> dict[str, Any]:
    """What Vega-Lite makes of a chart whatever its rows are: half of the work of a small chart, and the same
    after each publication of figures."""
    found: dict[str, Any] = _renderer().vegalite_to_vega(frame, vl_version=VEGA_LITE)
    return found


_starting = Lock()
_started: list[ModuleType] = []


def _renderer() -> ModuleType:
    """The renderer with no font but its own.

    Of a font of the machine it opens the file again for each letter that it measures: most of the time of a
    chart, and more where several processes draw. It reads which fonts there are at its first picture.
    """
    with _starting:
        if not _started:
            # Imported here, so that a process that never draws does not pay for it.
            import vl_convert

            before = os.environ.get("FONTCONFIG_FILE")
            os.environ["FONTCONFIG_FILE"] = str(NO_FONTS)
            try:
                vl_convert.svg_to_png('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
            finally:
                # Other programs that this process starts have their fonts.
                os.environ.pop("FONTCONFIG_FILE")
                if before is not None:
                    os.environ["FONTCONFIG_FILE"] = before
            _started.append(vl_convert)
    return _started[0]
