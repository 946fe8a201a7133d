"""Tables that a coordinator brings in: members, people, and what the floors above add."""

import datetime

from django.db import models

from coalitions.models.coalitions import Coalition
from coalitions.models.memberships import Membership
from coalitions.models.roles import Seat
from partners.models import Organisation, Person, Representative
from portal.import_plans import ImportPlan, ImportRow
from portal.jobs import Job


class MemberImportKind(models.TextChoices):
    MEMBERS = "members", "organisaties"
    PEOPLE = "people", "mensen"
    # Of a floor above; see `import_kinds.py` in `portal/hooks.py`.
    ACTIONS = "actions", "acties"
    CONTRIBUTIONS = "contributions", "bijdragen"
    ATTENDANCE = "attendance", "deelnemers"


class MemberImport(ImportPlan):
    """One table for one coalition."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="member_imports")
    kind = models.CharField("wat staat erin", max_length=13, choices=MemberImportKind)
    # What the whole table is about, where a floor above brings one in for one thing: a year, a meeting.
    about = models.BigIntegerField("waar de tabel over gaat", null=True, blank=True)

    class Meta(ImportPlan.Meta):
        verbose_name = "import"
        verbose_name_plural = "imports"
        indexes = [
            models.Index(fields=["coalition", "kind", "header_key"], name="coalitions_memberimport_header"),
            models.Index(fields=["coalition", "sha256"], name="coalitions_memberimport_sha256"),
        ]


class MemberImportRow(ImportRow):
    """One organisation or one person in the table; what saving made stands beside what it changed."""

    plan = models.ForeignKey(MemberImport, models.CASCADE, related_name="rows", db_index=False)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, related_name="+", null=True, db_index=False
    )
    membership = models.ForeignKey(Membership, models.SET_NULL, related_name="+", null=True, db_index=False)
    person = models.ForeignKey(Person, models.SET_NULL, related_name="+", null=True, db_index=False)
    representative = models.ForeignKey(
        Representative, models.SET_NULL, related_name="+", null=True, db_index=False
    )
    seat = models.ForeignKey(Seat, models.SET_NULL, related_name="+", null=True, db_index=False)
    # What a floor above made or changed, which this floor cannot point at.
    target = models.BigIntegerField("rij van een andere tabel", null=True)
    made_organisation = models.BooleanField(default=False)
    made_membership = models.BooleanField(default=False)
    made_person = models.BooleanField(default=False)
    made_representative = models.BooleanField(default=False)
    made_seat = models.BooleanField(default=False)
    made_target = models.BooleanField(default=False)

    class Meta(ImportRow.Meta):
        verbose_name = "regel van een import"
        verbose_name_plural = "regels van imports"
        constraints = [
            models.UniqueConstraint(fields=["plan", "line"], name="coalitions_memberimportrow_once"),
        ]
        # Only of rows that point at something: every row is written three times, and at first at nothing.
        indexes = [
            models.Index(
                fields=[column],
                condition=models.Q((f"{column}__isnull", False)),
                name=f"importrow_{column}",
            )
            for column in ("organisation", "membership", "person", "representative", "seat", "not_bsn_by")
        ]


class ImportTask(models.TextChoices):
    CHECK = "check", "controleren"
    SAVE = "save", "opslaan"


class ImportWork(Job):
    """The checking or saving of a table that is too long to wait for."""

    lease = datetime.timedelta(minutes=2)

    plan = models.ForeignKey(MemberImport, models.CASCADE, related_name="works")
    task = models.CharField("wat", max_length=10, choices=ImportTask)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta(Job.Meta):
        verbose_name = "werk aan een import"
        verbose_name_plural = "werk aan imports"
        constraints = [
            *Job.Meta.constraints,
            models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(state="waiting"),
                name="coalitions_importwork_one_at_a_time",
                violation_error_message="Met deze import is al iemand bezig. Ververs de pagina.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_task_display()}: {self.plan}"

    def work(self) -> None:
        """Check or save, and finish in the transaction of the saving."""
        from coalitions.imports import plans

        plans.work(self)
