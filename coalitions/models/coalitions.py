"""The coalition itself."""

import datetime
from typing import Self

import pghistory
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Now
from django.utils import timezone

from partners.models import Area, Person
from portal.addresses import address_of
from portal.checked import Checked
from portal.names import sort_key_of
from portal.text_guard import refuse_bsn
from portal.triggers import Transitions, append_only, requires


class Level(models.TextChoices):
    LOCAL = "local", "lokaal"
    REGIONAL = "regional", "regionaal"
    NATIONAL = "national", "landelijk"


class Phase(models.TextChoices):
    EXPLORING = "exploring", "verkenning"
    BUILDING = "building", "in opbouw"
    FOUNDED = "founded", "opgericht"
    EXECUTING = "executing", "uitvoering"
    SUSTAINING = "sustaining", "verduurzaming"
    PAUSED = "paused", "gepauzeerd"
    ENDED = "ended", "gestopt"


PHASE_MOVES: dict[str, tuple[str, ...]] = {
    Phase.EXPLORING: (Phase.BUILDING, Phase.ENDED),
    Phase.BUILDING: (Phase.FOUNDED, Phase.PAUSED, Phase.ENDED),
    Phase.FOUNDED: (Phase.EXECUTING, Phase.ENDED),
    Phase.EXECUTING: (Phase.SUSTAINING, Phase.PAUSED, Phase.ENDED),
    Phase.SUSTAINING: (Phase.ENDED,),
    Phase.PAUSED: (Phase.BUILDING, Phase.EXECUTING, Phase.ENDED),
}

# From founding on, somebody who governs has given the assignment.
COMMISSIONED_PHASES = (Phase.FOUNDED, Phase.EXECUTING, Phase.SUSTAINING)


class CoalitionQuerySet(models.QuerySet):
    def public(self) -> Self:
        """Coalitions with a profile for everybody."""
        return self.filter(is_public=True)

    def visible_to(self, person: object) -> Self:
        """Coalitions that `person` takes part in today; for anybody else they do not exist."""
        from coalitions.access import coalition_ids_of

        return self.filter(pk__in=coalition_ids_of(person))

    def with_counts(self) -> Self:
        """Adds `member_count` and `municipality_count` as of today."""
        from partners.models import AreaMember

        today = timezone.localdate()
        municipalities = (
            AreaMember.objects.on(today)
            .filter(region=models.OuterRef("area"))
            .order_by()
            .values("region")
            .annotate(count=Count("*"))
            .values("count")
        )
        from coalitions.models.memberships import MEMBER_STATES, Membership

        members = (
            Membership.objects.filter(coalition=models.OuterRef("pk"), state__in=MEMBER_STATES)
            .order_by()
            .values("coalition")
            .annotate(count=Count("*"))
            .values("count")
        )
        return self.annotate(
            member_count=models.functions.Coalesce(models.Subquery(members), 0),
            municipality_count=models.functions.Coalesce(models.Subquery(municipalities), 0),
        )


