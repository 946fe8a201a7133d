"""What was sealed, byte for byte, and the work of sealing it."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from portal import jobs, triggers
from portal.checked import Checked
from portal.jobs import Job

# A seal that waits longer than this is an alarm on the platform page.
SEAL_ALARM = datetime.timedelta(minutes=15)
LONGEST_WAIT = datetime.timedelta(minutes=15)


class ArtefactKind(models.TextChoices):
    TEXT = "text", "Tekst"
    STATEMENT = "statement", "Ondertekeningsverklaring"
    DOSSIER = "dossier", "Dossier"
    VALIDATION_REPORT = "validation_report", "Controlerapport"
    RENEWAL = "renewal", "Verlengd zegel"


class SealLevel(models.TextChoices):
    """How long a seal can be checked (ETSI EN 319 142)."""

    NONE = "", "Geen zegel"
    B_LTA = "B-LTA", "PAdES B-LTA"


class ArtefactQuerySet(models.QuerySet):
    def with_bytes(self) -> Self:
        """The rows with their bytes, which are otherwise left behind."""
        return self.defer(None)

    def sealed(self) -> Self:
        """Files that bear a seal."""
        return self.exclude(level=SealLevel.NONE)

    def newest(self) -> Self:
        """Sealed files that no renewed file goes on from."""
        renewed = Artefact.objects.filter(kind=ArtefactKind.RENEWAL, continues=models.OuterRef("pk"))
        return self.sealed().filter(~models.Exists(renewed))


class ArtefactManager(models.Manager.from_queryset(ArtefactQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> ArtefactQuerySet:
        return super().get_queryset().defer("content")


class Artefact(Checked):
    """One file that is evidence, exactly as it left the house; its name is the SHA-256 of its bytes.

    `subject` says what it is: the kind, then the number of the row it was made of. The bytes stand
    in the database, so that fact and file are kept in one transaction and in one backup.
    """

    append_only = True

    sha256 = models.CharField("SHA-256", max_length=64, primary_key=True)
    kind = models.CharField("soort", max_length=20, choices=ArtefactKind)
    subject = models.CharField("gaat over", max_length=120, unique=True)
    content = models.BinaryField("inhoud")
    size = models.PositiveIntegerField("bytes")
    level = models.CharField("niveau", max_length=10, choices=SealLevel, blank=True)
    seal_certificate = models.CharField("SHA-256 van het zegelcertificaat", max_length=64, blank=True)
    sealed_at = models.DateTimeField("tijd volgens de tijdstempeldienst", null=True)
    timestamp_certificate = models.CharField(
        "SHA-256 van het certificaat van het nieuwste tijdstempel", max_length=64, blank=True, db_default=""
    )
    # By how many seconds the authority's clock and that of the database cannot be brought together.
    clock_skew = models.FloatField("verschil tussen klokken in seconden", null=True)
    certificate_until = models.DateTimeField("einde van het zegelcertificaat", null=True)
    lasts_until = models.DateTimeField("einde van het nieuwste tijdstempelcertificaat", null=True)
    continues = models.ForeignKey(
        "self",
        verbose_name="verlengt of gaat over",
        on_delete=models.PROTECT,
        null=True,
        related_name="continuations",
    )
    created_at = models.DateTimeField("gemaakt", db_default=models.functions.Now())

    objects = ArtefactManager()

    class Meta:
        verbose_name = "verzegeld bestand"
        verbose_name_plural = "verzegelde bestanden"
        base_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    sha256=models.Func(
                        models.Func("content", function="sha256"),
                        models.Value("hex"),
                        function="encode",
                        output_field=models.CharField(),
                    )
                ),
                name="covenants_artefact_named_by_its_bytes",
                violation_error_message="De inhoud past niet bij de SHA-256.",
            ),
            models.CheckConstraint(
                condition=Q(
                    size=models.Func("content", function="length", output_field=models.IntegerField())
                ),
                name="covenants_artefact_size_of_its_bytes",
                violation_error_message="De grootte past niet bij de inhoud.",
            ),
            models.CheckConstraint(
                condition=Q(level="", seal_certificate="", sealed_at__isnull=True)
                | (~Q(level="") & ~Q(seal_certificate="") & Q(sealed_at__isnull=False)),
                name="covenants_artefact_seal_is_whole",
                violation_error_message="Een zegel heeft een niveau, een certificaat en een tijd.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["renewal", "validation_report"], continues__isnull=False)
                | (~Q(kind__in=["renewal", "validation_report"]) & Q(continues__isnull=True)),
                name="covenants_artefact_continues_by_kind",
                violation_error_message="Alleen een verlenging of een rapport hoort bij een ander bestand.",
            ),
        ]
        triggers = [
            *triggers.append_only(message="Een verzegeld bestand verandert niet en verdwijnt niet."),
            triggers.requires(
                name="renewal_starts_with_the_sealed_bytes",
                condition=(
                    "NEW.kind <> 'renewal' OR EXISTS (SELECT 1 FROM covenants_artefact sealed "
                    "WHERE sealed.sha256 = NEW.continues_id AND "
                    "substring(NEW.content FROM 1 FOR sealed.size) = sealed.content)"
                ),
                message="Een verlengd bestand begint met precies de verzegelde bytes.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.sha256[:8]})"


class SealKind(models.TextChoices):
    TEXT = "text", "Tekst"
    STATEMENT = "statement", "Ondertekeningsverklaring"
    DOSSIER = "dossier", "Dossier"
    RENEWAL = "renewal", "Verlengd zegel"
    # A check of a file that is kept, which is no seal but waits in the same line.
    VALIDATION_REPORT = "validation_report", "Controlerapport"


class SealJobQuerySet(jobs.JobQuerySet):
    def alarming(self) -> Self:
        """Seals that should have been there long ago."""
        return self.filter(
            state=jobs.JobState.WAITING,
            created_at__lt=models.functions.Now() - models.Value(SEAL_ALARM),
        )


class SealJob(Job):
    """One file that must be rendered and sealed, once, however often it is tried.

    It is tried without end: a signature that stands must not stay without its seal because a
    timestamp authority was away for a day.
    """

    lease = datetime.timedelta(minutes=3)
    max_attempts = 30_000

    kind = models.CharField("soort", max_length=20, choices=SealKind)
    subject = models.CharField("gaat over", max_length=120, unique=True)

    objects = SealJobQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Job.Meta):
        verbose_name = "zegel"
        verbose_name_plural = "zegels"

    def __str__(self) -> str:
        return self.subject

    @property
    def key(self) -> str:
        """What stands behind the kind in the subject: mostly the number of a row."""
        return self.subject.partition("/")[2]

    def work(self) -> None:
        """Render, seal, check and keep."""
        from covenants import seals

        seals.work(self)

    def fail(self, error: Exception) -> None:
        """Try again after a wait that grows to a quarter of an hour, without end."""
        wait = min(datetime.timedelta(seconds=5 * 2 ** min(self.attempts, 10)), LONGEST_WAIT)
        self._release(
            due_at=models.functions.Now() + models.Value(wait),
            # The count would otherwise run out after a long outage.
            attempts=min(self.attempts, 100),
            last_error=f"{type(error).__name__}: {error}"[:2000],
        )
