"""Organisations that take part, and their kinds."""

from typing import Self

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from partners.models.areas import Area
from portal.addresses import address_of
from portal.names import sort_key_of
from portal.text_guard import refuse_bsn
from portal.triggers import requires


class Domain(models.TextChoices):
    MEDICAL = "medical", "medisch"
    SOCIAL = "social", "sociaal"
    INFORMAL = "informal", "informeel"
    PUBLIC = "public", "publiek"


@pghistory.track()
class OrganisationType(models.Model):
    """A kind of organisation, such as a midwifery practice, with the domain that it belongs to."""

    code = models.SlugField("code", unique=True)
    name = models.CharField("naam", max_length=80)
    name_plural = models.CharField("naam in het meervoud", max_length=80)
    domain = models.CharField("domein", max_length=10, choices=Domain)
    sort_key = sort_key_of("name")

    class Meta:
        verbose_name = "soort organisatie"
        verbose_name_plural = "soorten organisaties"
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name


class OrganisationQuerySet(models.QuerySet):
    def active(self) -> Self:
        """Organisations that still exist under their own name."""
        return self.filter(archived_at__isnull=True, merged_into__isnull=True)

    def represented_by(self, person: object) -> Self:
        """Organisations that `person` speaks for today."""
        from partners.models.people import Representative

        return self.filter(
            pk__in=Representative.objects.current().filter(person=person).values("organisation")
        )


def _digits(count: int, name: str) -> RegexValidator:
    return RegexValidator(rf"^\d{{{count}}}$", f"Een {name} heeft {count} cijfers.")


@pghistory.track()
class Organisation(models.Model):
    """One party: a municipality, a practice, a hospital, a group of volunteers."""

    name = models.CharField("naam", max_length=200)
    short_name = models.CharField("korte naam", max_length=60, blank=True)
    type = models.ForeignKey(
        OrganisationType, models.PROTECT, related_name="organisations", verbose_name="soort"
    )
    municipality = models.ForeignKey(
        Area,
        models.PROTECT,
        related_name="organisations",
        verbose_name="gemeente",
        null=True,
        blank=True,
        limit_choices_to={"kind": "municipality"},
    )
    kvk = models.CharField(
        "KvK-nummer",
        max_length=8,
        unique=True,
        null=True,
        blank=True,
        validators=[_digits(8, "KvK-nummer")],
    )
    agb = models.CharField(
        "AGB-code",
        max_length=8,
        unique=True,
        null=True,
        blank=True,
        validators=[_digits(8, "AGB-code")],
    )
    oin = models.CharField(
        "OIN", max_length=20, unique=True, null=True, blank=True, validators=[_digits(20, "OIN")]
    )
    website = models.URLField("website", blank=True)
    phone = models.CharField("telefoon", max_length=20, blank=True)
    general_email = models.EmailField("algemeen mailadres", blank=True)
    description = models.TextField("beschrijving", blank=True, validators=[refuse_bsn])
    is_demo = models.BooleanField("verzonnen", default=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, related_name="merged_organisations", null=True, blank=True
    )
    archived_at = models.DateTimeField("gearchiveerd", null=True, blank=True)
    sort_key = sort_key_of("name")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ["sort_key"]
        indexes = [models.Index(fields=["sort_key"], name="partners_organisation_sort")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kvk__isnull=True) | Q(kvk__regex=r"^\d{8}$"),
                name="partners_organisation_kvk_format",
                violation_error_message="Een KvK-nummer heeft 8 cijfers.",
            ),
            models.CheckConstraint(
                condition=Q(agb__isnull=True) | Q(agb__regex=r"^\d{8}$"),
                name="partners_organisation_agb_format",
                violation_error_message="Een AGB-code heeft 8 cijfers.",
            ),
            models.CheckConstraint(
                condition=Q(oin__isnull=True) | Q(oin__regex=r"^\d{20}$"),
                name="partners_organisation_oin_format",
                violation_error_message="Een OIN heeft 20 cijfers.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(archived_at__isnull=False),
                name="partners_organisation_merged_is_archived",
            ),
        ]
        triggers = [
            requires(
                name="government_has_its_municipality",
                condition="""
                    NEW.archived_at IS NOT NULL
                    OR (SELECT code FROM partners_organisationtype WHERE id = NEW.type_id) <> 'gemeente'
                    OR (NEW.municipality_id IS NOT NULL AND NOT EXISTS (
                        SELECT FROM partners_organisation AS other
                        WHERE other.type_id = NEW.type_id AND other.id <> NEW.id
                          AND other.municipality_id = NEW.municipality_id
                          AND other.archived_at IS NULL
                    ))
                """,
                message="Een organisatie van de soort gemeente hoort bij één gemeente, en elke gemeente "
                "staat er één keer in.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("coalitions:organisation-detail", self.pk)
