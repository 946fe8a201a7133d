"""Settings of the seal that are wrong are named before the first signature."""

import pytest
from django.core.checks import run_checks

AUTHORITIES = ("https://tijd.voorbeeld.nl", "https://tijd.voorbeeld.org")


def found() -> list[str]:
    return [str(message.id) for message in run_checks() if str(message.id).startswith("covenants.")]


def choose(settings, **changes):
    settings.SEAL = {**settings.SEAL, **changes}


def test_development_is_fine_with_keys_of_its_own():
    assert found() == []


@pytest.mark.parametrize(("kind", "message"), [("test", "covenants.E001"), ("", "covenants.W001")])
def test_production_needs_a_real_seal(settings, kind, message):
    settings.IS_PRODUCTION = True
    choose(settings, KIND=kind)
    assert message in found()


def test_a_seal_that_does_not_exist_is_refused(settings):
    choose(settings, KIND="waszegel")
    assert found() == ["covenants.E002"]


def test_half_a_seal_is_refused(settings):
    choose(settings, KIND="csc", CSC_URL="https://zegel.voorbeeld.nl", TSA_URLS=AUTHORITIES[:1])
    [message] = [one for one in run_checks() if one.id == "covenants.E003"]
    assert "SEAL_CSC_CREDENTIAL, SEAL_TRUST, SEAL_TSA_URLS (twee adressen)" in str(message.msg)


def test_a_whole_seal_is_fine(settings):
    choose(settings, KIND="pem", CERTIFICATE="x", KEY="x", TRUST="x", TSA_URLS=AUTHORITIES)
    assert found() == []
