"""Figures on the division of a later day, on the real municipalities and mergers of the Netherlands."""

import csv
import datetime
import io
import json
from pathlib import Path

import pytest

from monitoring import fixed_facts, imports
from monitoring.imports import import_observations
from monitoring.models import Indicator, Period, Status
from monitoring.recoding import both_series, recoded
from partners.areas import load_areas
from partners.models import Area, AreaSuccession
from tests import factories

FIGURES = Path(imports.__file__).parent / "data" / "kerncijfers.csv"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
DIVISION_2023 = datetime.date(2023, 1, 1)
HEADER = "gemeentecode;periode;indicator;teller;noemer"

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(db):
    load_areas()
    fixed_facts.load()


def municipality_file(year):
    """The real file where it is on this machine, else the same figures from the portal's own table."""
    path = SHARED / f"gemeenten_{year}_cbs_pdok.geojson"
    if path.exists():
        return path.read_bytes()
    with FIGURES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["year"] == str(year)]
    features = [
        {
            "properties": {
                "gemeentecode": row["code"],
                "water": "NEE",
                "jaar": year,
                "aantalInwoners": int(row["inhabitants"]),
                "aantalHuishoudens": int(row["households"]),
                "oppervlakteLandInHa": int(row["land_ha"]),
            }
        }
        for row in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def deliver(*rows):
    content = "\n".join([HEADER, *rows]).encode()
    import_observations(source=io.BytesIO(content), filename="proef.csv", by=None, source_name="Proef")
    factories.publish_figures()


def test_the_years_recoded_to_one_division_give_the_published_totals(known):
    for year in (2022, 2023):
        import_observations(source=io.BytesIO(municipality_file(year)), filename=f"{year}.geojson", by=None)
    factories.publish_figures()
    indicator = Indicator.objects.current().get(code="inwoners-per-huishouden")
    totals, found = {}, {}
    for year in (2022, 2023):
        found[year] = recoded(indicator, Period.objects.get(code=str(year)), on=DIVISION_2023)
        totals[year] = sum(figure.numerator for figure in found[year].values())
    assert totals == {2022: 17_590_672, 2023: 17_811_291}
    # The 342 municipalities of 2023 in both years, each exactly.
    assert len(found[2022]) == len(found[2023]) == 342
    assert not any(figure.is_estimated for figure in found[2022].values())
    voorne = Area.objects.get(code="GM1992")
    assert found[2022][voorne.pk].provenance == (
        "Opgeteld uit: Brielle (GM0501), Hellevoetsluis (GM0530), Westvoorne (GM0614)"
    )
    # Amsterdam kept its code when it took Weesp in the course of 2022.
    amsterdam = Area.objects.get(code="GM0363")
    assert found[2022][amsterdam.pk].parts == ("Amsterdam (GM0363)", "Weesp (GM0457)")
    early, late = both_series(indicator, amsterdam, on=DIVISION_2023)
    assert early.is_broken
    assert not late.is_broken
    assert early.recoded.numerator > early.published.numerator
    assert late.recoded.numerator == late.published.numerator
    early, late = both_series(indicator, voorne, on=DIVISION_2023)
    assert (early.published, late.recoded.is_same) == (None, True)
    # A region is the sum of its members, whichever division they are on.
    members = Area.objects.members_of(Area.objects.get(code="ggd-limburg-noord"), on=DIVISION_2023)
    assert sum(found[2022][area.pk].numerator for area in members) == 524_255


def test_a_sum_of_which_one_part_is_hidden_is_hidden(known):
    deliver(
        "GM0501;2022;vroeggeboorte;5;150",
        "GM0530;2022;vroeggeboorte;30;350",
        "GM0614;2022;vroeggeboorte;25;130",
    )
    indicator = Indicator.objects.current().get(code="vroeggeboorte")
    voorne = Area.objects.get(code="GM1992")
    found = recoded(indicator, Period.objects.get(code="2022"), on=DIVISION_2023, areas=[voorne])
    assert list(found) == [voorne.pk]
    assert found[voorne.pk].numerator is None
    assert found[voorne.pk].status in {Status.SUPPRESSED_PRIMARY, Status.SUPPRESSED_SECONDARY}


def test_a_part_of_a_split_municipality_is_an_estimate_and_says_so(known):
    split = AreaSuccession.objects.filter(kind="partial").select_related("successor", "predecessor").first()
    before = split.on - datetime.timedelta(days=1)
    deliver(
        f"{split.predecessor.code};{before.year};inwoners-per-huishouden;14000;6000",
        f"{split.successor.code};{before.year};inwoners-per-huishouden;30000;12000",
    )
    period = Period.objects.get(code=str(before.year))
    indicator = Indicator.objects.current().get(code="inwoners-per-huishouden")
    found = recoded(indicator, period, on=split.on, areas=[split.successor])[split.successor.pk]
    assert found.is_estimated
    assert found.provenance.startswith("Geschat uit delen van")
    assert found.numerator == pytest.approx(30000 + 14000 * split.share)


def test_every_municipality_of_then_went_somewhere(known):
    indicator = Indicator.objects.current().get(code="inwoners-per-huishouden")
    period = Period.objects.create(code="2021", label="2021", reference_date=datetime.date(2021, 1, 1))
    parts = [
        part for figure in recoded(indicator, period, on=DIVISION_2023).values() for part in figure.parts
    ]
    then = Area.objects.municipalities().on(period.reference_date)
    assert {part[-7:-1] for part in parts} == set(then.values_list("code", flat=True))
