"""What stands in the way, or what people dream of: where actions come from."""

from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Now

from actions.models.themes import Theme
from coalitions.models import Coalition, OutreachContact
from partners.models import Area, Domain, Person
from portal.addresses import address_of
from portal.checked import Checked
from portal.names import sort_key_of
from portal.subqueries import count_of
from portal.text_guard import refuse_bsn
from portal.triggers import Transitions


class Factor(models.TextChoices):
    """Circumstances that make a good start harder; said of a subject, never of people."""

    POVERTY = "poverty", "armoede"
    DEBT = "debt", "schulden"
    SMOKING = "smoking", "roken"
    OVERWEIGHT = "overweight", "overgewicht"
    HOUSING = "housing", "huisvesting"
    STRESS = "stress", "stress"
    GENERATIONS = "generations", "van generatie op generatie"
    LANGUAGE = "language", "taal"
    MENTAL_HEALTH = "mental_health", "psychische problemen"


class BottleneckKind(models.TextChoices):
    BOTTLENECK = "bottleneck", "knelpunt"
    IDEA = "idea", "droom of idee"


class BottleneckState(models.TextChoices):
    COLLECTED = "collected", "Opgehaald"
    SHARED = "shared", "Gedeeld"
    TRANSLATED = "translated", "Vertaald in een actie"
    SOLVED = "solved", "Opgelost"
    DROPPED = "dropped", "Vervallen"


BOTTLENECK_MOVES: dict[str, tuple[str, ...]] = {
    BottleneckState.COLLECTED: (BottleneckState.SHARED, BottleneckState.TRANSLATED, BottleneckState.DROPPED),
    BottleneckState.SHARED: (BottleneckState.TRANSLATED, BottleneckState.DROPPED),
    BottleneckState.TRANSLATED: (BottleneckState.SOLVED, BottleneckState.DROPPED),
    BottleneckState.SOLVED: (BottleneckState.DROPPED,),
}


class OriginKind(models.TextChoices):
    MEETING = "meeting", "een bijeenkomst"
    CONTACT = "contact", "een gesprek"
    REPORT = "report", "een voortgangsbericht"
    INDICATOR = "indicator", "een cijfer"
    OTHER = "other", "iets anders"


class BottleneckQuerySet(models.QuerySet):
    def with_counts(self) -> Self:
        """Adds `support_count` and `action_count`."""
        from actions.models.actions import Origin

        own = {"bottleneck": OuterRef("pk")}
        return self.annotate(
            support_count=count_of(BottleneckSupport.objects.filter(**own)),
            action_count=count_of(Origin.objects.filter(**own)),
        )


