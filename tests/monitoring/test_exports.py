import pytest
from django.contrib.auth.models import AnonymousUser

from monitoring import exports, selection
from monitoring.selection import Selection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("early_births_once")]


@pytest.fixture
def chosen(early_births, coalition) -> Selection:
    words = {"gebied": coalition.slug, "periode": "2023"}
    return selection.select("vroeggeboorte", person=AnonymousUser(), words=words)


def test_every_row_has_a_cell_for_every_heading(chosen):
    assert {len(row) for row in exports.rows(chosen, release=1)} == {len(exports.HEADER)}


def test_each_figure_is_there_once_also_where_the_area_is_the_country(early_births, coalition):
    words = {"gebied": "NL", "periode": "2023"}
    whole = selection.select("vroeggeboorte", person=AnonymousUser(), words=words)
    keys = [(row[2], row[4]) for row in exports.rows(whole, release=1)]
    assert len(keys) == len(set(keys)) == 6


def test_a_row_has_a_number_or_the_reason_why_not(chosen):
    value, state = exports.HEADER.index("waarde"), exports.HEADER.index("stand")
    for row in exports.rows(chosen, release=1):
        assert (row[value] is None) == (row[state] != exports.KNOWN)


def test_numbers_have_no_tail_of_binary_fractions(chosen):
    for row in exports.rows(chosen, release=1):
        for cell in row:
            assert not isinstance(cell, float) or len(repr(cell).split(".")[1]) <= exports.DIGITS


def test_the_filename_says_what_where_and_when(chosen):
    assert exports.filename(chosen, "csv") == f"vroeggeboorte-{chosen.area.code}-2023.csv"


def test_a_file_reads_the_area_it_is_about_and_the_others_once_where_asked(
    early_births, coalition, django_assert_num_queries
):
    words = {"gebied": coalition.slug}
    with django_assert_num_queries(1):
        choice = selection.choose("vroeggeboorte", person=AnonymousUser(), words=words, is_page=False)
    assert choice.area == coalition.area
    with django_assert_num_queries(1):
        assert len(choice.areas()) > 1
        choice.areas()
