"""Interventions that exist in the country, and in which municipality they are on offer."""

from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from coalitions.models import Coalition
from partners.models import Area
from portal.addresses import address_of
from portal.names import sort_key_of
from portal.periods import Dated, DatedQuerySet, DatePeriod
from portal.text_guard import refuse_bsn


class TargetPhase(models.TextChoices):
    BEFORE = "before", "voor de zwangerschap"
    DURING = "during", "tijdens de zwangerschap"
    AFTER = "after", "na de geboorte"
    ALL = "all", "de hele tijd"


class InterventionQuerySet(models.QuerySet):
    def with_counts(self) -> Self:
        """Adds `offer_count`: in how many municipalities it runs today."""
        running = (
            InterventionOffer.objects.current()
            .filter(intervention=OuterRef("pk"), state__in=ON_OFFER)
            .order_by()
            .values("intervention")
            .annotate(count=Count("municipality", distinct=True))
            .values("count")
        )
        return self.annotate(offer_count=Coalesce(Subquery(running), 0))


class Intervention(models.Model):
    """One programme for parents that has a name of its own in the whole country."""

    slug = models.SlugField("code", unique=True)
    name = models.CharField("naam", max_length=120)
    description = models.TextField("wat is het?", max_length=2000)
    phase = models.CharField("moment", max_length=10, choices=TargetPhase)
    source_url = models.URLField("meer lezen", max_length=300, blank=True)
    sort_key = sort_key_of("name")

    objects = InterventionQuerySet.as_manager()

    class Meta:
        verbose_name = "interventie"
        verbose_name_plural = "interventies"
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("actions:intervention-detail", self.slug)


class OfferState(models.TextChoices):
    EXPLORING = "exploring", "Verkent"
    PREPARING = "preparing", "Bereidt voor"
    RUNNING = "running", "Loopt"
    SECURED = "secured", "Geborgd"
    STOPPED = "stopped", "Gestopt"


ON_OFFER = (OfferState.RUNNING, OfferState.SECURED)


@pghistory.track()
class InterventionOffer(Dated):
    """How one municipality stood with one intervention, for a period; a new stand is a new row."""

    intervention = models.ForeignKey(Intervention, models.PROTECT, related_name="offers")
    municipality = models.ForeignKey(
        Area, models.PROTECT, related_name="intervention_offers", verbose_name="gemeente"
    )
    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="intervention_offers")
    state = models.CharField("stand", max_length=10, choices=OfferState)
    offered_by = models.CharField("wie biedt het aan?", max_length=150, blank=True, validators=[refuse_bsn])
    places = models.PositiveSmallIntegerField("plaatsen per jaar", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "aanbod van een interventie"
        verbose_name_plural = "aanbod van interventies"
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="actions_interventionoffer_once",
                expressions=[
                    (F("intervention"), RangeOperators.EQUAL),
                    (F("municipality"), RangeOperators.EQUAL),
                    (DatePeriod(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Voor deze gemeente staat al een stand in deze periode.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intervention} in {self.municipality}: {self.get_state_display()}"
