import pytest
from django.core.exceptions import ValidationError
from stdnum.nl import bsn

from portal.text_guard import find_bsn, refuse_bsn

# Made by counting until the eleven test fits; nobody's number.
NUMBER = "111222333"


def test_the_number_in_these_tests_passes_the_eleven_test() -> None:
    assert bsn.is_valid(NUMBER)


@pytest.mark.parametrize(
    "text",
    [
        "111222333",
        "BSN: 111222333.",
        "bsn111222333 van moeder",
        "moeder (111222333) belt terug",
        "111.222.333",
        "1112.22.333",
        "111 222 333",
        "1112 22 333",
        "111-222-333",
        "eerste regel\n111222333\nderde regel",
        "kinderen 111222334 en 111222333",
        "111222333, 12 weken zwanger",
        "111222333,geboren",
        "nr.111222333",
        "kind 2 111222333 12 weken",
        "111222333/111222334",
        "111\xa0222\xa0333",
    ],
)
def test_a_bsn_is_found_in_free_text(text: str) -> None:
    found = find_bsn(text)

    assert found is not None
    assert bsn.compact(found) == NUMBER
    with pytest.raises(ValidationError, match="burgerservicenummer"):
        refuse_bsn(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "111222334",  # fails the eleven test
        "000000000",
        "NL91ABNA0417164300",
        "NL111222333B01",  # VAT number
        "+31111222333",
        "0111222333",
        "06-11122233",
        "+31 111222333",
        "0031-111222333",
        "€ 111.222.333",
        "€111222333",
        "111.222.333,50",
        "1.111.222.333",
        "9 111 222 333",
        "111 222 333 444",
        "1112223334",
        "22-11-2026 14.05",
        "KvK 11122233",
        "GM0983 516.266 inwoners",
        "https://voorbeeld.nl/besluit/x111222333y",
        "2022: 17.590.672; 2023: 17.811.291",
    ],
)
def test_a_number_of_another_kind_is_left_alone(text: str) -> None:
    assert find_bsn(text) is None
    refuse_bsn(text)
