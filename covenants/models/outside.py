"""Signatures that were given outside the portal: on paper, or with a tool of the party's own."""

from typing import Self

from django.db import models
from django.db.models.functions import Now

from covenants.models.rounds import SignatureKind
from covenants.models.two_people import by_two, settled_once
from covenants.models.versions import CovenantVersion
from partners.models import Organisation, Person
from portal.checked import Checked
from portal.models import StoredFile
from portal.text_guard import refuse_bsn
from portal.triggers import append_only


class OutsideQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Registrations that a second person still has to look at."""
        return self.filter(confirmed_at__isnull=True, rejected_at__isnull=True)


class OutsideRegistration(Checked):
    """One paper, or one file, with the signatures of one or many organisations.

    One person registers it with the evidence, another looks and confirms; only then it counts.
    """

    version = models.ForeignKey(CovenantVersion, models.PROTECT, related_name="outside_registrations")
    kind = models.CharField(
        "soort",
        max_length=6,
        choices=[(kind.value, kind.label) for kind in (SignatureKind.SIGN, SignatureKind.ACCEDE)],
        default=SignatureKind.SIGN,
    )
    signed_on = models.DateField("ondertekend op")
    evidence = models.ForeignKey(StoredFile, models.PROTECT, related_name="outside_registrations")
    note = models.CharField("toelichting", max_length=300, blank=True, validators=[refuse_bsn])
    registered_by = models.ForeignKey(Person, models.PROTECT, related_name="outside_registrations")
    registered_at = models.DateTimeField("geregistreerd", db_default=Now())
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, related_name="confirmed_registrations", null=True, blank=True
    )
    confirmed_at = models.DateTimeField("bevestigd", null=True, blank=True)
    rejected_by = models.ForeignKey(
        Person, models.PROTECT, related_name="rejected_registrations", null=True, blank=True
    )
    rejected_at = models.DateTimeField("afgewezen", null=True, blank=True)

    objects = OutsideQuerySet.as_manager()

    class Meta:
        verbose_name = "registratie buiten het portaal"
        verbose_name_plural = "registraties buiten het portaal"
        ordering = ["-pk"]
        constraints = by_two(
            first="registered_by",
            otherwise="rejected",
            name="covenants_outside",
            message="Iemand anders dan wie registreerde controleert en bevestigt.",
        )
        triggers = [
            settled_once(
                otherwise="rejected",
                message="Een registratie verandert niet: zij wordt bevestigd of afgewezen.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version}: buiten het portaal getekend op {self.signed_on}"

    @property
    def is_waiting(self) -> bool:
        """Whether a second person still has to look."""
        return self.confirmed_at is None and self.rejected_at is None


class OutsideLine(models.Model):
    """One organisation on the paper; who held the pen stands on the paper itself."""

    append_only = True

    registration = models.ForeignKey(OutsideRegistration, models.PROTECT, related_name="lines")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="outside_lines")
    legal_name = models.CharField("naam op het papier", max_length=200)

    class Meta:
        verbose_name = "organisatie op papier"
        verbose_name_plural = "organisaties op papier"
        ordering = ["legal_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "organisation"],
                name="covenants_outsideline_once",
                violation_error_message="Deze organisatie staat al op dit papier.",
            )
        ]
        triggers = append_only(message="Wat op papier is geregistreerd, verandert niet.")

    def __str__(self) -> str:
        return f"{self.legal_name} op {self.registration}"
