"""The mail with news: one for each person and period, or one that looks again every few minutes; and what
somebody wants no news about."""

import datetime

from django.db import models

from coalitions.models.coalitions import Coalition
from partners.models import Person
from portal.checked import Checked
from portal.hooks import NewsKind
from portal.jobs import Job


class Digest(Job):
    """One mail with news to one person, put together when it is sent.

    Who wants news at once has one row, of the period `direct`, that is looked at again and again.
    """

    DIRECT = "direct"

    lease = datetime.timedelta(minutes=2)
    batch = 10

    person = models.ForeignKey(Person, models.PROTECT, related_name="digests")
    # Such as 2026-W48; direct for who wants news at once.
    period = models.CharField("periode", max_length=10)
    since = models.DateTimeField("nieuws vanaf")
    # What she knows already: how much there was behind each address when it was last looked at.
    told = models.JSONField("al verteld", default=dict, editable=False)
    line_count = models.PositiveIntegerField("regels", default=0)

    class Meta(Job.Meta):
        verbose_name = "mail met nieuws"
        verbose_name_plural = "mails met nieuws"
        constraints = [
            *Job.Meta.constraints,
            models.UniqueConstraint(fields=["person", "period"], name="coalitions_digest_once_per_period"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.period}"

    def work(self) -> None:
        """Write the mail as things stand now; nothing new means no mail."""
        from coalitions import digests

        digests.write(self)


class MutedNews(Checked):
    """One kind of news of one coalition that somebody does not want by mail."""

    # Found by the constraint below; nobody asks for all of a coalition.
    person = models.ForeignKey(Person, models.PROTECT, related_name="muted_news", db_index=False)
    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField("soort nieuws", max_length=10, choices=NewsKind)

    class Meta:
        verbose_name = "nieuws dat iemand niet wil"
        verbose_name_plural = "nieuws dat mensen niet willen"
        constraints = [
            models.UniqueConstraint(fields=["person", "coalition", "kind"], name="coalitions_mutednews_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=NewsKind.values), name="coalitions_mutednews_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: geen {self.get_kind_display()} van {self.coalition}"
