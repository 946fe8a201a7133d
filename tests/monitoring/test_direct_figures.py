"""A figure that a source gives of a region itself: in by the door, before the sum, and out again."""

import csv
import io

import pytest

from monitoring import deliveries, delivery_files
from monitoring.catalogue import load_definitions
from monitoring.models import Aggregate, Observation, Status
from partners.models import Area, AreaMember
from tests import factories
from tests.monitoring.delivering import accepted, bring, current, messages_of, one

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known")]

GGD, PROVINCE = "ggd-limburg-noord", "PV31"
URL = "/indicatoren/vroeggeboorte/"


@pytest.fixture
def analyst(db):
    return factories.make_person("Anton Analist")


@pytest.fixture
def towns(known):
    """The fifteen municipalities of the GGD region."""
    links = AreaMember.objects.filter(region__code=GGD, valid_to=None).order_by("member__code")
    return list(links.values_list("member__code", flat=True))


@pytest.fixture
def everywhere(towns):
    """A file about all of them: 40 of 500 each, so 600 of 7500 together."""
    return [one(code, x="40", n="500") for code in towns]


def text_of(response):
    return " ".join(response.content.decode().split())


def shown(code):
    return Aggregate.objects.get(area__code=code, indicator__code="vroeggeboorte", period__code="2022")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("GGD Limburg-Noord", GGD),
        (GGD, GGD),
        ("Limburg (PV)", PROVINCE),
        ("PV31 ", PROVINCE),
        ("Utrecht (PV)", "PV26"),
        # Two municipalities have the name of their province.
        ("Utrecht", "GM0344"),
        ("Nederland", "NL"),
        ("NL01  ", "NL"),
    ],
)
def test_a_region_is_known_by_its_code_or_its_whole_name(analyst, written, code):
    accepted(analyst, one(written, x="600", n="7000"))
    assert current() == [(code, 600.0, 7000.0, "reported")]


@pytest.mark.parametrize("written", ["GGD Nergens", "Limburg-Noord", "PV99", "GG4106", "Drenthe"])
def test_another_name_or_code_is_refused_with_its_row_and_the_remedy(analyst, written):
    (sentence,) = messages_of(bring(analyst, one(x="600", n="7000"), one(written, x="600", n="7000")))
    assert sentence == (
        f"Rij 3, kolom gemeentecode: '{written}' is geen gemeentecode, en geen naam zoals die bij Gemeenten"
        " staat. Een gemeentecode is GM met vier cijfers. Een regio schrijf je met haar hele naam of haar"
        " code: GGD Limburg-Noord, PV31 of NL."
    )
    assert not Observation.objects.exists()


def test_a_region_twice_is_an_error_as_for_a_municipality(analyst):
    rows = [one("NL", x="600", n="7000"), one("NL00", x="601", n="7000")]
    (sentence,) = messages_of(bring(analyst, *rows))
    assert sentence.startswith(
        "Rij 3, kolom gemeentecode: NL staat met dezelfde indicator en periode ook in rij 2."
    )


def test_more_than_all_of_a_region_is_an_error(analyst):
    (sentence,) = messages_of(bring(analyst, one(GGD, x="8000", n="7000")))
    assert sentence == "Rij 2, kolom teller: '8000' is meer dan de noemer 7000. Controleer beide aantallen."


def test_the_source_wins_over_the_sum_of_its_municipalities(analyst, everywhere, client):
    accepted(analyst, *everywhere)
    factories.publish_figures()
    assert (shown(GGD).numerator, shown(GGD).member_count) == (600, 15)
    accepted(analyst, one(GGD, x="630", n="7600"), reason="Met adressen buiten de regio")
    factories.publish_figures()
    found = shown(GGD)
    assert (found.numerator, found.denominator, found.status) == (630, 7600, "reported")
    assert found.value == pytest.approx(100 * 630 / 7600)
    assert found.lower_95 < found.value < found.upper_95
    assert found.is_direct
    # The country is still the sum, of municipalities and not of what is said of a region.
    assert shown("PV31").numerator is None
    page = text_of(client.get(URL, {"gebied": GGD}))
    words = "Het cijfer van GGD Limburg-Noord komt rechtstreeks van de bron: niet opgeteld uit gemeenten."
    assert words in page
    assert "Dit gebied heeft één gemeente" not in page


