"""The life of an import: brought in, columns tied, checked, saved as planned, and taken back.

A check writes down what each row would do. Saving looks once more with the same statements and goes
on only where nothing changed since; otherwise the person sees what did, and a fresh check.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.formats import date_format

from coalitions.access import Permission, can
from coalitions.imports import changed, fields
from coalitions.imports.kinds import kind_of
from coalitions.models import (
    Coalition,
    ImportTask,
    ImportWork,
    MemberImport,
    MemberImportRow,
)
from partners.models import Person
from portal.acts import Refused, act
from portal.findings import sha256
from portal.import_cells import ImportField
from portal.import_plans import (
    BSN_CODE,
    Fate,
    PlanStep,
    ReadRow,
    guess,
    header_key_of,
    insert_from,
    read_lines,
    read_row,
)
from portal.jobs import ring
from portal.numbers import dutch_number

# More rows than this are the work of a worker, whose progress the page shows.
AT_ONCE = 500
PIECE = 1000


class NotNow(Refused):
    """Somebody, or the same person in another window, was there first."""

    def __init__(self, plan: MemberImport) -> None:
        super().__init__(
            f"Deze import is intussen verder: {plan.get_step_display()}. Kijk eerst hoe het er nu voor staat."
        )


class ColumnMissing(Refused):
    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__(f"Kies ook een kolom voor: {', '.join(labels)}.")


class StillAsked(Refused):
    def __init__(self, count: int) -> None:
        words = "1 vraag" if count == 1 else f"{dutch_number(count)} vragen"
        super().__init__(f"Beantwoord eerst {words} over regels die we niet zeker herkennen.")


class StillWrong(Refused):
    def __init__(self, count: int) -> None:
        words = "1 regel heeft een fout" if count == 1 else f"{dutch_number(count)} regels hebben een fout"
        super().__init__(f"{words}. Verbeter het bestand, of kies dat we die regels overslaan.")


class NothingToDo(Refused):
    def __init__(self) -> None:
        super().__init__("Er is niets om op te slaan: alles in dit bestand staat er al zo in.")


class StalePlan(Refused):
    """What the plan was made for is no longer so; `differences` says what changed."""

    def __init__(self, differences: list[str]) -> None:
        self.differences = differences
        super().__init__("Intussen is er iets veranderd. Er is niets opgeslagen. Bekijk de nieuwe controle.")


class TooLate(Refused):
    def __init__(self) -> None:
        super().__init__("Terugdraaien kan alleen binnen 24 uur na het opslaan.")


def fields_of(kind: str) -> tuple[ImportField, ...]:
    """What a table of this kind can hold."""
    return kind_of(kind).fields()


def bring_in(
    *,
    coalition: Coalition,
    kind: str,
    content: bytes,
    filename: str,
    by: Person,
    about: int | None = None,
) -> MemberImport:
    """The table in a file, with its columns tied as far as they are recognised.

    Unreadable where it is no table. Cells of a column that may hold citizen numbers are not kept.
    """
    known = fields_of(kind)
    table = read_lines(content, filename, known)
    notes = [*table.notes, *_known_before(coalition, kind, about, content)]
    lines = fields.without_citizen_numbers(table, known, notes)
    plan = MemberImport(
        coalition=coalition,
        kind=kind,
        about=about,
        name=filename[-200:],
        sha256=sha256(content),
        header=table.header,
        header_key=header_key_of(table.header),
        notes=notes,
        row_count=len(lines),
        created_by=by,
    )
    plan.mapping = _remembered(plan) or guess(table.header, known)
    with act(by=by), connection.cursor() as cursor:
        plan.full_clean(exclude=["created_at"])
        plan.save(force_insert=True)
        insert_from(
            cursor,
            MemberImportRow,
            given={"plan_id": f"{plan.pk}", "line": "t.line", "cells": "t.cells"},
            source="FROM jsonb_to_recordset(%s::jsonb) AS t(line int, cells jsonb)",
            params=[json.dumps([{"line": line, "cells": cells} for line, cells in lines])],
        )
    return plan


def _known_before(coalition: Coalition, kind: str, about: int | None, content: bytes) -> list[str]:
    """What to say where the same file was saved before."""
    before = (
        coalition.member_imports.filter(sha256=sha256(content), kind=kind, about=about, step=PlanStep.SAVED)
        .select_related("created_by")
        .first()
    )
    if before is None or before.saved_at is None:
        return []
    at = timezone.localtime(before.saved_at)
    when = f"{date_format(at, 'j F Y')} om {date_format(at, 'H.i')} uur"
    return [f"Dit bestand is al ingelezen op {when} door {before.created_by}. Wat nog zo is, verandert niet."]


def _remembered(plan: MemberImport) -> dict[str, int]:
    """How columns with these headings were tied last time in this coalition."""
    last = (
        plan.coalition.member_imports.filter(kind=plan.kind, header_key=plan.header_key)
        .exclude(step__in=[PlanStep.COLUMNS, PlanStep.CANCELLED])
        .first()
    )
    return last.mapping if last else {}


def tie_columns(*, plan: MemberImport, mapping: Mapping[str, int], by: Person) -> MemberImport:
    """Say which column holds what, and check every row, at once or by a worker."""
    labels = {field.key: field.label for field in fields_of(plan.kind)}
    if missing := [labels[key] for key in kind_of(plan.kind).required if key not in mapping]:
        raise ColumnMissing(missing)
    with act(by=by):
        plan = _locked(plan, PlanStep.COLUMNS, PlanStep.CHECKED)
        plan.mapping = dict(mapping)
        plan.save(update_fields=["mapping"])
        return _check_now_or_later(plan, by=by)


def answer(*, plan: MemberImport, answers: Mapping[int, int], by: Person) -> MemberImport:
    """Say of rows which candidate they are, 0 for none of them or -1 to leave them out; check again."""
    with act(by=by):
        plan = _locked(plan, PlanStep.CHECKED)
        for row in plan.rows.filter(pk__in=answers):
            if answers[row.pk] in {0, -1, *(candidate[0] for candidate in row.candidates)}:
                row.answer = answers[row.pk]
                row.save(update_fields=["answer"])
        return _check_now_or_later(plan, by=by)


def say_no_bsn(*, plan: MemberImport, reason: str, by: Person) -> MemberImport:
    """Say why the numbers in this table that look like a citizen number are none; it is written down."""
    with act(by=by):
        plan = _locked(plan, PlanStep.CHECKED)
        plan.rows.filter(problems__contains=[{"code": BSN_CODE}]).update(not_bsn_reason=reason, not_bsn_by=by)
        return _check_now_or_later(plan, by=by)


def _check_now_or_later(plan: MemberImport, *, by: Person) -> MemberImport:
    plan.stale = []
    if plan.row_count > AT_ONCE:
        _order(plan, ImportTask.CHECK, PlanStep.CHECKING, by=by)
        return plan
    _read(plan)
    _weigh(plan)
    return plan


def _order(plan: MemberImport, task: str, step: str, *, by: Person) -> None:
    plan.step, plan.rows_done = step, 0
    plan.save(update_fields=["step", "rows_done", "stale"])
    ImportWork.objects.create(plan=plan, task=task, asked_by=by)
    ring(ImportWork)


def _read(plan: MemberImport, *, shows_progress: bool = False) -> None:
    """What the cells say, piece by piece."""
    known = {field.key: field for field in fields_of(plan.kind)}
    columns = [(known[key], place) for key, place in plan.mapping.items() if key in known]
    rows = list(plan.rows.values_list("pk", "cells", "not_bsn_reason"))
    for start in range(0, len(rows), PIECE):
        found = [
            (pk, read_row(cells, columns, header=plan.header, is_no_bsn=bool(reason)))
            for pk, cells, reason in rows[start : start + PIECE]
        ]
        with connection.cursor() as cursor:
            cursor.execute(_WRITE_READ, [json.dumps([_as_json(pk, row) for pk, row in found])])
        if shows_progress:
            MemberImport.objects.filter(pk=plan.pk).update(rows_done=min(start + PIECE, len(rows)))


def _as_json(pk: int, row: ReadRow) -> dict[str, Any]:
    return {
        "id": pk,
        "values": row.values,
        "problems": row.problems,
        "notes": row.notes,
        # A line with nothing in the tied columns says nothing.
        "is_unreadable": bool(row.problems) or not row.values,
        "fate": Fate.ERROR if row.problems else Fate.SKIP,
    }


_WRITE_READ = """
    UPDATE coalitions_memberimportrow r SET
        values = t.values, problems = t.problems, notes = t.notes, fate = t.fate,
        is_unreadable = t.is_unreadable, changes = '{}', before = '{}', candidates = '[]'
    FROM jsonb_to_recordset(%s::jsonb) AS t(
        id bigint, values jsonb, problems jsonb, notes jsonb, fate text, is_unreadable boolean)
    WHERE r.id = t.id
