"""What templates ask about a coalition: its menu, and what somebody may do there."""

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from coalitions import access, gaps, menu
from coalitions.member_table import MemberColumn, kind_and_place
from coalitions.models import Coalition, GroupState, Membership, MembershipState, RequestState
from coalitions.moves import moves_from
from partners.models import MandateStatus
from portal import days
from portal.addresses import address_of
from portal.templatetags.ui import badge, button, section_menu, token_in

register = template.Library()

GROUP_KINDS = {
    GroupState.PROPOSED: "info",
    GroupState.ACTIVE: "success",
    GroupState.RESTING: "warning",
}
SHORT = ' class="nowrap"'
STATE_KINDS = {
    MembershipState.IN_TALKS: "info",
    MembershipState.INVITED: "info",
    MembershipState.MEMBER: "success",
    MembershipState.DORMANT: "warning",
}

REQUEST_KINDS = {
    RequestState.SUBMITTED: "warning",
    RequestState.IN_REVIEW: "info",
    RequestState.ACCEPTED: "success",
    RequestState.REJECTED: "danger",
}

MANDATE_KINDS = {
    MandateStatus.UNCHECKED: "warning",
    MandateStatus.CHECKED: "success",
    MandateStatus.EXPIRED: "neutral",
    MandateStatus.REVOKED: "danger",
}


@register.filter
@cache
def state_badge(state: str) -> SafeString:
    """`{{ membership.state|state_badge }}`: icon and word, drawn once, for lists have many."""
    return badge(MembershipState(state).label, STATE_KINDS.get(MembershipState(state), "neutral"))


@register.filter
@cache
def request_badge(state: str) -> SafeString:
    """`{{ request.state|request_badge }}`: icon and word of a request to join."""
    return badge(RequestState(state).label, REQUEST_KINDS.get(RequestState(state), "neutral"))


# In words alone: a table full of badges would hide what is there.
GAP_WORDS = {gaps.WAITING: "onderweg", gaps.GAP: "ontbreekt"}


@register.simple_tag
def gap_cells(cells: Iterable[gaps.Cell]) -> SafeString:
    """`{% gap_cells row.cells %}`: the cells of one municipality, of which a page has hundreds."""
    shown = (f'<td class="gap-{cell.state}">{cell.members or GAP_WORDS[cell.state]}</td>' for cell in cells)
    return mark_safe("".join(shown))  # noqa: S308, numbers and words of our own


@register.simple_tag(takes_context=True)
def gap_lines(
    context: template.Context, coalition: Coalition, row: gaps.Row, *, may_change: bool
) -> SafeString:
    """`{% gap_lines coalition row may_change=True %}`: each gap of one municipality, inside the form that
    fills it for who may; also hundreds on a page."""
    place = escape(row.municipality.name)
    lines = "".join(
        f'<li class="cluster"><span>In {place} {escape(one.missing)}.</span>'
        f"{_wish_button(one.label) if may_change else ''}</li>"
        for one in row.gaps
    )
    shown = f'<ul class="gap__list plain-list">{lines}</ul>'
    if may_change:
        address = address_of("coalitions:gap-fill", coalition.slug, row.municipality.code)
        shown = (
            f'<form method="post" action="{escape(address)}">'
            f'<input type="hidden" name="csrfmiddlewaretoken" value="{token_in(context)}">{shown}</form>'
        )
    return mark_safe(shown)  # noqa: S308, every value is escaped above


@cache
def _wish_button(label: str) -> SafeString:
    return button("Zet op de wenslijst", kind="secondary", name="soort", value=label)


@register.filter
@cache
def mandate_badge(status: str) -> SafeString:
    """`{{ mandate.status|mandate_badge }}`: icon and word of a mandate."""
    return badge(capfirst(MandateStatus(status).label), MANDATE_KINDS[MandateStatus(status)])


@cache
def _move_buttons(state: str) -> SafeString:
    """What a card in this state can be moved to, drawn once."""
    return format_html_join(
        "",
        "{}",
        ((button(move.label, kind="subtle", name="naar", value=move.slug),) for move in moves_from(state)),
    )


