"""What a source said about one area in one period, and from which row of which file."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from monitoring.models.indicators import Indicator, Period
from partners.models import Area, AreaKind, Person
from portal.checked import Checked


class Status(models.TextChoices):
    """Why a figure is there, or why it is not. A missing number always has its reason."""

    REPORTED = "reported", "gemeld"
    NOT_DELIVERED = "not_delivered", "nog niet aangeleverd"
    NOT_AVAILABLE = "not_available", "de bron geeft dit cijfer niet"
    WITHHELD = "withheld_by_source", "de bron toont dit cijfer niet"
    UNRELIABLE = "unreliable", "niet getoond: onbetrouwbaar volgens de bron"
    SUPPRESSED_PRIMARY = "suppressed_primary", "niet getoond: te kleine aantallen"
    SUPPRESSED_SECONDARY = (
        "suppressed_secondary",
        "niet getoond: anders is een klein aantal uit te rekenen",
    )
    INCOMPLETE = "incomplete", "niet getoond: niet alle gemeenten hebben cijfers"
    NOT_APPLICABLE = "not_applicable", "niet van toepassing"
    WITHDRAWN = "withdrawn", "niet getoond: ingetrokken"


# Regions of which a source may give a figure of their own, which then wins over the sum.
DIRECT_KINDS = (AreaKind.GGD_REGION, AreaKind.PROVINCE, AreaKind.COUNTRY)

# Between what looked odd, which names counts, and why it is right after all.
ALL_THE_SAME = "Toch ingelezen:"


class ImportFile(models.Model):
    """One file that was read, by its contents: the same bytes are read once."""

    name = models.CharField("bestand", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("grootte in bytes")
    source_name = models.CharField("bron", max_length=200, blank=True)
    row_count = models.PositiveIntegerField("rijen")
    new_count = models.PositiveIntegerField("nieuw", default=0)
    revised_count = models.PositiveIntegerField("gewijzigd", default=0)
    unchanged_count = models.PositiveIntegerField("gelijk", default=0)
    notes = models.JSONField("opmerkingen", default=list, blank=True)
    imported_at = models.DateTimeField("ingelezen", db_default=Now())
    imported_by = models.ForeignKey(
        Person, models.PROTECT, related_name="import_files", null=True, blank=True
    )
    # Taken back: what it said holds no longer, and the same bytes may come in again.
    is_undone = models.BooleanField("teruggedraaid", db_default=False, default=False)

    class Meta:
        verbose_name = "ingelezen bestand"
        verbose_name_plural = "ingelezen bestanden"
        ordering = ["-imported_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"],
                condition=Q(is_undone=False),
                name="monitoring_importfile_read_once",
                violation_error_message="Dit bestand is al ingelezen.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def public_notes(self) -> list[str]:
        """The notes for everybody: of what looked odd only how much, because its words name counts that may
        be too small to show."""
        public = [note for note in self.notes if ALL_THE_SAME not in note]
        odd = len(self.notes) - len(public)
        if odd:
            looked = "is 1 opvallend cijfer" if odd == 1 else f"zijn {odd} opvallende cijfers"
            public.append(f"Bij het inlezen {looked} nagekeken.")
        return public


def replaced_never_changed() -> list[pgtrigger.Trigger]:
    """What keeps counts as they were said: a newer row takes their place, once, and none goes away."""
    return [
        pgtrigger.Trigger(
            name="only_superseded_once",
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(
                "OLD.superseded_at IS NOT NULL OR (to_jsonb(OLD) - 'superseded_at') "
                "IS DISTINCT FROM (to_jsonb(NEW) - 'superseded_at')"
            ),
            func="RAISE EXCEPTION 'Een waarneming verandert niet; lees een nieuwe levering in.' "
            "USING ERRCODE = 'restrict_violation';",
        ),
        pgtrigger.Trigger(
            name="kept_for_ever",
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            operation=pgtrigger.Delete,
            func="RAISE EXCEPTION 'Een waarneming wordt niet gewist.' USING ERRCODE = 'restrict_violation';",
        ),
        pgtrigger.Trigger(
            name="kept_together",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func="RAISE EXCEPTION 'Waarnemingen worden niet gewist.' USING ERRCODE = 'restrict_violation';",
        ),
    ]


class ObservationQuerySet(models.QuerySet):
    def current(self) -> "ObservationQuerySet":
        """Observations that no later file replaced."""
        return self.filter(superseded_at__isnull=True)


class Observation(Checked):
    """A numerator and a denominator of one area; never changed, only followed by a newer one."""

    append_only = True
    is_bulk = True
    closing_columns = ("superseded_at",)

    # The unique key below serves these two as an index.
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="observations", db_index=False)
    period = models.ForeignKey(Period, models.PROTECT, related_name="observations", db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="observations")
    numerator = models.FloatField("teller", null=True)
    denominator = models.FloatField("noemer", null=True)
    status = models.CharField(max_length=20, choices=Status)
    is_provisional = models.BooleanField("voorlopig", default=False)
    import_file = models.ForeignKey(ImportFile, models.PROTECT, related_name="observations")
    row_number = models.PositiveIntegerField("rij")
    superseded_at = models.DateTimeField("vervangen", null=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = "waarneming"
        verbose_name_plural = "waarnemingen"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period", "area", "superseded_at"],
                nulls_distinct=False,
                name="monitoring_observation_one_current",
            ),
            models.CheckConstraint(
                condition=Q(status="reported", numerator__isnull=False, denominator__isnull=False)
                | (~Q(status="reported") & Q(numerator__isnull=True)),
                name="monitoring_observation_number_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True) | Q(numerator__gte=0, denominator__gte=0),
                name="monitoring_observation_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gt=0) | Q(numerator=F("denominator")),
                name="monitoring_observation_no_part_of_nothing",
            ),
        ]
        # Few rows, and the only ones for which a sum needs more than the sum.
        indexes = [
            models.Index(
                fields=["indicator", "period"],
                condition=~Q(status="reported"),
                name="monitoring_observation_reason",
            ),
            # Few as well: what a source may still change.
            models.Index(
                fields=["indicator", "period"],
                condition=Q(is_provisional=True),
                name="monitoring_obs_provisional",
            ),
        ]
        triggers = replaced_never_changed()

    def __str__(self) -> str:
        return f"{self.indicator} {self.period} {self.area}"
