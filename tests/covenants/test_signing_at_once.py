"""Many people who sign at the same moment, each on a real connection of their own."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pgtrigger
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from covenants import declines, rounds, signatures, signing_invitations, texts
from covenants.chain import check_chain
from covenants.models import (
    ChainEvent,
    CovenantVersion,
    Decline,
    DeclineKind,
    EventType,
    PartySignature,
    SealJob,
    SealKind,
    SignatureAct,
)
from covenants.signatures import Signed
from partners import mandates
from partners.login import has_account
from tests import factories
from tests.at_once import at_the_same_time
from tests.covenants.signing_cast import answer, ask, code_of, make_signatory
from tests.covenants.signing_cast import open_round as open_round_of

pytestmark = pytest.mark.django_db(transaction=True)


def signing(version: CovenantVersion, signatory: Any) -> Callable[[], Signed]:
    asked = ask(version, signatory)
    return partial(answer, version, asked, signatory.person, code=code_of(asked))


def test_twenty_times_the_same_key_is_one_act(version, signatory):
    one = signing(version, signatory)
    outcomes = at_the_same_time(*[one] * 20)

    assert [type(outcome) for outcome in outcomes] == [Signed] * 20
    assert len({outcome.act.pk for outcome in outcomes}) == 1
    assert SignatureAct.objects.count() == 1
    assert SealJob.objects.filter(kind=SealKind.STATEMENT).count() == 1
    assert check_chain(version) == []


def test_two_times_ten_people_of_one_organisation_are_one_signature(
    version, signatory, coalition, coordinator
):
    people = [signatory]
    while len(people) < 20:
        people.append(make_signatory(coalition, coordinator, organisation=signatory.organisation))
    outcomes = at_the_same_time(*[signing(version, person) for person in people])

    signed = [outcome for outcome in outcomes if isinstance(outcome, Signed)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, signatures.AlreadySigned)]
    assert (len(signed), len(refused)) == (1, 19)
    assert all(signed[0].act.person_name in str(refusal) for refusal in refused)
    assert PartySignature.objects.count() == 1
    assert check_chain(version) == []


def test_two_people_who_must_sign_together_make_one_signature(version, coalition, coordinator):
    first = make_signatory(coalition, coordinator, need=2)
    second = make_signatory(coalition, coordinator, organisation=first.organisation, need=2)
    outcomes = at_the_same_time(signing(version, first), signing(version, second))

    assert sorted(outcome.signature is not None for outcome in outcomes) == [False, True]
    assert PartySignature.objects.count() == 1


def with_own_connection(act: Callable[[], Signed]) -> Signed:
    """Eighty threads of one process are more than its pool has connections."""
    mine = connection.settings_dict
    without_pool = {key: value for key, value in mine["OPTIONS"].items() if key != "pool"}
    connection.settings_dict = {**mine, "OPTIONS": without_pool}
    return act()


def test_eighty_organisations_at_once_make_one_unbroken_chain(version, coalition, coordinator):
    people = [make_signatory(coalition, coordinator) for _ in range(80)]
    outcomes = at_the_same_time(
        *[partial(with_own_connection, signing(version, person)) for person in people]
    )

    assert [type(outcome) for outcome in outcomes] == [Signed] * 80
    assert PartySignature.objects.count() == 80
    seqs = list(ChainEvent.objects.filter(version=version).order_by("seq").values_list("seq", flat=True))
    # The text was fixed and its round opened before that.
    assert seqs == list(range(1, 163))
    assert ChainEvent.objects.filter(type=EventType.PARTY_SIGNED).count() == 80
    assert SealJob.objects.filter(kind=SealKind.STATEMENT).count() == 80
    assert check_chain(version) == []


def test_a_link_that_is_opened_twenty_times_at_once_opens_one_account(coalition, coordinator, open_round):
    invited = make_signatory(coalition, coordinator, logs_in=False)
    invitation = signing_invitations.invite(
        round=open_round, organisation=invited.organisation, by=coordinator
    )[0]
    enter = partial(signing_invitations.enter, invitation=invitation, name="Bo Bestuurder")
    entered = at_the_same_time(*[enter] * 20)

    assert len([person for person in entered if person is not None]) == 1
    assert has_account(invited.person)


def test_signing_while_the_mandate_is_revoked_gives_one_or_the_other(version, signatory, coordinator):
    def revoke() -> Any:
        return mandates.revoke(mandate=signatory.mandate, reason="Andere functie.", by=coordinator)

    signed, revoked = at_the_same_time(signing(version, signatory), revoke)
    assert revoked.revoked_at is not None
    if isinstance(signed, Signed):
        assert signed.act.signed_at <= revoked.revoked_at or SignatureAct.objects.count() == 1
    else:
        assert not SignatureAct.objects.exists()


def test_signing_while_the_round_closes_gives_one_or_the_other(version, signatory, open_round, coordinator):
    close = partial(rounds.close_round, round=open_round, by=coordinator)
    signed, closed = at_the_same_time(signing(version, signatory), close)
    assert closed.closed_at is not None
    if isinstance(signed, Signed):
        assert PartySignature.objects.count() == 1
    else:
        assert isinstance(signed, signatures.RoundClosed)
        assert "De ronde is gesloten op" in str(signed)
        assert not SignatureAct.objects.exists()
    assert check_chain(version) == []


def test_signing_while_a_newer_text_takes_over_gives_one_or_the_other(version, signatory, coordinator):
    newer = factories.freeze(texts.new_version(covenant=version.covenant, by=coordinator))
    signed, opened = at_the_same_time(signing(version, signatory), partial(open_round_of, newer, coordinator))
    assert opened.version == newer
    if not isinstance(signed, Signed):
        assert isinstance(signed, signatures.TextChanged | signatures.RoundClosed)
        assert "Er is niets vastgelegd." in str(signed)
    assert SignatureAct.objects.count() == isinstance(signed, Signed)
    assert check_chain(version) == []


def test_no_and_yes_of_one_organisation_at_once_never_leave_a_no_after_the_yes(version, signatory):
    refuse = partial(
        declines.decline,
        version=version,
        mandate=signatory.mandate,
        kind=DeclineKind.NO,
        by=signatory.person,
    )
    signed, declined = at_the_same_time(signing(version, signatory), refuse)
    assert isinstance(signed, Signed)
    assert PartySignature.objects.count() == 1
    seqs = dict(ChainEvent.objects.filter(version=version).values_list("type", "seq"))
    if isinstance(declined, declines.SignedAlready):
        assert "Dan kunt u het convenant opzeggen." in str(declined)
        assert not Decline.objects.exists()
    else:
        assert seqs[EventType.DECLINED] < seqs[EventType.SIGNED]
    assert check_chain(version) == []


@pytest.mark.parametrize(
    "model",
    [SignatureAct, PartySignature, ChainEvent],
    ids=lambda model: model.__name__,
)
def test_no_row_of_evidence_is_altered_by_the_owner_or_the_app(version, signatory, model, app_role):
    answer(version, asked := ask(version, signatory), signatory.person, code=code_of(asked))
    table = model._meta.db_table
    statements = (
        f"UPDATE {table} SET version_id = version_id",
        f"DELETE FROM {table}",
        f"TRUNCATE {table} CASCADE",
    )
    for statement in statements:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'SET LOCAL ROLE "{app_role}"')
            with pytest.raises(ProgrammingError), transaction.atomic():
                cursor.execute(statement)


def test_a_superusers_rewrite_of_one_row_is_named(version, signatory):
    answer(version, asked := ask(version, signatory), signatory.person, code=code_of(asked))
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute("UPDATE covenants_signatureact SET function = 'voorzitter'")
    (problem,) = check_chain(version)
    assert problem.seq == 3
    assert "function" in problem.sentence


def test_a_superusers_rewrite_of_the_chain_is_named(version, signatory):
    answer(version, asked := ask(version, signatory), signatory.person, code=code_of(asked))
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE covenants_chainevent SET body = replace(body, 'bestuurder', 'voorzitter') WHERE seq = 3"
        )
    problems = check_chain(version)
    assert [problem.seq for problem in problems] == [3, 3]
    assert "is achteraf veranderd" in problems[0].sentence


@pytest.mark.parametrize("seq", [1, 2, 3, 4])
def test_an_event_that_was_taken_out_is_named(version, signatory, seq):
    answer(version, asked := ask(version, signatory), signatory.person, code=code_of(asked))
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM covenants_chainevent WHERE seq = %s", [seq])
    assert check_chain(version) != []
