import re

import pytest
from django.urls import reverse

from coalitions.models import Coalition
from monitoring import board_items, board_paper, headlines
from monitoring.board_paper import page_count
from tests import factories

pytestmark = pytest.mark.django_db


def url_of(coalition: Coalition) -> str:
    return reverse("monitoring:board-pdf", args=[coalition.slug])


def test_it_is_one_tagged_sheet_with_the_charts_as_vectors(early_births, coalition, alderman, log_in):
    response = log_in(alderman).get(url_of(coalition))
    assert response["Content-Type"] == "application/pdf"
    pdf = response.content
    assert page_count(pdf) == 1
    # The marks of PDF/UA-1, and no picture made of dots.
    assert b"pdfuaid:part" in pdf
    assert b"/StructTreeRoot" in pdf
    assert not re.search(rb"/Subtype\s*/Image", pdf)


def test_it_needs_a_log_in_and_a_place_in_the_coalition(coalition, outsider, client, log_in):
    assert client.get(url_of(coalition)).status_code == 302
    assert log_in(outsider).get(url_of(coalition)).status_code == 404


def test_nobody_sends_anything_to_it(coalition, alderman, log_in):
    assert log_in(alderman).post(url_of(coalition)).status_code == 405


def test_long_names_and_full_asks_still_fit_on_one_sheet(
    early_births, coalition, coordinator, alderman, log_in
):
    Coalition.objects.filter(pk=coalition.pk).update(name="Samen voor een kansrijke start " * 3)
    codes = ["perinatale-sterfte", "vroeggeboorte", "kinderen-langdurig-laag-inkomen", "neonatale-sterfte"]
    headlines.choose(coalition=coalition, codes=codes, by=coordinator)
    for number in range(3):
        board_items.ask(
            coalition=coalition,
            question=f"{number} {'Neem dit op in de begroting van het volgende jaar ' * 3}"[:140],
            explanation="Een lange toelichting met veel woorden. " * 7,
            due_on=factories.today(),
            by=coordinator,
        )
    assert page_count(log_in(alderman).get(url_of(coalition)).content) == 1


def test_the_sheet_says_of_a_clear_difference_what_it_means(
    third_municipality, country, deliver, coalition, alderman, log_in, monkeypatch
):
    """As the screen does, and never of who did not sign what is not there to sign."""
    deliver(
        ("GM0983", 2023, "vroeggeboorte", 160, 900),
        ("GM0889", 2023, "vroeggeboorte", 40, 210),
        ("GM0988", 2023, "vroeggeboorte", 90, 400),
        ("GM0014", 2023, "vroeggeboorte", 130, 2000),
    )
    written = {}
    monkeypatch.setattr(board_paper, "render", lambda name, words, **more: written.update(words) or b"")
    monkeypatch.setattr(board_paper, "page_count", lambda pdf: 1)
    log_in(alderman).get(url_of(coalition))
    (early,) = (one for one in written["headlines"] if one["name"] == "Vroeggeboorte")
    assert early["comparison"] == "Duidelijk hoger dan Nederland"
    assert early["judgement"] == "ongunstig"
    (own,) = written["own"]
    assert own["comparison"] == "Duidelijk hoger (ongunstig)"
    assert written["own_source"] == "Bron: Demonstratiecijfers (verzonnen)."
    assert written["agreed"] == ["Er is nog geen convenant om te tekenen."]


def test_a_number_of_the_area_has_its_unit_and_one_organisation_is_one(
    coalition, country, deliver, coordinator, log_in, monkeypatch
):
    sizes = (("GM0983", 450, 10_000), ("GM0889", 45, 1000), ("GM0014", 50, 1000))
    deliver(*((code, "onbekend", "kinderen-0-4", count, size) for code, count, size in sizes))
    written = {}
    monkeypatch.setattr(board_paper, "render", lambda name, words, **more: written.update(words) or b"")
    monkeypatch.setattr(board_paper, "page_count", lambda pdf: 1)
    log_in(coordinator).get(url_of(coalition))
    assert "Kinderen van 0 tot en met 4 jaar per 1.000 inwoners: 45,0" in written["region"][0]
    assert board_paper._organisations(1) == "1 organisatie."
    assert board_paper._organisations(2) == "2 organisaties."
