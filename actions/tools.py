"""Tools come on the list, and members say that they use them."""

from typing import Any

from actions.models import Tool, ToolUse
from coalitions.models import Coalition, Membership
from partners.models import Person
from portal.acts import act


def add(*, coalition: Coalition, by: Person, **facts: Any) -> Tool:
    """One more tool, for everybody."""
    with act(by=by):
        tool = Tool(coalition=coalition, added_by=by, **facts)
        tool.full_clean()
        tool.save(force_insert=True)
    return tool


def remove(*, tool: Tool, by: Person) -> None:
    """It goes off the list, with who used it."""
    with act(by=by):
        tool.delete()


def use(*, tool: Tool, membership: Membership, by: Person) -> None:
    """The member uses it."""
    with act(by=by):
        ToolUse.objects.get_or_create(tool=tool, membership=membership)


def use_no_longer(*, tool: Tool, membership: Membership, by: Person) -> None:
    """The member uses it no longer."""
    with act(by=by):
        ToolUse.objects.filter(tool=tool, membership=membership).delete()
