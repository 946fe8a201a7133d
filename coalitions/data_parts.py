"""The tables of this floor in the full export of a coalition."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet

from coalitions.models import Coalition, MembershipStep, PartnerReview, Seat, WorkingGroupSeat
from partners.models import Representative
from portal.hooks import DataPart
from portal.models import FileContent

# Label of the column, and where its value stands.
ORGANISATIONS = {
    "naam": "organisation__name",
    "soort": "organisation__type__name",
    "domein": "organisation__type__domain",
    "gemeente": "organisation__municipality__name",
    "gemeentecode": "organisation__municipality__code",
    "kvk": "organisation__kvk",
    "agb": "organisation__agb",
    "oin": "organisation__oin",
    "website": "organisation__website",
    "mailadres": "organisation__general_email",
    "stand": "state",
    "rol": "contribution_role",
    "lid_sinds": "joined_on",
    "gestopt_op": "left_on",
    "reden": "leave_reason",
}
STEPS = {
    "organisatie": "membership__organisation__name",
    "van": "from_state",
    "naar": "to_state",
    "op": "happened_on",
    "reden": "reason",
    "door": "recorded_by__name",
}
PEOPLE = {
    "organisatie": "organisation__name",
    "naam": "person__name",
    "mailadres": "person__email",
    "telefoon": "person__phone",
    "functie": "function",
    "portefeuille": "portfolio",
    "vanaf": "valid_from",
    "tot": "valid_to",
}
SEATS = {
    "organisatie": "membership__organisation__name",
    "naam": "representative__person__name",
    "niveau": "level",
    "soort": "kind",
    "vanaf": "valid_from",
    "tot": "valid_to",
}
ROLES = {
    "naam": "person__name",
    "rol": "role",
    "in_dienst_van": "employer",
    "uren_per_week": "hours_per_week",
    "vanaf": "valid_from",
    "tot": "valid_to",
}
CONTACTS = {
    "organisatie": "organisation__name",
    "datum": "on",
    "soort": "channel",
    "door": "by__name",
    "met": "spoken_with",
    "belangrijk": "important",
    "knelpunten": "stuck",
    "energie": "energy",
    "werkwijze": "working_method",
    "visie": "vision",
    "volgende_stap": "next_step",
    "uiterlijk": "due",
    "gezet_op": "done_on",
}
REQUESTS = {
    "kenmerk": "reference",
    "organisatie": "organisation_name",
    "soort": "type__name",
    "kvk": "kvk",
    "gemeente": "municipality__name",
    "waarom": "motivation",
    "hoe": "commitment",
    "energie": "energy",
    "contactpersoon": "contact_name",
    "stand": "state",
    "antwoord": "answer",
}
PHASES = {
    "van": "from_phase",
    "naar": "to_phase",
    "reden": "reason",
    "door": "recorded_by__name",
}
GROUPS = {
    "naam": "name",
    "soort": "kind",
    "waarvoor": "purpose",
    "stand": "state",
    "voorgesteld_op": "proposed_on",
    "gestart_op": "started_on",
    "gestopt_op": "ended_on",
    "reden": "ending_reason",
}
GROUP_PEOPLE = {
    "werkgroep": "group__name",
    "naam": "person__name",
    "rol": "role",
    "vanaf": "valid_from",
    "tot": "valid_to",
}
SCORES = {"jaar": "year", "randvoorwaarde": "condition__name", "stand": "score", "toelichting": "note"}
AGREEMENTS = {
    "titel": "title",
    "versie": "version",
    "geldt_vanaf": "valid_from",
    "opnieuw_bekijken_op": "review_on",
    "bestand": "file__name",
}
REVIEWS = {
    "organisatie": "membership__organisation__name",
    "jaar": "year",
    "gesprek_op": "held_on",
    "inzet": "effort",
    "resultaat": "result",
    "vervolg": "follow_up",
    "door": "written_by__name",
}
CHECKS = {
    "gemeente": "municipality__name",
    "gemeentecode": "municipality__code",
    "akkoord": "requirement__agreement",
    "eis": "requirement__text",
    "stand": "state",
    "toelichting": "note",
}
ENTRIES = {
    "lijst": "kind",
    "titel": "title",
    "toelichting": "explanation",
    "wie": "owner__name",
    "afgehandeld_op": "done_on",
}
DOCUMENTS = {"titel": "title", "bestand": "file__name", "voor": "audience", "door": "added_by__name"}


def data_parts(coalition: Coalition) -> list[DataPart]:
    """Members and all that belongs to them; one query for each table."""
    memberships = coalition.memberships.order_by("organisation__sort_key", "pk")
    people = Representative.objects.filter(organisation__in=memberships.order_by().values("organisation"))
    steps = MembershipStep.objects.filter(membership__coalition=coalition)
    seats = Seat.objects.filter(membership__coalition=coalition)
    group_people = WorkingGroupSeat.objects.filter(group__coalition=coalition)
    reviews = PartnerReview.objects.filter(membership__coalition=coalition)
    return [
        _table("organisaties", memberships, ORGANISATIONS),
        _table("stappen", steps.order_by("pk"), STEPS),
        _table("personen", people.order_by("organisation__sort_key", "pk"), PEOPLE),
        _table("zetels", seats.order_by("pk"), SEATS),
        _table("rollen", coalition.roles.order_by("pk"), ROLES),
        _table("contactmomenten", coalition.contacts.order_by("pk"), CONTACTS),
        _table("aanmeldingen", coalition.join_requests.order_by("pk"), REQUESTS),
        _table("fasen", coalition.phase_steps.order_by("pk"), PHASES),
        _table("werkgroepen", coalition.groups.order_by("pk"), GROUPS),
        _table("werkgroepleden", group_people.order_by("group", "pk"), GROUP_PEOPLE),
        _table("randvoorwaarden", coalition.condition_scores.order_by("year", "condition"), SCORES),
        _table("samenwerkingsafspraken", coalition.agreements.order_by("pk"), AGREEMENTS),
        _table("jaargesprekken", reviews.order_by("year", "pk"), REVIEWS),
        _table("landelijke_eisen", coalition.requirement_checks.order_by("pk"), CHECKS),
        _table("lijsten", coalition.list_entries.order_by("pk"), ENTRIES),
        _documents(coalition),
    ]


def _table(name: str, rows: QuerySet, columns: dict[str, str]) -> DataPart:
    return DataPart(name=name, header=list(columns), rows=_values(rows, columns))


def _values(rows: QuerySet, columns: dict[str, str]) -> Iterable[tuple[Any, ...]]:
    yield from rows.values_list(*(F(column) for column in columns.values())).iterator()


def _documents(coalition: Coalition) -> DataPart:
    documents = coalition.documents.order_by("pk")
    contents = FileContent.objects.filter(file__coalition_document__coalition=coalition).order_by("pk")
    return DataPart(
        name="documenten",
        header=list(DOCUMENTS),
        rows=_values(documents, DOCUMENTS),
        files=(
            (f"{content.pk}-{content.file.name}", bytes(content.content))
            for content in contents.select_related("file").iterator(chunk_size=5)
        ),
    )
