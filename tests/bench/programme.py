"""The programme at its largest: two thousand actions, forty thousand reports, five hundred meetings."""

import datetime

from django.utils import timezone

from actions import programmes, rounds, themes
from actions.models import Action, ActionState, Bottleneck, Meeting, ProgressReport, StatusClaim
from coalitions.models import Coalition
from partners.models import Person
from tests import factories
from tests.bench.pages import largest_coalition, measure

ACTIONS, ROUNDS, MEETINGS, BOTTLENECKS = 2000, 20, 500, 1000
CLAIMS = (StatusClaim.ON_TRACK, StatusClaim.ATTENTION, StatusClaim.STUCK)


def largest_programme() -> Coalition:
    """The largest coalition with everything it does."""
    coalition = largest_coalition()
    if coalition.programmes.exists():
        return coalition
    by = factories.make_person("Maker", email="maker@meting.example")
    programme = programmes.create(
        coalition=coalition,
        by=by,
        title="Programma van de meting",
        starts_on=datetime.date(2020, 1, 1),
        ends_on=datetime.date(2030, 1, 1),
    )
    under = [themes.add(programme=programme, by=by, number=n, title=f"Thema {n}") for n in range(1, 6)]
    programmes.adopt(programme=programme, by=by)
    members = list(coalition.memberships.order_by("pk"))
    Action.objects.bulk_create(
        Action(
            coalition=coalition,
            programme=programme,
            theme=under[number % 5],
            number=number,
            title=f"Actie {number:04}",
            state=ActionState.PLANNED,
            lead=members[number % len(members)],
            starts_on=datetime.date(2020 + number % 6, 1 + number % 12, 1),
            due_on=datetime.date(2027 + number % 3, 1 + number % 12, 1),
        )
        for number in range(1, ACTIONS + 1)
    )
    _spread_states(coalition)
    Bottleneck.objects.bulk_create(
        Bottleneck(
            coalition=coalition,
            text=f"Knelpunt {number:04}",
            theme=under[number % 5],
            collected_on=factories.LONG_AGO,
        )
        for number in range(BOTTLENECKS)
    )
    for number in range(ROUNDS):
        _write_round(coalition, number, by)
    now = timezone.now()
    Meeting.objects.bulk_create(
        Meeting(
            coalition=coalition,
            title=f"Bijeenkomst {number}",
            kind="work_session",
            starts_at=now + datetime.timedelta(days=number - MEETINGS // 2),
            ends_at=now + datetime.timedelta(days=number - MEETINGS // 2, hours=2),
        )
        for number in range(MEETINGS)
    )
    return coalition


def _spread_states(coalition: Coalition) -> None:
    """Two of three run; of the rest some are stuck or done, along the moves that the triggers know."""
    running = coalition.actions.filter(number__gt=ACTIONS // 10)
    running.update(state=ActionState.RUNNING)
    running.filter(number__gt=ACTIONS * 8 // 10).update(state=ActionState.BLOCKED, state_reason="Geen tijd")
    done = running.filter(state=ActionState.RUNNING, number__lt=ACTIONS * 3 // 10)
    done.update(state=ActionState.DONE, lesson="Klein beginnen")


def _write_round(coalition: Coalition, number: int, by: Person) -> None:
    opens_on = datetime.date(2016 + number // 2, 1 if number % 2 == 0 else 7, 1)
    asked = rounds.plan(
        coalition=coalition,
        title=f"Ronde {number + 1}",
        opens_on=opens_on,
        due_on=opens_on + datetime.timedelta(days=30),
        by=by,
    )
    rounds.open_round(reporting_round=asked, by=by)
    told_at = timezone.now() - datetime.timedelta(days=180 * (ROUNDS - number))
    ProgressReport.objects.bulk_create(
        ProgressReport(
            round=asked,
            action=action,
            membership_id=action.lead_id,
            state="fixed",
            claim=CLAIMS[(action.number + number) % 3],
            done_text="Gedaan",
            stuck_text="Geen tijd",
            author=by,
            submitted_at=told_at,
            fixed_at=told_at,
        )
        for action in coalition.actions.only("number", "lead_id")
    )
    if number < ROUNDS - 1:
        rounds.close(reporting_round=asked, by=by)
        rounds.fix(reporting_round=asked, by=by)


def measure_programme() -> None:
    """The page itself, and its table, board and time line."""
    largest_programme()
    measure("page_programme", "actions:programme-detail")
    for name in ("list", "board", "timeline"):
        measure(f"page_programme_{name}", f"actions:action-{name}")


BENCHMARKS = {"page_programme": measure_programme}
