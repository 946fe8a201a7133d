"""A text is written by some, fixed by two, and the same for ever after."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from covenants import block_edits, texts
from covenants.blocks import clean_blocks
from covenants.models import Covenant, CovenantVersion, ForceRule, ResignRule, VersionState
from covenants.models.versions import VERSION_MOVES
from portal.acts import Refused
from tests import factories
from tests.at_once import at_the_same_time
from tests.covenants.samples import BLOCKS, MEANING

pytestmark = pytest.mark.django_db
HASH = "ab" * 32


@pytest.fixture
def draft(coalition, coordinator) -> CovenantVersion:
    return factories.make_draft(coalition, by=coordinator)


@pytest.fixture
def second(coalition):
    person = factories.make_person("Tom Team")
    factories.give_role(person, coalition, "team")
    return person


def words(version: CovenantVersion) -> list[str]:
    version = CovenantVersion.objects.get(pk=version.pk)
    return [block.get("text", "") for block in version.blocks]


# --- create ------------------------------------------------------------------------------------


def test_a_new_document_starts_as_a_draft_with_its_title(coalition, coordinator):
    version = texts.create(
        coalition=coalition, title="Intentieverklaring Delft", kind="intent", by=coordinator
    )

    assert (version.number, version.state, version.is_editable) == (1, VersionState.DRAFT, True)
    assert words(version) == ["Intentieverklaring Delft"]
    assert version.covenant.slug == "intentieverklaring-delft"
    event = version.covenant.events.get()
    assert event.pgh_context.metadata["user"] == coordinator.pk


def test_two_documents_of_one_name_get_two_addresses(draft, coalition):
    again = factories.make_draft(coalition)
    assert again.covenant.slug == f"{draft.covenant.slug}-2"


def test_no_document_takes_the_address_of_a_page(coalition):
    assert factories.make_draft(coalition, "Register").covenant.slug == "register-2"


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"title": " "}, "kan niet leeg zijn"),
        ({"title": "Voor 111222333"}, "burgerservicenummer"),
        ({"force_rule": ForceRule.QUORUM}, "Vul een aantal partijen in"),
        ({"quorum": 5}, "Vul een aantal partijen in"),
        ({"notice_months": 37}, "36"),
        ({"blocks": [{"kind": "article", "text": ""}]}, "Stuk 1"),
    ],
)
def test_what_cannot_be_a_document_is_refused_whole(coalition, terms, sentence):
    with pytest.raises(Refused, match=sentence):
        factories.make_draft(coalition, **{"title": "Convenant", **terms})
    assert not Covenant.objects.exists()


# --- propose, withdraw, confirm, complete ---------------------------------------------------------


def test_two_people_fix_a_text_and_its_seal_completes_it(draft, coordinator, second):
    draft = texts.propose_freeze(version=draft, by=coordinator)
    assert draft.is_proposed
    draft = texts.confirm_freeze(version=draft, by=second, digest=texts.digest_of_version(draft))
    assert draft.is_being_sealed
    draft = texts.complete_freeze(version=draft, sha256=HASH)

    draft.refresh_from_db()
    assert (draft.state, draft.sha256) == (VersionState.FROZEN, HASH)
    assert (draft.frozen_by, draft.second_by) == (coordinator, second)


def test_nobody_confirms_her_own_proposal(draft, coordinator):
    draft = texts.propose_freeze(version=draft, by=coordinator)

    with pytest.raises(texts.SamePerson):
        texts.confirm_freeze(version=draft, by=coordinator, digest=texts.digest_of_version(draft))
    draft.refresh_from_db()
    assert draft.second_by is None


def test_the_database_refuses_one_person_twice(draft, coordinator):
    texts.propose_freeze(version=draft, by=coordinator)
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        CovenantVersion.objects.filter(pk=draft.pk).update(
            second_by=coordinator, second_at="2026-01-01T00:00Z"
        )


def test_a_text_that_changed_since_it_was_read_is_not_confirmed(draft, coordinator, second):
    draft = texts.propose_freeze(version=draft, by=coordinator)
    seen = texts.digest_of_version(draft)
    texts.withdraw_freeze(version=draft, by=coordinator)
    block_edits.change_block(
        version=draft, key=draft.blocks[6]["key"], values={"text": "Iets anders."}, seen=0, by=coordinator
    )
    draft = texts.propose_freeze(version=draft, by=coordinator)

    with pytest.raises(texts.OtherText):
        texts.confirm_freeze(version=draft, by=second, digest=seen)


def test_changed_terms_are_another_text_as_well(draft, coordinator, second):
    draft = texts.propose_freeze(version=draft, by=coordinator)
    seen = texts.digest_of_version(draft)
    texts.edit_terms(version=draft, by=coordinator, notice_months=12)

    with pytest.raises(texts.OtherText):
        texts.confirm_freeze(version=draft, by=second, digest=seen)


def test_what_is_missing_is_named_before_it_is_proposed(coalition, coordinator):
    bare = texts.create(coalition=coalition, title="Convenant", by=coordinator)
    block_edits.add_block(version=bare, values={"kind": "article", "text": "Doel"}, by=coordinator)

    with pytest.raises(texts.NotReady) as refusal:
        texts.propose_freeze(version=bare, by=coordinator)

    assert "Artikel 1. Doel heeft nog geen tekst." in refusal.value.missing
    assert "Taken, Geld, Duur, Opzeggen, Wie doet mee" in str(refusal.value)


@pytest.mark.parametrize(
    ("blocks", "sentence"),
    [
        ([*BLOCKS[1:]], "precies één titel"),
        ([BLOCKS[0], *BLOCKS], "precies één titel"),
        ([BLOCKS[0]], "minstens één artikel"),
        ([], "precies één titel"),
    ],
)
def test_a_text_has_one_title_above_and_something_in_it(draft, blocks, sentence):
    draft.blocks = clean_blocks(blocks)
    assert any(sentence in line for line in texts.shortcomings(draft))


def test_a_tacit_version_needs_its_date(draft):
    draft.resign_rule = ResignRule.TACIT
    assert "Vul de ingangsdatum in: vanaf dan geldt de tekst voor iedereen." in texts.shortcomings(draft)
    draft.effective_on = datetime.date(2027, 1, 1)
    assert texts.shortcomings(draft) == []


def test_steps_out_of_order_are_refused(draft, coordinator, second):
    with pytest.raises(texts.NotProposed):
        texts.confirm_freeze(version=draft, by=second, digest="")
    with pytest.raises(texts.NotProposed):
        texts.withdraw_freeze(version=draft, by=second)
    with pytest.raises(texts.NotProposed):
        texts.complete_freeze(version=draft, sha256=HASH)
    factories.confirm_text(draft, coordinator, second)
    with pytest.raises(block_edits.NotEditable):
        texts.propose_freeze(version=draft, by=coordinator)
    with pytest.raises(texts.AlreadyConfirmed, match="Tom Team heeft deze tekst om"):
        texts.withdraw_freeze(version=draft, by=coordinator)


def test_a_text_of_which_no_pdf_can_be_made_is_not_proposed(draft, coordinator):
    block_edits.add_block(version=draft, values={"kind": "paragraph", "text": "Blij 😀"}, by=coordinator)
    with pytest.raises(Refused, match="Het teken 😀 kan niet"):
        texts.propose_freeze(version=draft, by=coordinator)
    draft.refresh_from_db()
    assert draft.is_editable


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_does(coalition, coordinator):
    draft = texts.propose_freeze(version=factories.make_draft(coalition), by=coordinator)
    digest = texts.digest_of_version(draft)
    people = [factories.make_person(f"Bevestiger {number}") for number in range(4)]

    outcomes = at_the_same_time(
        *(
            lambda person=person: texts.confirm_freeze(version=draft, by=person, digest=digest)
            for person in people
        )
    )

    names = sorted(type(outcome).__name__ for outcome in outcomes)
    assert names == ["AlreadyConfirmed"] * 3 + ["CovenantVersion"]


@pytest.mark.django_db(transaction=True)
def test_who_edits_while_another_proposes_is_either_in_the_text_or_refused(coalition, coordinator, second):
    draft = factories.make_draft(coalition)
    key = draft.blocks[6]["key"]

    edit, proposal = at_the_same_time(
        lambda: block_edits.change_block(
            version=draft, key=key, values={"text": "Nieuw."}, seen=0, by=second
        ),
        lambda: texts.propose_freeze(version=draft, by=coordinator),
    )

    is_in_the_text = "Nieuw." in words(draft)
    assert isinstance(edit, CovenantVersion) == is_in_the_text
    if is_in_the_text:
        assert "Nieuw." in [block.get("text") for block in proposal.blocks]
    else:
        assert isinstance(edit, block_edits.NotEditable)


# --- What the database guards ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"blocks": []},
        {"meaning": {}},
        {"number": 9},
        {"revision": 99},
        {"resign_rule": "editorial"},
        {"effective_on": datetime.date(2030, 1, 1)},
        {"second_by": None, "second_at": None},
    ],
    ids=lambda change: next(iter(change)),
)
@pytest.mark.parametrize("is_sealed", [False, True])
def test_a_confirmed_text_never_changes(draft, coordinator, second, change, is_sealed):
    factories.confirm_text(draft, coordinator, second)
    if is_sealed:
        texts.complete_freeze(version=draft, sha256=HASH)

    with pytest.raises(IntegrityError, match="Deze tekst staat vast"), transaction.atomic():
        CovenantVersion.objects.filter(pk=draft.pk).update(**change)


def test_a_hash_never_changes(draft, coordinator, second):
    factories.freeze(draft, coordinator, second)
    with pytest.raises(IntegrityError, match="Deze tekst staat vast"), transaction.atomic():
        CovenantVersion.objects.filter(pk=draft.pk).update(sha256="cd" * 32)


def test_the_chain_of_a_frozen_text_grows(draft, coordinator, second):
    factories.freeze(draft, coordinator, second)
    CovenantVersion.objects.filter(pk=draft.pk).update(chain_length=1, chain_head="ef" * 32)


def test_a_confirmed_text_is_not_thrown_away(draft, coordinator, second):
    confirmed = factories.confirm_text(draft, coordinator, second)
    with pytest.raises(IntegrityError, match="niet weggegooid"), transaction.atomic():
        confirmed.delete()


@pytest.mark.parametrize("change", [{"notice_months": 12}, {"title": "Anders"}, {"kind": "intent"}])
def test_the_terms_of_a_confirmed_text_stay(draft, coordinator, second, change):
    factories.confirm_text(draft, coordinator, second)
    with pytest.raises(Refused, match=r"veranderen niet meer|staat vast"):
        texts.edit_terms(version=draft, by=coordinator, **change)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"sha256": "AB" * 32}, "sha256_format"),
        ({"sha256": "ab"}, "sha256_format"),
        ({"state": "frozen"}, "draft_or_sha256|draft_or_two_people"),
        ({"frozen_at": "2026-01-01T00:00Z"}, "frozen_by_and_at"),
        ({"second_at": "2026-01-01T00:00Z"}, "second_after_first"),
    ],
    ids=lambda value: str(value),
)
def test_half_a_freeze_does_not_exist(draft, change, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        CovenantVersion.objects.filter(pk=draft.pk).update(**change)


def test_a_version_starts_as_a_draft_and_its_number_is_its_own(draft):
    with pytest.raises(IntegrityError, match="stand waarin"), transaction.atomic():
        CovenantVersion.objects.create(covenant=draft.covenant, number=2, state="open")
    with pytest.raises(IntegrityError, match=r"number_once|one_draft"), transaction.atomic():
        CovenantVersion.objects.create(covenant=draft.covenant, number=1)


@pytest.mark.parametrize("end", VersionState.values)
@pytest.mark.parametrize("start", [state for state in VersionState.values if state != "draft"])
def test_a_version_moves_only_along_its_path(draft, coordinator, second, start, end):
    factories.freeze(draft, coordinator, second)
    for step in {"open": ["open"], "closed": ["open", "closed"]}.get(start, [start]):
        CovenantVersion.objects.filter(pk=draft.pk).update(state=step)

    if start == end or end in VERSION_MOVES.get(start, ()):
        CovenantVersion.objects.filter(pk=draft.pk).update(state=end)
    else:
        with pytest.raises(IntegrityError, match="stand waarin"), transaction.atomic():
            CovenantVersion.objects.filter(pk=draft.pk).update(state=end)


# --- new_version ----------------------------------------------------------------------------------


def test_a_new_version_starts_with_the_same_words_under_the_same_names(draft, coordinator, second):
    first = factories.freeze(draft, coordinator, second)

    following = texts.new_version(covenant=first.covenant, by=coordinator, resign_rule=ResignRule.EDITORIAL)

    assert (following.number, following.state) == (2, VersionState.DRAFT)
    assert following.blocks == first.blocks
    assert following.meaning == MEANING
    assert following.sha256 is None


def test_a_draft_is_finished_before_the_next_one_starts(draft, coordinator):
    with pytest.raises(texts.DraftExists, match="versie 1"):
        texts.new_version(covenant=draft.covenant, by=coordinator)


def test_without_any_text_there_is_nothing_to_follow(coalition, coordinator):
    covenant = Covenant.objects.create(coalition=coalition, title="Leeg", slug="leeg")
    with pytest.raises(texts.NothingToFollow):
        texts.new_version(covenant=covenant, by=coordinator)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_start_a_version_at_once_one_does(coalition, coordinator, second):
    first = factories.freeze(factories.make_draft(coalition), coordinator, second)

    outcomes = at_the_same_time(*[lambda: texts.new_version(covenant=first.covenant, by=coordinator)] * 3)

    names = sorted(type(outcome).__name__ for outcome in outcomes)
    assert names == ["CovenantVersion", "DraftExists", "DraftExists"]


def test_the_restricted_role_writes_and_fixes_a_text(draft, coordinator, second, as_app):
    with as_app():
        block_edits.add_block(version=draft, values={"kind": "paragraph", "text": "Erbij."}, by=coordinator)
        factories.freeze(draft, coordinator, second)
