"""What one person starts and another settles: it never changes, and it is settled once."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from portal.triggers import refusal


def by_two(*, first: str, otherwise: str, name: str, message: str) -> list[models.BaseConstraint]:
    """Somebody else than `first` confirms, or it is `otherwise`; each with who and when."""
    return [
        models.CheckConstraint(
            condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F(first)),
            name=f"{name}_two_people",
            violation_error_message=message,
        ),
        models.CheckConstraint(
            condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
            | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            name=f"{name}_confirmed_by_and_at",
        ),
        models.CheckConstraint(
            condition=Q(**{f"{otherwise}_by__isnull": True, f"{otherwise}_at__isnull": True})
            | Q(
                **{f"{otherwise}_by__isnull": False, f"{otherwise}_at__isnull": False},
                confirmed_at__isnull=True,
            ),
            name=f"{name}_{otherwise}_or_confirmed",
        ),
    ]


def settled_once(*, otherwise: str, message: str) -> pgtrigger.Trigger:
    """Refuses every change but the one that settles it."""
    settling = ", ".join(
        f"'{how}_{column}'" for how in ("confirmed", otherwise) for column in ("at", "by_id")
    )
    return pgtrigger.Trigger(
        name="settled_once",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP = 'DELETE' OR OLD.confirmed_at IS NOT NULL OR OLD.{otherwise}_at IS NOT NULL
               OR (to_jsonb(OLD) - ARRAY[{settling}]) IS DISTINCT FROM (to_jsonb(NEW) - ARRAY[{settling}])
            THEN
                {refusal(message, "restrict_violation")}
            END IF;
            RETURN NEW;
        """,
    )
