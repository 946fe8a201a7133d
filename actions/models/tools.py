"""Tools that help a coalition: where they are, and who uses them."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Count, Q

from coalitions.models import Coalition, Membership
from partners.models import Person
from portal.checked import Checked
from portal.names import sort_key_of
from portal.text_guard import refuse_bsn


class ToolKind(models.TextChoices):
    SIGNALLING = "signalling", "signaleringsinstrument"
    CARE_PATH = "care_path", "zorgpad of klantroute"
    ANALYSIS = "analysis", "analysetool"
    MENU = "menu", "menukaart"
    GUIDE = "guide", "handreiking"
    COURSE = "course", "leertraject"
    DOCUMENT = "document", "themadocument"
    FILM = "film", "film of animatie"
    OTHER = "other", "iets anders"


class ToolQuerySet(models.QuerySet):
    def with_counts(self) -> Self:
        """Adds `use_count`: how many organisations use it."""
        return self.annotate(use_count=Count("uses", distinct=True))


@pghistory.track()
class Tool(Checked):
    """One tool, with its address."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="tools")
    kind = models.CharField("soort", max_length=12, choices=ToolKind)
    title = models.CharField("titel", max_length=150, validators=[refuse_bsn])
    owner_name = models.CharField("van wie is het?", max_length=150, blank=True, validators=[refuse_bsn])
    url = models.URLField("link", max_length=300)
    description = models.TextField("waar helpt het bij?", max_length=1000, validators=[refuse_bsn])
    # A film is somewhere else; who cannot hear or see it reads here what is said and shown.
    transcript = models.TextField(
        "wat wordt er gezegd en getoond?", max_length=20_000, blank=True, validators=[refuse_bsn]
    )
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="added_tools", null=True, blank=True)
    sort_key = sort_key_of("title")

    objects = ToolQuerySet.as_manager()

    class Meta:
        verbose_name = "gereedschap"
        verbose_name_plural = "gereedschap"
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["url"],
                name="actions_tool_address_once",
                violation_error_message="Dit gereedschap staat er al.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="film") | ~Q(transcript=""),
                name="actions_tool_film_is_written_out",
                violation_error_message=(
                    "Schrijf bij een film op wat er gezegd en getoond wordt, voor wie niet hoort of ziet."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ToolUse(models.Model):
    """A member uses a tool."""

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="uses")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="tool_uses")

    class Meta:
        verbose_name = "gebruik van gereedschap"
        verbose_name_plural = "gebruik van gereedschap"
        constraints = [models.UniqueConstraint(fields=["tool", "membership"], name="actions_tooluse_once")]

    def __str__(self) -> str:
        return f"{self.membership} gebruikt {self.tool}"
