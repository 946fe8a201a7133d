"""How the actions of a coalition go, always with how many of them said so."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value

from actions.models import Action, ProgressReport, ReportingRound, StatusClaim
from actions.models.actions import LIVE_STATES
from actions.models.reports import COUNTED_STATES
from coalitions.models import Coalition


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What was said of the actions that run; who said nothing is in `expected` only."""

    expected: int
    on_track: int
    attention: int
    stuck: int
    round: ReportingRound | None = None

    @property
    def reported(self) -> int:
        """Of how many actions something was said."""
        return self.on_track + self.attention + self.stuck

    @property
    def silent(self) -> int:
        """Of how many nothing was said."""
        return self.expected - self.reported

    @property
    def coverage(self) -> str:
        """Such as "3 van 10 acties gemeld"."""
        return f"{self.reported} van {self.expected} acties gemeld"

    @property
    def claims(self) -> list[tuple[str, str, int]]:
        """Claim, its words and how many, in the order of the screen."""
        counts = (self.on_track, self.attention, self.stuck)
        return [(claim.value, claim.label, count) for claim, count in zip(StatusClaim, counts, strict=True)]


def round_that_counts(coalition: Coalition) -> ReportingRound | None:
    """The youngest round that has begun, still open or not."""
    return coalition.rounds.begun().order_by("-opens_on", "-pk").first()


def reports_that_count(counted_round: ReportingRound | None) -> QuerySet[ProgressReport]:
    """Reports of that round, and news since it opened; without a round whatever was told."""
    return ProgressReport.objects.filter(_counts_in(counted_round))


def _counts_in(counted_round: ReportingRound | None, report: str = "") -> Q:
    """Which reports count; `report` is the way to one from the row that is asked for."""
    counts = Q(**{f"{report}state__in": COUNTED_STATES})
    if counted_round is None:
        return counts
    since = {f"{report}round__isnull": True, f"{report}submitted_at__date__gte": counted_round.opens_on}
    return counts & (Q(**{f"{report}round": counted_round}) | Q(**since))


def with_claim(actions: QuerySet[Action], counted_round: ReportingRound | None) -> QuerySet[Any]:
    """Adds `claim`: what was said last in or since that round; None where nothing was."""
    newest = reports_that_count(counted_round).filter(action=OuterRef("pk")).order_by("-submitted_at", "-pk")
    return actions.annotate(claim=Subquery(newest.values("claim")[:1]))


def expected_in(coalition: Coalition, counted_round: ReportingRound | None) -> QuerySet[Action]:
    """The actions of which something is to be said: those that run, and those that told something
    in this round and are over since."""
    runs = Q(state__in=LIVE_STATES)
    if counted_round is not None:
        told = ProgressReport.objects.counted().filter(round=counted_round).values("action")
        runs |= Q(pk__in=told)
    return Action.objects.filter(runs, coalition=coalition)


def _claims_in(coalition: Coalition, counted_round: ReportingRound | None) -> QuerySet[Any]:
    """Every action of which something is to be said, with `claims`: the newest first."""
    # All reports of the round at once: to look for the newest of each action is three times the work.
    told = FilteredRelation("reports", condition=_counts_in(counted_round, "reports__"))
    newest_first = ArrayAgg("told__claim", order_by=("-told__submitted_at", "-told__pk"))
    actions = expected_in(coalition, counted_round).annotate(told=told)
    return actions.order_by().values("pk").annotate(claims=newest_first)


def progress_in(coalition: Coalition, counted_round: ReportingRound | None) -> Progress:
    """How the actions go, as said in or since that round. One query."""
    counts = _claims_in(coalition, counted_round).aggregate(
        expected=Count("pk"),
        **{claim.value: Count("pk", filter=Q(claims__0=claim)) for claim in StatusClaim},
    )
    return Progress(round=counted_round, **counts)


def progress_in_each(coalition: Coalition, rounds: Sequence[ReportingRound]) -> dict[int, Progress]:
    """The same of some rounds, by their keys. One query, however many there are."""
    if not rounds:
        return {}
    told = [
        _claims_in(coalition, one)
        .annotate(in_round=Value(one.pk), newest=F("claims__0"))
        .values_list("in_round", "newest")
        for one in rounds
    ]
    counted = Counter(told[0].union(*told[1:], all=True) if told[1:] else told[0])
    return {
        one.pk: Progress(
            round=one,
            expected=sum(count for (pk, _), count in counted.items() if pk == one.pk),
            **{claim.value: counted[one.pk, claim.value] for claim in StatusClaim},
        )
        for one in rounds
    }


def progress_of(coalition: Coalition) -> Progress:
    """How the running actions go, as said in or since the youngest round. Two queries."""
    return progress_in(coalition, round_that_counts(coalition))
