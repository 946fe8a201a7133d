"""Schakelfuncties: who is the contact between two domains in a municipality."""

from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from partners.models.areas import Area
from partners.models.organisations import Domain, Organisation
from partners.models.people import Person
from portal.names import sort_key_of
from portal.periods import Dated, DatedQuerySet, DatePeriod
from portal.text_guard import refuse_bsn


class LinkingRoleQuerySet(DatedQuerySet):
    def for_list(self) -> Self:
        """With everything a row of a list shows."""
        return self.select_related("organisation__type", "person", "municipality")


@pghistory.track()
class LinkingRole(Dated):
    """Somebody who links two domains, such as a coordinator of social midwifery, for a period."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="linking_roles")
    # Empty where the place is vacant, or the name is not known yet.
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="linking_roles", verbose_name="wie", null=True, blank=True
    )
    municipality = models.ForeignKey(
        Area, models.PROTECT, related_name="linking_roles", verbose_name="gemeente"
    )
    title = models.CharField("naam van de functie", max_length=120, validators=[refuse_bsn])
    domain_from = models.CharField("vanuit", max_length=10, choices=Domain)
    domain_to = models.CharField("naar", max_length=10, choices=Domain)
    sort_key = sort_key_of("title")

    objects = LinkingRoleQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "schakelfunctie"
        verbose_name_plural = "schakelfuncties"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(domain_from=F("domain_to")),
                name="partners_linkingrole_links_two_domains",
                violation_error_message="Een schakelfunctie verbindt twee verschillende domeinen.",
            ),
            ExclusionConstraint(
                name="partners_linkingrole_once",
                expressions=[
                    (F("organisation"), RangeOperators.EQUAL),
                    (F("person"), RangeOperators.EQUAL),
                    (F("municipality"), RangeOperators.EQUAL),
                    (F("sort_key"), RangeOperators.EQUAL),
                    (F("domain_to"), RangeOperators.EQUAL),
                    (DatePeriod(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze schakelfunctie staat er in deze periode al.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.organisation} in {self.municipality}"

    @property
    def domains_label(self) -> str:
        """Between which domains, as "van medisch naar sociaal"; an arrow is read out as an arrow."""
        return f"van {self.get_domain_from_display()} naar {self.get_domain_to_display()}"
