"""The areas of birth care collaborations (VSV), of which hospitals deliver their own figures."""

import datetime
from collections import defaultdict

from django.db import connection
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from partners.models import Area, AreaKind, LinkKind, OrganisationLink, Person
from portal.acts import act
from portal.periods import valid_on

HOSPITAL = "ziekenhuis"
# Older than any figure; a VSV has no municipal division to follow.
ALWAYS = datetime.date(2010, 1, 1)
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('partners:vsv-area', 0))"


def add_vsv_area(*, name: str, by: Person) -> Area:
    """A new area of its own kind, with the next code; figures can be delivered for it."""
    with act(by=by), connection.cursor() as cursor:
        cursor.execute(_LOCK)
        codes = Area.objects.filter(kind=AreaKind.VSV).values_list("code", flat=True)
        last = max((int(code.removeprefix("VSV")) for code in codes), default=0)
        area = Area(kind=AreaKind.VSV, code=f"VSV{last + 1:03}", name=name, valid_from=ALWAYS)
        area.full_clean()
        area.save(force_insert=True)
        return area


def vsv_codes_by_hospital(*, on: datetime.date | None = None) -> dict[str, str]:
    """Under which code each hospital delivers, by its exact name, where it takes part in one VSV today or
    `on` a day: that of the VSV where it is the only hospital there, else one of its own below it
    (`VSV001/57`). A VSV of the register is the area with its name."""
    found = hospitals_of_vsvs(on=on)
    codes: dict[str, list[str]] = defaultdict(list)
    for code, hospitals in found.items():
        for pk, name in hospitals.items():
            codes[name].append(code if len(hospitals) == 1 else f"{code}/{pk}")
    return {name: one for name, (one, *others) in codes.items() if not others}


def hospitals_of_vsvs(*, on: datetime.date | None = None) -> dict[str, dict[int, str]]:
    """The names of the hospitals that take part in each VSV with a code, by their keys."""
    links = OrganisationLink.objects.filter(
        valid_on(on or timezone.localdate()), kind=LinkKind.MEMBER_OF_VSV, source__type__code=HOSPITAL
    )
    codes = Area.objects.filter(kind=AreaKind.VSV, name=OuterRef("target__name")).values("code")[:1]
    known = links.annotate(vsv=Subquery(codes)).filter(vsv__isnull=False)
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for code, pk, name in known.values_list("vsv", "source_id", "source__name"):
        found[code][pk] = name
    return dict(found)
