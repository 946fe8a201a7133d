from monitoring.presenters import indicator
from tests.monitoring.presenters.figures import BEESEL, COUNTRY, DEFINITIONS, PERIODS, REGION, SHARE, figure


def test_each_period_of_the_area_stands_beside_the_same_period_of_the_country():
    own = [figure(period=PERIODS[0]), figure()]
    first, second = indicator.period_rows(own, [figure(COUNTRY, 15.0)], SHARE)
    assert (first.period, first.country.missing) == ("2022", "Nog niet aangeleverd")
    assert (second.period, second.country.value) == ("2023", "15,0%")


def test_the_rows_of_areas_keep_their_order_and_lead_to_their_own_page():
    rows = indicator.area_rows([figure(BEESEL), figure(REGION)], SHARE, country=None)
    assert [row.name for row in rows] == ["Beesel", "Maas en Peel"]
    assert rows[0].url == "/indicatoren/vroeggeboorte/?gebied=GM0889"


def test_origin_says_who_counted_and_that_an_unchecked_definition_is_unchecked():
    facts = dict(row[:2] for row in indicator.origin_facts(SHARE, None))
    assert facts["Teller"] == "Kinderen geboren vóór 37 weken zwangerschap"
    assert facts["Berekend op"] == ""
    assert facts["Wat is gunstig?"] == "Lager is gunstiger"
    assert facts["Wat geeft de bron?"] == "Cijfers per gemeente, elk jaar"
    assert facts["Thema"] == "Rond de geboorte (GE01 in de landelijke set)"
    assert facts["Kleine aantallen"].startswith("Niet getoond onder de 10: de teller, de noemer")
    unchecked = dict(row[:2] for row in indicator.origin_facts(DEFINITIONS["rokende-vrouwen"], None))
    assert unchecked["Omschrijving"] == "Versie 1. Ongeverifieerd: nog niet nagekeken bij de bron"
    assert unchecked["Wat geeft de bron?"] == "Cijfers per gemeente, eens in de 4 jaar"
    rare = dict(row[:2] for row in indicator.origin_facts(DEFINITIONS["perinatale-sterfte"], None))
    assert rare["Kleine aantallen"].endswith("Ook nul tonen wij niet")


def test_what_stands_by_region_says_of_what_three_years_are_shown():
    shown = {
        code: dict(fact[:2] for fact in indicator.origin_facts(DEFINITIONS[code], None))["Wat tonen wij?"]
        for code in ("vroeggeboorte", "perinatale-sterfte", "neonatale-sterfte", "kinderbescherming-0-2")
    }
    assert shown == {
        "vroeggeboorte": "",
        "perinatale-sterfte": "Per regio. Van een gemeente alleen drie jaren samen",
        "neonatale-sterfte": "Alleen per regio",
        "kinderbescherming-0-2": "Alleen per regio, en alleen drie jaren samen",
    }
