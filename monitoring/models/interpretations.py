"""How partners read a figure together."""

from typing import Self

import pghistory
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from actions.models import Action
from coalitions.models import Coalition
from monitoring.models.indicators import Period
from monitoring.models.releases import Release
from partners.models import Area, Organisation, Person
from portal.checked import Checked
from portal.text_guard import refuse_bsn
from portal.triggers import append_only, requires


class InterpretationQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """What nobody took back."""
        return self.filter(withdrawn_at__isnull=True)

    def for_page(self) -> Self:
        """With who wrote it about what and the actions that came of it; the shared reading first, then the
        newest. Two queries."""
        return (
            self.select_related("organisation", "written_by", "period", "area", "release")
            .prefetch_related(
                models.Prefetch("outcomes", ReadingAction.objects.select_related("action__coalition"))
            )
            .order_by("-is_shared", "-pk")
        )


@pghistory.track()
class Interpretation(Checked):
    """What somebody reads in one figure, signed and dated, with the figure as it was then.

    By the code of the indicator, so that it outlives a new version of the definition.
    """

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="interpretations")
    indicator_code = models.SlugField("indicator", max_length=60)
    area = models.ForeignKey(Area, models.PROTECT, related_name="interpretations", verbose_name="gebied")
    period = models.ForeignKey(Period, models.PROTECT, related_name="interpretations", verbose_name="periode")
    text = models.TextField(
        "zo lezen wij dit cijfer", max_length=1000, validators=[refuse_bsn, MinLengthValidator(10)]
    )
    # The reading of all partners together, fixed by the coordinator; one for each figure.
    is_shared = models.BooleanField("gezamenlijke duiding", default=False)
    # Null where somebody writes for the coalition itself.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="interpretations", null=True, blank=True
    )
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="interpretations")
    written_at = models.DateTimeField("geschreven", db_default=Now())
    # The figure under it as it stood in the release that everybody read then.
    release = models.ForeignKey(Release, models.PROTECT, related_name="interpretations")
    value = models.FloatField("cijfer", null=True, blank=True)
    status = models.CharField("stand van het cijfer", max_length=20)
    # Where that figure was too small for a year: the three years together that stood in its place, and
    # their number.
    pooled_from = models.PositiveSmallIntegerField("eerste van drie jaren samen", null=True, blank=True)
    pooled_value = models.FloatField("cijfer van drie jaren samen", null=True, blank=True)
    withdrawn_at = models.DateTimeField("teruggenomen", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, related_name="withdrawn_interpretations", null=True, blank=True
    )

    objects = InterpretationQuerySet.as_manager()

    class Meta:
        verbose_name = "duiding"
        verbose_name_plural = "duidingen"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "indicator_code", "area", "period"],
                condition=Q(is_shared=True, withdrawn_at__isnull=True),
                name="monitoring_interpretation_one_shared",
                violation_error_message="Er is al een gezamenlijke duiding van dit cijfer.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="monitoring_interpretation_withdrawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(pooled_from__isnull=True, pooled_value__isnull=True)
                | Q(pooled_from__isnull=False, pooled_value__isnull=False),
                name="monitoring_interpretation_years_have_a_number",
            ),
        ]
        indexes = [models.Index(fields=["coalition", "indicator_code"], name="monitoring_interpretation_of")]
        triggers = [
            requires(
                name="signed_words_stay",
                condition="TG_OP = 'INSERT' OR ((to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by_id') "
                "= (to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by_id') AND OLD.withdrawn_at IS NULL)",
                message="Een duiding verandert niet. Neem haar terug en schrijf een nieuwe.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_code} {self.period} {self.area}"


class ReadingAction(models.Model):
    """An action that somebody proposed because of a reading."""

    append_only = True

    interpretation = models.ForeignKey(Interpretation, models.PROTECT, related_name="outcomes")
    action = models.OneToOneField(Action, models.PROTECT, related_name="reading")

    class Meta:
        verbose_name = "actie uit een duiding"
        verbose_name_plural = "acties uit duidingen"
        triggers = append_only(message="Waar een actie vandaan komt, verandert niet.")

    def __str__(self) -> str:
        return f"{self.interpretation} → {self.action}"
