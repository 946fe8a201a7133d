"""What else is known of an organisation: other names, places where it works, and for whom."""

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from partners.models.areas import Area
from partners.models.organisations import Organisation
from portal.checked import Checked
from portal.names import sort_key_of
from portal.text_guard import refuse_bsn

POSTCODE = RegexValidator(r"^[1-9]\d{3} [A-Z]{2}$", "Een postcode is zoals 5911 AB.")


@pghistory.track()
class OrganisationAlias(Checked):
    """Another name under which people know an organisation, such as its name before a merger."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="aliases")
    name = models.CharField("andere naam", max_length=200, validators=[refuse_bsn])
    sort_key = sort_key_of("name")

    class Meta:
        verbose_name = "andere naam"
        verbose_name_plural = "andere namen"
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "sort_key"],
                name="partners_organisationalias_once",
                violation_error_message="Deze andere naam staat er al.",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="partners_organisationalias_not_blank"),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Location(Checked):
    """A place where an organisation works, such as a birth centre in a hospital."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="locations")
    name = models.CharField("naam van de locatie", max_length=120, blank=True)
    street = models.CharField("straat en huisnummer", max_length=120, blank=True)
    postcode = models.CharField("postcode", max_length=7, blank=True, validators=[POSTCODE])
    city = models.CharField("plaats", max_length=80)
    municipality = models.ForeignKey(
        Area, models.PROTECT, related_name="locations", verbose_name="gemeente", null=True, blank=True
    )
    sort_key = sort_key_of("city")

    class Meta:
        verbose_name = "locatie"
        verbose_name_plural = "locaties"
        ordering = ["sort_key", "street", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(postcode="") | Q(postcode__regex=r"^[1-9]\d{3} [A-Z]{2}$"),
                name="partners_location_postcode_format",
                violation_error_message="Een postcode is zoals 5911 AB.",
            ),
        ]

    def __str__(self) -> str:
        address = f"{self.postcode} {self.city}".strip()
        return ", ".join(part for part in (self.name, self.street, address) if part)


@pghistory.track()
class ServiceArea(models.Model):
    """A municipality for which an organisation works (werkgebied)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="service_areas")
    municipality = models.ForeignKey(Area, models.PROTECT, related_name="served_by")

    class Meta:
        verbose_name = "gemeente in het werkgebied"
        verbose_name_plural = "werkgebied"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "municipality"],
                name="partners_servicearea_once",
                violation_error_message="Deze gemeente staat al in het werkgebied.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} werkt voor {self.municipality}"
