"""What the board page must know of a coalition before it reads anything else: one query for all of it."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.utils import timezone

from actions.models import (
    Action,
    Allocation,
    BudgetYear,
    Contribution,
    Expense,
    InterventionOffer,
    Practice,
    PracticeAdoption,
    ProgressReport,
    ReportingRound,
)
from coalitions.models import Coalition, Membership, Seat, SeatLevel
from covenants.main_texts import documents_from, documents_in_use
from covenants.models import PartySignature, Withdrawal
from monitoring import keeping
from monitoring.models import BoardVisit, ChosenIndicator, HeadlineChoice
from partners.models import Organisation
from portal.kept_queries import KeptQuery, Slot

# What the page says of members, signatures, actions, offers and money follows from these.
_SAID = (
    *(Organisation, Membership, PartySignature, Withdrawal),
    *(Action, ProgressReport, ReportingRound),
    *(InterventionOffer, Practice, PracticeAdoption),
    *(BudgetYear, Contribution, Allocation, Expense),
)


def facts_of(coalition: Coalition, person: Any) -> dict[str, Any]:
    """The texts in use, the headlines and the figures that the coalition chose, the earlier
    visits of `person`, for which organisations she governs, and what the figures are made of."""
    [facts] = _facts(coalition=coalition.pk, person=person.pk, today=timezone.localdate())
    return facts | {"documents": documents_from(facts["texts"])}


@KeptQuery
def _facts() -> QuerySet:
    person = Slot("person")
    choice = HeadlineChoice.objects.filter(coalition=OuterRef("pk")).order_by("position")
    own_set = ChosenIndicator.objects.filter(coalition=OuterRef("pk")).in_order()
    visits = BoardVisit.objects.filter(coalition=OuterRef("pk"), person=person)
    seats = Seat.objects.on(Slot("today")).filter(
        level=SeatLevel.BOARD, membership__coalition=OuterRef("pk"), representative__person=person
    )
    return Coalition.objects.filter(pk=Slot("coalition")).values(
        texts=documents_in_use(),
        codes=ArraySubquery(choice.values("indicator_code")),
        chosen=ArraySubquery(own_set.values("code")),
        seen_at=Subquery(visits.values("seen_at")),
        before_at=Subquery(visits.values("before_at")),
        governed=ArraySubquery(seats.order_by("pk").values("membership__organisation")),
        **keeping.stamp_parts(),
        **{_last_of(model): _newest(model) for model in _SAID},
    )


def state_of(facts: dict[str, Any]) -> tuple[object, ...]:
    """The same while nobody joined, signed, reported or changed anything that the page says."""
    return tuple(facts[_last_of(model)] for model in _SAID)


def _last_of(model: type[Model]) -> str:
    return f"last_{model._meta.model_name}"


def _newest(model: type[Model]) -> Subquery:
    """The number of the last change of any row, of the last row where rows never change."""
    history: Any = getattr(model, "pgh_event_model", model)
    return Subquery(history._base_manager.order_by("-pk").values("pk")[:1])
