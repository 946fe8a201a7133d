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
    """The code of the VSV by the exact name of each hospital that takes part in just that one today, or
    `on` a day, as the only hospital there: the figure of one of two is not that of their VSV. A VSV of the
    register is the area with its name."""
    names: dict[str, set[str]] = defaultdict(set)
    hospitals: dict[str, set[str]] = defaultdict(set)
    links = OrganisationLink.objects.filter(
        valid_on(on or timezone.localdate()), kind=LinkKind.MEMBER_OF_VSV, source__type__code=HOSPITAL
    )
    codes = Area.objects.filter(kind=AreaKind.VSV, name=OuterRef("target__name")).values("code")[:1]
    found = links.annotate(vsv=Subquery(codes)).filter(vsv__isnull=False)
    for hospital, code in found.values_list("source__name", "vsv"):
        names[hospital].add(code)
        hospitals[code].add(hospital)
    return {
        hospital: one
        for hospital, (one, *others) in names.items()
        if not others and hospitals[one] == {hospital}
    }
