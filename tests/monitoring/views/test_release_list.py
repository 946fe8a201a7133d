import pytest

from monitoring import releases
from monitoring.models import Aggregate, Withdrawal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("early_births_once")]

URL = "/cijfers/uitgaven/"
WITHDRAW = "/cijfers/intrekken/"
FIGURE = {"indicator": "vroeggeboorte", "periode": "2023", "gebied": "GM0983", "reden": "Verkeerd geteld"}


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_an_analyst_sees_which_release_everybody_reads(early_births, analyst, log_in):
    text = text_of(log_in(analyst).get(URL))
    assert str(releases.published()) in text
    assert "Leest iedereen nu" in text
    assert "Gerda Goedkeurder" in text


def test_a_figure_is_withdrawn_from_every_page_and_file(early_births, analyst, log_in):
    client = log_in(analyst)
    assert "ingetrokken" in text_of(client.post(WITHDRAW, FIGURE, follow=True))
    for kind in ("csv", "json"):
        content = client.get(f"/indicatoren/vroeggeboorte.{kind}?gebied=GM0983&periode=2023").content.decode()
        assert "Niet getoond: dit cijfer is ingetrokken" in content
    figure = Aggregate.objects.get(area__code="GM0983", period__code="2023")
    assert figure.value is None
    client.post(f"{WITHDRAW}{Withdrawal.objects.get().pk}/herstellen/")
    figure.refresh_from_db()
    assert figure.numerator == 60


def test_the_page_needs_a_log_in(client, db):
    assert client.get(URL).status_code == 302


def test_an_unknown_withdrawal_is_not_there(early_births, analyst, log_in):
    assert log_in(analyst).post(f"{WITHDRAW}999/herstellen/").status_code == 404


def test_other_roles_are_refused(early_births, alderman, log_in):
    client = log_in(alderman)
    assert client.get(URL).status_code == 403
    assert client.post(WITHDRAW, FIGURE).status_code == 403
    assert not Withdrawal.objects.exists()


def test_an_unknown_area_is_refused_with_a_sentence(early_births, analyst, log_in):
    response = log_in(analyst).post(WITHDRAW, FIGURE | {"gebied": "GM9999"})
    assert response.status_code == 422
    assert "Dit gebied bestaat niet" in text_of(response)
    assert log_in(analyst).get(WITHDRAW).status_code == 405
