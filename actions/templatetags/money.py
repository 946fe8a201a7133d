"""What templates show of money."""

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString

from actions.models import BudgetState, ContributionState
from portal import euros as amounts
from portal.templatetags.ui import badge

register = template.Library()

BUDGET_KINDS = {BudgetState.DRAFT: "warning", BudgetState.ADOPTED: "success", BudgetState.CLOSED: "neutral"}
CONTRIBUTION_KINDS = {
    ContributionState.PROMISED: "info",
    ContributionState.DECIDED: "success",
    ContributionState.RECEIVED: "success",
    ContributionState.WITHDRAWN: "danger",
}


@register.filter
def euros(amount: Decimal | None) -> str:
    """`{{ share.amount|euros }}`: `€ 12.500`, or a dash where there is no amount."""
    return "–" if amount is None else amounts.euros(amount)


@register.filter
def budget_badge(state: str) -> SafeString:
    """`{{ budget.state|budget_badge }}`: icon and word."""
    return badge(BudgetState(state).label, BUDGET_KINDS[BudgetState(state)])


@register.filter
def contribution_badge(state: str) -> SafeString:
    """`{{ line.state|contribution_badge }}`: icon and word."""
    return badge(ContributionState(state).label, CONTRIBUTION_KINDS[ContributionState(state)])
