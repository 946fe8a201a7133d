"""How the states of actions, reports and bottlenecks look, and the menu that moves a card."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from actions.action_table import CANVAS, Bar, TimeLine
from actions.models import (
    Action,
    ActionState,
    BottleneckState,
    LocalState,
    ReportState,
    RoundState,
    StatusClaim,
)
from actions.moves import moves_from
from coalitions.models import Coalition
from portal import days
from portal.addresses import address_of
from portal.templatetags.ui import badge, button

register = template.Library()

# So much of the reason stands on a card.
REASON_SHOWN = 90
SVG = (
    f'<svg class="timeline__canvas" viewBox="0 0 {CANVAS} 24" preserveAspectRatio="none" aria-hidden="true">'
)
NO_DAY = '<span class="muted">geen datum</span>'

ACTION_KINDS = {
    ActionState.PLANNED: "info",
    ActionState.RUNNING: "success",
    ActionState.BLOCKED: "danger",
    ActionState.PAUSED: "warning",
    ActionState.DONE: "success",
    ActionState.SECURED: "success",
}
LOCAL_KINDS = {
    LocalState.PREPARING: "info",
    LocalState.RUNNING: "success",
    LocalState.SECURED: "success",
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
def local_badge(state: str) -> SafeString:
    """`{{ stand.state|local_badge }}`: icon and word."""
    return badge(LocalState(state).label, LOCAL_KINDS.get(LocalState(state), "neutral"))


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
def board_cards(context: template.Context, actions: Iterable[Action], *, may_move: bool) -> SafeString:
    """`{% board_cards column.cards may_move=may_move %}`: the cards of one column, written at once; each
    with the menu by which it goes to another state, for who may move it."""
    slug = context["coalition"].slug
    hidden = format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="terug" value="{}">',
        context.get("csrf_token", ""),
        context["request"].get_full_path(),
    )
    cards = (_card(action, slug, hidden if may_move else "") for action in actions)
    return mark_safe("\n".join(cards))  # noqa: S308, escaped in _card and _move_menu


def _card(action: Action, slug: str, hidden: str) -> str:
    address = escape(address_of("actions:action-detail", slug, action.number))
    due = f", klaar op {days.shortly(action.due_on)}" if action.due_on else ""
    late = f"<p>{badge('Te laat', 'warning')}</p>" if action.is_late else ""
    why = action.state_reason
    if len(why) > REASON_SHOWN:
        why = Truncator(why).chars(REASON_SHOWN)
    reason = f'<p class="small">{escape(why)}</p>' if why else ""
    return (
        f'<li class="board__card"><h3 class="board__name"><a href="{address}">{escape(action.title)}</a></h3>'
        f'<p class="small">{escape(action.lead_words or "nog geen trekker")}{due}</p>{late}'
        f"{reason}{_move_menu(action, slug, hidden) if hidden else ''}</li>"
    )


def _move_menu(action: Action, slug: str, hidden: str) -> str:
    buttons = _move_buttons(action.state)
    if not buttons:
        return ""
    return (
        f'<form method="post" action="{escape(address_of("actions:action-move", slug, action.number))}" '
        f'class="move-menu">{hidden}<input type="hidden" name="seen" value="{action.state}">'
        "<details data-menu><summary>Verplaats"
        f'<span class="visually-hidden"> {escape(action.title)}</span></summary>'
        f'<div class="move-menu__choices">{buttons}</div></details></form>'
    )


@register.simple_tag
def action_rows(actions: Iterable[Any], coalition: Coalition) -> SafeString:
    """`{% action_rows filter.page coalition %}`: the rows of the table, written at once."""
    return mark_safe("\n".join(_row(action, coalition.slug) for action in actions))  # noqa: S308, escaped below


def _claim(action: Any) -> str:
    """What was said; of what does not run nothing is asked."""
    return claim_badge(action.claim) if action.claim or action.is_live else "–"


def _row(action: Any, slug: str) -> str:
    late = f" {badge('Te laat', 'warning')}" if action.is_late else ""
    due = f"{days.in_numbers(action.due_on)}{late}" if action.due_on else "–"
    address = address_of("actions:action-detail", slug, action.number)
    return (
        f'<tr><td class="number">{action.number}</td>'
        f'<th scope="row"><a href="{escape(address)}">{escape(action.title)}</a></th>'
        f"<td>{escape(action.theme or '–')}</td>"
        f'<td class="nowrap">{action_badge(action.state)}</td>'
        f'<td class="nowrap">{_claim(action)}</td>'
        f"<td>{escape(action.lead_words) or 'nog niemand'}</td>"
        f'<td class="nowrap">{due}</td></tr>'
    )


@register.simple_tag
def timeline_rows(line: TimeLine, coalition: Coalition) -> SafeString:
    """`{% timeline_rows line coalition %}`: a row with a bar for each action, written at once."""
    years = "".join(f"M{place} 0V24" for place in line.lines)
    years = f'<path class="timeline__year" d="{years}" />' if years else ""
    today = f'<path class="timeline__today" d="M{line.today} 0V24" />' if line.today is not None else ""
    rows = (_timeline_row(action, bar, coalition.slug, years, today) for action, bar in line.rows)
    return mark_safe("\n".join(rows))  # noqa: S308, escaped in _timeline_row


def _timeline_row(action: Any, bar: Bar | None, slug: str, years: str, today: str) -> str:
    address = escape(address_of("actions:action-detail", slug, action.number))
    starts, ends = (days.in_numbers(day) if day else "–" for day in (action.starts_on, action.due_on))
    late = f' <span class="nowrap">{badge("Te laat", "warning")}</span>' if action.is_late else ""
    return (
        f'<tr><th scope="row"><a href="{address}">{action.number}. {escape(action.title)}</a></th>'
        f'<td class="nowrap">{action_badge(action.state)}</td>'
        f'<td class="nowrap">{starts}</td><td><span class="nowrap">{ends}</span>{late}</td>'
        '<td class="timeline__axis">'
        f"{f'{SVG}{years}{_bar(bar, action.state)}{today}</svg>' if bar else NO_DAY}</td></tr>"
    )


def _bar(bar: Bar, state: str) -> str:
    milestones = "".join(
        f'<rect class="timeline__milestone{" timeline__milestone--done" if is_done else ""}" '
        f'x="{place}" y="2" width="6" height="20" />'
        for place, is_done in bar.milestones
    )
    drawn = f'<rect class="timeline__bar timeline__bar--{state}" x="{bar.start}" y="6"'
    return f'{drawn} width="{bar.width}" height="12" />{milestones}'
