"""Gems: what works in one place, made ready for others, and taken over by municipalities."""

from typing import Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from coalitions.models import Coalition, Membership, WorkingGroup
from partners.models import Area, Person
from portal.addresses import address_of
from portal.checked import Checked
from portal.models import StoredFile
from portal.names import sort_key_of
from portal.text_guard import refuse_bsn
from portal.triggers import Transitions, requires


class PracticeState(models.TextChoices):
    LOCAL = "local", "Lokaal"
    NOMINATED = "nominated", "Voorgedragen"
    PREBAKED = "prebaked", "Voorgebakken"
    RETIRED = "retired", "Niet meer in gebruik"


PRACTICE_MOVES: dict[str, tuple[str, ...]] = {
    PracticeState.LOCAL: (PracticeState.NOMINATED, PracticeState.RETIRED),
    PracticeState.NOMINATED: (PracticeState.PREBAKED, PracticeState.RETIRED),
    PracticeState.PREBAKED: (PracticeState.RETIRED,),
}
KIT_MISSING = "De kit is nog leeg. Voeg eerst een bestand of link toe waarmee anderen aan de slag kunnen."


class PracticeQuerySet(models.QuerySet):
    def public(self) -> Self:
        """Gems that are ready for everybody."""
        return self.filter(state=PracticeState.PREBAKED)

    def with_counts(self) -> Self:
        """Adds `adoption_count`: in how many municipalities it lives."""
        living = (
            PracticeAdoption.objects.living()
            .filter(practice=OuterRef("pk"))
            .order_by()
            .values("practice")
            .annotate(count=Count("*"))
            .values("count")
        )
        return self.annotate(adoption_count=Coalesce(Subquery(living), 0))


@pghistory.track()
class Practice(Checked):
    """An approach that works in one municipality or organisation and that others can take over."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="practices")
    title = models.CharField("titel", max_length=120, validators=[refuse_bsn])
    slug = models.SlugField("naam in het webadres", max_length=90, unique=True)
    origin = models.ForeignKey(
        Area,
        models.PROTECT,
        related_name="practices",
        verbose_name="gemeente waar het begon",
        null=True,
        blank=True,
    )
    owner = models.ForeignKey(
        Membership, models.PROTECT, related_name="practices", verbose_name="wie deed dit als eerste?"
    )
    group = models.ForeignKey(
        WorkingGroup,
        models.PROTECT,
        related_name="practices",
        verbose_name="werkgroep",
        null=True,
        blank=True,
    )
    problem = models.TextField("welk probleem lost het op?", max_length=2000, validators=[refuse_bsn])
    approach = models.TextField("wat doe je?", max_length=4000, blank=True, validators=[refuse_bsn])
    result = models.TextField("wat levert het op?", max_length=2000, blank=True, validators=[refuse_bsn])
    cost_note = models.TextField("wat kost het?", max_length=1000, blank=True, validators=[refuse_bsn])
    lessons = models.TextField(
        "wat moet je weten voor je begint?", max_length=2000, blank=True, validators=[refuse_bsn]
    )
    contact = models.CharField(
        "bij wie kun je terecht? (functie)", max_length=150, blank=True, validators=[refuse_bsn]
    )
    state = models.CharField("stand", max_length=10, choices=PracticeState, default=PracticeState.LOCAL)
    state_since = models.DateField("in deze stand sinds", default=timezone.localdate)
    retired_reason = models.CharField("reden", max_length=300, blank=True, validators=[refuse_bsn])
    added_by = models.ForeignKey(
        Person, models.PROTECT, related_name="added_practices", null=True, blank=True
    )
    sort_key = sort_key_of("title")

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = "parel"
        verbose_name_plural = "parels"
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=PracticeState.PREBAKED)
                | (~Q(approach="") & ~Q(result="") & ~Q(cost_note="") & ~Q(contact="")),
                name="actions_practice_prebaked_is_complete",
                violation_error_message="Vul eerst in wat je doet, wat het oplevert, wat het kost en bij wie "
                "anderen terechtkunnen.",
            ),
            models.CheckConstraint(
                condition=Q(state=PracticeState.RETIRED) & ~Q(retired_reason="")
                | (~Q(state=PracticeState.RETIRED) & Q(retired_reason="")),
                name="actions_practice_retired_with_a_reason",
                violation_error_message="Vul in waarom deze parel niet meer in gebruik is.",
            ),
        ]
        triggers = [
            Transitions(
                name="state_moves",
                field="state",
                allowed=PRACTICE_MOVES,
                initial=(PracticeState.LOCAL,),
                message="Deze stap kan niet vanuit de stand waarin deze parel nu is.",
            ),
            requires(
                name="owner_of_its_coalition",
                condition="""
                    NEW.coalition_id =
                    (SELECT coalition_id FROM coalitions_membership WHERE id = NEW.owner_id)
                """,
                message="Wie dit als eerste deed, is lid van dezelfde coalitie. Kies een lid.",
            ),
            requires(
                name="prebaked_has_a_kit",
                condition="""
                    NEW.state <> 'prebaked'
                    OR EXISTS (SELECT FROM actions_kititem WHERE practice_id = NEW.id)
                """,
                message=KIT_MISSING,
                deferred=True,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("actions:practice-detail", self.slug)


@pghistory.track()
class KitItem(Checked):
    """One thing in the kit of a gem: a file or a link with which others begin."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="kit_items")
    title = models.CharField("titel", max_length=150, validators=[refuse_bsn])
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="kit_item", null=True, blank=True)
    url = models.URLField("link", max_length=300, blank=True)

    class Meta:
        verbose_name = "onderdeel van een kit"
        verbose_name_plural = "onderdelen van kits"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, url="") | (Q(file__isnull=True) & ~Q(url="")),
                name="actions_kititem_file_or_link",
                violation_error_message="Kies een bestand, of vul een link in. Niet allebei.",
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keeps_a_kit",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (
                        SELECT FROM actions_practice WHERE id = OLD.practice_id AND state = 'prebaked'
                    ) AND NOT EXISTS (
                        SELECT FROM actions_kititem WHERE practice_id = OLD.practice_id
                    ) THEN
                        RAISE EXCEPTION
                            'Een voorgebakken parel heeft een kit. Voeg eerst iets anders toe.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.title


