"""The programme that a coalition carries out, and what each municipality adds to it."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Case, F, IntegerField, Q, When

from coalitions.models import Coalition
from partners.models import Area, Person
from portal.addresses import address_of
from portal.checked import Checked
from portal.models import StoredFile
from portal.periods import ENDS_BEFORE_IT_STARTS
from portal.text_guard import refuse_bsn
from portal.triggers import Transitions


class ProgrammeKind(models.TextChoices):
    ACTION_PROGRAMME = "action_programme", "actieprogramma"
    PLAN = "plan", "plan van aanpak"
    IMPLEMENTATION = "implementation", "uitvoeringsplan"


class ProgrammeState(models.TextChoices):
    DRAFT = "draft", "Concept"
    ADOPTED = "adopted", "Vastgesteld"
    CLOSED = "closed", "Afgesloten"


PROGRAMME_MOVES: dict[str, tuple[str, ...]] = {
    ProgrammeState.DRAFT: (ProgrammeState.ADOPTED,),
    ProgrammeState.ADOPTED: (ProgrammeState.CLOSED,),
}


class ProgrammeQuerySet(models.QuerySet):
    def in_force_first(self) -> Self:
        """What was adopted before what is a draft, what is closed last; the newest first in each."""
        order = (ProgrammeState.ADOPTED, ProgrammeState.DRAFT, ProgrammeState.CLOSED)
        place = Case(
            *[When(state=state, then=number) for number, state in enumerate(order)],
            output_field=IntegerField(),
        )
        return self.order_by(place, "-starts_on", "-pk")


@pghistory.track()
class Programme(Checked):
    """What a coalition wants to have done in a number of years."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="programmes")
    title = models.CharField("titel", max_length=150, validators=[refuse_bsn])
    kind = models.CharField(
        "soort", max_length=20, choices=ProgrammeKind, default=ProgrammeKind.ACTION_PROGRAMME
    )
    summary = models.TextField("waar gaat het over?", max_length=2000, blank=True, validators=[refuse_bsn])
    starts_on = models.DateField("begint op")
    ends_on = models.DateField("eindigt op")
    state = models.CharField("stand", max_length=10, choices=ProgrammeState, default=ProgrammeState.DRAFT)
    document = models.OneToOneField(
        StoredFile,
        models.PROTECT,
        related_name="programme",
        verbose_name="document",
        null=True,
        blank=True,
    )
    source_note = models.CharField("bron", max_length=300, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "programma"
        verbose_name_plural = "programma’s"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="actions_programme_ends_after_it_starts",
                violation_error_message=ENDS_BEFORE_IT_STARTS,
            ),
        ]
        triggers = [
            Transitions(
                name="state_moves",
                field="state",
                allowed=PROGRAMME_MOVES,
                initial=(ProgrammeState.DRAFT,),
                message="Deze stap kan niet vanuit de stand waarin dit programma nu is.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{address_of('actions:programme-detail', self.coalition.slug)}?programma={self.pk}"

    @property
    def years(self) -> str:
        """The years it runs over, such as "2022–2026"."""
        first, last = self.starts_on.year, self.ends_on.year
        return str(first) if first == last else f"{first}–{last}"


@pghistory.track()
class LocalChapter(models.Model):
    """What one municipality makes of a programme in its own place."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="chapters")
    municipality = models.ForeignKey(Area, models.PROTECT, related_name="local_chapters")
    text = models.TextField("zo doen wij het hier", max_length=4000, validators=[refuse_bsn])
    contact = models.ForeignKey(
        Person,
        models.PROTECT,
        related_name="local_chapters",
        verbose_name="contactpersoon",
        null=True,
        blank=True,
    )
    changed_on = models.DateField("bijgewerkt op")

    class Meta:
        verbose_name = "lokaal hoofdstuk"
        verbose_name_plural = "lokale hoofdstukken"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "municipality"],
                name="actions_localchapter_once",
                violation_error_message="Deze gemeente heeft al een hoofdstuk in dit programma.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} in {self.programme}"
