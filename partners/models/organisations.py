"""Organisations that take part, and their kinds."""

from typing import Self

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from partners.models.areas import Area
from portal.addresses import address_of
from portal.checked import Checked
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

    def public(self) -> Self:
        """Organisations that the public pages may name."""
        return self.active().filter(is_public=True)

    def same_as(self, organisation: "Organisation") -> Self:
        """`organisation` and every one that was merged into it, for facts that stay where they are,
        such as signatures."""
        return self.filter(Q(pk=organisation.pk) | Q(merged_into=organisation))

    def represented_by(self, person: object) -> Self:
        """Organisations that `person` speaks for today."""
        from partners.models.people import Representative

        return self.filter(
            pk__in=Representative.objects.current().filter(person=person).values("organisation")
        )


def _digits(count: int, name: str) -> RegexValidator:
    return RegexValidator(rf"^\d{{{count}}}$", f"Een {name} heeft {count} cijfers.")


# What people may change of an organisation; a change of these counts as a revision.
PROFILE = (
    "name",
    "short_name",
    "type",
    "extra_domains",
    "municipality",
    "kvk",
    "branch",
    "rsin",
    "agb",
    "oin",
    "website",
    "phone",
    "general_email",
    "description",
    "is_public",
)
IDENTIFIERS = ("kvk", "branch", "rsin", "agb", "oin")
_COLUMNS = [f"{name}_id" if name in {"type", "municipality"} else name for name in PROFILE]
_PROFILE_OLD = ", ".join(f"OLD.{column}" for column in _COLUMNS)
_PROFILE_NEW = ", ".join(f"NEW.{column}" for column in _COLUMNS)


# A table brings in thousands at once: what is new goes into the history in one statement. What changes does
# not: a plan made for one row would be kept for thousands, each compared with each.
@pghistory.track(pghistory.InsertEvent(level=pghistory.Statement), pghistory.UpdateEvent())
class Organisation(Checked):
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
    rsin = models.CharField(
        "RSIN",
        max_length=9,
        unique=True,
        null=True,
        blank=True,
        validators=[_digits(9, "RSIN")],
    )
    branch = models.CharField(
        "vestigingsnummer",
        max_length=12,
        unique=True,
        null=True,
        blank=True,
        validators=[_digits(12, "vestigingsnummer")],
    )
    extra_domains = ArrayField(
        models.CharField(max_length=10, choices=Domain),
        verbose_name="ook actief in",
        default=list,
        blank=True,
    )
    website = models.URLField("website", blank=True)
    phone = models.CharField("telefoon", max_length=20, blank=True)
    general_email = models.EmailField("algemeen mailadres", blank=True)
    description = models.TextField("beschrijving", blank=True, validators=[refuse_bsn])
    is_public = models.BooleanField(
        "staat op de openbare pagina’s",
        default=True,
        help_text="Naam, soort, plaats en algemene contactgegevens. Nooit namen van mensen.",
    )
    is_demo = models.BooleanField("verzonnen", default=False)
    # Counts the changes of the profile, so that of two who edit it at once none overwrites the other.
    revision = models.PositiveIntegerField(default=0, editable=False)
    confirmed_at = models.DateTimeField("voor het laatst nagekeken", null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        "partners.Person",
        models.PROTECT,
        related_name="confirmed_organisations",
        null=True,
        blank=True,
        editable=False,
    )
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
        indexes = [
            models.Index(fields=["sort_key"], name="partners_organisation_sort"),
            # Finds names that look alike, among tens of thousands.
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="partners_organisation_alike"),
        ]
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
                condition=Q(rsin__isnull=True) | Q(rsin__regex=r"^\d{9}$"),
                name="partners_organisation_rsin_format",
                violation_error_message="Een RSIN heeft 9 cijfers.",
            ),
            models.CheckConstraint(
                condition=Q(branch__isnull=True) | Q(branch__regex=r"^\d{12}$"),
                name="partners_organisation_branch_format",
                violation_error_message="Een vestigingsnummer heeft 12 cijfers.",
            ),
            models.CheckConstraint(
                condition=Q(branch__isnull=True) | Q(kvk__isnull=False),
                name="partners_organisation_branch_of_a_company",
                violation_error_message="Bij een vestigingsnummer hoort een KvK-nummer. Vul het ook in.",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")),
                name="partners_organisation_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(archived_at__isnull=False),
                name="partners_organisation_merged_is_archived",
            ),
        ]
        triggers = [
            # Whoever changes the profile, by whatever way, so that no edit of another is overwritten.
            pgtrigger.Trigger(
                name="counts_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(f"ROW({_PROFILE_OLD}) IS DISTINCT FROM ROW({_PROFILE_NEW})"),
                func="NEW.revision = OLD.revision + 1; RETURN NEW;",
            ),
            requires(
                name="municipality_is_one",
                condition="""
                    NEW.municipality_id IS NULL
                    OR (SELECT kind FROM partners_area WHERE id = NEW.municipality_id) = 'municipality'
                """,
                message="Kies bij gemeente een gemeente.",
            ),
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
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("coalitions:organisation-detail", self.pk)

    @property
    def own_page(self) -> str:
        """Where its own people keep it."""
        return address_of("coalitions:own-organisation", self.pk)

    @property
    def domains(self) -> list[Domain]:
        """The domain of its kind, and others in which it works as well."""
        return [Domain(code) for code in dict.fromkeys([self.type.domain, *self.extra_domains])]
