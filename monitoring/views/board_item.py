"""What a coalition asks of those who govern: the list, a new one, an answer, and taking it off the page."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.models import Decision
from coalitions.access import ActingRole, Permission, can, requires, roles_in
from coalitions.models import Coalition
from monitoring import board_items
from monitoring.board_forms import AnswerForm, BoardItemForm
from monitoring.models.board import MOST_ITEMS
from partners.requests import PersonRequest, sent
from portal.act_pages import carried_out, done


@requires(Permission.BOARD_READ)
@require_safe
def board_item_list(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """What is asked now and what was asked before, each with its answers."""
    items = list(coalition.board_items.for_page())
    may_ask = can(request.user, Permission.BOARD_ITEM_ENTER, coalition)
    proposals = coalition.board_proposals.for_list()
    found = {
        "items": items,
        "may_ask": may_ask,
        "may_propose": not may_ask and can(request.user, Permission.BOARD_ITEM_PROPOSE, coalition),
        "proposals": proposals.open() if may_ask else proposals.filter(proposed_by=request.user),
        "has_room": sum(item.closed_at is None for item in items) < MOST_ITEMS,
    }
    return render(request, "monitoring/board_item_list.html", {"coalition": coalition, **found})


@requires(Permission.BOARD_ITEM_ENTER)
@require_http_methods(["GET", "HEAD", "POST"])
def board_item_add(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """One more thing to ask."""
    decision = _decision(request, coalition)
    form = BoardItemForm(
        *sent(request),
        governments=board_items.governments(coalition),
        initial={"question": decision.text[:140]} if decision else None,
    )
    if carried_out(
        request,
        form,
        partial(board_items.ask, coalition=coalition, decision=decision, by=request.user),
        "Het bespreekpunt staat op de pagina. Wie het aangaat, krijgt een mail.",
    ):
        return redirect("monitoring:board-item-list", coalition.slug)
    found = {"decision": decision, "decisions": [] if decision else board_items.decisions_to_ask(coalition)}
    return _form_page(request, "board_item_add", coalition, form, **found)


def _decision(request: PersonRequest, coalition: Coalition) -> Decision | None:
    """The decision of a meeting that the address names, if it is one of this coalition."""
    asked = request.GET.get("besluit", "")
    if not asked.isdecimal():
        return None
    return (
        Decision.objects.filter(meeting__coalition=coalition)
        .select_related("meeting")
        .filter(pk=asked)
        .first()
    )


@requires(Permission.BOARD_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def board_item_answer(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """What who governs says of one of them: by a button on the board page, or here with a note."""
    item = get_object_or_404(coalition.board_items.select_related("coalition", "organisation"), pk=pk)
    form = AnswerForm(*sent(request))
    if carried_out(
        request,
        form,
        partial(board_items.answer, item=item, by=request.user),
        "Uw antwoord is vastgelegd. U kunt het altijd opnieuw geven.",
    ):
        return redirect("monitoring:board", coalition.slug)
    governs = ActingRole.ALDERMAN in roles_in(request.user, coalition)
    return _form_page(request, "board_item_answer", coalition, form, item=item, governs=governs)


@requires(Permission.BOARD_ITEM_ENTER)
@require_POST
def board_item_close(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Take it off the board page."""
    item = get_object_or_404(coalition.board_items, pk=pk)
    return done(
        request,
        lambda: board_items.close(item=item, by=request.user),
        f"‘{item}’ is afgerond en staat niet meer op de pagina.",
        reverse("monitoring:board-item-list", args=[coalition.slug]),
    )


def _form_page(
    request: PersonRequest,
    stem: str,
    coalition: Coalition,
    form: BoardItemForm | AnswerForm,
    **context: object,
) -> HttpResponse:
    page = {"coalition": coalition, "form": form, **context}
    return render(request, f"monitoring/{stem}.html", page)
