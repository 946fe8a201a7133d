"""The areas of birth care collaborations (VSV), of which hospitals deliver their own figures."""

import datetime

from django.db import connection

from partners.models import Area, AreaKind, Person
from portal.acts import act

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
