"""Contributions are promised, decided by who may, and received."""

import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from actions.budgets import opened
from actions.models import BudgetState, BudgetYear, Contribution, ContributionState, FundingSource
from actions.models.contributions import CONTRIBUTION_MOVES
from coalitions.access import Permission, Scope, memberships_within, municipalities_within, scopes_of
from coalitions.models import Coalition
from partners.models import Organisation, Person
from portal.acts import Refused, act


class SourceGivesNothing(Refused):
    def __init__(self, source: FundingSource, year: int) -> None:
        super().__init__(
            f"De geldbron ‘{source}’ geldt niet in {year}. Kies een andere bron of een ander jaar."
        )


class IllegalContributionStep(Refused):
    def __init__(self, contribution: Contribution, to: str) -> None:
        super().__init__(
            f"De bijdrage van {contribution.organisation} staat op ‘{contribution.get_state_display()}’. "
            f"Van daar kan de stap naar ‘{ContributionState(to).label}’ niet."
        )


class NotYours(Refused):
    def __init__(self, contribution: Contribution) -> None:
        super().__init__(f"Alleen {contribution.organisation} zelf kan deze bijdrage bevestigen.")


def readable_by(person: Person, coalition: Coalition) -> QuerySet[Contribution]:
    """The lines that `person` may see: all, or those of the organisations that she speaks for."""
    found = Contribution.objects.filter(budget_year__coalition=coalition)
    if Scope.ALL in scopes_of(person, Permission.CONTRIBUTIONS_READ, coalition):
        # Also of who gives without being a member.
        return found
    within = memberships_within(person, Permission.CONTRIBUTIONS_READ, coalition)
    return found.filter(organisation__in=within.values("organisation"))


def confirmable_by(person: Person, coalition: Coalition) -> QuerySet[Contribution]:
    """The promises that `person` may turn into a decision: of her own organisation or municipality."""
    own = memberships_within(person, Permission.CONTRIBUTION_CONFIRM, coalition)
    towns = municipalities_within(person, Permission.CONTRIBUTION_CONFIRM, coalition)
    return Contribution.objects.filter(
        Q(organisation__in=own.values("organisation"))
        | Q(organisation__type__code="gemeente", organisation__municipality__in=towns),
        budget_year__coalition=coalition,
        state=ContributionState.PROMISED,
    ).exclude(budget_year__state=BudgetState.CLOSED)


def promise(
    *,
    budget: BudgetYear,
    organisation: Organisation,
    amount: Decimal,
    hours: int | None = None,
    source: FundingSource | None = None,
    earmark: str = "",
    by: Person,
) -> Contribution:
    """What an organisation says that it will put in."""
    with act(by=by):
        budget = opened(budget)
        if source is not None and not source.gives_in(budget.year):
            raise SourceGivesNothing(source, budget.year)
        contribution = Contribution(
            budget_year=budget,
            organisation=organisation,
            amount=amount,
            hours=hours,
            source=source,
            earmark=earmark.strip(),
        )
        contribution.full_clean()
        contribution.save(force_insert=True)
    return contribution


def decide(
    *, contribution: Contribution, on: datetime.date, decision_ref: str = "", by: Person
) -> Contribution:
    """Who governs the organisation decided it."""
    return _moved(
        contribution, ContributionState.DECIDED, by=by, decided_on=on, decision_ref=decision_ref.strip()
    )


def confirm(
    *, contribution: Contribution, on: datetime.date, decision_ref: str = "", by: Person
) -> Contribution:
    """The organisation itself says that it was decided."""
    if not confirmable_by(by, contribution.budget_year.coalition).filter(pk=contribution.pk).exists():
        raise NotYours(contribution)
    return decide(contribution=contribution, on=on, decision_ref=decision_ref, by=by)


def receive(*, contribution: Contribution, by: Person) -> Contribution:
    """The money is there."""
    return _moved(contribution, ContributionState.RECEIVED, by=by)


def withdraw(*, contribution: Contribution, reason: str, by: Person) -> Contribution:
    """It does not come after all."""
    return _moved(contribution, ContributionState.WITHDRAWN, by=by, state_reason=reason.strip())


def _moved(contribution: Contribution, to: str, *, by: Person, **facts: object) -> Contribution:
    with act(by=by):
        opened(contribution.budget_year)
        contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
        if to not in CONTRIBUTION_MOVES.get(contribution.state, ()):
            raise IllegalContributionStep(contribution, to)
        contribution.state = to
        for name, value in facts.items():
            setattr(contribution, name, value)
        contribution.full_clean()
        contribution.save(update_fields=["state", *facts])
    return contribution
