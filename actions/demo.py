"""What the coalition of the demo does. Writes what is missing; what is there is not touched."""

from actions import (
    demo_announcements,
    demo_budgets,
    demo_local_stands,
    demo_meetings,
    demo_practices,
    demo_programme,
)
from actions.models import Attendance, Meeting, PracticeAdoption
from coalitions.demo_plans import NML
from coalitions.models import Coalition


def load() -> str:
    """Write what is missing; a sentence on what there is."""
    coalition = Coalition.objects.get(slug=NML)
    demo_programme.write(coalition)
    demo_local_stands.write(coalition)
    demo_meetings.write(coalition)
    demo_practices.write(coalition)
    demo_budgets.write(coalition)
    demo_announcements.write(coalition)
    demo_programme.keep_notes(coalition)
    there = Attendance.objects.filter(meeting__coalition=coalition).order_by()
    return (
        f"Demo: {coalition.actions.count()} acties, {coalition.bottlenecks.count()} knelpunten en dromen, "
        f"{Meeting.objects.filter(coalition=coalition).count()} bijeenkomsten, "
        f"{there.values('person').distinct().count()} verschillende deelnemers, "
        f"{coalition.practices.count()} parels, "
        f"{PracticeAdoption.objects.filter(coalition=coalition).count()} keer overgenomen."
    )
