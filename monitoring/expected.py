"""A coalition notes which figures will come and when; who works with them hears when a day passes."""

import datetime

from django.db import transaction
from django.db.models.functions import Now

from coalitions.models import Coalition, CoalitionRole
from monitoring.alerts import LISTENERS
from monitoring.catalogue import load_definitions
from monitoring.indicator_sets import Unknown
from monitoring.models import ExpectedDelivery
from partners.models import Person
from portal import outbox
from portal.acts import act


def expect(
    *,
    coalition: Coalition,
    indicator_code: str,
    period_code: str,
    supplier: str,
    due_on: datetime.date,
    by: Person,
) -> ExpectedDelivery:
    """Note one delivery that is agreed on."""
    if indicator_code not in {item.code for item in load_definitions()}:
        raise Unknown
    with act(by=by):
        row = ExpectedDelivery(
            coalition=coalition,
            indicator_code=indicator_code,
            period_code=period_code,
            supplier=supplier.strip(),
            due_on=due_on,
            noted_by=by,
        )
        row.full_clean()
        row.save(force_insert=True)
    return row


def drop(*, expected: ExpectedDelivery, by: Person) -> None:
    """It is not waited for any more."""
    with act(by=by):
        expected.delete()


def tell_missed() -> int:
    """Tell each coordinator and analyst once of every day that passed without its figures."""
    names = {item.code: item.name for item in load_definitions()}
    with transaction.atomic():
        untold = ExpectedDelivery.objects.filter(told_at__isnull=True)
        # Locked by itself: the search for counts cannot be locked.
        held = list(untold.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True))
        rows = list(ExpectedDelivery.objects.missed().filter(pk__in=held).select_related("coalition"))
        listeners = CoalitionRole.objects.current().filter(
            coalition__in={row.coalition_id for row in rows}, role__in=LISTENERS, person__email__isnull=False
        )
        people = set(listeners.values_list("coalition", "person__email"))
        for row in rows:
            for email in (email for coalition, email in people if coalition == row.coalition_id):
                outbox.post(
                    purpose="delivery_missed",
                    reference=f"expected:{row.pk}",
                    recipient=email,
                    context={"expected": row, "name": names.get(row.indicator_code, row.indicator_code)},
                )
        ExpectedDelivery.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=Now())
    return len(rows)
