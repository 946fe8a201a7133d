"""Postcodes and the municipalities in which they lie."""

import csv

import pytest

from partners import postcodes
from partners.areas import DATA


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        *((spelling, "5911") for spelling in ("5911", " 5911 AB ", "5911ab")),
        *((other, "") for other in ("0911", "591", "59111", "5911 A1", "Venlo", "")),
    ],
)
def test_a_postcode_is_known_in_any_spelling(text, digits):
    assert postcodes.digits_of(text) == digits


@pytest.mark.parametrize(
    ("postcode", "code"), [("5911", "GM0983"), ("5954", "GM0889"), ("5076", "GM0824"), ("1099", ""), ("", "")]
)
def test_a_postcode_leads_to_its_municipality(postcode, code):
    assert postcodes.municipality_code(postcode) == code


def test_every_postcode_lies_in_a_municipality_of_the_newest_division():
    with (DATA / "areas.csv").open(encoding="utf-8", newline="") as file:
        areas = csv.DictReader(file)
        today = {row["code"] for row in areas if row["kind"] == "municipality" and not row["valid_to"]}
    assert set(postcodes._codes().values()) <= today
