"""Tables as people make them, brought in and checked."""

import csv
import io
from typing import Any

from openpyxl import Workbook

from coalitions.imports import plans
from coalitions.models import Coalition, MemberImport, MemberImportKind
from partners.models import Organisation, Person
from portal.import_plans import Fate
from tests import factories

# Of most tables of organisations.
HEADER = ["Naam", "Soort", "Gemeente", "KvK-nummer"]
MEMBERS, PEOPLE = MemberImportKind.MEMBERS, MemberImportKind.PEOPLE


def csv_of(*rows: list[str], sep: str = ";", encoding: str = "utf-8-sig") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=sep, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_of(*rows: list[object], titles: tuple[str, ...] = (), merged: str = "") -> bytes:
    book = Workbook()
    for title in titles:
        book.active.append([title])
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def checked(
    coalition: Coalition, by: Person, content: bytes, *, kind: str = MEMBERS, name: str = "leden.csv"
) -> MemberImport:
    """The plan of a table whose columns are tied as the portal guesses."""
    plan = plans.bring_in(coalition=coalition, kind=kind, content=content, filename=name, by=by)
    return plans.tie_columns(plan=plan, mapping=plan.mapping, by=by)


def fates(plan: MemberImport) -> list[str]:
    return list(plan.rows.values_list("fate", flat=True))


def words(plan: MemberImport) -> list[str]:
    """What is wrong, in the order of the file."""
    return [f"{one['column']}: {one['problem']}" for row in plan.rows.all() for one in row.problems]


def saved(coalition: Coalition, by: Person, content: bytes, **options: str) -> MemberImport:
    plan = checked(coalition, by, content, **options)
    return plans.confirm(plan=plan, skips_errors=True, by=by)


def make_known(name: str, **values: Any) -> Organisation:
    """An organisation that the register has."""
    organisation = factories.make_organisation(name)
    Organisation.objects.filter(pk=organisation.pk).update(**values)
    return organisation


__all__ = [
    "HEADER",
    "MEMBERS",
    "PEOPLE",
    "Fate",
    "checked",
    "csv_of",
    "fates",
    "make_known",
    "saved",
    "words",
    "xlsx_of",
]
