"""What is measured, and over which period."""

from django.db import models

from portal.addresses import address_of
from portal.checked import Checked


class Interval(models.TextChoices):
    WILSON = "wilson", "Wilson"
    BYAR = "byar", "Byar of exact"
    NONE = "none", "geen: volledige telling"


class IndicatorQuerySet(models.QuerySet):
    def current(self) -> "IndicatorQuerySet":
        """The version of each indicator that is in force."""
        return self.filter(is_current=True)

    def with_older(self) -> "IndicatorQuerySet":
        """Adds `has_older`: whether figures came in under an earlier version, which counted otherwise."""
        older = Indicator.objects.filter(
            code=models.OuterRef("code"), version__lt=models.OuterRef("version"), observations__isnull=False
        )
        return self.annotate(has_older=models.Exists(older))


class Indicator(Checked):
    """One version of one indicator: the part of its definition file that calculations use.

    Words and sources stand in the file; see `monitoring.catalogue`.
    """

    code = models.SlugField("code", max_length=60)
    version = models.PositiveSmallIntegerField("versie", default=1)
    name = models.CharField("naam", max_length=120)
    # A figure is factor × numerator / denominator.
    factor = models.PositiveIntegerField("factor")
    interval = models.CharField("interval", max_length=10, choices=Interval)
    # Persons at risk: small counts are protected and differences are judged.
    is_at_risk = models.BooleanField("kleine aantallen beschermen")
    # Some sources may not even tell that there was nobody.
    is_zero_at_risk = models.BooleanField("ook nul beschermen", default=False)
    # Not where a source gives shares without their counts: a region has no figure then.
    is_summed = models.BooleanField("op te tellen", db_default=True, default=True)
    # Too small nearly everywhere to stand per municipality.
    is_by_region = models.BooleanField("alleen per regio", db_default=False, default=False)
    # Of which not even three years together stand per municipality, or no year stands by itself.
    is_pooled_by_region = models.BooleanField(
        "drie jaren samen alleen per regio", db_default=False, default=False
    )
    is_pooled_only = models.BooleanField("alleen drie jaren samen", db_default=False, default=False)
    is_current = models.BooleanField("geldig", default=True)
    # Only on rows of `with_older`.
    has_older: bool

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "indicator"
        verbose_name_plural = "indicatoren"
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="monitoring_indicator_unique_version"),
            models.UniqueConstraint(
                fields=["code"],
                condition=models.Q(is_current=True),
                name="monitoring_indicator_one_current_version",
            ),
            models.CheckConstraint(
                condition=models.Q(factor__gt=0), name="monitoring_indicator_factor_above_zero"
            ),
            models.CheckConstraint(
                condition=models.Q(is_at_risk=True) | models.Q(is_zero_at_risk=False),
                name="monitoring_indicator_zero_only_of_persons_at_risk",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("monitoring:indicator-detail", self.code)


class Period(models.Model):
    """A stretch of time that figures are about."""

    code = models.CharField("code", max_length=20, unique=True)
    label = models.CharField("naam", max_length=60)
    # The day whose municipal division the source follows, and at which regions are put together.
    reference_date = models.DateField("indeling van")

    class Meta:
        verbose_name = "periode"
        verbose_name_plural = "periodes"
        ordering = ["reference_date", "code"]

    def __str__(self) -> str:
        return self.label
