"""The themes of a programme, and to whom each matters."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import OuterRef

from actions.models.programmes import Programme
from coalitions.models import Membership
from coalitions.models.memberships import MEMBER_STATES
from portal.addresses import address_of
from portal.subqueries import count_of
from portal.text_guard import refuse_bsn


class ThemeScope(models.TextChoices):
    REGIONAL = "regional", "regionaal"
    LOCAL = "local", "lokaal"
    BOTH = "both", "regionaal en lokaal"


class ThemeQuerySet(models.QuerySet):
    def with_relevance(self) -> Self:
        """Adds `matters_count` and `not_count`: of how many members it matters to, and to how many not."""
        # By subqueries: a query that groups loses the order of the themes.
        answers = ThemeRelevance.objects.filter(theme=OuterRef("pk"), membership__state__in=MEMBER_STATES)
        return self.annotate(
            matters_count=count_of(answers.filter(matters=True)),
            not_count=count_of(answers.filter(matters=False)),
        )

    def with_counts(self) -> Self:
        """Adds `action_count` and `bottleneck_count`."""
        from actions.models.actions import Action
        from actions.models.bottlenecks import Bottleneck

        return self.annotate(
            action_count=count_of(Action.objects.filter(theme=OuterRef("pk"))),
            bottleneck_count=count_of(Bottleneck.objects.filter(theme=OuterRef("pk"))),
        )


@pghistory.track()
class Theme(models.Model):
    """One of the subjects under which the actions of a programme fall."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="themes")
    number = models.PositiveSmallIntegerField("nummer")
    title = models.CharField("naam", max_length=120, validators=[refuse_bsn])
    intro = models.TextField(
        "waar gaat dit thema over?", max_length=2000, blank=True, validators=[refuse_bsn]
    )
    scope = models.CharField("reikwijdte", max_length=10, choices=ThemeScope, default=ThemeScope.BOTH)
    source_note = models.CharField("bron", max_length=200, blank=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = "thema"
        verbose_name_plural = "thema’s"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="actions_theme_number_once",
                violation_error_message="Er is al een thema met dit nummer. Kies een ander nummer.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        return address_of("actions:theme-detail", self.programme.coalition.slug, self.pk)


@pghistory.track()
class ThemeRelevance(models.Model):
    """Whether a theme matters to one member; no row where it did not answer."""

    theme = models.ForeignKey(Theme, models.PROTECT, related_name="relevances")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="theme_relevances")
    matters = models.BooleanField("is voor ons van belang")

    class Meta:
        verbose_name = "belang van een thema"
        verbose_name_plural = "belang van thema’s"
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "membership"],
                name="actions_themerelevance_once",
                violation_error_message="Dit lid gaf al antwoord bij dit thema.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership.organisation}: {self.theme}"