@register.simple_tag(takes_context=True)
def move_menu(context: template.Context, membership: Membership) -> SafeString:
    """`{% move_menu membership %}`: the menu with which a card on the board goes to another state."""
    if not moves_from(membership.state):
        return SafeString("")
    request = context["request"]
    return format_html(
        '<form method="post" action="{}" class="move-menu">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="seen" value="{}"><input type="hidden" name="terug" value="{}">'
        '<details data-menu><summary>Verplaats<span class="visually-hidden"> {}</span></summary>'
        '<div class="move-menu__choices">{}</div></details></form>',
        address_of("coalitions:membership-move", membership.coalition.slug, membership.pk),
        context.get("csrf_token", ""),
        membership.state,
        request.get_full_path(),
        membership.organisation.name,
        _move_buttons(membership.state),
    )


@register.filter
@cache
def group_badge(state: str) -> SafeString:
    """`{{ group.state|group_badge }}`: icon and word."""
    return badge(GroupState(state).label, GROUP_KINDS.get(GroupState(state), "neutral"))


@register.simple_tag(takes_context=True)
def coalition_menu(context: template.Context, coalition: Coalition, *, at: str = "") -> SafeString:
    """`{% coalition_menu coalition %}`: what this person may see, the current page marked; `at` is the
    page that this one belongs to, where its own address does not tell."""
    request = context["request"]
    return section_menu(coalition.name, menu.entries(coalition, request.user, path=at or request.path))


@register.simple_tag(takes_context=True)
def can(context: template.Context, permission: str, coalition: Coalition | None = None) -> bool:
    """`{% can "members.export" coalition as may_export %}`."""
    return access.can(context["request"].user, access.Permission(permission), coalition)


@register.simple_tag(takes_context=True)
def role_line(context: template.Context, coalition: Coalition) -> str:
    """`{% role_line coalition %}`: "Je bent hier coördinator.", or nothing for an outsider."""
    return menu.role_line(context["request"].user, coalition)


@register.simple_tag
def member_rows(
    memberships: Iterable[Membership], columns: Sequence[MemberColumn], *, shows_states: bool
) -> SafeString:
    """`{% member_rows filter.page columns shows_states=True %}`: the rows of the member list.

    Written in Python, because a page of fifty members has hundreds of cells.
    """
    rows = (
        f'<tr><th scope="row"><a href="{escape(row.organisation.get_absolute_url())}">'
        f"{escape(row.organisation.name)}</a></th>"
        f"{f'<td{SHORT}>{state_badge(row.state)}</td>' if shows_states else ''}"
        f"{_cells(row, columns)}</tr>"
        for row in memberships
    )
    return mark_safe("\n".join(rows))  # noqa: S308, every value is escaped above


@register.simple_tag
def pipeline_rows(memberships: Iterable[Membership], columns: Sequence[MemberColumn]) -> SafeString:
    """`{% pipeline_rows filter.page columns %}`: as above for who works on the list. A row opens the
    membership, and says in two lines what the member list says in six columns."""
    rows = (
        f'<tr><th scope="row"><a href="{escape(row.get_absolute_url())}">{escape(row.organisation.name)}</a>'
        f"{_below(kind_and_place(row))}</th>"
        f"<td{SHORT}>{state_badge(row.state)}"
        f"{_below(f'sinds {days.shortly(row.joined_on)}' if row.joined_on else '')}</td>"
        f"{_cells(row, columns)}</tr>"
        for row in memberships
    )
    return mark_safe("\n".join(rows))  # noqa: S308, every value is escaped above


def _cells(membership: Membership, columns: Iterable[MemberColumn]) -> str:
    return "".join(
        f"<td{SHORT if column.is_short else ''}>{escape(column.shown(membership)) or '–'}"
        f"{_below(column.below(membership)) if column.below else ''}</td>"
        for column in columns
    )


def _below(words: str) -> str:
    return f'<span class="cell-below">{conditional_escape(words)}</span>' if words else ""


@register.simple_tag
def names(things: Iterable[Any], *, linked: bool) -> SafeString:
    """`{% names municipalities linked=True %}`: list items, each with a link where asked for."""
    if linked:
        rows = (
            f'<li><a href="{escape(thing.get_absolute_url())}">{escape(thing.name)}</a></li>'
            for thing in things
        )
    else:
        rows = (f"<li>{escape(thing.name)}</li>" for thing in things)
    return mark_safe("".join(rows))  # noqa: S308, every value is escaped above
