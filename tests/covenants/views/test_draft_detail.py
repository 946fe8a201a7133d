"""Partners say what they think of a part; the coordinator answers."""

import pytest
from django.urls import reverse

from covenants import block_edits, comments
from covenants.models import Comment
from partners.models import Organisation
from portal.acts import Refused
from tests import factories

pytestmark = pytest.mark.django_db


def address(draft, name: str = "draft-detail", *args: object) -> str:
    covenant = draft.covenant
    return reverse(f"covenants:{name}", args=[covenant.coalition.slug, covenant.slug, *args])


@pytest.fixture
def organisation(partner) -> Organisation:
    return Organisation.objects.get(name="Welzijn Maasdorp")


@pytest.fixture
def comment(draft, partner, organisation) -> Comment:
    return comments.add(
        version=draft,
        block_key=draft.blocks[5]["key"],
        organisation=organisation,
        text="Te vaag.",
        by=partner,
    )


def test_a_partner_comments_for_her_organisation(log_in, partner, organisation, draft):
    client = log_in(partner)
    key = draft.blocks[5]["key"]
    page = client.get(f"{address(draft)}?deel={key}").content.decode()
    assert "Plaats opmerking" in page
    assert f"Je opmerking namens {organisation}" in page

    data = {"block_key": key, "organisation": organisation.pk, "text": "Te vaag."}
    response = client.post(address(draft, "comment-add"), data)

    comment = Comment.objects.get()
    assert response["Location"].endswith(f"#opmerking-{comment.pk}")
    assert (comment.organisation, comment.author, comment.text) == (organisation, partner, "Te vaag.")
    content = client.get(address(draft)).content.decode()
    assert content.index("Artikel 1. Doel") < content.index("Te vaag.") < content.index("Artikel 2. Geld")
    assert "Wacht op antwoord" in content


def test_who_speaks_for_one_organisation_chooses_none(log_in, partner, organisation, draft, coordinator):
    page = address(draft) + f"?deel={draft.blocks[2]['key']}"
    alone = log_in(partner).get(page).text
    assert f"Je opmerking namens {organisation}" in alone
    assert f'<input type="hidden" name="organisation" value="{organisation.pk}"' in alone
    factories.make_member(draft.covenant.coalition)
    assert '<select name="organisation"' in log_in(coordinator).get(page).text


def test_a_partner_speaks_for_nobody_else(log_in, partner, draft, coalition):
    other = factories.make_organisation("Elders")
    factories.make_member(coalition, other)
    data = {"block_key": draft.blocks[5]["key"], "organisation": other.pk, "text": "Nee."}
    response = log_in(partner).post(address(draft, "comment-add"), data)
    assert response.status_code == 422
    assert not Comment.objects.exists()


def test_the_coordinator_writes_down_what_a_member_said(log_in, coordinator, organisation, draft):
    data = {"block_key": draft.blocks[5]["key"], "organisation": organisation.pk, "text": "Aan de telefoon."}
    log_in(coordinator).post(address(draft, "comment-add"), data)
    assert Comment.objects.get().organisation == organisation


def test_the_coordinator_answers_and_settles(log_in, coordinator, draft, comment):
    client = log_in(coordinator)
    assert "Je antwoord" in client.get(f"{address(draft)}?antwoord={comment.pk}").content.decode()
    client.post(address(draft, "comment-answer", comment.pk), {"text": "We maken het scherper."})
    comment.refresh_from_db()
    assert (comment.answer, comment.resolved_by) == ("We maken het scherper.", coordinator)
    assert "Afgehandeld" in client.get(address(draft)).content.decode()


def test_one_answer_is_enough(coordinator, comment):
    comments.answer(comment=comment, text="Ja.", by=coordinator)
    with pytest.raises(comments.AlreadyAnswered, match="Carla Coördinator"):
        comments.answer(comment=comment, text="Nee.", by=coordinator)


@pytest.mark.parametrize("text", ["", "  ", "Zij heet 111222333.", "x" * 4001])
def test_what_cannot_be_said_stays_on_the_screen(
    log_in, partner, coordinator, organisation, draft, comment, text
):
    data = {"block_key": draft.blocks[5]["key"], "organisation": organisation.pk, "text": text}
    assert log_in(partner).post(address(draft, "comment-add"), data).status_code == 422
    client = log_in(coordinator)
    assert client.post(address(draft, "comment-answer", comment.pk), {"text": text}).status_code == 422
    assert Comment.objects.count() == 1


def test_a_comment_on_a_part_that_went_is_kept_and_a_new_one_refused(
    log_in, partner, coordinator, organisation, draft, comment
):
    for block in draft.blocks[5:9]:
        block_edits.delete_block(version=draft, key=block["key"], by=coordinator)
    content = log_in(partner).get(address(draft)).content.decode()
    assert "Over delen die er niet meer staan" in content
    assert "Te vaag." in content
    with pytest.raises(comments.PartGone):
        comments.add(
            version=draft, block_key=draft.blocks[5]["key"], organisation=organisation, text="x", by=partner
        )


def test_nobody_comments_on_a_text_that_stands(draft, partner, organisation, coordinator, team):
    factories.confirm_text(draft, coordinator, team)
    with pytest.raises(comments.NoLongerADraft):
        comments.add(
            version=draft, block_key=draft.blocks[5]["key"], organisation=organisation, text="x", by=partner
        )


def test_empty_words_are_refused_by_the_operations_too(draft, partner, coordinator, organisation, comment):
    with pytest.raises(Refused, match="Schrijf op"):
        comments.add(
            version=draft, block_key=draft.blocks[5]["key"], organisation=organisation, text=" ", by=partner
        )
    with pytest.raises(Refused, match="Schrijf kort"):
        comments.answer(comment=comment, text=" ", by=coordinator)


def test_others_read_and_say_nothing(client, log_in, outsider, analyst, draft, comment):
    for who, read, write in ((None, 302, 302), (outsider, 404, 404), (analyst, 200, 403)):
        visitor = log_in(who) if who else client
        assert visitor.get(address(draft)).status_code == read
        assert visitor.post(address(draft, "comment-add"), {}).status_code == write
        assert visitor.post(address(draft, "comment-answer", comment.pk), {}).status_code == write


def test_a_comment_of_another_document_is_404(log_in, coordinator, coalition, draft, comment):
    other = factories.make_draft(coalition, "Anders")
    response = log_in(coordinator).post(address(other, "comment-answer", comment.pk), {"text": "Ja."})
    assert response.status_code == 404


def test_many_comments_take_no_more_queries(
    log_in, partner, draft, organisation, django_assert_max_num_queries
):
    for number in range(30):
        comments.add(
            version=draft,
            block_key=draft.blocks[5]["key"],
            organisation=organisation,
            text=f"Nr {number}",
            by=partner,
        )
    client = log_in(partner)
    with django_assert_max_num_queries(12):
        client.get(address(draft))
