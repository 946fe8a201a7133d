"""Who joins later: the parties are asked, and what was decided."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from covenants.models.documents import Covenant
from partners.models import Organisation, Person
from portal.checked import Checked
from portal.text_guard import refuse_bsn
from portal.triggers import append_only


class AccessionQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Questions to the parties on which nothing was decided yet."""
        return self.filter(decided_at__isnull=True)

    def admitted(self) -> Self:
        """Organisations that the parties let in."""
        return self.filter(is_admitted=True)


@pghistory.track()
class Accession(Checked):
    """An organisation wants to join a covenant whose parties have a say in that."""

    covenant = models.ForeignKey(Covenant, models.PROTECT, related_name="accessions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="accessions")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="asked_accessions")
    asked_at = models.DateTimeField("gevraagd", db_default=Now())
    is_admitted = models.BooleanField("toegelaten", null=True, blank=True)
    # Such as the meeting that decided, and why where not every party agreed.
    basis = models.CharField("grond van het besluit", max_length=300, blank=True, validators=[refuse_bsn])
    decided_by = models.ForeignKey(
        Person, models.PROTECT, related_name="decided_accessions", null=True, blank=True
    )
    decided_at = models.DateTimeField("besloten", null=True, blank=True)

    objects = AccessionQuerySet.as_manager()

    class Meta:
        verbose_name = "verzoek om toe te treden"
        verbose_name_plural = "verzoeken om toe te treden"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["covenant", "organisation"],
                condition=Q(decided_at__isnull=True) | Q(is_admitted=True),
                name="covenants_accession_once",
                violation_error_message="De partijen zijn hierover al gevraagd.",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, is_admitted__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, is_admitted__isnull=False),
                name="covenants_accession_decided_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.covenant}"


class AccessionVoice(models.Model):
    """What one party says of an organisation that wants to join."""

    append_only = True

    accession = models.ForeignKey(Accession, models.PROTECT, related_name="voices")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="accession_voices")
    person = models.ForeignKey(Person, models.PROTECT, related_name="accession_voices")
    person_name = models.CharField("naam", max_length=150)
    agrees = models.BooleanField("stemt in")
    note = models.CharField("toelichting", max_length=300, blank=True, validators=[refuse_bsn])
    said_at = models.DateTimeField("vastgelegd", db_default=Now())

    class Meta:
        verbose_name = "antwoord op een verzoek om toe te treden"
        verbose_name_plural = "antwoorden op verzoeken om toe te treden"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["accession", "organisation"],
                name="covenants_accessionvoice_once",
                violation_error_message="Uw organisatie heeft hierover al geantwoord.",
            )
        ]
        triggers = append_only(message="Wat een partij antwoordde, blijft bewaard.")

    def __str__(self) -> str:
        return f"{self.organisation}: {'ja' if self.agrees else 'nee'}"
