"""Parents who were asked are counted by day and theme; nothing about them is kept."""

import datetime

from django.utils import timezone

from actions.models import Consultation
from coalitions.models import Coalition
from partners.models import Person
from portal.acts import Refused, act


class NotYet(Refused):
    def __init__(self) -> None:
        super().__init__("Deze dag moet nog komen. Leg een raadpleging vast als zij is geweest.")


def record(*, coalition: Coalition, on: datetime.date, count: int, themes: str, by: Person) -> Consultation:
    """How many parents were asked on one day, and about what."""
    if on > timezone.localdate():
        raise NotYet
    with act(by=by):
        consultation = Consultation(
            coalition=coalition, on=on, count=count, themes=themes.strip(), recorded_by=by
        )
        consultation.full_clean()
        consultation.save(force_insert=True)
    return consultation


def remove(*, consultation: Consultation, by: Person) -> None:
    """Taken down by mistake; the history knows that it was there."""
    with act(by=by):
        consultation.delete()
