import os
import re

import pytest
from django.core.cache import cache

from portal import charts

SVG = "http://www.w3.org/2000/svg"

pytestmark = pytest.mark.django_db

SPEC = {
    "data": {"values": [{"x": 1234.5, "y": "Venlo"}, {"x": 2000, "y": "Weert"}]},
    "mark": "bar",
    "encoding": {
        "x": {"field": "x", "type": "quantitative"},
        "y": {"field": "y", "type": "nominal", "title": "<script>alert(1)</script>"},
    },
}


@pytest.fixture(autouse=True)
def fresh_process(monkeypatch):
    """As if this process had not shown a chart yet."""
    monkeypatch.setattr(charts, "_near", {})


def test_a_chart_is_safe_svg_with_dutch_numbers_and_hidden_parts():
    svg = charts.draw({"staven": SPEC})["staven"]
    assert svg.startswith('<svg aria-hidden="true" focusable="false"')
    assert "1.000" in svg
    assert " style=" not in svg
    assert "<style" not in svg
    assert "<script" not in svg
    # No words of the renderer for screen readers, and no ids that two charts could share.
    assert not re.search(r' (role|aria-(?!hidden)[a-z]+|id)="', svg)


def test_the_same_content_is_drawn_once(django_assert_num_queries):
    first = charts.draw({"een": SPEC, "twee": SPEC})
    assert first["een"] == first["twee"]
    with django_assert_num_queries(0):
        assert charts.draw({"een": SPEC, "twee": SPEC}) == first
    with django_assert_num_queries(1):
        assert charts.draw({"een": SPEC, "twee": dict(reversed(SPEC.items()))}) == first


def test_another_process_finds_what_was_drawn(django_assert_num_queries, monkeypatch):
    first = charts.draw({"een": SPEC, "twee": SPEC})
    monkeypatch.setattr(charts, "_near", {})
    with django_assert_num_queries(1):
        assert charts.draw({"een": SPEC, "twee": SPEC}) == first


def test_a_process_keeps_only_what_it_showed_last(monkeypatch):
    monkeypatch.setattr(charts, "MOST_NEAR", 2)
    monkeypatch.setattr(charts, "_render", lambda spec: f"<svg>{len(spec)}</svg>")
    for width in (1, 10, 1, 100):
        charts.draw({"staven": {**SPEC, "width": width}})
    kept = list(charts._near)
    assert kept == [repr({**SPEC, "width": width}) for width in (1, 100)]


def test_other_content_is_another_chart():
    other = {**SPEC, "mark": "point"}
    drawn = charts.draw({"staven": SPEC, "stippen": other})
    assert drawn["staven"] != drawn["stippen"]


def test_a_wiped_cache_costs_only_time():
    first = charts.draw({"staven": SPEC})
    cache.clear()
    charts._near.clear()
    assert charts.draw({"staven": SPEC}) == first


def test_nothing_to_draw_is_nothing():
    assert charts.draw({}) == {}


def test_a_picture_in_dots_has_its_words():
    """Without a font that the renderer knows, words would be left out without a sound."""
    svg = str(charts.draw({"one": {**SPEC, "title": "Bron: proef"}})["one"])
    without_words = re.sub(r"<text.*?</text>", "", svg, flags=re.DOTALL)
    assert charts.as_png(svg).startswith(b"\x89PNG")
    assert charts.as_png(svg) != charts.as_png(without_words)


def test_other_programs_keep_their_fonts(monkeypatch):
    """Where fonts are is said to the renderer only, not to a browser or a checker that starts later."""
    monkeypatch.setattr(charts, "_started", [])
    monkeypatch.setenv("FONTCONFIG_FILE", "as it was")
    charts.warm_up()
    assert os.environ["FONTCONFIG_FILE"] == "as it was"
    monkeypatch.setattr(charts, "_started", [])
    monkeypatch.delenv("FONTCONFIG_FILE")
    charts.warm_up()
    assert "FONTCONFIG_FILE" not in os.environ


def test_the_renderer_knows_no_font_of_the_machine():
    """It would open the file of that font again for each letter, and draw another picture elsewhere."""

    def written_in(family):
        text = f'<text x="5" y="20" font-family="{family}">Geboren</text>'
        return charts._renderer().svg_to_png(f'<svg xmlns="{SVG}" width="80" height="30">{text}</svg>')

    assert written_in(charts.OWN_FONT) != written_in("Nergens")
    for family in ("DejaVu Sans", "Liberation Serif", "Noto Sans", "Ubuntu"):
        assert written_in(family) == written_in("Nergens")


def test_a_chart_of_a_page_that_is_kept_is_not_written_to_the_cache(django_assert_num_queries, monkeypatch):
    with django_assert_num_queries(0):
        drawn = charts.draw({"staven": SPEC}, for_all=False)
        assert charts.draw({"staven": SPEC}, for_all=False) == drawn
    monkeypatch.setattr(charts, "_near", {})
    assert charts.draw({"staven": SPEC}) == drawn
