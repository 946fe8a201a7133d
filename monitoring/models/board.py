"""What a coalition chose for its board page, what it asks there, and when somebody last looked."""

from typing import Any, Self

import pghistory
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject, Now

from actions.models import Decision
from coalitions.models import Coalition
from partners.models import Organisation, Person
from portal.checked import Checked
from portal.text_guard import refuse_bsn
from portal.triggers import append_only, requires

# As many as an alderman takes in, and as fit on one sheet.
MOST_HEADLINES = 4
MOST_ITEMS = 3


@pghistory.track()
class HeadlineChoice(Checked):
    """One indicator that leads the board page of a coalition, by its code and not by its version."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="headline_choices")
    position = models.PositiveSmallIntegerField("plaats")
    indicator_code = models.SlugField("indicator", max_length=60)

    class Meta:
        verbose_name = "gekozen kerncijfer"
        verbose_name_plural = "gekozen kerncijfers"
        ordering = ["coalition", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "position"], name="monitoring_headlinechoice_one_a_place"
            ),
            models.UniqueConstraint(
                fields=["coalition", "indicator_code"],
                name="monitoring_headlinechoice_once",
                violation_error_message="Kies elk cijfer maar één keer.",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MOST_HEADLINES),
                name="monitoring_headlinechoice_at_most_four",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coalition}: {self.indicator_code}"


class BoardItemQuerySet(models.QuerySet):
    def open(self) -> Self:
        """What is still asked."""
        return self.filter(closed_at__isnull=True)

    def for_page(self) -> Self:
        """With whom it is asked of and who answered, in order; two queries."""
        answers = BoardAnswer.objects.newest().select_related("organisation")
        return (
            self.select_related("organisation", "decision__meeting__coalition")
            .prefetch_related(models.Prefetch("answers", answers, to_attr="newest_answers"))
            .order_by("slot")
        )

    def for_board(self) -> Self:
        """With `given`: of each person who answered the kind of the last answer. One query."""
        answers = BoardAnswer.objects.newest().filter(item=OuterRef("pk"))
        given = ArraySubquery(answers.values(one=JSONObject(person="answered_by", kind="kind")))
        return self.select_related("organisation").annotate(given=given).order_by("slot")


@pghistory.track()
class BoardItem(Checked):
    """One thing that a coalition asks of those who govern."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="board_items")
    # Its place on the page; three places, so the database itself keeps the list short.
    slot = models.PositiveSmallIntegerField("plaats")
    question = models.CharField("vraag", max_length=140, validators=[refuse_bsn])
    explanation = models.CharField("toelichting", max_length=300, blank=True, validators=[refuse_bsn])
    # Null where it is asked of everybody who governs.
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="board_items",
        verbose_name="aan wie?",
        null=True,
        blank=True,
    )
    # Of a meeting, where it was decided to ask this.
    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="board_items", verbose_name="besluit", null=True, blank=True
    )
    due_on = models.DateField("vóór")
    asked_at = models.DateTimeField("gevraagd", db_default=Now())
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="asked_board_items")
    closed_at = models.DateTimeField("afgerond", null=True, blank=True)
    closed_by = models.ForeignKey(
        Person, models.PROTECT, related_name="closed_board_items", null=True, blank=True
    )

    # Only on rows of `for_page`.
    newest_answers: list["BoardAnswer"]
    # Only on rows of `for_board`.
    given: list[dict[str, Any]]

    objects = BoardItemQuerySet.as_manager()

    class Meta:
        verbose_name = "bespreekpunt"
        verbose_name_plural = "bespreekpunten"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "slot"],
                condition=Q(closed_at__isnull=True),
                name="monitoring_boarditem_one_a_place",
                violation_error_message="Er staan al drie bespreekpunten. Rond er eerst een af.",
            ),
            models.CheckConstraint(
                condition=Q(slot__gte=1, slot__lte=MOST_ITEMS), name="monitoring_boarditem_at_most_three"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="monitoring_boarditem_closed_by_somebody",
            ),
        ]
        triggers = [
            requires(
                name="stays_closed",
                condition="TG_OP = 'INSERT' OR OLD.closed_at IS NULL",
                message="Dit bespreekpunt is afgerond en verandert niet meer.",
            ),
        ]

    def __str__(self) -> str:
        return self.question


class AnswerKind(models.TextChoices):
    DISCUSSED = "discussed", "besproken"
    DECIDED = "decided", "besloten"
    NOT_YET = "not_yet", "nog niet"


class BoardAnswerQuerySet(models.QuerySet):
    def newest(self) -> Self:
        """Of each person the last answer to each item."""
        return self.order_by("item_id", "answered_by_id", "-pk").distinct("item_id", "answered_by_id")


class BoardAnswer(models.Model):
    """What somebody who governs answered to a bespreekpunt; a later answer follows an earlier one."""

    append_only = True

    item = models.ForeignKey(BoardItem, models.PROTECT, related_name="answers")
    kind = models.CharField("antwoord", max_length=10, choices=AnswerKind)
    note = models.CharField("toelichting", max_length=300, blank=True, validators=[refuse_bsn])
    # Null for a commissioner or figurehead who speaks for no government.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="board_answers", null=True, blank=True
    )
    answered_at = models.DateTimeField("beantwoord", db_default=Now())
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="board_answers")

    objects = BoardAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "antwoord op een bespreekpunt"
        verbose_name_plural = "antwoorden op bespreekpunten"
        ordering = ["pk"]
        triggers = append_only(message="Een antwoord verandert niet. Geef een nieuw antwoord.")

    def __str__(self) -> str:
        return f"{self.item}: {self.get_kind_display()}"


class BoardVisit(Checked):
    """When somebody last opened the board page of a coalition, and when the time before that."""

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="board_visits")
    person = models.ForeignKey(Person, models.CASCADE, related_name="board_visits")
    seen_at = models.DateTimeField()
    # What changed since then is still news: a second look a minute later must not hide it.
    before_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "bezoek aan de bestuurspagina"
        verbose_name_plural = "bezoeken aan de bestuurspagina"
        constraints = [
            models.UniqueConstraint(fields=["coalition", "person"], name="monitoring_boardvisit_one"),
            models.CheckConstraint(
                condition=Q(before_at__isnull=True) | Q(before_at__lte=F("seen_at")),
                name="monitoring_boardvisit_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.coalition}"
