"""How organisations belong together, each link with its dates."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from partners.models.organisations import Organisation
from portal.periods import Dated, DatedQuerySet, DatePeriod
from portal.triggers import requires


class LinkKind(models.TextChoices):
    MEMBER_OF_VSV = "member_of_vsv", "doet mee in VSV"
    PART_OF_CONSORTIUM = "part_of_consortium", "hoort bij consortium"
    IN_ROS = "in_ros", "hoort bij ROS"
    IN_ROAZ = "in_roaz", "hoort bij ROAZ"
    PART_OF = "part_of", "is onderdeel van"
    SUCCESSOR_OF = "successor_of", "is opvolger van"
    REFERS_TO = "refers_to", "verwijst naar"


# The same links, read from the other side.
BACKWARDS = {
    LinkKind.MEMBER_OF_VSV: "heeft als deelnemer",
    LinkKind.PART_OF_CONSORTIUM: "omvat",
    LinkKind.IN_ROS: "ondersteunt",
    LinkKind.IN_ROAZ: "omvat",
    LinkKind.PART_OF: "heeft als onderdeel",
    LinkKind.SUCCESSOR_OF: "ging over in",
    LinkKind.REFERS_TO: "krijgt verwijzingen van",
}
# Links of these kinds lead to an organisation of one type.
TYPE_AT_THE_END = {
    LinkKind.MEMBER_OF_VSV: "vsv",
    LinkKind.PART_OF_CONSORTIUM: "consortium",
    LinkKind.IN_ROS: "ros",
    LinkKind.IN_ROAZ: "roaz",
}
_LEADS_TO_ITS_TYPE = " AND ".join(
    f"(NEW.kind <> '{kind}' OR code = '{type_code}')" for kind, type_code in TYPE_AT_THE_END.items()
)


@pghistory.track()
class OrganisationLink(Dated):
    """One organisation that belongs to, follows or refers to another, for a period."""

    source = models.ForeignKey(
        Organisation, models.PROTECT, related_name="links", verbose_name="van organisatie"
    )
    target = models.ForeignKey(
        Organisation, models.PROTECT, related_name="back_links", verbose_name="naar organisatie"
    )
    kind = models.CharField("soort band", max_length=20, choices=LinkKind)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "band tussen organisaties"
        verbose_name_plural = "banden tussen organisaties"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(source=F("target")),
                name="partners_organisationlink_not_itself",
                violation_error_message="Een organisatie heeft geen band met zichzelf.",
            ),
            ExclusionConstraint(
                name="partners_organisationlink_once",
                expressions=[
                    (F("source"), RangeOperators.EQUAL),
                    (F("target"), RangeOperators.EQUAL),
                    (F("kind"), RangeOperators.EQUAL),
                    (DatePeriod(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze band staat er in deze periode al.",
            ),
            ExclusionConstraint(
                name="partners_organisationlink_one_whole",
                expressions=[
                    (F("source"), RangeOperators.EQUAL),
                    (DatePeriod(), RangeOperators.OVERLAPS),
                ],
                condition=Q(kind="part_of"),
                violation_error_message="Een organisatie is in een periode onderdeel van één andere.",
            ),
        ]
        triggers = [
            requires(
                name="leads_to_its_type",
                condition=f"""
                    (SELECT {_LEADS_TO_ITS_TYPE} FROM partners_organisationtype AS kind
                     JOIN partners_organisation AS target ON target.type_id = kind.id
                     WHERE target.id = NEW.target_id)
                """,
                message="Deze soort band past niet bij de organisatie waar hij heen gaat. Kies bij "
                "‘doet mee in VSV’ een VSV, en zo ook bij consortium, ROS en ROAZ.",
            ),
            requires(
                name="no_circle",
                condition="""
                    NEW.kind <> 'part_of' OR NOT EXISTS (
                        WITH RECURSIVE above(id) AS (
                            SELECT NEW.target_id
                            UNION
                            SELECT link.target_id FROM partners_organisationlink AS link
                            JOIN above ON link.source_id = above.id
                            WHERE link.kind = 'part_of' AND link.id <> NEW.id
                              AND daterange(link.valid_from, link.valid_to)
                                  && daterange(NEW.valid_from, NEW.valid_to)
                        )
                        SELECT FROM above WHERE id = NEW.source_id
                    )
                """,
                message="Zo zou een organisatie onderdeel worden van zichzelf.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.get_kind_display()} {self.target}"

    @property
    def backwards_label(self) -> str:
        """The link in words, read from its end."""
        return BACKWARDS[LinkKind(self.kind)]
