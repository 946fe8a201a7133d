"""A table of five thousand organisations: check and save, beside reading the file and a bare COPY."""

import io

from django.db import connection
from openpyxl import Workbook

from coalitions.imports import plans
from coalitions.imports.fields import member_fields
from coalitions.models import Coalition, ImportWork, Membership, Role
from partners.models import Area, Organisation, OrganisationType, Person
from portal import jobs
from portal.import_plans import PlanStep, read_lines
from tests import factories
from tests.bench.measure import report, seconds

ROWS = 5000
ROUNDS = 3
HEADER = (
    *("Naam", "Soort", "Gemeente", "KvK-nummer", "AGB-code", "Website", "Telefoon"),
    *("Algemeen mailadres", "Beschrijving", "Stand", "Lid sinds"),
)
TABLES = (Organisation._meta.db_table, Membership._meta.db_table)


def _workbook(start: int) -> bytes:
    """The file that the portal's own export makes, of organisations that are all new."""
    names = list(Area.objects.municipalities().on(factories.today()).values_list("name", flat=True))
    kinds = list(OrganisationType.objects.exclude(code__in=["gemeente"]).values_list("name", flat=True))
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Leden")
    sheet.append(HEADER)
    for number in range(start, start + ROWS):
        sheet.append(
            (
                f"Organisatie {number} in de meting",
                kinds[number % len(kinds)],
                names[number % len(names)],
                f"{number:08}",
                f"{number:08}",
                f"https://organisatie-{number}.example",
                f"077 {number:07}",
                f"info@organisatie-{number}.example",
                "Werkt mee aan een goede start voor elk kind in de buurt.",
                "Lid",
                "01-12-2021",
            )
        )
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _ours(coalition: Coalition, by: Person, content: bytes) -> None:
    """From the file to members on the list, with the workers' part done here."""
    plan = plans.bring_in(coalition=coalition, kind="members", content=content, filename="leden.xlsx", by=by)
    plans.tie_columns(plan=plan, mapping=plan.mapping, by=by)
    jobs.work_due(ImportWork)
    plan.refresh_from_db()
    plans.confirm(plan=plan, skips_errors=False, by=by)
    jobs.work_due(ImportWork)
    plan.refresh_from_db()
    if plan.step != PlanStep.SAVED or plan.counts != {"create": ROWS}:
        raise SystemExit(f"De import is niet opgeslagen: {plan.step} {plan.counts}")


def _reference(content: bytes) -> None:
    """Read the same file with the same reader, and COPY what it says into the same tables, with
    their keys and without anything else."""
    lines = read_lines(content, "leden.xlsx", member_fields()).lines
    with connection.cursor() as cursor:
        with cursor.copy(
            "COPY bare_partners_organisation (id, name, short_name, type_id, municipality_id, kvk, agb,"
            " website, phone, general_email, description, extra_domains, is_public, is_demo, revision)"
            " FROM STDIN"
        ) as copy:
            for line, cells in lines:
                copy.write_row(
                    (line, cells[0], "", 1, 1, cells[3], cells[4], *cells[5:9], [], True, False, 0)
                )
        with cursor.copy(
            "COPY bare_coalitions_membership (id, coalition_id, organisation_id, state, contribution_role,"
            " joined_on, leave_reason, source_note) FROM STDIN"
        ) as copy:
            for line, _ in lines:
                copy.write_row((line, 1, line, "member", "", "2021-12-01", "", ""))


def import_members() -> None:
    """Every round brings in five thousand organisations that are not there yet."""
    coalition = factories.make_coalition()
    by = factories.make_person("Meter", email=None)
    factories.give_role(by, coalition, Role.COORDINATOR)
    ours, reference = [], []
    for number in range(ROUNDS):
        content = _workbook(10_000_000 + coalition.pk * 100_000 + number * ROWS)
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"DROP TABLE IF EXISTS bare_{table}")
                cursor.execute(f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING ALL)")
        ours.append(seconds(lambda content=content: _ours(coalition, by, content)))
        reference.append(seconds(lambda content=content: _reference(content)))
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"DROP TABLE bare_{table}")
    report("import_members", ours, reference, unit="s", of="median")


BENCHMARKS = {"import_members": import_members}
