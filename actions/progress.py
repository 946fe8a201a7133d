"""How the actions of a coalition go, always with how many of them said so."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from actions.models import Action, ProgressReport, ReportingRound, StatusClaim
from actions.models.actions import LIVE_STATES
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
    reports = ProgressReport.objects.counted()
    if counted_round is None:
        return reports
    return reports.filter(
        Q(round=counted_round) | Q(round__isnull=True, submitted_at__date__gte=counted_round.opens_on)
    )


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


def progress_in(coalition: Coalition, counted_round: ReportingRound | None) -> Progress:
    """How the actions go, as said in or since that round. One query."""
    claims = with_claim(expected_in(coalition, counted_round).order_by(), counted_round)
    counts = claims.aggregate(
        expected=Count("pk"),
        **{claim.value: Count("pk", filter=Q(claim=claim)) for claim in StatusClaim},
    )
    return Progress(round=counted_round, **counts)


def progress_of(coalition: Coalition) -> Progress:
    """How the running actions go, as said in or since the youngest round. Two queries."""
    return progress_in(coalition, round_that_counts(coalition))