class AdoptionState(models.TextChoices):
    INTERESTED = "interested", "Wil dit"
    PREPARING = "preparing", "Bereidt voor"
    RUNNING = "running", "Loopt"
    SECURED = "secured", "Geborgd"
    STOPPED = "stopped", "Gestopt"


ADOPTION_MOVES: dict[str, tuple[str, ...]] = {
    AdoptionState.INTERESTED: (AdoptionState.PREPARING, AdoptionState.STOPPED),
    AdoptionState.PREPARING: (AdoptionState.RUNNING, AdoptionState.STOPPED),
    AdoptionState.RUNNING: (AdoptionState.SECURED, AdoptionState.STOPPED),
}


class PracticeAdoptionQuerySet(models.QuerySet):
    def living(self) -> Self:
        """Adoptions that did not stop."""
        return self.exclude(state=AdoptionState.STOPPED)


@pghistory.track()
class PracticeAdoption(Checked):
    """One municipality takes over a gem and makes it fit (afbakken)."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="adoptions")
    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="adoptions")
    municipality = models.ForeignKey(Area, models.PROTECT, related_name="adoptions", verbose_name="gemeente")
    owner = models.ForeignKey(
        Membership, models.PROTECT, related_name="adoptions", verbose_name="wie trekt dit hier?"
    )
    state = models.CharField("stand", max_length=10, choices=AdoptionState, default=AdoptionState.INTERESTED)
    state_since = models.DateField("in deze stand sinds", default=timezone.localdate)
    adapted_text = models.TextField(
        "zo doen wij het hier", max_length=2000, blank=True, validators=[refuse_bsn]
    )
    lesson = models.TextField("wat hebben we geleerd?", max_length=2000, blank=True, validators=[refuse_bsn])
    started_on = models.DateField("gestart op", null=True, blank=True)

    objects = PracticeAdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = "overgenomen parel"
        verbose_name_plural = "overgenomen parels"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "municipality"],
                condition=~Q(state=AdoptionState.STOPPED),
                name="actions_practiceadoption_once",
                violation_error_message="Deze gemeente heeft deze parel al overgenomen.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[AdoptionState.RUNNING, AdoptionState.SECURED])
                | (~Q(adapted_text="") & Q(started_on__isnull=False)),
                name="actions_practiceadoption_running_has_own_text",
                violation_error_message="Beschrijf eerst hoe jullie het hier doen.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[AdoptionState.SECURED, AdoptionState.STOPPED]) | ~Q(lesson=""),
                name="actions_practiceadoption_over_has_a_lesson",
                violation_error_message="Vul in wat jullie geleerd hebben.",
            ),
        ]
        triggers = [
            Transitions(
                name="state_moves",
                field="state",
                allowed=ADOPTION_MOVES,
                initial=(AdoptionState.INTERESTED,),
                message="Deze stap kan niet vanuit de stand waarin deze gemeente nu is met deze parel.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.practice} in {self.municipality}"

    def get_absolute_url(self) -> str:
        return address_of("actions:adoption-detail", self.coalition.slug, self.pk)
