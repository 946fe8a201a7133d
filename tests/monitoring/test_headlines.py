import pytest

from monitoring import headlines
from portal.acts import Refused

pytestmark = pytest.mark.django_db


def test_the_choice_is_kept_in_order_and_replaces_the_one_before(coalition, coordinator):
    headlines.choose(coalition=coalition, codes=["big2"], by=coordinator)
    headlines.choose(coalition=coalition, codes=["vroeggeboorte", "big2"], by=coordinator)
    assert headlines.chosen_codes(coalition) == ["vroeggeboorte", "big2"]
    headlines.choose(coalition=coalition, codes=[], by=coordinator)
    assert headlines.chosen_codes(coalition) == []


@pytest.mark.parametrize(
    ("codes", "refusal"),
    [
        (["tienermoeders"], headlines.NotVerified),
        (["bestaat-niet"], headlines.UnknownIndicator),
        (["big2", "big2"], headlines.Twice),
        (
            ["big2", "vroeggeboorte", "perinatale-sterfte", "neonatale-sterfte", "levendgeborenen"],
            headlines.TooMany,
        ),
    ],
)
def test_a_choice_that_cannot_be_is_refused_and_leaves_the_old_one(coalition, coordinator, codes, refusal):
    headlines.choose(coalition=coalition, codes=["big2"], by=coordinator)
    with pytest.raises(refusal) as refused:
        headlines.choose(coalition=coalition, codes=codes, by=coordinator)
    assert isinstance(refused.value, Refused)
    assert headlines.chosen_codes(coalition) == ["big2"]


def test_only_what_was_checked_at_its_source_is_fit_to_lead():
    fit = headlines.fit_to_lead()
    assert fit
    assert all(item.is_verified for item in fit)
    assert "tienermoeders" not in {item.code for item in fit}


def test_of_its_own_set_only_what_was_checked_leads_and_in_its_own_order():
    chosen = ("tienermoeders", "big2", "inwoners-per-km2", "vroeggeboorte")
    assert [item.code for item in headlines.fit_to_lead(chosen)] == ["big2", "vroeggeboorte"]
    assert headlines.fit_to_lead(("tienermoeders",)) == headlines.fit_to_lead()
