"""Since when a text holds follows from its rule and from who signed."""

import datetime

import pytest

from covenants.force import force_of, meanwhile
from covenants.models import Covenant, CovenantVersion, ForceRule
from covenants.register import Entry, Holder

DAY = datetime.date(2026, 3, 1)


def entry(version: CovenantVersion, days: int) -> Entry:
    """A party that signed so many days after the first of March."""
    signed_on = DAY + datetime.timedelta(days=days)
    return Entry(
        organisation=Holder(days, f"Partij {days}"),
        successors=(),
        type="gemeente",
        signature_id=days,
        signed=version,
        signed_on=signed_on,
        name="Partij",
        kvk="",
        members=(),
        is_outside=False,
        signers=(),
        stint=1,
        since=signed_on,
        kind="sign",
        leaves_on=None,
        bound_by=version,
    )


@pytest.mark.parametrize(
    ("rule", "quorum", "signed", "since", "words"),
    [
        (ForceRule.AT_ONCE, None, [0], None, "zodra twee partijen"),
        (ForceRule.AT_ONCE, None, [0, 3], 3, "Geldt sinds 4 maart 2026 tussen wie getekend heeft"),
        (ForceRule.QUORUM, 3, [0, 3], None, "zodra 3 partijen getekend hebben. Dat zijn er nu 2"),
        (ForceRule.QUORUM, 3, [9, 0, 3, 12], 9, "Geldt sinds 10 maart 2026, toen 3 partijen"),
        (ForceRule.ON_DATE, None, [], 5, "Geldt sinds 6 maart 2026"),
    ],
)
def test_each_rule_says_since_when(rule, quorum, signed, since, words):
    version = CovenantVersion(
        covenant=Covenant(),
        number=1,
        force_rule=rule,
        quorum=quorum,
        effective_on=DAY + datetime.timedelta(days=5),
    )
    force = force_of(version, [entry(version, days) for days in signed], on=DAY + datetime.timedelta(days=60))
    assert force.since == (None if since is None else DAY + datetime.timedelta(days=since))
    assert words in force.sentence


def test_before_its_day_a_text_does_not_hold():
    version = CovenantVersion(covenant=Covenant(), number=1, force_rule=ForceRule.ON_DATE, effective_on=DAY)
    force = force_of(version, [], on=DAY - datetime.timedelta(days=1))
    assert (force.holds, force.sentence) == (False, "Gaat gelden op 1 maart 2026.")


def test_from_the_day_on_which_the_document_ended_no_text_holds():
    covenant = Covenant(ended_on=DAY + datetime.timedelta(days=30))
    version = CovenantVersion(covenant=covenant, number=1, force_rule=ForceRule.ON_DATE, effective_on=DAY)
    assert force_of(version, [], on=DAY + datetime.timedelta(days=29)).holds
    ended = force_of(version, [], on=covenant.ended_on)
    assert (ended.holds, ended.sentence) == (False, "Beëindigd per 31 maart 2026.")


def test_an_older_text_holds_meanwhile_for_who_did_not_sign_the_new_one() -> None:
    old, new = CovenantVersion(number=1), CovenantVersion(number=2)
    assert meanwhile(new, []) == ""
    assert meanwhile(new, [entry(old, 1)]).startswith("Versie 1 blijft gelden voor 1 partij,")
    assert "voor 2 partijen" in meanwhile(new, [entry(old, 1), entry(old, 2), entry(new, 3)])
