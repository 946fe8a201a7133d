"""Mandates of the demo, one in each state; the evidence is a page that says it is made up."""

import datetime
import io
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from partners.models import Mandate, MandateKind, Person, Representative
from portal import files

CHECKED_ON = datetime.datetime(2022, 2, 1, 9, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Plan:
    """What one bearer may sign, and where the request stands."""

    bearer: str
    function: str
    kind: str
    note: str
    need: int = 1
    is_checked: bool = True
    revoke_reason: str = ""
    valid_to: datetime.date | None = None
    # Instead of a day: so many days after the day on which the demo is made.
    ends_in_days: int | None = None


def load(plans: tuple[Plan, ...], *, coordinator: Person) -> None:
    """Write the mandates of bearers that have none yet."""
    speakers = {
        (row.person.email, row.function): row
        for row in Representative.objects.filter(
            person__email__in=[plan.bearer for plan in plans]
        ).select_related("person")
    }
    known = set(Mandate.objects.values_list("representative__person__email", "kind"))
    for plan in plans:
        if (plan.bearer, plan.kind) not in known:
            _write(plan, speakers[plan.bearer, plan.function], coordinator)


def _write(plan: Plan, speaker: Representative, coordinator: Person) -> None:
    ends = plan.valid_to
    if plan.ends_in_days is not None:
        ends = timezone.localdate() + datetime.timedelta(days=plan.ends_in_days)
    in_register = plan.kind in {MandateKind.DIRECTOR, MandateKind.MAYOR}
    Mandate.objects.create(
        representative=speaker,
        kind=plan.kind,
        need=plan.need,
        note=plan.note,
        evidence=None
        if in_register
        else files.store(made_up_page("bewijsstuk-demonstratie.pdf", "verzonnen bewijsstuk")),
        requested_by=speaker.person,
        checked_by=coordinator if plan.is_checked else None,
        checked_at=CHECKED_ON if plan.is_checked else None,
        revoked_by=coordinator if plan.revoke_reason else None,
        revoked_at=CHECKED_ON + datetime.timedelta(days=200) if plan.revoke_reason else None,
        revoke_reason=plan.revoke_reason,
        valid_from=CHECKED_ON.date(),
        valid_to=ends,
    )


def made_up_page(name: str, what: str) -> SimpleUploadedFile:
    """A page that says what it is, as small as a PDF can be."""
    words = f"BT /F1 18 Tf 72 720 Td (Demonstratie: {what}.) Tj ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    page = io.BytesIO()
    page.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(page.tell())
        page.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = page.tell()
    page.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    page.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    page.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return SimpleUploadedFile(name, page.getvalue())
