"""Everything of a coalition as one ZIP file: a CSV per table, and the documents."""

import io
import json
import zipfile

from django.db import transaction
from django.utils import timezone

from coalitions.models import Coalition, DataExport
from partners.models import Person
from portal import files, hooks, jobs
from portal.acts import Refused, act
from portal.jobs import JobState
from portal.tables import csv_bytes


class AlreadyOrdered(Refused):
    def __init__(self) -> None:
        super().__init__("Er wordt al een export gemaakt. Die staat zo klaar op deze pagina.")


def order(*, coalition: Coalition, by: Person) -> DataExport:
    """Let a worker write the file; one at a time for a coalition."""
    with act(by=by):
        Coalition.objects.select_for_update(of=("self",), no_key=True).get(pk=coalition.pk)
        if coalition.exports.filter(state=JobState.WAITING).exists():
            raise AlreadyOrdered
        job = DataExport.objects.create(coalition=coalition, ordered_by=by)
        jobs.ring(DataExport)
    return job


def write(job: DataExport) -> None:
    """Write the file of `job` and finish it; the page that waits sees each part that is done."""
    coalition = job.coalition
    parts = hooks.data_parts(coalition)
    progress = DataExport.objects.filter(pk=job.pk)
    progress.update(parts_done=0, parts_total=len(parts))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("coalitie.json", _profile(coalition))
        for number, part in enumerate(parts, start=1):
            if part.header:
                archive.writestr(f"{part.name}.csv", csv_bytes(header=part.header, rows=part.rows))
            for name, content in part.files:
                archive.writestr(f"{part.name}/{name}", content)
            progress.update(parts_done=number)
    day = timezone.localdate()
    with transaction.atomic():
        file = files.store_bytes(
            name=f"{coalition.slug}-{day:%Y-%m-%d}.zip",
            content_type="application/zip",
            content=stream.getvalue(),
        )
        job.finish(file=file)


def _profile(coalition: Coalition) -> str:
    facts = {
        "naam": coalition.name,
        "niveau": coalition.get_level_display(),
        "fase": coalition.get_phase_display(),
        "gestart_op": coalition.started_on and coalition.started_on.isoformat(),
        "missie": coalition.mission,
        "werkwijze": coalition.approach,
        "hoe_het_begon": coalition.history,
        "wat_wij_bedoelen_met_kwetsbaar": coalition.vulnerability_note,
        "kijk_ook_bij": str(coalition.look_at or ""),
        "bron": coalition.source_note,
        "gemeenten": [
            {
                "code": link.member.code,
                "naam": link.member.name,
                "vanaf": link.valid_from.isoformat(),
                "tot": link.valid_to and link.valid_to.isoformat(),
            }
            for link in coalition.area.member_links.select_related("member").order_by(
                "member__sort_key", "valid_from"
            )
        ],
        "gemaakt_op": timezone.localtime().isoformat(timespec="minutes"),
    }
    return json.dumps(facts, ensure_ascii=False, indent=2)