@pghistory.track()
class Coalition(Checked):
    """Organisations that together give children in one area a good start."""

    name = models.CharField("naam", max_length=120)
    slug = models.SlugField("naam in het webadres", max_length=80, unique=True)
    level = models.CharField("niveau", max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="children",
        verbose_name="hoort bij",
        null=True,
        blank=True,
    )
    phase = models.CharField("fase", max_length=12, choices=Phase, default=Phase.EXPLORING)
    # The municipalities of the coalition, with their dates, are the members of this area.
    area = models.OneToOneField(
        Area, models.PROTECT, related_name="coalition", verbose_name="gebied", editable=False
    )
    started_on = models.DateField("gestart op", null=True, blank=True)
    mission = models.TextField("waar gaan we voor?", blank=True, validators=[refuse_bsn])
    approach = models.TextField("zo werken we", blank=True, validators=[refuse_bsn])
    # From what it grew, and what came after, in the words of the coalition.
    history = models.TextField("hoe het begon", blank=True, validators=[refuse_bsn])
    # The glossary has the words of the sources; a coalition may mean it in its own way.
    vulnerability_note = models.TextField(
        "wat wij bedoelen met kwetsbaar", blank=True, validators=[refuse_bsn]
    )
    look_at = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="looked_at_by",
        verbose_name="kijk ook bij",
        null=True,
        blank=True,
    )
    source_note = models.CharField("bron van deze beschrijving", max_length=300, blank=True)
    accepts_requests = models.BooleanField("organisaties kunnen zich aanmelden", default=True)
    answer_days = models.PositiveSmallIntegerField(
        "dagen om een aanmelding te beantwoorden", default=14, validators=[MinValueValidator(1)]
    )
    is_public = models.BooleanField("openbaar profiel", default=True)
    is_demo = models.BooleanField("verzonnen gegevens", default=False)
    sort_key = sort_key_of("name")

    objects = CoalitionQuerySet.as_manager()

    class Meta:
        verbose_name = "coalitie"
        verbose_name_plural = "coalities"
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(level="national") | Q(parent__isnull=True),
                name="coalitions_coalition_national_has_no_parent",
                violation_error_message="Een landelijke coalitie hoort niet bij een andere coalitie.",
            ),
        ]
        triggers = [
            requires(
                name="parent_is_wider",
                condition="""
                    (NEW.parent_id IS NULL OR EXISTS (
                        SELECT FROM coalitions_coalition AS parent WHERE parent.id = NEW.parent_id
                          AND (parent.level = 'national' AND NEW.level IN ('regional', 'local')
                               OR parent.level = 'regional' AND NEW.level = 'local')))
                    AND NOT EXISTS (
                        SELECT FROM coalitions_coalition AS child WHERE child.parent_id = NEW.id
                          AND NOT (NEW.level = 'national' AND child.level IN ('regional', 'local')
                                   OR NEW.level = 'regional' AND child.level = 'local'))
                """,
                message="Een lokale coalitie hoort bij een regionale of landelijke, en een regionale bij "
                "een landelijke. Kies een andere coalitie bij ‘hoort bij’.",
            ),
            requires(
                name="founded_has_a_commissioner",
                condition="""
                    TG_OP = 'INSERT' OR NEW.phase <> 'founded' OR OLD.phase = 'founded' OR EXISTS (
                        SELECT FROM coalitions_coalitionrole
                        WHERE coalition_id = NEW.id AND role = 'commissioner' AND valid_to IS NULL)
                """,
                message="Vanaf de fase ‘opgericht’ heeft een coalitie een opdrachtgever. Wijs eerst een "
                "opdrachtgever aan.",
            ),
            Transitions(
                name="phase_moves",
                field="phase",
                allowed=PHASE_MOVES,
                message="Deze coalitie kan niet rechtstreeks naar deze fase.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("coalitions:coalition-detail", self.slug)

    def municipalities(self, *, on: datetime.date | None = None) -> "models.QuerySet[Area]":
        """The municipalities of the coalition on a day, today by default."""
        return Area.objects.members_of(self.area, on=on or timezone.localdate())


class PhaseStep(models.Model):
    """One move of a coalition from phase to phase: who did it, when and why."""

    append_only = True

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="phase_steps")
    from_phase = models.CharField(max_length=12, choices=Phase)
    to_phase = models.CharField(max_length=12, choices=Phase)
    reason = models.CharField("reden", max_length=300, blank=True, validators=[refuse_bsn])
    recorded_at = models.DateTimeField("vastgelegd", db_default=Now())
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="phase_steps", null=True, blank=True)

    class Meta:
        verbose_name = "stap van een coalitie"
        verbose_name_plural = "stappen van coalities"
        ordering = ["pk"]
        triggers = append_only(message="Een stap van een coalitie verandert niet.")

    def __str__(self) -> str:
        return f"{self.coalition}: {self.get_to_phase_display()}"
