"""Nobody can work out a small count from what is shown; and no more is left out than needed."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.disclosure import Cell, Shown, Table, Total, Unprotectable, audit, protect
from tests.monitoring.disclosure.attacker import range_of, recognises

# BIG2 made up at about 14.8 percent of the births of the real municipalities of GGD Limburg-Noord.
LIMBURG_NOORD = {
    "Mook": (8, 55),
    "Bergen": (15, 99),
    "Beesel": (17, 113),
    "Gennep": (19, 128),
    "Nederweert": (22, 149),
    "Roerdalen": (23, 158),
    "Maasgouw": (26, 177),
    "Echt-Susteren": (35, 234),
    "Leudal": (41, 279),
    "Horst": (52, 349),
    "Venray": (59, 399),
    "Peel en Maas": (57, 383),
    "Weert": (61, 411),
    "Roermond": (79, 531),
    "Venlo": (136, 919),
}
NORTH = frozenset(LIMBURG_NOORD)
COALITION = NORTH - {"Mook"}
SOUTH = {f"Zuid {number}": (20 + number, 150 + number) for number in range(16)}
NAMES = {
    "ggd": NORTH,
    "coalition": COALITION,
    "south": frozenset(SOUTH),
    "province": NORTH | frozenset(SOUTH),
}
RANKS = {"coalition": 0, "ggd": 1, "south": 1, "province": 2}


def table(*names: str, known: tuple[str, ...] = ()) -> Table:
    counts = LIMBURG_NOORD | (SOUTH if {"south", "province"} & set(names) else {})
    return Table.of(
        [Cell(name, count, size) for name, (count, size) in counts.items()],
        [Total(name, NAMES[name], RANKS[name], is_known=name in known) for name in names],
    )


def attacked(table: Table, shown: Shown) -> dict:
    """What the attacker learns of every small cell and total."""
    cells = {
        key: (None if key in shown.hidden else cell.count, cell.size) for key, cell in table.cells.items()
    }
    sums = [
        (total.members, table.count_of(total))
        for key, total in table.totals.items()
        if key not in shown.withheld
    ]
    wanted = {key: frozenset({key}) for key in shown.hidden if table.cells[key].is_small} | {
        key: table.totals[key].members for key in shown.withheld if table.is_small_total(table.totals[key])
    }
    sizes = {key: sum(table.cells[one].size for one in members) for key, members in wanted.items()}
    return {key: (*range_of(members, cells, sums), sizes[key]) for key, members in wanted.items()}


def leaks(table: Table, shown: Shown) -> set:
    return {key for key, (low, high, size) in attacked(table, shown).items() if recognises(low, high, size)}


@pytest.mark.parametrize(
    ("pattern", "names", "hidden", "interval"),
    [
        ("P1", ("ggd",), {"Mook"}, (8, 8)),
        ("P2", ("ggd",), {"Mook", "Bergen"}, (0, 23)),
        ("P3", ("ggd", "coalition"), {"Mook", "Bergen"}, (8, 8)),
        ("P4", ("coalition",), {"Mook", "Bergen"}, (0, 55)),
        ("P6", ("coalition",), {"Mook"}, (0, 55)),
        ("P7", ("coalition", "province", "south"), {"Mook"}, (8, 8)),
    ],
)
def test_the_audit_sees_of_each_pattern_what_the_attacker_sees(pattern, names, hidden, interval):
    shown = Shown(frozenset(hidden))
    bounds = audit(table(*names), shown)["Mook"]
    assert (bounds.low, bounds.high) == pytest.approx(interval)
    assert attacked(table(*names), shown)["Mook"][:2] == pytest.approx(interval)


def test_one_small_municipality_takes_the_smallest_other_one_with_it():
    protection = protect(table("ggd"))
    assert protection.secondary_cells == {"Bergen"}
    assert protection.secondary_totals == set()


def test_where_two_regions_differ_by_it_the_coalition_keeps_its_total():
    protection = protect(table("ggd", "coalition"))
    assert protection.secondary_totals == {"ggd"}
    assert protection.secondary_cells == set(), "a second cell turned out to be of no use"


def test_a_chain_of_regions_is_broken_at_the_least_important():
    protection = protect(table("ggd", "coalition", "south", "province"))
    assert protection.secondary_totals == {"ggd", "province"}
    assert leaks(table("ggd", "coalition", "south", "province"), protection.shown) == set()


def test_what_an_earlier_release_told_is_counted_with():
    protection = protect(table("ggd", "coalition", known=("ggd",)))
    assert protection.secondary_totals == {"coalition"}
    with pytest.raises(Unprotectable, match="Mook"):
        protect(table("ggd", "coalition", known=("ggd", "coalition")))


def test_linked_tables_are_protected_together():
    # sdcTable, test-linked-tables: county and size of the same eight units, three and less is small.
    counts = dict(zip("ABIJKLMN", (2, 2, 8, 8, 3, 3, 3, 7), strict=True))
    scale = 4  # our smallest count is ten where theirs is four
    cells = [Cell(name, count * scale, 400) for name, count in counts.items()]
    totals = [
        Total("county 1", frozenset("ABIJ")),
        Total("county 2", frozenset("KLMN")),
        Total("big", frozenset("LM")),
        Total("small", frozenset("ABIJKN")),
    ]
    alone = [protect(Table.of(cells, totals[:2])), protect(Table.of(cells, totals[2:]))]
    whole = Table.of(cells, totals)
    assert all(protection.bounds for protection in alone)
    assert leaks(whole, protect(whole).shown) == set()


def test_a_group_of_fewer_than_ten_and_a_zero_of_a_sensitive_source_are_small():
    cells = [Cell("few", 3, 8), Cell("none", 0, 200, zero_is_sensitive=True), Cell("nobody", 0, 200)]
    assert Shown.primary(Table.of(cells, [])).hidden == {"few", "none"}


def test_nearly_everybody_is_as_telling_as_hardly_anybody():
    cells = [Cell("nearly all", 96, 100), Cell("half", 50, 100), Cell("third", 30, 90)]
    whole = Table.of(cells, [Total("all", frozenset(cell.key for cell in cells))])
    protection = protect(whole)
    assert "nearly all" in protection.shown.hidden
    assert protection.secondary_cells
    assert leaks(whole, protection.shown) == set()


def test_a_small_total_of_shown_zeros_and_a_small_cell_is_protected():
    cells = [Cell("a", 0, 90), Cell("b", 4, 80), Cell("c", 30, 100), Cell("d", 25, 100)]
    whole = Table.of(cells, [Total("ab", frozenset("ab"), 1), Total("all", frozenset("abcd"))])
    protection = protect(whole)
    assert "ab" in protection.shown.withheld
    assert leaks(whole, protection.shown) == set()


def test_a_table_with_a_stranger_in_a_total_is_refused():
    with pytest.raises(ValueError, match="tabel"):
        Table.of([Cell("a", 1, 20)], [Total("t", frozenset("ab"))])
    with pytest.raises(ValueError, match="sleutel"):
        Table.of([Cell("a", 1, 20), Cell("a", 2, 20)], [])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    sizes = draw(st.lists(st.integers(5, 300), min_size=2, max_size=14))
    cells = [Cell(f"m{i}", draw(st.integers(0, size)), size) for i, size in enumerate(sizes)]
    keys = [cell.key for cell in cells]
    regions = draw(st.lists(st.sets(st.sampled_from(keys), min_size=1), max_size=7))
    return Table.of(cells, [Total(f"r{i}", frozenset(members), i % 4) for i, members in enumerate(regions)])


@settings(max_examples=150, deadline=None)
@given(tables())
def test_the_attacker_learns_nothing_from_any_made_up_regions(table):
    protection = protect(table)
    assert leaks(table, protection.shown) == set()


@settings(max_examples=150, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_the_audit_gives_the_verdict_of_the_attacker(table, chance: random.Random):
    primary = Shown.primary(table)
    more = {key for key in table.cells if chance.random() < 0.3}
    shown = Shown(primary.hidden | more, primary.withheld)
    assert {key for key, bounds in audit(table, shown).items() if not bounds.is_safe} == leaks(table, shown)


@settings(max_examples=60, deadline=None)
@given(tables())
def test_nothing_that_was_left_out_could_have_been_shown(table):
    protection = protect(table)
    shown = protection.shown
    for key in protection.secondary_cells:
        assert leaks(table, Shown(shown.hidden - {key}, shown.withheld)), key
    for key in protection.secondary_totals:
        assert leaks(table, Shown(shown.hidden, shown.withheld - {key})), key
