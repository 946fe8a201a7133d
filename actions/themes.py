"""Themes of a programme: what they are, to whom they matter, and who puts energy into what."""

from typing import Any

from actions.models import Action, Interest, Programme, Theme, ThemeRelevance, ThemeScope
from coalitions.models import Membership
from coalitions.models.memberships import MEMBER_STATES
from partners.models import Person
from portal.acts import Refused, act


class NotForAll(Refused):
    def __init__(self, count: int) -> None:
        who = "1 lid zegt" if count == 1 else f"{count} leden zeggen"
        super().__init__(
            f"{who} dat dit thema voor hen niet van belang is. Een thema is pas regionaal als het voor "
            "iedereen van belang is. Kies ‘regionaal en lokaal’, of ga eerst met hen in gesprek."
        )


class NotAMember(Refused):
    def __init__(self) -> None:
        super().__init__("Alleen een lid van deze coalitie kan dit aangeven.")


def add(*, programme: Programme, by: Person | None, **facts: Any) -> Theme:
    """One more theme, behind the others unless its number says otherwise."""
    with act(by=by):
        theme = Theme(programme=programme, **facts)
        theme.full_clean()
        theme.save(force_insert=True)
    return theme


def edit(*, theme: Theme, by: Person, **facts: Any) -> Theme:
    """Write what the theme is; it is regional only where nobody says that it does not matter."""
    with act(by=by):
        theme = Theme.objects.select_for_update(no_key=True).get(pk=theme.pk)
        if facts.get("scope") == ThemeScope.REGIONAL:
            _refuse_unless_for_all(theme)
        for field, value in facts.items():
            setattr(theme, field, value)
        theme.full_clean()
        theme.save(update_fields=list(facts))
    return theme


def weigh(*, theme: Theme, membership: Membership, matters: bool, by: Person) -> ThemeRelevance:
    """A member says whether the theme matters to it; it may change its mind."""
    with act(by=by):
        _refuse_non_member(membership, theme.programme.coalition_id)
        return ThemeRelevance.objects.update_or_create(
            theme=theme, membership=membership, defaults={"matters": matters}
        )[0]


def answer(*, theme: Theme, membership: Membership, matters: bool, kind: str, by: Person) -> None:
    """All that one member says of a theme: whether it matters, and what the member wants with it."""
    with act(by=by):
        weigh(theme=theme, membership=membership, matters=matters, by=by)
        if kind:
            show_interest(theme=theme, membership=membership, kind=kind, by=by)
        else:
            withdraw_interest(theme=theme, membership=membership, by=by)


def show_interest(
    *,
    membership: Membership,
    kind: str,
    by: Person,
    theme: Theme | None = None,
    action: Action | None = None,
) -> Interest:
    """A member wants to pull, join or follow; one wish for each thing."""
    with act(by=by):
        thing = action or (theme and theme.programme)
        _refuse_non_member(membership, thing.coalition_id if thing else None)
        interest = Interest.objects.filter(membership=membership, theme=theme, action=action).first()
        interest = interest or Interest(membership=membership, theme=theme, action=action)
        interest.kind = kind
        interest.full_clean()
        interest.save()
    return interest


def withdraw_interest(
    *, membership: Membership, by: Person, theme: Theme | None = None, action: Action | None = None
) -> None:
    """The member wants nothing with it any more."""
    with act(by=by):
        Interest.objects.filter(membership=membership, theme=theme, action=action).delete()


def _refuse_non_member(membership: Membership, coalition_id: int | None) -> None:
    if membership.coalition_id != coalition_id or membership.state not in MEMBER_STATES:
        raise NotAMember


def _refuse_unless_for_all(theme: Theme) -> None:
    against = theme.relevances.filter(matters=False, membership__state__in=MEMBER_STATES).count()
    if against:
        raise NotForAll(against)
