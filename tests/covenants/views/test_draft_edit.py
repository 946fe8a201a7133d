"""The coordinator writes: moves, removes and takes back."""

import pytest
from django.urls import reverse

from covenants import texts
from covenants.models import CovenantVersion
from tests import factories

pytestmark = pytest.mark.django_db


def address(draft, name: str = "draft-edit", *args: object) -> str:
    covenant = draft.covenant
    return reverse(f"covenants:{name}", args=[covenant.coalition.slug, covenant.slug, *args])


def keys(draft) -> list[str]:
    return [block["key"] for block in CovenantVersion.objects.get(pk=draft.pk).blocks]


def test_every_block_has_what_can_be_done_with_it(log_in, coordinator, draft):
    content = log_in(coordinator).get(address(draft)).content.decode()
    for key in keys(draft):
        for name in ("block-edit", "block-move", "block-delete"):
            assert address(draft, name, key) in content
    assert "Artikel 2. Geld" in content
    assert "Naar vaststellen" in content


def test_a_block_goes_up_and_down(log_in, coordinator, draft):
    key = keys(draft)[3]
    client = log_in(coordinator)
    response = client.post(address(draft, "block-move", key), {"richting": "omhoog"})
    assert response["Location"] == f"{address(draft)}#stuk-{key}"
    assert keys(draft)[2] == key
    client.post(address(draft, "block-move", key), {"richting": "omlaag"})
    assert keys(draft)[3] == key


def test_what_was_removed_can_be_put_back(log_in, coordinator, draft):
    before, key = keys(draft), keys(draft)[3]
    client = log_in(coordinator)
    client.post(address(draft, "block-delete", key))
    assert key not in keys(draft)
    content = client.get(address(draft)).content.decode()
    assert "Verwijderd: <q>" in content
    assert "Carla Coördinator, " in content
    client.post(address(draft, "edit-undo", 1))
    assert keys(draft) == before


def test_older_changes_are_folded_away_and_can_be_put_back(log_in, coordinator, draft):
    before = keys(draft)
    client = log_in(coordinator)
    client.post(address(draft, "block-delete", before[3]))
    for _ in range(6):
        client.post(address(draft, "block-move", before[1]), {"richting": "omlaag"})
    content = client.get(address(draft)).content.decode()
    recent, older = content.split("Eerdere wijzigingen")
    assert (recent.count("Zet terug<"), older.count("Zet terug<")) == (5, 2)
    client.post(address(draft, "edit-undo", 1))
    assert before[3] in keys(draft)


def test_who_removes_a_heading_is_told_what_stays(log_in, coordinator, draft):
    client = log_in(coordinator)
    heading = next(block["key"] for block in draft.blocks if block["kind"] == "article")
    text = client.post(address(draft, "block-delete", heading), follow=True).content.decode()
    assert "Alleen de kop is weg" in text
    text = client.post(address(draft, "block-delete", keys(draft)[0]), follow=True).content.decode()
    assert "Alleen de kop is weg" not in text


@pytest.mark.parametrize(
    ("name", "args"), [("block-move", ["weg1234"]), ("block-delete", ["weg1234"]), ("edit-undo", [99])]
)
def test_what_is_gone_is_a_sentence(log_in, coordinator, draft, name, args):
    response = log_in(coordinator).post(address(draft, name, *args), follow=True)
    assert response.status_code == 200
    assert "alert--danger" in response.content.decode()


def test_a_proposed_text_shows_no_buttons_and_refuses(log_in, coordinator, draft):
    texts.propose_freeze(version=draft, by=coordinator)
    client = log_in(coordinator)
    assert "block-kinds" not in client.get(address(draft)).content.decode()
    response = client.post(address(draft, "block-delete", keys(draft)[3]), follow=True)
    assert "Trek dat eerst in" in response.content.decode()


def test_others_write_nothing(client, log_in, partner, team, outsider, draft):
    key, before = keys(draft)[3], keys(draft)
    acts = [
        address(draft, "block-move", key),
        address(draft, "block-delete", key),
        address(draft, "edit-undo", 1),
    ]
    for who, status in ((None, 302), (outsider, 404), (partner, 403), (team, 403)):
        visitor = log_in(who) if who else client
        assert visitor.get(address(draft)).status_code == status
        assert {visitor.post(act).status_code for act in acts} == {status}
    assert keys(draft) == before


def test_acts_are_posted(log_in, coordinator, draft):
    client = log_in(coordinator)
    assert client.get(address(draft, "block-delete", keys(draft)[3])).status_code == 405
    assert client.post(address(draft)).status_code == 405


def test_markup_in_a_text_is_shown_as_it_was_typed(log_in, coordinator, coalition):
    blocks = [{"kind": "title", "text": "<script>alert(1)</script>"}]
    draft = factories.make_draft(coalition, blocks=blocks)
    content = log_in(coordinator).get(address(draft)).content.decode()
    assert "<script>alert(1)" not in content
    assert "&lt;script&gt;alert(1)" in content


def test_a_long_text_takes_no_more_queries(
    log_in, coordinator, coalition, draft, django_assert_max_num_queries
):
    long = factories.make_draft(
        coalition, blocks=[*draft.blocks, *[{"kind": "paragraph", "text": "x"}] * 400]
    )
    client = log_in(coordinator)
    with django_assert_max_num_queries(12):
        client.get(address(long))
