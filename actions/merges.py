"""What becomes of presence at meetings when two organisations turn out to be one."""

from actions.models import Attendance
from partners.models import Organisation, Person


def merge(kept: Organisation, gone: Organisation, by: Person) -> list[str]:
    """Who came for `gone` keeps that: it was its name on the day."""
    count = Attendance.objects.filter(organisation=gone).count()
    if not count:
        return []
    return [f"{count} keer aanwezig bij een bijeenkomst: blijft op naam van {gone.name} staan."]
