"""The areas of birth care collaborations (VSV), of which hospitals deliver their own figures."""

import datetime
from collections import defaultdict

from django.db import connection
from django.db.models import OuterRef, Subquery

from partners.models import Area, AreaKind, LinkKind, OrganisationLink, Person
from portal.acts import act

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


class BirthCare:
    """Which hospitals take part in which VSV with a code, on any day; asked of the database once.

    A VSV of the register is the area with its name. A hospital that took part in none yet, counts where it
    first did: the register may know of it only since somebody wrote it down.
    """

    def __init__(self) -> None:
        codes = Area.objects.filter(kind=AreaKind.VSV, name=OuterRef("target__name")).values("code")[:1]
        links = OrganisationLink.objects.filter(kind=LinkKind.MEMBER_OF_VSV, source__type__code=HOSPITAL)
        self._names: dict[int, str] = {}
        self._links: dict[int, list[tuple[datetime.date, datetime.date | None, str | None]]] = defaultdict(
            list
        )
        for hospital, name, *link in links.annotate(vsv=Subquery(codes)).values_list(
            "source_id", "source__name", "valid_from", "valid_to", "vsv"
        ):
            self._names[hospital] = name
            self._links[hospital].append(tuple(link))

    def hospitals_of_vsvs(self, *, on: datetime.date) -> dict[str, dict[int, str]]:
        """The names of the hospitals of each VSV, by their keys."""
        found: dict[str, dict[int, str]] = defaultdict(dict)
        for hospital, links in self._links.items():
            first = min(valid_from for valid_from, _, _ in links)
            day = max(on, first)
            for valid_from, valid_to, vsv in links:
                if vsv and valid_from <= day and (valid_to is None or day < valid_to):
                    found[vsv][hospital] = self._names[hospital]
        return found

    def codes_by_hospital(self, *, on: datetime.date) -> dict[str, str]:
        """Under which code each hospital delivers, by its exact name, where it takes part in one VSV.

        That of the VSV where it is the only hospital there, else one of its own below it (`VSV001/57`).
        """
        codes: dict[str, list[str]] = defaultdict(list)
        for code, hospitals in self.hospitals_of_vsvs(on=on).items():
            for pk, name in hospitals.items():
                codes[name].append(code if len(hospitals) == 1 else f"{code}/{pk}")
        return {name: one for name, (one, *others) in codes.items() if not others}
