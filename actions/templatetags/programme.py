"""How the states of actions, reports and bottlenecks look, and the menu that moves a card."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from actions.models import Action, ActionState, BottleneckState, ReportState, RoundState, StatusClaim
from actions.moves import moves_from
from coalitions.models import Coalition
from portal.addresses import address_of
from portal.templatetags.ui import badge, button

register = template.Library()

ACTION_KINDS = {
    ActionState.PLANNED: "info",
    ActionState.RUNNING: "success",
    ActionState.BLOCKED: "danger",
    ActionState.PAUSED: "warning",
    ActionState.DONE: "success",
    ActionState.SECURED: "success",
}
CLAIM_KINDS = {
    StatusClaim.ON_TRACK: "success",
    StatusClaim.ATTENTION: "warning",
    StatusClaim.STUCK: "danger",
}
BOTTLENECK_KINDS = {
    BottleneckState.SHARED: "info",
    BottleneckState.TRANSLATED: "info",
    BottleneckState.SOLVED: "success",
}
REPORT_KINDS = {
    ReportState.SUBMITTED: "info",
    ReportState.RETURNED: "warning",
    ReportState.FIXED: "success",
}
ROUND_KINDS = {
    RoundState.OPEN: "success",
    RoundState.CLOSING: "info",
    RoundState.FIXED: "neutral",
    RoundState.REOPENED: "warning",
}


@register.filter
@cache
def action_badge(state: str) -> SafeString:
    """`{{ action.state|action_badge }}`: icon and word."""
    return badge(ActionState(state).label, ACTION_KINDS.get(ActionState(state), "neutral"))


@register.filter
@cache
def claim_badge(claim: str | None) -> SafeString:
    """`{{ action.claim|claim_badge }}`: how it goes, or that nobody said so."""
    if not claim:
        return badge("Nog niets gemeld", "neutral")
    return badge(StatusClaim(claim).label, CLAIM_KINDS[StatusClaim(claim)])


@register.filter
@cache
def bottleneck_badge(state: str) -> SafeString:
    """`{{ bottleneck.state|bottleneck_badge }}`: icon and word."""
    return badge(BottleneckState(state).label, BOTTLENECK_KINDS.get(BottleneckState(state), "neutral"))


@register.filter
@cache
def report_badge(state: str) -> SafeString:
    """`{{ report.state|report_badge }}`: icon and word."""
    return badge(ReportState(state).label, REPORT_KINDS.get(ReportState(state), "neutral"))


@register.filter
@cache
def round_badge(state: str) -> SafeString:
    """`{{ round.state|round_badge }}`: icon and word."""
    return badge(RoundState(state).label, ROUND_KINDS.get(RoundState(state), "neutral"))


@cache
def _move_buttons(state: str) -> SafeString:
    """What a card in this state can be moved to, drawn once."""
    return format_html_join(
        "",
        "{}",
        (
            (button(move.label, kind="subtle", name="naar", value=move.slug),)
            for move in moves_from(state, all_of_them=True)
        ),
    )


@register.simple_tag(takes_context=True)
def action_move_menu(context: template.Context, action: Action) -> SafeString:
    """`{% action_move_menu action %}`: the menu with which a card on the board goes to another state."""
    if not moves_from(action.state, all_of_them=True):
        return SafeString("")
    return format_html(
        '<form method="post" action="{}" class="move-menu">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="seen" value="{}"><input type="hidden" name="terug" value="{}">'
        '<details data-menu><summary>Verplaats<span class="visually-hidden"> {}</span></summary>'
        '<div class="move-menu__choices">{}</div></details></form>',
        address_of("actions:action-move", context["coalition"].slug, action.number),
        context.get("csrf_token", ""),
        action.state,
        context["request"].get_full_path(),
        action.title,
        _move_buttons(action.state),
    )


@register.simple_tag
def action_rows(actions: Iterable[Any], coalition: Coalition) -> SafeString:
    """`{% action_rows filter.page coalition %}`: the rows of the table, written at once."""
    return mark_safe("\n".join(_row(action, coalition.slug) for action in actions))  # noqa: S308, escaped below


def _row(action: Any, slug: str) -> str:
    late = f" {badge('Te laat', 'warning')}" if action.is_late else ""
    due = f"{date_format(action.due_on, 'j-n-Y')}{late}" if action.due_on else "–"
    address = address_of("actions:action-detail", slug, action.number)
    return (
        f'<tr><td class="number">{action.number}</td>'
        f'<th scope="row"><a href="{escape(address)}">{escape(action.title)}</a></th>'
        f"<td>{escape(action.theme or '–')}</td>"
        f'<td class="nowrap">{action_badge(action.state)}</td>'
        f'<td class="nowrap">{claim_badge(action.claim)}</td>'
        f"<td>{escape(action.lead_words) or 'nog niemand'}</td>"
        f'<td class="nowrap">{due}</td></tr>'
    )
