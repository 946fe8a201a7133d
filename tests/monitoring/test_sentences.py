from dataclasses import replace

import pytest

from monitoring import sentences
from monitoring.catalogue import Definition, load_definitions
from monitoring.models import Aggregate, Comparison, Period, Status
from partners.models import Area, AreaKind

DEFINITIONS = {definition.code: definition for definition in load_definitions()}
PERIOD = Period(pk=1, code="2023", label="2023")


@pytest.fixture
def share() -> Definition:
    return DEFINITIONS["vroeggeboorte"]


@pytest.fixture
def count() -> Definition:
    return DEFINITIONS["inwoners-per-huishouden"]


def figure(value: float | None = 14.8, **changes: object) -> Aggregate:
    facts: dict[str, object] = {
        "value": value,
        "status": Status.REPORTED if value is not None else Status.SUPPRESSED_PRIMARY,
        "lower_95": None if value is None else 13.24,
        "upper_95": None if value is None else 16.36,
        "compared_95": None if value is None else Comparison.SAME,
        "compared_998": None if value is None else Comparison.SAME,
        "member_count": 14,
        "reported_count": 13,
        "period": PERIOD,
    }
    return Aggregate(**(facts | changes))


def without_margin(value: float) -> Aggregate:
    return figure(value, lower_95=None, upper_95=None, compared_95=None, compared_998=None)


def test_a_margin_is_written_in_dutch(share):
    assert sentences.margin(figure(), share) == "Marge door toeval: 13,2 tot 16,4 procent"


def test_a_margin_says_whose_it_is(share):
    words = sentences.margin(figure(), share, of="de regio")
    assert words == "Marge door toeval voor de regio: 13,2 tot 16,4 procent"


def test_both_counts_are_named(count):
    known = figure(2.15, numerator=17_811_291.0, denominator=8_270_244.0)
    assert sentences.counts(known, count) == "17.811.291 inwoners op 8.270.244 huishoudens"
    assert sentences.counts(figure(None), count) == ""
    assert sentences.counts(None, count) == ""


def test_a_full_count_has_no_margin(count):
    assert sentences.margin(without_margin(2.19), count) == ""


def test_every_status_without_a_number_has_its_own_reason():
    absent = [status for status in Status if status != Status.REPORTED]
    reasons = {sentences.reason(status) for status in absent}
    assert len(reasons) == len(absent)


@pytest.mark.parametrize(
    ("compared", "words"),
    [
        (Comparison.HIGHER, "Duidelijk hoger dan Nederland"),
        (Comparison.LOWER, "Duidelijk lager dan Nederland"),
        (
            Comparison.SAME,
            "Geen duidelijk verschil met Nederland. Het verschil kan toeval zijn.",
        ),
    ],
)
def test_a_difference_is_clear_or_may_be_chance(share, compared, words):
    assert sentences.comparison(figure(compared_998=compared), figure(15.0), share) == words


def test_overviews_follow_the_strict_comparison_and_name_the_other_apart(share):
    row = figure(compared_95=Comparison.HIGHER, compared_998=Comparison.SAME)
    assert sentences.comparison(row, figure(14.0), share).startswith("Geen duidelijk verschil")
    assert "95 procent zekerheid" in sentences.weaker_difference(row)
    assert sentences.weaker_difference(figure()) == ""


def test_a_full_count_is_compared_without_a_judgement(count):
    assert sentences.comparison(without_margin(2.19), figure(2.15), count) == "Hoger dan in Nederland"
    assert sentences.comparison(without_margin(2.151), figure(2.149), count) == "Gelijk aan Nederland"
    assert sentences.judgement(without_margin(2.19), count) == ""


@pytest.mark.parametrize(
    ("direction", "compared", "word"),
    [
        ("lower", Comparison.HIGHER, "ongunstiger"),
        ("lower", Comparison.LOWER, "gunstiger"),
        ("higher", Comparison.HIGHER, "gunstiger"),
        ("higher", Comparison.SAME, ""),
        ("none", Comparison.HIGHER, ""),
    ],
)
def test_a_judgement_follows_the_direction_of_the_indicator(share, direction, compared, word):
    definition = replace(share, direction=direction)
    assert sentences.judgement(figure(compared_998=compared), definition) == word


def test_a_hidden_figure_is_never_compared(share):
    assert sentences.comparison(figure(None), figure(15.0), share) == ""


def test_the_sentence_of_a_figure_says_what_where_when_and_how_sure(share):
    country = figure(15.0, area_id=2)
    assert sentences.figure_sentence(figure(area_id=1), country, share, place="Maas en Peel") == (
        "Vroeggeboorte in Maas en Peel (2023): 14,8 procent. "
        "Marge door toeval: 13,2 tot 16,4 procent. Nederland: 15,0 procent. "
        "Geen duidelijk verschil met Nederland. Het verschil kan toeval zijn. "
        "Demonstratiecijfer: verzonnen, niet gebruiken."
    )


def test_the_sentence_of_a_hidden_figure_gives_the_reason_and_no_number(share):
    sentence = sentences.figure_sentence(figure(None), None, share, place="Beesel")
    assert sentence == "Vroeggeboorte in Beesel (2023): niet getoond: te kleine aantallen."


def test_a_figure_that_never_came_says_so(share):
    assert sentences.figure_sentence(None, None, share, place="Beesel").endswith("nog niet aangeleverd.")


