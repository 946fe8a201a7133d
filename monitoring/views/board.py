"""The region at a glance for who governs it."""

from collections.abc import Container, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from coalitions import menu
from coalitions.access import ActingRole, Permission, can, requires, roles_in
from coalitions.models import Coalition
from monitoring import board_figures, keeping, visits
from monitoring.board_agreements import agreements_of
from monitoring.board_facts import facts_of, state_of
from monitoring.board_money import money_for_board
from monitoring.board_news import changes_in
from monitoring.board_offer import offer_of
from monitoring.board_progress import progress_for_board
from monitoring.models import BoardItem
from monitoring.presenters.board_items import item_rows
from partners.models import Area, Organisation
from portal import hooks
from portal.kept_queries import KeptQuery, Slot

# With more of them the page would not fit on one sheet; on a screen all of them stand.
ASKS_ON_PAPER = 5
SPEAKING_ROLES = {ActingRole.PARTNER, ActingRole.ALDERMAN}


@require_safe
@requires(Permission.BOARD_READ)
def board(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """What is asked, the figures beside the country, what was agreed: on one page."""
    person, own = request.user, own_municipality(request.user, coalition)
    facts = facts_of(coalition, person)
    since = visits.visit(coalition, person, seen_at=facts["seen_at"], before_at=facts["before_at"])
    return render(
        request,
        "monitoring/board.html",
        {
            "coalition": coalition,
            "menu": menu.entries(coalition, person, path=request.path),
            "municipality": own,
            "since": since,
            "changes": changes_in(coalition, since=since) if since else [],
            "sees_items": can(person, Permission.BOARD_ITEM_ENTER, coalition)
            or can(person, Permission.BOARD_ITEM_PROPOSE, coalition),
            "sees_money": can(person, Permission.BUDGET_READ, coalition),
            "may_choose": can(person, Permission.SETTINGS_EDIT, coalition),
            **_asked(request, coalition, facts["governed"]),
            **_said(coalition, own, facts),
            **_figures(coalition, own, facts),
        },
    )


def _asked(request: HttpRequest, coalition: Coalition, governed: Container[int]) -> dict[str, Any]:
    """What is asked of who governs; others look at the page and have their own for what they do."""
    governs = menu.is_formal(request.user)
    asks = hooks.asks_of(request.user) if governs else []
    # The bespreekpunten stand above the other asks, with their buttons.
    others = [ask for ask in asks if not ask.url.startswith(request.path)]
    return {
        "is_asked": governs,
        "items": item_rows(_items(coalition=coalition.pk), person=request.user, organisations=governed),
        "answers": ActingRole.ALDERMAN in roles_in(request.user, coalition),
        "asks": others,
        "beyond_paper": max(0, len(others) - ASKS_ON_PAPER),
    }


@KeptQuery
def _items() -> QuerySet:
    return BoardItem.objects.filter(coalition=Slot("coalition")).open().for_board()


def own_municipality(person: Any, coalition: Coalition) -> Area | None:
    """The municipality of the coalition that `person` speaks for."""
    # Who coordinates, analyses or reads along speaks for nobody here: then nothing need be read.
    if roles_in(person, coalition).isdisjoint(SPEAKING_ROLES):
        return None
    governments = Organisation.objects.represented_by(person).filter(type__code="gemeente")
    return coalition.municipalities().filter(pk__in=governments.values("municipality")).first()


def _said(coalition: Coalition, own: Area | None, facts: dict[str, Any]) -> dict[str, Any]:
    """What was agreed and what runs, read again only after something of it changed."""
    documents = facts["documents"]
    made_of = (state_of(facts), coalition.pk, own and own.pk, documents, timezone.localdate())

    def read() -> dict[str, Any]:
        return {
            "agreements": agreements_of(coalition, own, documents=documents),
            "progress": progress_for_board(coalition),
            "money": money_for_board(coalition),
            "offer": offer_of(coalition, own),
        }

    return keeping.keep("said", made_of, read)


def _figures(coalition: Coalition, own: Area | None, facts: dict[str, Any]) -> dict[str, Any]:
    """The parts of the page with figures, as they were drawn before for the same release and choice."""
    choice = (tuple(facts["codes"]), tuple(facts["chosen"]))
    made_of = (keeping.stamp_of(facts), coalition.pk, coalition.name, own and own.pk, choice)
    return keeping.keep("board", made_of, lambda: _drawn(coalition, own, *choice))


def _drawn(
    coalition: Coalition, own: Area | None, codes: Sequence[str], chosen: Sequence[str]
) -> dict[str, Any]:
    found = board_figures.figures_of(coalition.area, own, codes, chosen)
    context = {"coalition": coalition, "municipality": own, "figures": found}
    parts = ("headlines", "own", "lines")
    return {
        "summary": found.summary,
        "own_summary": found.own_summary,
        "calculated_at": found.calculated_at,
        "has_figures": bool(found.headlines or found.lines),
        **{part: _part(f"monitoring/_board_{part}.html", context) for part in parts},
    }


def _part(template: str, context: dict[str, Any]) -> SafeString:
    # Rendered by our own templates, which escape what people wrote.
    return mark_safe(render_to_string(template, context).strip())  # noqa: S308