def test_files_say_that_it_comes_from_the_source(analyst, everywhere, client):
    accepted(
        analyst,
        *everywhere,
        one(GGD, x="600", n="7500"),
        one(PROVINCE, x="1300", n="15000"),
        reason="Ook Zuid",
    )
    factories.publish_figures()
    table = client.get(f"/indicatoren/vroeggeboorte.csv?gebied={GGD}").text
    made = {row["gebiedscode"]: row for row in csv.DictReader(io.StringIO(table), delimiter=";")}
    assert made[GGD]["herkomst"] == made["GM0983"]["herkomst"] == "rechtstreeks van de bron"
    assert (made[GGD]["gemeenten"], made[GGD]["teller"]) == ("", "600")
    (figure,) = (
        row
        for row in client.get(f"/indicatoren/vroeggeboorte.json?gebied={PROVINCE}").json()["cijfers"]
        if row["gebiedscode"] == PROVINCE
    )
    assert (figure["herkomst"], figure["gemeenten"]) == ("rechtstreeks van de bron", None)


def test_its_origin_is_one_row_of_one_file(analyst, everywhere, client):
    accepted(analyst, *everywhere, one(GGD, x="600", n="7500"))
    factories.publish_figures()
    page = text_of(client.get(f"{URL}herkomst/", {"gebied": GGD, "periode": "2022"}))
    assert "rechtstreeks van de bron" in page
    assert "Dit cijfer is een som" not in page
    assert "levering.csv" in page
    assert ">17</td>" in page


def test_a_revision_is_shown_and_undoing_gives_the_sum_again(analyst, everywhere):
    accepted(analyst, *everywhere)
    first = accepted(analyst, one(GGD, x="601", n="7500"))
    delivery = bring(analyst, one(GGD, x="602", n="7500"))
    assert delivery.differences[0]["area"] == "GGD Limburg-Noord"
    assert (delivery.differences[0]["old"], delivery.differences[0]["new"]) == (
        "601 van 7.500",
        "602 van 7.500",
    )
    second = deliveries.accept(delivery=delivery, by=analyst)
    factories.publish_figures()
    assert shown(GGD).numerator == 602
    with pytest.raises(deliveries.FollowedUp):
        deliveries.undo(delivery=first, by=analyst, reason="Verkeerd bestand")
    deliveries.undo(delivery=second, by=analyst, reason="Verkeerd bestand")
    factories.publish_figures()
    assert shown(GGD).numerator == 601
    accepted(analyst, one(x="41", n="500"))
    third = accepted(analyst, one(GGD, x="603", n="7500"))
    deliveries.undo(delivery=third, by=analyst, reason="Verkeerd bestand")
    factories.publish_figures()
    assert (shown(GGD).numerator, shown(GGD).is_direct) == (601, True)


def test_undoing_the_only_figure_of_a_region_leaves_the_sum(analyst, everywhere):
    accepted(analyst, *everywhere)
    delivery = accepted(analyst, one(GGD, x="601", n="7500"))
    deliveries.undo(delivery=delivery, by=analyst, reason="Verkeerd bestand")
    factories.publish_figures()
    assert (shown(GGD).numerator, shown(GGD).member_count) == (600, 15)


def test_the_check_shows_rows_per_kind_of_area_and_adds_none_of_them_twice(analyst, everywhere):
    delivery = bring(analyst, *everywhere, one(GGD, x="600", n="7500"))
    assert {line["kind"]: (line["rows"], line["numerator"]) for line in delivery.summary} == {
        "gemeente": (15, 600),
        "GGD-regio": (1, 600),
    }


def test_a_source_that_is_far_from_the_sum_needs_a_reason(analyst, everywhere):
    delivery = bring(analyst, *everywhere, one(GGD, x="650", n="7500"))
    assert messages_of(delivery, "warning") == [
        (
            "Rij 17, kolom teller: de bron geeft voor GGD Limburg-Noord zelf 650 van 7.500 bij"
            " 'vroeggeboorte' in 2022. De gemeenten met een getal (15 van de 15) tellen op tot 600 van"
            " 7.500. Wij tonen het cijfer van de bron. Vraag de bron hoe dat komt."
        )
    ]
    with pytest.raises(deliveries.NeedsReason):
        deliveries.accept(delivery=delivery, by=analyst)


def test_a_municipality_that_is_missing_beside_the_total_is_noticed(analyst, everywhere):
    delivery = bring(analyst, *everywhere[:-1], one(GGD, x="600", n="7500"))
    (sentence,) = messages_of(delivery, "warning")
    assert "(14 van de 15) tellen op tot 560 van 7.000" in sentence
    assert sentence.endswith("Ontbreken er gemeenten?")


def test_municipalities_are_laid_beside_what_a_source_said_before(analyst, everywhere):
    accepted(analyst, one(GGD, x="600", n="7500"))
    assert messages_of(bring(analyst, *everywhere), "warning") == []
    delivery = bring(analyst, *everywhere[1:], one(x="90", n="500"))
    assert "staat met dezelfde" in messages_of(delivery)[0]
    delivery = bring(
        analyst, *(row for row in everywhere if not row.startswith("GM0983")), one(x="90", n="500")
    )
    (sentence,) = messages_of(delivery, "warning")
    assert "tellen op tot 650 van 7.500" in sentence
    # Some of them alone are less, and that is no news.
    assert messages_of(bring(analyst, *everywhere[:4]), "warning") == []


