"""When each member signed, on the member list."""

import datetime
from functools import lru_cache
from typing import Any

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from covenants.main_texts import main_text
from covenants.models import PartySignature, Withdrawal
from covenants.successors import WentOnIn
from portal import days
from portal.hooks import Column

SIGNED, NOT_SIGNED = "ja", "nee"


def columns() -> list[Column]:
    """Since when each member is a party of the covenant, the text that the board page counts as well."""
    return [signed_on(timezone.localdate())]


@lru_cache(maxsize=1)
def signed_on(today: datetime.date) -> Column:
    """The column as of one day."""
    return Column(
        key="signed_on",
        label="Ondertekend op",
        annotation=lambda coalition: _day_signed(coalition, today),
        value=_shown,
        options=((SIGNED, "Heeft ondertekend"), (NOT_SIGNED, "Nog niet ondertekend")),
        narrow=_narrow,
    )


# Which text it is about is looked up once for the whole list; and putting this query together costs more
# than the database needs for the answer.
@lru_cache(maxsize=100)
def _day_signed(coalition: int, today: datetime.date) -> Subquery:
    return day_signed(main_text(coalition, "pk"), today)


def day_signed(covenant: Any, today: datetime.date) -> Subquery:
    """For a query of memberships: the first day of the spell in which each is a party of one document,
    by its id or a query for it."""
    ended = Withdrawal.objects.standing().filter(
        party=OuterRef("party"), stint=OuterRef("stint"), ends_on__lte=today
    )
    found = (
        PartySignature.objects.filter(
            ~Exists(ended),
            Q(version__covenant__ended_on__isnull=True) | Q(version__covenant__ended_on__gt=today),
            WentOnIn("organisation", OuterRef("organisation"), today),
            version__covenant__coalition=OuterRef("coalition"),
            version__covenant=covenant,
        )
        .order_by("signed_on", "pk")
        .values("signed_on")[:1]
    )
    return Subquery(found, output_field=DateField())


def _shown(day: datetime.date | None) -> str:
    return days.shortly(day) if day else ""


def _narrow(members: QuerySet, chosen: str) -> QuerySet:
    return members.filter(signed_on__isnull=chosen == NOT_SIGNED)