"""


def _weigh(plan: MemberImport) -> None:
    """Write down what every row would do, in one transaction."""
    kind = kind_of(plan.kind)
    targets = "".join(f", {column} = r.{column}" for column in kind.targets)
    with transaction.atomic(), connection.cursor() as cursor:
        kind.resolve(cursor, plan)
        cursor.execute(f"""
            UPDATE coalitions_memberimportrow row SET fate = r.fate, changes = r.changes,
                before = r.before, problems = r.problems, notes = row.notes || r.added_notes,
                candidates = coalesce(r.candidates, '[]'){targets}
            FROM resolved r WHERE row.id = r.row_id
        """)
        plan.counts = _counts(plan)
        plan.step, plan.rows_done = PlanStep.CHECKED, plan.row_count
        plan.save(update_fields=["mapping", "counts", "step", "rows_done", "stale"])


def _counts(plan: MemberImport) -> dict[str, int]:
    rows = plan.rows.order_by().values_list("fate").annotate(count=Count("pk"))
    return dict(rows)


def confirm(*, plan: MemberImport, skips_errors: bool, by: Person) -> MemberImport:
    """Save what the check wrote down, at once or by a worker; StalePlan where it is no longer so."""
    with act(by=by):
        plan = _locked(plan, PlanStep.CHECKED)
        if asked := plan.counts.get(Fate.ASK, 0):
            raise StillAsked(asked)
        if (wrong := plan.counts.get(Fate.ERROR, 0)) and not skips_errors:
            raise StillWrong(wrong)
        if not plan.counts.get(Fate.CREATE) and not plan.counts.get(Fate.UPDATE):
            raise NothingToDo
        if plan.row_count > AT_ONCE:
            _order(plan, ImportTask.SAVE, PlanStep.SAVING, by=by)
            return plan
    try:
        with act(by=by):
            return _save(plan, PlanStep.CHECKED, by=by)
    except StalePlan as stale:
        _check_again(plan, stale.differences, PlanStep.CHECKED, by=by)
        raise


def _save(plan: MemberImport, step: str, *, by: Person) -> MemberImport:
    kind = kind_of(plan.kind)
    with connection.cursor() as cursor:
        # One at a time on a list, together with who adds an organisation by hand.
        Coalition.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.coalition_id)
        plan = _locked(plan, step)
        # What the check named is held first, so that what somebody changed meanwhile counts as well.
        for statement in kind.lock:
            cursor.execute(statement, {"plan": plan.pk})
        kind.resolve(cursor, plan)
        if differences := changed.since_the_check(cursor, kind):
            raise StalePlan(differences)
        kind.save(cursor, plan, by=by)
        plan.step, plan.saved_at, plan.rows_done = PlanStep.SAVED, timezone.now(), plan.row_count
        plan.save(update_fields=["step", "saved_at", "rows_done"])
    return plan


def _check_again(plan: MemberImport, differences: list[str], step: str, *, by: Person) -> None:
    with act(by=by):
        plan = _locked(plan, step)
        plan.stale = differences
        _read(plan)
        _weigh(plan)


def work(job: ImportWork) -> None:
    """The part of a worker: check or save, and finish together with it."""
    plan = MemberImport.objects.get(pk=job.plan_id)
    if job.task == ImportTask.CHECK and plan.step == PlanStep.CHECKING:
        _read(plan, shows_progress=True)
        with act(by=job.asked_by):
            _weigh(_locked(plan, PlanStep.CHECKING))
            job.finish()
    elif job.task == ImportTask.SAVE and plan.step == PlanStep.SAVING:
        _save_as_worker(plan, job)
    else:
        job.finish()


def _save_as_worker(plan: MemberImport, job: ImportWork) -> None:
    try:
        with act(by=job.asked_by):
            if not can(job.asked_by, Permission.MEMBERS_IMPORT, plan.coalition):
                raise StalePlan([f"{job.asked_by} is intussen geen coördinator meer van deze coalitie."])
            _save(plan, PlanStep.SAVING, by=job.asked_by)
            job.finish()
    except StalePlan as stale:
        with act(by=job.asked_by):
            _check_again(plan, stale.differences, PlanStep.SAVING, by=job.asked_by)
            job.finish()


def cancel(*, plan: MemberImport, by: Person) -> MemberImport:
    """Throw the table away; nothing was saved."""
    with act(by=by):
        plan = _locked(plan, PlanStep.COLUMNS, PlanStep.CHECKING, PlanStep.CHECKED, PlanStep.SAVING)
        plan.step = PlanStep.CANCELLED
        plan.save(update_fields=["step"])
        plan.rows.all().delete()
    return plan


def take_back(*, plan: MemberImport, by: Person) -> MemberImport:
    """Undo what saving did, where nobody changed it since; `counts` says how much stayed."""
    with act(by=by), connection.cursor() as cursor:
        Coalition.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.coalition_id)
        plan = _locked(plan, PlanStep.SAVED)
        if plan.undo_until is None or timezone.now() > plan.undo_until:
            raise TooLate
        plan.counts |= kind_of(plan.kind).take_back(cursor, plan, by=by)
        plan.step, plan.undone_at = PlanStep.UNDONE, timezone.now()
        plan.save(update_fields=["step", "undone_at", "counts"])
    return plan


def _locked(plan: MemberImport, *steps: str) -> MemberImport:
    plan = (
        MemberImport.objects.select_for_update(of=("self",), no_key=True)
        .select_related("coalition")
        .get(pk=plan.pk)
    )
    if plan.step not in steps:
        raise NotNow(plan)
    return plan