def test_the_country_is_laid_beside_its_ggd_regions_as_well(analyst):
    codes = Area.objects.filter(kind="ggd_region").order_by("code").values_list("code", flat=True)
    regions = [one(code, x="100", n="1000") for code in codes]
    assert messages_of(bring(analyst, *regions, one("NL", x="2500", n="25000")), "warning") == []
    (sentence,) = messages_of(bring(analyst, *regions, one("NL", x="2400", n="25000")), "warning")
    assert "De GGD-regio's met een getal (25 van de 25) tellen op tot 2.500 van 25.000." in sentence
    (sentence,) = messages_of(bring(analyst, *regions[1:], one("NL", x="2500", n="25000")), "warning")
    assert sentence.endswith("Ontbreken er GGD-regio's?")


def test_a_small_difference_is_told_and_asks_nothing(analyst, everywhere):
    delivery = bring(analyst, *everywhere, one(GGD, x="602", n="7505"))
    assert delivery.warnings == []
    assert delivery.notes[-1] == (
        "1 cijfer van een regio is hooguit een half procent anders dan de som van de gemeenten. Wij tonen het"
        " cijfer van de bron."
    )


def test_a_region_without_a_number_hides_the_sum_and_says_so(analyst, everywhere):
    accepted(analyst, *everywhere)
    delivery = bring(analyst, one(GGD, x="x", n="7500"))
    assert messages_of(delivery, "warning") == [
        (
            "Rij 2, kolom teller: bij GGD Limburg-Noord staat geen getal (de bron toont dit cijfer niet). Dan"
            " tonen wij ook de som van de gemeenten niet. Mag die er wel staan? Laat deze rij dan weg."
        )
    ]
    deliveries.accept(delivery=delivery, by=analyst, reason="De bron wil dit")
    factories.publish_figures()
    assert (shown(GGD).status, shown(GGD).numerator) == (Status.WITHHELD, None)


def test_an_empty_row_of_a_region_says_nothing(analyst, everywhere):
    delivery = bring(analyst, *everywhere, one(GGD, x="", n=""), one("NL", x="", n=""))
    assert (delivery.errors, delivery.warnings, delivery.new_count) == ([], [], 15)
    assert "2 lege rijen van regio's overgeslagen: daar tonen wij de som van de gemeenten." in delivery.notes
    deliveries.accept(delivery=delivery, by=analyst)
    factories.publish_figures()
    assert (shown(GGD).numerator, shown(GGD).member_count) == (600, 15)
    accepted(analyst, one(GGD, x="601", n="7500"))
    # Where there is one by now, it ends; and somebody says that she knows.
    delivery = bring(analyst, one(GGD, x="", n=""))
    assert (delivery.revised_count, len(delivery.warnings)) == (1, 1)


def test_the_table_to_fill_in_of_deaths_holds_regions(analyst):
    rows = {
        definition.code: {row[0] for row in delivery_files.rows(definition)}
        for definition in load_definitions()
        if definition.code in {"neonatale-sterfte", "gemeenten-met-plan"}
    }
    assert GGD in rows["neonatale-sterfte"]
    assert len(rows["neonatale-sterfte"]) == 26
    assert len(rows["gemeenten-met-plan"]) == 342


def test_a_region_may_have_a_figure_where_no_municipality_has_one(analyst, client):
    accepted(analyst, one(GGD, indicator="neonatale-sterfte", x="14", n="4200"))
    factories.publish_figures()
    url = "/indicatoren/neonatale-sterfte/"
    page = text_of(client.get(url, {"gebied": GGD}))
    assert "3,3" in page
    # No municipality has a figure, so there is no list and no map of them; the country begins with what
    # the source knows.
    assert "Per gemeente" not in page
    country = text_of(client.get(url, {"gebied": "NL"}))
    assert "Per GGD-regio" in country
    assert "Toon alle" not in country
    assert "dit cijfer staat alleen per regio" in text_of(client.get(url, {"gebied": "GM0983"}))
    assert "rechtstreeks van de bron" in page
    assert not Aggregate.objects.filter(area=Area.objects.get(code="GM0983"), value__isnull=False).exists()


def test_a_region_that_is_less_than_what_lies_in_it_is_laid_beside_no_rest(analyst, client):
    accepted(analyst, one(x="90", n="900"), one(GGD, x="60", n="800"), reason="Proef")
    factories.publish_figures()
    page = text_of(client.get(URL, {"gebied": "GM0983", "vergelijk": GGD}))
    assert "GGD Limburg-Noord" in page
    assert "de rest van GGD" not in page
