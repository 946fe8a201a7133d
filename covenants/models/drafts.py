"""What happens to a text while it is written: changes, with the way back, and comments."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.text import Truncator

from covenants.models.versions import CovenantVersion
from partners.models import Organisation, Person
from portal.checked import Checked
from portal.text_guard import refuse_bsn
from portal.triggers import append_only


class BlockEdit(models.Model):
    """One change of a draft: which block, what it was and what it became; the way back is in it."""

    append_only = True

    class Kind(models.TextChoices):
        ADD = "add", "toegevoegd"
        CHANGE = "change", "gewijzigd"
        MOVE = "move", "verplaatst"
        DELETE = "delete", "verwijderd"
        REPLACE = "replace", "tekst vervangen"
        MEANING = "meaning", "vijf regels gewijzigd"

    version = models.ForeignKey(CovenantVersion, models.PROTECT, related_name="edits")
    revision = models.PositiveIntegerField()
    kind = models.CharField(max_length=7, choices=Kind)
    block_key = models.CharField(max_length=12, blank=True)
    # Where the block stood and stands; a replacement of the whole text keeps all blocks.
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    position_before = models.PositiveIntegerField(null=True)
    position_after = models.PositiveIntegerField(null=True)
    edited_by = models.ForeignKey(Person, models.PROTECT, related_name="block_edits", null=True, blank=True)
    edited_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "wijziging van een tekst"
        verbose_name_plural = "wijzigingen van een tekst"
        ordering = ["version", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["version", "revision"], name="covenants_blockedit_revision_once")
        ]
        triggers = append_only(message="Wat aan een tekst veranderde, blijft bewaard.")

    def __str__(self) -> str:
        return f"{self.version}, wijziging {self.revision}"

    @property
    def about(self) -> str:
        """The first words of the block that it is about; nothing where it is about the whole text."""
        block = self.after or self.before
        if not self.block_key or not isinstance(block, dict):
            return ""
        words = [block.get("text", ""), *(item["text"] for item in block.get("items", ()))]
        return Truncator(next(filter(None, words), "")).chars(60)


class CommentQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Comments that nobody settled yet."""
        return self.filter(resolved_at__isnull=True)


@pghistory.track()
class Comment(Checked):
    """What an organisation says about one block of a draft, and what the coordinator answers."""

    version = models.ForeignKey(CovenantVersion, models.PROTECT, related_name="comments")
    block_key = models.CharField(max_length=12)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="covenant_comments")
    author = models.ForeignKey(Person, models.PROTECT, related_name="covenant_comments")
    text = models.TextField("opmerking", max_length=4000, validators=[refuse_bsn])
    written_at = models.DateTimeField("geschreven", db_default=Now())
    answer = models.TextField("antwoord", max_length=4000, blank=True, validators=[refuse_bsn])
    resolved_by = models.ForeignKey(
        Person, models.PROTECT, related_name="resolved_comments", null=True, blank=True
    )
    resolved_at = models.DateTimeField("afgehandeld", null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "opmerking"
        verbose_name_plural = "opmerkingen"
        ordering = ["pk"]
        indexes = [models.Index(fields=["version", "block_key"], name="covenants_comment_block")]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_by__isnull=True, resolved_at__isnull=True)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False),
                name="covenants_comment_resolved_by_and_at",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} over {self.version}"