@pghistory.track()
class Bottleneck(Checked):
    """One thing that stands in the way of a good start here, or that somebody dreams of."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="bottlenecks")
    kind = models.CharField("soort", max_length=10, choices=BottleneckKind, default=BottleneckKind.BOTTLENECK)
    text = models.CharField("in één zin", max_length=250, validators=[refuse_bsn])
    explanation = models.TextField("toelichting", max_length=2000, blank=True, validators=[refuse_bsn])
    theme = models.ForeignKey(
        Theme, models.PROTECT, related_name="bottlenecks", verbose_name="thema", null=True, blank=True
    )
    # A table note of a meeting points here by itself: several tables may say the same.
    origin = models.CharField("komt uit", max_length=10, choices=OriginKind, default=OriginKind.OTHER)
    contact = models.ForeignKey(
        OutreachContact,
        models.PROTECT,
        related_name="bottlenecks",
        verbose_name="gesprek",
        null=True,
        blank=True,
    )
    report = models.ForeignKey(
        "actions.ProgressReport",
        models.PROTECT,
        related_name="bottlenecks",
        verbose_name="voortgangsbericht",
        null=True,
        blank=True,
    )
    # Figures live a floor higher: the code leads to the page of the indicator.
    indicator_code = models.SlugField("cijfer", max_length=60, blank=True)
    origin_note = models.CharField(
        "waar kwam dit vandaan?", max_length=200, blank=True, validators=[refuse_bsn]
    )
    domains = ArrayField(
        models.CharField(max_length=10, choices=Domain), verbose_name="domeinen", default=list, blank=True
    )
    factors = ArrayField(
        models.CharField(max_length=20, choices=Factor),
        verbose_name="omstandigheden",
        default=list,
        blank=True,
    )
    municipalities = models.ManyToManyField(
        Area, related_name="bottlenecks", verbose_name="gemeenten", blank=True
    )
    state = models.CharField(
        "stand", max_length=10, choices=BottleneckState, default=BottleneckState.COLLECTED
    )
    dropped_reason = models.CharField("reden", max_length=300, blank=True, validators=[refuse_bsn])
    collected_on = models.DateField("opgehaald op")
    collected_by = models.ForeignKey(
        Person, models.PROTECT, related_name="collected_bottlenecks", null=True, blank=True
    )
    sort_key = sort_key_of("text")

    objects = BottleneckQuerySet.as_manager()

    class Meta:
        verbose_name = "knelpunt"
        verbose_name_plural = "knelpunten"
        ordering = ["-collected_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(origin=OriginKind.CONTACT, contact__isnull=False)
                | (~Q(origin=OriginKind.CONTACT) & Q(contact__isnull=True)),
                name="actions_bottleneck_contact_when_from_a_talk",
                violation_error_message="Kies het gesprek waar dit uit komt.",
            ),
            models.CheckConstraint(
                condition=Q(origin=OriginKind.REPORT, report__isnull=False)
                | (~Q(origin=OriginKind.REPORT) & Q(report__isnull=True)),
                name="actions_bottleneck_report_when_from_a_report",
                violation_error_message="Kies het voortgangsbericht waar dit uit komt.",
            ),
            models.CheckConstraint(
                condition=(Q(origin=OriginKind.INDICATOR) & ~Q(indicator_code=""))
                | (~Q(origin=OriginKind.INDICATOR) & Q(indicator_code="")),
                name="actions_bottleneck_code_when_from_a_figure",
                violation_error_message="Kies het cijfer waar dit uit komt.",
            ),
            models.CheckConstraint(
                condition=~Q(state=BottleneckState.DROPPED) | ~Q(dropped_reason=""),
                name="actions_bottleneck_dropped_has_a_reason",
                violation_error_message="Vul in waarom dit vervalt.",
            ),
            models.CheckConstraint(
                condition=Q(factors__contained_by=Factor.values),
                name="actions_bottleneck_known_factors",
            ),
            models.CheckConstraint(
                condition=Q(domains__contained_by=Domain.values),
                name="actions_bottleneck_known_domains",
            ),
        ]
        triggers = [
            Transitions(
                name="state_moves",
                field="state",
                allowed=BOTTLENECK_MOVES,
                initial=(BottleneckState.COLLECTED, BottleneckState.SHARED),
                message="Deze stap kan niet vanuit de stand waarin dit knelpunt nu is.",
            )
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return address_of("actions:bottleneck-detail", self.coalition.slug, self.pk)


class BottleneckSupport(models.Model):
    """Somebody who knows this bottleneck too, or shares the dream."""

    bottleneck = models.ForeignKey(Bottleneck, models.PROTECT, related_name="supporters")
    person = models.ForeignKey(Person, models.PROTECT, related_name="supported_bottlenecks")
    given_at = models.DateTimeField("gegeven op", db_default=Now())

    class Meta:
        verbose_name = "herkenning van een knelpunt"
        verbose_name_plural = "herkenning van knelpunten"
        constraints = [
            models.UniqueConstraint(
                fields=["bottleneck", "person"],
                name="actions_bottlenecksupport_once",
                violation_error_message="Je gaf dit al aan.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} herkent {self.bottleneck}"
