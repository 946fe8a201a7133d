"""Twelve meetings of the demo, from the kick-off to those still to come."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from actions.demo_steps import bring
from actions.models import (
    AgendaItem,
    AgendaKind,
    Attendance,
    Consultation,
    Decision,
    Meeting,
    MeetingInvitation,
    MeetingKind,
    MeetingSeries,
    MeetingState,
    Minutes,
    NoteOutcome,
    Question,
    Response,
    Speaker,
    TableNote,
)
from actions.models.meetings import MEETING_MOVES
from coalitions.groups import participants
from coalitions.models import Coalition, Seat
from coalitions.models.memberships import MEMBER_STATES
from partners.models import Person, Representative

PARTICIPANTS = 210
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SERIES = "Jaarlijkse ontmoeting"
FRIDAY = 4


@dataclass(frozen=True)
class Plan:
    """One meeting; a number of days counts from today, so that some are always to come."""

    title: str
    kind: str
    day: datetime.date | int
    state: str
    present: int
    theme: str = ""
    series: bool = False
    group: str = ""


FIXED, HELD, DRAFT = MeetingState.MINUTES_FIXED, MeetingState.HELD, MeetingState.DRAFT
INVITED, CANCELLED = MeetingState.INVITED, MeetingState.CANCELLED
WHEN_CANCELLED = {"cancel_reason": "De trainer is ziek. We zoeken een nieuwe datum.", "sequence": 1}
TABLES = "Van idee naar samen doen"
PLANS = (
    Plan("Aftrap van de coalitie", MeetingKind.KICK_OFF, datetime.date(2020, 9, 24), FIXED, 62),
    Plan(
        "Knelpunten ophalen",
        MeetingKind.WORK_SESSION,
        datetime.date(2021, 6, 10),
        FIXED,
        48,
        theme="Wat loopt vast tussen het medische en het sociale domein?",
    ),
    Plan("Ondertekening van het convenant", MeetingKind.SIGNING, datetime.date(2021, 12, 9), FIXED, 70),
    Plan(
        TABLES,
        MeetingKind.ENCOUNTER,
        datetime.date(2022, 10, 31),
        FIXED,
        96,
        theme="Regionaal voorbakken, lokaal afbakken: wat doen we samen, en wat doet elke gemeente zelf?",
        series=True,
    ),
    Plan("Tweede ondertekening", MeetingKind.SIGNING, datetime.date(2022, 11, 24), FIXED, 54, series=False),
    Plan("Bestuurlijk overleg voorjaar", MeetingKind.BOARD, datetime.date(2024, 3, 14), FIXED, 15),
    Plan(
        "Samen leren: eerder signaleren",
        MeetingKind.LEARNING,
        datetime.date(2024, 10, 8),
        FIXED,
        34,
        group="eerder-signaleren",
    ),
    Plan(
        "Ontmoeting: wat werkt?",
        MeetingKind.ENCOUNTER,
        -180,
        HELD,
        88,
        theme="Wat werkt, en hoe houden we het vast?",
        series=True,
    ),
    Plan("Regiegroep", MeetingKind.STEERING, -35, HELD, 6, group="regiegroep"),
    Plan("Training warme overdracht", MeetingKind.LEARNING, 12, CANCELLED, 0),
    Plan(
        "Bestuurlijk overleg",
        MeetingKind.BOARD,
        19,
        INVITED,
        0,
        theme="Hoe verdelen we het geld van volgend jaar?",
    ),
    Plan(
        "Ontmoeting: samen door",
        MeetingKind.ENCOUNTER,
        47,
        INVITED,
        0,
        theme="Wat nemen we mee naar het nieuwe programma?",
        series=True,
    ),
)
QUESTIONS = (
    "Welke thema’s pakken we met de hele regio op?",
    "Wat is er nodig om dat te laten slagen?",
)
# Question, table and what was said there.
NOTES = (
    (1, 1, "Verloskundigen weten niet wie zij in het wijkteam kunnen bellen"),
    (1, 1, "Elke gemeente heeft een ander formulier om door te verwijzen"),
    (1, 2, "Schulden komen pas laat op tafel, vaak na de geboorte"),
    (1, 3, "In Beesel belt de kraamzorg voor de geboorte al met het consultatiebureau: dat werkt"),
    (1, 4, "Roken in de zwangerschap: iedereen geeft een ander advies"),
    (2, 1, "Een vaste trekker met uren, niet erbij"),
    (2, 2, "Bestuurders moeten het blijven willen, ook na de verkiezingen"),
    (2, 3, "Een plek waar we van elkaar zien wat loopt"),
    (2, 4, "Ouders vragen wat zij nodig hebben, voor we iets bedenken"),
)
# Of which condition each speaks, by its first words.
ON_CONDITIONS = (
    ("Een vaste trekker", "kartrekker"),
    ("Bestuurders moeten", "politieke-wil"),
    ("Een plek waar", "succesverhalen"),
    ("Ouders vragen", "betrokkenheid"),
)
AGENDA = (
    ("Welkom en voorstellen", AgendaKind.INFORM, 15, "coördinator"),
    ("Wat gebeurde er sinds de vorige keer?", AgendaKind.INFORM, 20, "coördinator"),
    ("In gesprek aan tafels", AgendaKind.DISCUSS, 60, ""),
    ("Afspraken en afsluiting", AgendaKind.DECIDE, 20, "voorzitter"),
)
CONSULTATIONS = (
    (datetime.date(2021, 5, 18), 14, "eerste contact, wie bel je, kraamzorg"),
    (datetime.date(2023, 4, 6), 22, "geldzorgen, huisbezoek in de zwangerschap"),
    (datetime.date(2025, 2, 11), 9, "vaders, groepsbijeenkomsten"),
)


def write(coalition: Coalition) -> None:
    """All of it, where there is no meeting yet."""
    if coalition.meetings.exists():
        return
    planner = Person.objects.get(email="coordinator@demo.example")
    series = MeetingSeries.objects.create(coalition=coalition, name=SERIES)
    groups = {group.slug: group for group in coalition.groups.all()}
    meetings = Meeting.objects.bulk_create(
        _meeting(coalition, plan, planner, series if plan.series else None, groups.get(plan.group))
        for plan in PLANS
    )
    wanted = {one.pk: plan.state for one, plan in zip(meetings, PLANS, strict=True)}
    bring(Meeting.objects.all(), wanted, moves=MEETING_MOVES, start=DRAFT, facts={CANCELLED: WHEN_CANCELLED})
    for meeting in meetings:
        meeting.state = wanted[meeting.pk]
    _write_programmes(meetings)
    _write_presence(coalition, meetings, planner)
    _write_invitations(coalition, meetings, planner)
    _write_outcome(meetings, planner)
    Consultation.objects.bulk_create(
        Consultation(coalition=coalition, on=on, count=count, themes=themes, recorded_by=planner)
        for on, count, themes in CONSULTATIONS
    )


def _working_day(days: int) -> datetime.date:
    """So many days from today, or the Monday after it: nobody meets in a weekend."""
    day = timezone.localdate() + datetime.timedelta(days=days)
    return day + datetime.timedelta(days=7 - day.weekday() if day.weekday() > FRIDAY else 0)


def _meeting(
    coalition: Coalition, plan: Plan, planner: Person, series: MeetingSeries | None, group: object
) -> Meeting:
    day = _working_day(plan.day) if isinstance(plan.day, int) else plan.day
    starts_at = datetime.datetime.combine(day, datetime.time(13, 30), tzinfo=AMSTERDAM)
    return Meeting(
        coalition=coalition,
        series=series,
        group=group,  # type: ignore[misc]
        kind=plan.kind,
        title=plan.title,
        theme_text=plan.theme,
        starts_at=starts_at,
        ends_at=starts_at + datetime.timedelta(hours=3),
        place="Raadszaal, Roermond (demo)" if plan.kind == MeetingKind.BOARD else "Theater, Venlo (demo)",
        capacity=40 if plan.kind == MeetingKind.BOARD else 150,
        is_open=plan.kind == MeetingKind.ENCOUNTER,
        is_public=plan.kind == MeetingKind.ENCOUNTER,
        planned_by=planner,
    )


def _write_programmes(meetings: list[Meeting]) -> None:
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting, number=number, title=title, kind=kind, minutes=minutes, presenter=presenter
        )
        for meeting in meetings
        for number, (title, kind, minutes, presenter) in enumerate(AGENDA, start=1)
    )
    Speaker.objects.bulk_create(
        Speaker(meeting=meeting, name="Spreker (demo)", function=function)
        for meeting in meetings
        if meeting.kind == MeetingKind.ENCOUNTER
        for function in ("ketenregisseur en bestuurslid van een VSV", "aanjager bij een GGD")
    )


def _write_presence(coalition: Coalition, meetings: list[Meeting], planner: Person) -> None:
    people = _people(coalition)
    organisations = dict(
        Representative.objects.filter(
            organisation__memberships__coalition=coalition,
            organisation__memberships__state__in=MEMBER_STATES,
        )
        .order_by("-pk")
        .values_list("person", "organisation")
    )
    levels = dict(
        Seat.objects.filter(membership__coalition=coalition)
        .order_by("-pk")
        .values_list("representative__person", "level")
    )
    rows: list[Attendance] = []
    place = 0
    for meeting, plan in zip(meetings, PLANS, strict=True):
        # Each meeting goes on where the last one stopped, so that everybody comes to one at least.
        rows.extend(
            Attendance(
                meeting=meeting,
                person=person,
                organisation_id=organisations.get(person.pk),
                level=levels.get(person.pk, ""),
                recorded_by=planner,
            )
            for person in (people[(place + step) % len(people)] for step in range(plan.present))
        )
        place += plan.present
    Attendance.objects.bulk_create(rows)


def _people(coalition: Coalition) -> list[Person]:
    """As many people as took part: those of the coalition, and guests without a log-in."""
    known = list(participants(coalition).filter(is_demo=True)[:PARTICIPANTS])
    guests = Person.objects.bulk_create(
        Person(name=f"Deelnemer {number} (demo)", password=make_password(None), is_demo=True)
        for number in range(1, PARTICIPANTS - len(known) + 1)
    )
    return known + guests


def _write_invitations(coalition: Coalition, meetings: list[Meeting], planner: Person) -> None:
    people = list(participants(coalition).filter(is_demo=True))
    board = set(
        Seat.objects.current()
        .filter(membership__coalition=coalition, level="board")
        .values_list("representative__person", flat=True)
    )
    answers = (Response.YES, Response.YES, Response.NONE, Response.MAYBE, Response.YES, Response.NO)
    accounts = {"partner@demo.example", "wethouder@demo.example"}
    rows = []
    for meeting in meetings:
        if meeting.state not in {INVITED, CANCELLED}:
            continue
        invited = [one for one in people if meeting.kind != MeetingKind.BOARD or one.pk in board]
        for number, person in enumerate(invited):
            response = Response.NONE if person.email in accounts else answers[number % len(answers)]
            rows.append(
                MeetingInvitation(
                    meeting=meeting,
                    person=person,
                    response=response,
                    invited_by=planner,
                    answered_at=None if response == Response.NONE else timezone.now(),
                )
            )
    MeetingInvitation.objects.bulk_create(rows)


def _write_outcome(meetings: list[Meeting], planner: Person) -> None:
    tables = next(meeting for meeting in meetings if meeting.title == TABLES)
    questions = Question.objects.bulk_create(
        Question(meeting=tables, number=number, text=text) for number, text in enumerate(QUESTIONS, start=1)
    )
    TableNote.objects.bulk_create(
        TableNote(
            meeting=tables,
            question=questions[question - 1],
            table_number=table,
            text=text,
            written_by=planner,
        )
        for question, table, text in NOTES
    )
    _write_threads(tables)
    Minutes.objects.bulk_create(
        Minutes(
            meeting=meeting,
            text=f"Verslag van ‘{meeting}’. Verzonnen tekst voor de demonstratie.",
            written_by=planner,
            fixed_at=meeting.ends_at + datetime.timedelta(days=21),
            fixed_by=planner,
        )
        for meeting in meetings
        if meeting.state == FIXED
    )
    steering = next(meeting for meeting in meetings if meeting.title == "Regiegroep")
    today = timezone.localdate()
    Decision.objects.bulk_create(
        [
            Decision(meeting=tables, text="De tafelnotities gaan naar de werkgroepen."),
            Decision(
                meeting=steering,
                text="De coördinator maakt een voorstel voor de verdeling van het geld.",
                owner=planner,
                due=today + datetime.timedelta(days=14),
            ),
            Decision(
                meeting=steering,
                text="De lijst met contactpersonen per gemeente komt in het portaal.",
                owner=planner,
                due=today - datetime.timedelta(days=7),
                done_on=today - datetime.timedelta(days=10),
            ),
        ]
    )


def _write_threads(tables: Meeting) -> None:
    """What people said of the second question stands behind the conditions of the newest year; behind
    the bottlenecks the programme puts what was said of the first."""
    newest = {
        score.condition.code: score
        for score in tables.coalition.condition_scores.select_related("condition").order_by("year")
    }
    NoteOutcome.objects.bulk_create(
        NoteOutcome(note=note, score=newest[code])
        for note in tables.table_notes.filter(question__number=2)
        for words, code in ON_CONDITIONS
        if note.text.startswith(words) and code in newest
    )
