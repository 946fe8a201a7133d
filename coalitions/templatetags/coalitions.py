"""What templates ask about a coalition: its menu, and what somebody may do there."""

from functools import cache
from typing import Any

from django import template
from django.utils.safestring import SafeString

from coalitions import access, menu
from coalitions.models import Coalition, MembershipState
from portal.templatetags.ui import badge, section_menu

register = template.Library()

STATE_KINDS = {
    MembershipState.IN_TALKS: "info",
    MembershipState.INVITED: "info",
    MembershipState.MEMBER: "success",
    MembershipState.DORMANT: "warning",
}


@register.filter
@cache
def state_badge(state: str) -> SafeString:
    """`{{ membership.state|state_badge }}`: icon and word, drawn once, for lists have many."""
    return badge(MembershipState(state).label, STATE_KINDS.get(MembershipState(state), "neutral"))


@register.simple_tag(takes_context=True)
def coalition_menu(context: template.Context, coalition: Coalition) -> SafeString:
    """`{% coalition_menu coalition %}`: what this person may see, the current page marked."""
    request = context["request"]
    return section_menu(coalition.name, menu.entries(coalition, request.user, path=request.path))


@register.simple_tag(takes_context=True)
def can(context: template.Context, permission: str, coalition: Coalition | None = None) -> bool:
    """`{% can "members.export" coalition as may_export %}`."""
    return access.can(context["request"].user, access.Permission(permission), coalition)


@register.simple_tag(takes_context=True)
def role_line(context: template.Context, coalition: Coalition) -> str:
    """`{% role_line coalition %}`: "Je bent hier coördinator.", or nothing for an outsider."""
    return menu.role_line(context["request"].user, coalition)


@register.filter
def role_words(coalition: Coalition, person: Any) -> str:
    """`{{ coalition|role_words:user }}`: the roles of somebody, in words."""
    return menu.role_words(person, coalition)