def test_coverage_names_reported_and_all_municipalities():
    assert sentences.coverage(figure()) == "Cijfers van 13 van de 14 gemeenten"
    assert sentences.coverage(figure(member_count=1, area=Area(kind=AreaKind.MUNICIPALITY))) == ""
    alone = figure(member_count=1, area=Area(kind=AreaKind.COALITION))
    assert sentences.coverage(alone) == "Dit gebied heeft één gemeente: dit is haar eigen cijfer"


@pytest.mark.parametrize(
    ("kind", "members", "words"),
    [
        (AreaKind.GGD_REGION, 0, "rechtstreeks van de bron"),
        (AreaKind.COUNTRY, 342, "opgeteld uit gemeenten"),
        (AreaKind.MUNICIPALITY, 0, "rechtstreeks van de bron"),
        (AreaKind.MUNICIPALITY, 4, "opgeteld uit wijken"),
        (AreaKind.VSV, 0, "aangeleverd"),
    ],
)
def test_a_number_says_whether_it_is_a_sum(kind, members, words):
    found = figure(area=Area(kind=kind), member_count=members, partition_id=1)
    assert sentences.made(found) == words
    assert ("rechtstreeks van de bron" in sentences.coverage(found)) == (kind == AreaKind.GGD_REGION)


def test_three_years_together_are_a_sum_and_what_is_not_shown_is_nothing():
    region = Area(kind=AreaKind.GGD_REGION)
    assert sentences.made(figure(area=region, member_count=0)) == "drie jaren opgeteld"
    assert sentences.coverage(figure(area=region, member_count=0)) == ""
    assert sentences.made(figure(None, area=region, member_count=0, partition_id=1)) == ""
    assert sentences.coverage(figure(None, area=region, member_count=0, partition_id=1)) == ""


def test_of_two_municipalities_the_reader_is_sent_to_their_own_figures(share):
    two = figure(value=None, status=Status.SUPPRESSED_SECONDARY, member_count=2, reported_count=2)
    assert "dit gebied heeft twee gemeenten" in sentences.missing(two, share)
    many = figure(value=None, status=Status.SUPPRESSED_SECONDARY)
    assert sentences.missing(many, share) == "Niet getoond: anders is een klein aantal uit te rekenen"


def test_a_municipality_hears_that_a_figure_stands_by_region_only(share):
    by_region = replace(share, lowest_level="regio")
    hidden = {"value": None, "status": Status.SUPPRESSED_SECONDARY, "member_count": 0, "reported_count": 0}
    own = figure(**hidden, area=Area(kind=AreaKind.MUNICIPALITY))
    assert sentences.missing(own, by_region) == "Niet getoond: dit cijfer staat alleen per regio"
    together = replace(by_region, pooled_only=True)
    year = figure(**hidden, area=Area(kind=AreaKind.GGD_REGION), partition_id=1)
    assert sentences.missing(year, together) == "Niet getoond: dit cijfer staat alleen over drie jaren samen"
    assert sentences.missing(own, together) == "Niet getoond: dit cijfer staat alleen per regio"
    direct = figure(**hidden, area=Area(kind=AreaKind.GGD_REGION))
    assert sentences.missing(direct, by_region) == "Niet getoond: anders is een klein aantal uit te rekenen"
    empty = figure(None, status=Status.NOT_DELIVERED, member_count=1, area=Area(kind=AreaKind.MUNICIPALITY))
    assert sentences.missing(empty, by_region) == "Niet getoond: dit cijfer staat alleen per regio"
    region = figure(None, status=Status.SUPPRESSED_SECONDARY, area=Area(kind=AreaKind.GGD_REGION))
    assert sentences.missing(region, by_region) == "Niet getoond: anders is een klein aantal uit te rekenen"


def test_a_spread_counts_hidden_figures_and_shows_none_of_them(share):
    rows = [figure(5.0), figure(9.0), figure(None)]
    sentence = sentences.spread_sentence(rows, share, place="Maas en Peel")
    assert "2 van de 3 gebieden" in sentence
    assert "tussen 5,0% en 9,0%" in sentence
    assert "Van 1 tonen wij het niet" in sentence


def test_no_ranking_has_a_reason_that_fits_the_indicator(share, count):
    assert "toeval" in sentences.no_ranking(share)
    assert "toeval" not in sentences.no_ranking(count)
    assert "op naam" in sentences.no_ranking(share)
    in_another_order = sentences.no_ranking(share, is_by_name=False)
    assert in_another_order.startswith("Dit is geen ranglijst: bij kleine gemeenten")
    assert "op naam" not in in_another_order


@pytest.mark.parametrize(
    ("worse", "better", "same", "words"),
    [
        ([], [], 4, "Geen van deze cijfers verschilt duidelijk van Nederland."),
        ([], [], 0, ""),
        (
            ["A", "B", "C"],
            [],
            1,
            (
                "Duidelijk ongunstiger dan Nederland: A, B en C. "
                "Het andere cijfer verschilt niet duidelijk van Nederland."
            ),
        ),
        (["A"], ["B"], 0, "Duidelijk ongunstiger dan Nederland: A. Duidelijk gunstiger dan Nederland: B."),
    ],
)
def test_a_summary_names_what_differs_clearly_and_counts_the_rest(worse, better, same, words):
    assert sentences.summary(worse=worse, better=better, same=same) == words


def test_the_middle_of_a_few_that_are_shown_is_not_the_middle_of_all():
    assert sentences.has_middle(known=8, total=16)
    assert not sentences.has_middle(known=16, total=71)
    assert not sentences.has_middle(known=7, total=7)
