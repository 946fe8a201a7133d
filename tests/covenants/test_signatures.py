"""Signing: one transaction under the lock of the version, and what each bad moment gets."""

import datetime

import pytest
from django.utils import timezone

from covenants import authority, challenges, rounds, signatures
from covenants.chain import check_chain
from covenants.models import (
    AccessLog,
    ChainEvent,
    Challenge,
    EventType,
    PartySignature,
    Round,
    SealJob,
    SealKind,
    SignatureAct,
    SignatureKind,
)
from covenants.statements import acts_of
from partners.models import Mandate
from tests import factories
from tests.covenants.signing_cast import (
    answer,
    ask,
    code_of,
    make_signatory,
    new_key,
    sign,
    supersede,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_round_once")]


def test_a_signature_is_act_event_and_seal_job_in_one(version, signatory):
    signed = sign(version, signatory)

    act, signature = signed.act, signed.signature
    assert signature is not None
    assert (act.person_name, act.function, act.organisation_name) == (
        "Ans de Boer",
        "bestuurder",
        signatory.organisation.name,
    )
    assert act.doc_sha256 == version.sha256
    assert act.consent_text.startswith("Ik heb het convenant gelezen en ga namens")
    assert (signature.kind, signature.signed_on) == (SignatureKind.SIGN, timezone.localdate())
    types = list(ChainEvent.objects.filter(version=version).values_list("type", flat=True))
    assert types == [EventType.FROZEN, EventType.ROUND_OPENED, EventType.SIGNED, EventType.PARTY_SIGNED]
    assert SealJob.objects.filter(subject=f"statement/{signature.pk}").count() == 1
    assert check_chain(version) == []


def test_nothing_stays_when_a_later_step_fails(version, signatory, monkeypatch):
    asked = ask(version, signatory)

    def break_down(**_: object) -> None:
        raise RuntimeError("stuk")

    monkeypatch.setattr("covenants.seals.order", break_down)
    with pytest.raises(RuntimeError):
        answer(version, asked, signatory.person)

    assert not SignatureAct.objects.exists()
    assert not PartySignature.objects.exists()
    asked.refresh_from_db()
    assert asked.used_at is None
    assert check_chain(version) == []


def test_the_same_key_again_gives_the_same_act(version, signatory):
    asked = ask(version, signatory)
    code = code_of(asked)
    first = answer(version, asked, signatory.person, code=code)
    second = answer(version, asked, signatory.person, code=code)

    assert first == second
    assert SignatureAct.objects.count() == 1


def test_a_second_person_of_the_organisation_is_told_who_signed_and_when(
    version, signatory, coalition, coordinator
):
    other = make_signatory(coalition, coordinator, organisation=signatory.organisation)
    signed = sign(version, signatory)
    moment = timezone.localtime(signed.act.signed_at)

    with pytest.raises(signatures.AlreadySigned) as refused:
        sign(version, other)

    assert str(refused.value) == (
        f"Ans de Boer heeft om {moment:%H.%M} uur al namens {signatory.organisation} getekend."
    )
    assert refused.value.status == 409


def test_who_signed_cannot_sign_again(version, signatory):
    sign(version, signatory)
    with pytest.raises(signatures.AlreadySigned):
        sign(version, signatory)


def test_a_mandate_that_was_revoked_meanwhile_signs_nothing(version, signatory, coordinator):
    asked = ask(version, signatory)
    Mandate.objects.filter(pk=signatory.mandate.pk).update(
        revoked_at=timezone.now(), revoked_by=coordinator, revoke_reason="Andere functie."
    )
    with pytest.raises(authority.MandateGone, match="ingetrokken op") as refused:
        answer(version, asked, signatory.person)

    assert refused.value.status == 409
    assert not SignatureAct.objects.exists()


def test_a_mandate_that_is_revoked_later_leaves_the_signature(version, signatory, coordinator):
    signed = sign(version, signatory)
    Mandate.objects.filter(pk=signatory.mandate.pk).update(
        revoked_at=timezone.now(), revoked_by=coordinator, revoke_reason="Andere functie."
    )
    assert signatures.signature_with(signed.act) == signed.signature
    assert check_chain(version) == []


def test_another_text_than_the_one_that_was_read_is_refused(version, signatory):
    with pytest.raises(signatures.TextChanged, match="niet meer de geldende") as refused:
        answer(version, ask(version, signatory), signatory.person, doc_sha256="0" * 64)
    assert refused.value.status == 409


def test_a_version_that_was_replaced_points_to_the_new_one(version, signatory):
    asked = ask(version, signatory)
    supersede(version)
    with pytest.raises(signatures.TextChanged):
        answer(version, asked, signatory.person)


def test_a_round_that_closed_between_looking_and_signing_is_refused(
    version, signatory, open_round, coordinator
):
    asked = ask(version, signatory)
    rounds.close_round(round=open_round, by=coordinator)
    with pytest.raises(signatures.RoundClosed, match=r"gesloten op .* uur") as refused:
        answer(version, asked, signatory.person)
    assert refused.value.status == 409


def test_a_round_that_ran_out_is_closed_before_anybody_closes_it(version, signatory, open_round):
    asked = ask(version, signatory)
    Round.objects.filter(pk=open_round.pk).update(closes_at=timezone.now())
    with pytest.raises(signatures.RoundClosed, match="gesloten op"):
        answer(version, asked, signatory.person)


def test_who_is_no_longer_a_member_cannot_sign(version, signatory, coalition):
    asked = ask(version, signatory)
    coalition.memberships.filter(organisation=signatory.organisation).update(
        state="left", left_on=factories.today()
    )
    with pytest.raises(authority.NotAMember):
        answer(version, asked, signatory.person)


def test_five_wrong_codes_are_the_end_of_a_question(version, signatory):
    asked = ask(version, signatory)
    code = code_of(asked)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(4):
        with pytest.raises(challenges.Wrong) as refused:
            answer(version, asked, signatory.person, code=wrong)
        assert refused.value.status == 400
    for attempt in (wrong, code):
        with pytest.raises(challenges.Exhausted) as refused:
            answer(version, asked, signatory.person, code=attempt)
        assert refused.value.status == 429
    assert not SignatureAct.objects.exists()


def test_a_code_works_for_five_minutes(version, signatory):
    asked = ask(version, signatory)
    assert asked.expires_at - timezone.now() <= datetime.timedelta(minutes=5)
    Challenge.objects.filter(pk=asked.pk).update(expires_at=timezone.now())
    with pytest.raises(challenges.Wrong):
        answer(version, asked, signatory.person)


def test_a_code_of_somebody_else_says_the_same_as_a_wrong_one(version, signatory, coalition, coordinator):
    other = make_signatory(coalition, coordinator)
    asked = ask(version, other)
    code = code_of(asked)
    with pytest.raises(challenges.Wrong) as of_another:
        answer(version, asked, signatory.person, code=code)
    with pytest.raises(challenges.Wrong) as unknown:
        answer(version, asked, signatory.person, challenge=new_key(), code=code)
    assert str(of_another.value) == str(unknown.value)


def test_a_question_holds_for_one_key_only(version, signatory):
    asked = ask(version, signatory)
    with pytest.raises(challenges.Wrong):
        answer(version, asked, signatory.person, key=new_key())


def test_a_question_is_asked_a_few_times_an_hour_at_most(version, signatory):
    for _ in range(challenges.MAX_PER_HOUR):
        ask(version, signatory)
    with pytest.raises(challenges.TooMany):
        ask(version, signatory)


def test_the_name_must_be_typed_as_it_is_known(version, signatory):
    with pytest.raises(challenges.WrongName):
        challenges.ask(
            version=version,
            mandate=signatory.mandate,
            method="mail",
            typed_name="Iemand Anders",
            by=signatory.person,
        )
    challenges.ask(
        version=version,
        mandate=signatory.mandate,
        method="mail",
        typed_name="  ans  DE boer ",
        by=signatory.person,
    )


@pytest.mark.parametrize(
    ("needed", "is_complete"),
    [
        ([1], True),
        ([2], False),
        ([2, 2], True),
        ([2, 3], False),
        ([3, 2, 2], True),
        ([1, 3], True),
        ([3, 3], False),
        ([], False),
    ],
)
def test_who_may_only_sign_together_waits_for_the_others(needed, is_complete):
    assert signatures.is_complete(needed) is is_complete


def test_an_organisation_with_joint_authority_signs_with_two(version, coalition, coordinator):
    first = make_signatory(coalition, coordinator, need=2)
    second = make_signatory(coalition, coordinator, organisation=first.organisation, need=2)

    waiting = sign(version, first)
    assert waiting.signature is None
    assert not PartySignature.objects.exists()
    assert not SealJob.objects.filter(kind=SealKind.STATEMENT).exists()

    complete = sign(version, second)
    assert complete.signature is not None
    assert len(acts_of(complete.signature)) == 2


def test_a_lone_signature_lapses_with_its_round_and_can_be_given_again(
    version, open_round, coalition, coordinator
):
    from tests.covenants.signing_cast import open_round as open_again

    first = make_signatory(coalition, coordinator, need=2)
    second = make_signatory(coalition, coordinator, organisation=first.organisation, need=2)
    sign(version, first)
    rounds.close_round(round=open_round, by=coordinator)
    open_again(version, coordinator)

    assert sign(version, second).signature is None
    assert sign(version, first).signature is not None


def test_an_accession_round_makes_accessions(version, open_round, signatory, coordinator):
    from tests.covenants.signing_cast import open_round as open_again

    rounds.close_round(round=open_round, by=coordinator)
    open_again(version, coordinator)
    signed = sign(version, signatory)

    assert signed.signature is not None
    assert signed.signature.kind == SignatureKind.ACCEDE


def test_the_address_stands_outside_the_chain_and_its_hash_inside(version, signatory):
    signed = sign(version, signatory)
    log = AccessLog.objects.get(act=signed.act)
    body = ChainEvent.objects.get(version=version, type=EventType.SIGNED).body

    assert log.address == "192.0.2.7"
    assert "192.0.2.7" not in body
    assert check_chain(version) == []
    AccessLog.objects.update(address="192.0.2.8")
    assert [problem.seq for problem in check_chain(version)] == [3]
