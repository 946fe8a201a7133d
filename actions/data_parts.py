"""The tables of this floor in the full export of a coalition."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet

from actions.models import (
    AgendaItem,
    Attendance,
    Decision,
    MeetingInvitation,
    Minutes,
    NoteOutcome,
    TableNote,
)
from coalitions.models import Coalition
from portal.hooks import DataPart

# Label of the column, and where its value stands.
MEETINGS = {
    "titel": "title",
    "soort": "kind",
    "reeks": "series__name",
    "groep": "group__name",
    "begint": "starts_at",
    "eindigt": "ends_at",
    "plaats": "place",
    "thema": "theme_text",
    "stand": "state",
    "reden": "cancel_reason",
}
OF_MEETING = {"bijeenkomst": "meeting__title", "begint": "meeting__starts_at"}
AGENDA = {**OF_MEETING, "nummer": "number", "onderwerp": "title", "soort": "kind", "minuten": "minutes"}
INVITATIONS = {**OF_MEETING, "naam": "person__name", "antwoord": "response", "vervanger": "deputy"}
ATTENDANCES = {
    **OF_MEETING,
    "naam": "person__name",
    "organisatie": "organisation__name",
    "niveau": "level",
}
NOTES = {**OF_MEETING, "vraag": "question__text", "tafel": "table_number", "notitie": "text"}
OUTCOMES = {
    "notitie": "note__text",
    "knelpunt": "bottleneck__text",
    "parel": "practice__title",
    "actie": "action__title",
    "afspraak": "agreement__title",
    "randvoorwaarde": "score__condition__name",
}
DECISIONS = {
    **OF_MEETING,
    "besluit": "text",
    "wie": "owner__name",
    "uiterlijk": "due",
    "gedaan_op": "done_on",
}
MINUTES = {**OF_MEETING, "verslag": "text", "vastgesteld_op": "fixed_at"}
CONSULTATIONS = {"datum": "on", "aantal_ouders": "count", "themas": "themes"}
GEMS = {
    "titel": "title",
    "gemeente": "origin__name",
    "van": "owner__organisation__name",
    "stand": "state",
    "probleem": "problem",
    "aanpak": "approach",
    "resultaat": "result",
    "kosten": "cost_note",
    "lessen": "lessons",
}
ADOPTIONS = {
    "parel": "practice__title",
    "gemeente": "municipality__name",
    "trekker": "owner__organisation__name",
    "stand": "state",
    "gestart_op": "started_on",
    "zo_doen_wij_het": "adapted_text",
    "geleerd": "lesson",
}
OFFERS = {
    "interventie": "intervention__name",
    "gemeente": "municipality__name",
    "stand": "state",
    "aanbieder": "offered_by",
    "plaatsen": "places",
    "vanaf": "valid_from",
    "tot": "valid_to",
}
MESSAGES = {"onderwerp": "title", "bericht": "body", "van": "written_by__name", "verstuurd_op": "sent_at"}


def data_parts(coalition: Coalition) -> list[DataPart]:
    """Meetings, gems and messages with all that belongs to them; one query for each table."""
    here = {"meeting__coalition": coalition}
    outcomes = NoteOutcome.objects.filter(note__meeting__coalition=coalition)
    return [
        _table("bijeenkomsten", coalition.meetings.order_by("starts_at", "pk"), MEETINGS),
        _table("agendapunten", AgendaItem.objects.filter(**here).order_by("pk"), AGENDA),
        _table("uitnodigingen", MeetingInvitation.objects.filter(**here).order_by("pk"), INVITATIONS),
        _table("aanwezig", Attendance.objects.filter(**here).order_by("pk"), ATTENDANCES),
        _table("tafelnotities", TableNote.objects.filter(**here).order_by("pk"), NOTES),
        _table("opbrengst", outcomes.order_by("pk"), OUTCOMES),
        _table("besluiten", Decision.objects.filter(**here).order_by("pk"), DECISIONS),
        _table("verslagen", Minutes.objects.filter(**here).order_by("pk"), MINUTES),
        _table("raadplegingen", coalition.consultations.order_by("pk"), CONSULTATIONS),
        _table("parels", coalition.practices.order_by("pk"), GEMS),
        _table("afgebakken_parels", coalition.adoptions.order_by("pk"), ADOPTIONS),
        _table("aanbod", coalition.intervention_offers.order_by("pk"), OFFERS),
        _table("berichten", coalition.announcements.order_by("pk"), MESSAGES),
    ]


def _table(name: str, rows: QuerySet, columns: dict[str, str]) -> DataPart:
    return DataPart(name=name, header=list(columns), rows=_values(rows, columns))


def _values(rows: QuerySet, columns: dict[str, str]) -> Iterable[tuple[Any, ...]]:
    yield from rows.values_list(*(F(column) for column in columns.values())).iterator()
