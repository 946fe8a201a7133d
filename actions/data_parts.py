"""The tables of this floor in the full export of a coalition."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet

from actions.models import (
    ActionPartner,
    AgendaItem,
    Allocation,
    Attendance,
    Contribution,
    Decision,
    Expense,
    LocalStand,
    MeetingInvitation,
    Milestone,
    Minutes,
    NoteOutcome,
    Origin,
    ProgressReport,
    Share,
    TableNote,
    Theme,
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
THEMES = {
    "programma": "programme__title",
    "stand_programma": "programme__state",
    "nummer": "number",
    "thema": "title",
    "waar_het_over_gaat": "intro",
    "reikwijdte": "scope",
}
BOTTLENECKS = {
    "soort": "kind",
    "in_een_zin": "text",
    "toelichting": "explanation",
    "thema": "theme__title",
    "komt_uit": "origin",
    "cijfer": "indicator_code",
    "stand": "state",
    "reden": "dropped_reason",
    "opgehaald_op": "collected_on",
}
ACTIONS = {
    "nummer": "number",
    "actie": "title",
    "thema": "theme__title",
    "soort": "kind",
    "moment": "phase",
    "stand": "state",
    "stand_sinds": "state_since",
    "trekker": "lead__organisation__name",
    "trekker_buiten_de_coalitie": "lead_name",
    "werkgroep": "group__name",
    "wijken": "districts",
    "begint_op": "starts_on",
    "klaar_op": "due_on",
    "waarom": "why",
    "moet_opleveren": "result_expected",
    "reden": "state_reason",
    "hulp": "needs_help",
    "les": "lesson",
    "gaat_door_bij": "secured_by__organisation__name",
    "betaald_uit": "secured_funding",
}
OF_ACTION = {"nummer": "action__number", "actie": "action__title"}
ORIGINS = {**OF_ACTION, "knelpunt": "bottleneck__text"}
PARTNERS = {
    **OF_ACTION,
    "lid": "membership__organisation__name",
    "rol": "role",
    "brengt_in": "promise",
    "uren_per_maand": "hours",
}
LOCAL_STANDS = {
    **OF_ACTION,
    "gemeente": "municipality__name",
    "stand": "state",
    "toelichting": "note",
    "vanaf": "valid_from",
    "tot": "valid_to",
}
MILESTONES = {**OF_ACTION, "mijlpaal": "title", "uiterlijk": "due_on", "klaar_op": "done_on"}
REPORTS = {
    **OF_ACTION,
    "ronde": "round__title",
    "lid": "membership__organisation__name",
    "gemeld": "claim",
    "gedaan": "done_text",
    "zit_vast": "stuck_text",
    "hulp": "help_text",
    "volgende_stap": "next_text",
    "les": "lesson",
    "stand": "state",
    "ingediend_op": "submitted_at",
}
SHARES = {
    "jaar": "budget_year__year",
    "gemeente": "municipality__name",
    "sleutel": "budget_year__key",
    "gewicht": "weight",
    "inleg": "amount",
}
CONTRIBUTIONS = {
    "jaar": "budget_year__year",
    "organisatie": "organisation__name",
    "geldbron": "source__name",
    "bedrag": "amount",
    "uren": "hours",
    "alleen_voor": "earmark",
    "stand": "state",
    "besloten_op": "decided_on",
    "besluit": "decision_ref",
    "reden": "state_reason",
}
ALLOCATIONS = {
    "jaar": "budget_year__year",
    "actie": "action__title",
    "inkoop": "purchase__name",
    "anders": "purpose",
    "bedrag": "amount",
    "reden_boven_besloten": "overcommit_reason",
}
EXPENSES = {
    "jaar": "allocation__budget_year__year",
    "betaald_op": "on",
    "bedrag": "amount",
    "waarvoor": "description",
}
MESSAGES = {"onderwerp": "title", "bericht": "body", "van": "written_by__name", "verstuurd_op": "sent_at"}


def data_parts(coalition: Coalition) -> list[DataPart]:
    """Programme, money, meetings, gems and messages with all that belongs to them; one query for each
    table."""
    return [*_of_programme(coalition), *_of_money(coalition), *_of_meetings(coalition)]


def _of_programme(coalition: Coalition) -> list[DataPart]:
    of_action = {"action__coalition": coalition}
    told = ProgressReport.objects.told().filter(**of_action)
    return [
        _table("themas", Theme.objects.filter(programme__coalition=coalition).order_by("pk"), THEMES),
        _table("knelpunten", coalition.bottlenecks.order_by("pk"), BOTTLENECKS),
        _table("acties", coalition.actions.order_by("number"), ACTIONS),
        _table("herkomst_acties", Origin.objects.filter(**of_action).order_by("pk"), ORIGINS),
        _table("deelnemers_acties", ActionPartner.objects.filter(**of_action).order_by("pk"), PARTNERS),
        _table("stand_per_gemeente", LocalStand.objects.filter(**of_action).order_by("pk"), LOCAL_STANDS),
        _table("mijlpalen", Milestone.objects.filter(**of_action).order_by("pk"), MILESTONES),
        _table("voortgangsberichten", told.order_by("pk"), REPORTS),
    ]


def _of_money(coalition: Coalition) -> list[DataPart]:
    of_year = {"budget_year__coalition": coalition}
    spent = Expense.objects.filter(allocation__budget_year__coalition=coalition)
    return [
        _table("inleg", Share.objects.filter(**of_year).order_by("pk"), SHARES),
        _table("bijdragen", Contribution.objects.filter(**of_year).order_by("pk"), CONTRIBUTIONS),
        _table("toekenningen", Allocation.objects.filter(**of_year).order_by("pk"), ALLOCATIONS),
        _table("uitgaven", spent.order_by("pk"), EXPENSES),
    ]


def _of_meetings(coalition: Coalition) -> list[DataPart]:
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
