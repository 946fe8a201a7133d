"""Two messages of the demo: one that everybody got, and one that is not sent yet."""

import datetime

from django.utils import timezone

from actions.models import Announcement, AnnouncementState, MessageDelivery
from coalitions.groups import participants
from coalitions.models import Coalition
from partners.models import Person
from portal.jobs import JobState


def write(coalition: Coalition) -> None:
    """Both, where there is no message yet."""
    if coalition.announcements.exists():
        return
    planner = Person.objects.get(email="coordinator@demo.example")
    sent_at = timezone.now() - datetime.timedelta(days=20)
    sent = Announcement.objects.create(
        coalition=coalition,
        title="Het verslag van de ontmoeting staat klaar",
        body="Dank voor jullie komst. Lees het verslag en kijk welke knelpunten jullie herkennen.",
        to_everybody=True,
        written_by=planner,
    )
    coalition.announcements.update(state=AnnouncementState.SENT, sent_at=sent_at)
    MessageDelivery.objects.bulk_create(
        MessageDelivery(announcement=sent, person=person, state=JobState.DONE, finished_at=sent_at)
        for person in participants(coalition).filter(is_demo=True)
    )
    Announcement.objects.create(
        coalition=coalition,
        title="Voorbereiding van het bestuurlijk overleg",
        body="Op de agenda staat de verdeling van het geld van volgend jaar. De stukken volgen.",
        levels=["board"],
        written_by=planner,
    )
