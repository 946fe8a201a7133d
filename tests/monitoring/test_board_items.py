import datetime
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from coalitions.models import Role
from monitoring import asks, board_items
from monitoring.models import BoardAnswer, BoardItem
from partners.models import Organisation
from portal.models import Mail
from tests import factories

pytestmark = pytest.mark.django_db

TOMORROW = datetime.timedelta(days=1)


def ask(coalition, by, question="Maak geld vrij", **details) -> BoardItem:
    due = details.pop("due_on", factories.today() + TOMORROW)
    return board_items.ask(coalition=coalition, question=question, due_on=due, by=by, **details)


def make_venlo(coalition) -> Organisation:
    place = coalition.municipalities().get(code="GM0983")
    venlo = factories.make_organisation("Gemeente Venlo", type_code="gemeente", municipality=place)
    factories.make_member(coalition, venlo)
    return venlo


def test_whoever_governs_is_mailed_once_and_the_others_are_not(coalition, coordinator, alderman, partner):
    item = ask(coalition, coordinator)
    mail = Mail.objects.get(purpose="board_item_asked")
    assert (mail.recipient, mail.subject) == (alderman.email, "Vraag aan u: Maak geld vrij")
    assert f"/coalities/{coalition.slug}/bestuur/" in mail.text
    assert item.slot == 1


def test_an_ask_of_one_municipality_goes_to_its_alderman_alone(coalition, coordinator, alderman):
    (beesel,) = board_items.governments(coalition)
    venlo = make_venlo(coalition)
    ask(coalition, coordinator, organisation=venlo)
    assert not Mail.objects.filter(purpose="board_item_asked").exists()
    ask(coalition, coordinator, organisation=beesel)
    assert Mail.objects.get(purpose="board_item_asked").recipient == alderman.email


def test_a_fourth_is_refused_until_one_is_closed(coalition, coordinator):
    first, *_ = [ask(coalition, coordinator, question=f"Vraag {number}") for number in range(3)]
    with pytest.raises(board_items.NoRoom):
        ask(coalition, coordinator)
    board_items.close(item=first, by=coordinator)
    assert ask(coalition, coordinator).slot == first.slot
    with pytest.raises(board_items.Closed):
        board_items.close(item=first, by=coordinator)


def test_the_database_itself_holds_at_most_three(coalition, coordinator):
    ask(coalition, coordinator)
    for slot in (1, 4):
        with pytest.raises(IntegrityError), transaction.atomic():
            BoardItem.objects.create(
                coalition=coalition, slot=slot, question="x", due_on=factories.today(), asked_by=coordinator
            )


def test_a_day_that_is_over_is_refused(coalition, coordinator):
    with pytest.raises(board_items.DayGone):
        ask(coalition, coordinator, due_on=factories.today() - TOMORROW)
    assert not BoardItem.objects.exists()


def test_a_later_answer_follows_an_earlier_one_and_neither_changes(coalition, coordinator, alderman):
    item = ask(coalition, coordinator)
    board_items.answer(item=item, kind="not_yet", by=alderman)
    given = board_items.answer(item=item, kind="decided", note="Op 3 maart", by=alderman)
    assert given.organisation.name == "Gemeente Beesel"
    (row,) = coalition.board_items.for_page()
    assert [one.kind for one in row.newest_answers] == ["decided"]
    with pytest.raises(IntegrityError), transaction.atomic():
        BoardAnswer.objects.update(kind="not_yet")


def test_only_who_is_asked_and_governs_answers(coalition, coordinator, alderman, partner):
    item = ask(coalition, coordinator)
    with pytest.raises(board_items.NotGoverning):
        board_items.answer(item=item, kind="decided", by=partner)
    venlo = make_venlo(coalition)
    for_venlo = ask(coalition, coordinator, organisation=venlo)
    with pytest.raises(board_items.NotAsked):
        board_items.answer(item=for_venlo, kind="decided", by=alderman)
    board_items.close(item=item, by=coordinator)
    with pytest.raises(board_items.Closed):
        board_items.answer(item=item, kind="decided", by=alderman)


def test_a_commissioner_without_a_municipality_answers_for_herself(coalition, coordinator):
    commissioner = factories.make_person("Ina Opdracht")
    factories.give_role(commissioner, coalition, Role.COMMISSIONER)
    item = ask(coalition, coordinator)
    assert board_items.answer(item=item, kind="discussed", by=commissioner).organisation is None
    assert Mail.objects.filter(purpose="board_item_asked", recipient=commissioner.email).exists()


def test_it_is_asked_of_her_until_she_dealt_with_it(coalition, coordinator, alderman, partner):
    item = ask(coalition, coordinator)
    assert [one.title for one in asks.asks_of(alderman)] == ["Maak geld vrij"]
    board_items.answer(item=item, kind="not_yet", by=alderman)
    assert asks.asks_of(alderman)
    board_items.answer(item=item, kind="discussed", by=alderman)
    assert asks.asks_of(alderman) == []
    assert asks.asks_of(partner) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_share_no_place(coalition, coordinator):
    def ask_one() -> None:
        ask(coalition, coordinator)
        connection.close()

    threads = [threading.Thread(target=ask_one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(coalition.board_items.values_list("slot", flat=True)) == [1, 2, 3]
