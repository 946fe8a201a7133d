"""Places, each with its dates: municipalities merge and regions change."""

import datetime
from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from portal.addresses import address_of
from portal.checked import Checked
from portal.names import sort_key_of
from portal.periods import Dated, DatedQuerySet, DatePeriod, valid_on
from portal.triggers import requires


class AreaKind(models.TextChoices):
    DISTRICT = "district", "wijk"
    MUNICIPALITY = "municipality", "gemeente"
    GGD_REGION = "ggd_region", "GGD-regio"
    PROVINCE = "province", "provincie"
    COALITION = "coalition", "coalitie"
    # A collaboration around one hospital (verloskundig samenwerkingsverband): not a union of
    # municipalities, so that it has no members.
    VSV = "vsv", "VSV"
    COUNTRY = "country", "land"


class AreaQuerySet(DatedQuerySet):
    def municipalities(self) -> Self:
        return self.filter(kind=AreaKind.MUNICIPALITY)

    def members_of(self, region: "Area", *, on: datetime.date) -> Self:
        """The areas that make up `region` on that day."""
        return self.filter(valid_on(on, "region_links__"), region_links__region=region).distinct()


class Area(Dated):
    """One place. A municipality that takes in another keeps its code though it grew."""

    kind = models.CharField("soort", max_length=20, choices=AreaKind)
    code = models.CharField("code", max_length=80)
    name = models.CharField("naam", max_length=200)
    # Degrees east and north (WGS84) of the middle of the land; empty where a place has no middle.
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    sort_key = sort_key_of("name")

    objects = AreaQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "gebied"
        verbose_name_plural = "gebieden"
        ordering = ["sort_key"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["kind", "code"],
                name="partners_area_unique_code",
                violation_error_message="Er is al een gebied van deze soort met deze code.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="municipality") | Q(code__regex=r"^GM\d{4}$"),
                name="partners_area_municipality_code",
                violation_error_message="Een gemeentecode is GM met vier cijfers, zoals GM0983.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="vsv") | Q(code__regex=r"^VSV\d{3,}$"),
                name="partners_area_vsv_code",
                violation_error_message="De code van een VSV is VSV met ten minste drie cijfers.",
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(kind="vsv"),
                name="partners_area_vsv_once",
                violation_error_message="Er is al een VSV met deze naam.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("coalitions:municipality-detail", self.code)


@pghistory.track()
class AreaMember(Dated):
    """One area that is part of a region, for a period."""

    region = models.ForeignKey(Area, models.PROTECT, related_name="member_links")
    member = models.ForeignKey(Area, models.PROTECT, related_name="region_links")
    # The kind of the region, repeated so that a constraint can speak about it.
    kind = models.CharField(max_length=20, choices=AreaKind, editable=False)
    # Only of the area of a coalition: here the region works instead of a local coalition.
    replaces_local = models.BooleanField("regionaal in plaats van lokaal", db_default=False, default=False)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "gebied in regio"
        verbose_name_plural = "gebieden in regio's"
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="partners_areamember_once_per_region",
                expressions=[
                    (F("region"), RangeOperators.EQUAL),
                    (F("member"), RangeOperators.EQUAL),
                    (DatePeriod(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Dit gebied hoort in deze periode al bij deze regio.",
            ),
            ExclusionConstraint(
                name="partners_areamember_one_region_per_kind",
                expressions=[
                    (F("member"), RangeOperators.EQUAL),
                    (F("kind"), RangeOperators.EQUAL),
                    (DatePeriod(), RangeOperators.OVERLAPS),
                ],
                condition=Q(kind__in=["municipality", "ggd_region", "province", "country"]),
                violation_error_message=(
                    "Een gemeente hoort in een periode bij één GGD-regio en één provincie, "
                    "en een wijk bij één gemeente."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind="coalition") | Q(replaces_local=False),
                name="partners_areamember_only_a_coalition_replaces",
                violation_error_message="Alleen een coalitie werkt in plaats van een lokale coalitie.",
            ),
            models.CheckConstraint(
                condition=~Q(region=F("member")),
                name="partners_areamember_not_itself",
                violation_error_message="Een gebied is geen deel van zichzelf.",
            ),
        ]
        triggers = [
            requires(
                name="kind_of_region",
                condition="NEW.kind = (SELECT kind FROM partners_area WHERE id = NEW.region_id)",
                message="De soort van deze rij is niet de soort van de regio.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.region}"


class SuccessionKind(models.TextChoices):
    FULL = "full", "gaat helemaal op in"
    PARTIAL = "partial", "gaat voor een deel over naar"
    RENAME = "rename", "heet voortaan"


class AreaSuccession(Checked):
    """What became of an area on the day that it ended (herindeling)."""

    predecessor = models.ForeignKey(Area, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Area, models.PROTECT, related_name="origins")
    on = models.DateField("op")
    kind = models.CharField("soort", max_length=10, choices=SuccessionKind)
    # The part of the inhabitants that went over, between 0 and 1; only where the area was split.
    share = models.FloatField("deel van de inwoners", null=True, blank=True)

    class Meta:
        verbose_name = "herindeling"
        verbose_name_plural = "herindelingen"
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "on"], name="partners_areasuccession_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="partial", share__isnull=False, share__gt=0, share__lt=1)
                | Q(kind__in=["full", "rename"], share__isnull=True),
                name="partners_areasuccession_share_of_a_part",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} {self.get_kind_display()} {self.successor} ({self.on})"
