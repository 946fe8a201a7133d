"""What somebody needs to see before her organisation leaves."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from covenants import authority, withdrawals
from covenants.models import CovenantVersion, Withdrawal
from covenants.register import Entry, entry_of
from partners.models import Mandate, Organisation, Person


@dataclass(frozen=True, kw_only=True)
class WithdrawalPage:
    """One covenant for one organisation that may leave it."""

    version: CovenantVersion
    mandate: Mandate | None
    organisation: Organisation | None
    # None where the organisation is no party.
    entry: Entry | None
    given: Withdrawal | None
    notice_months: int
    effective_on: datetime.date

    @property
    def sentence(self) -> str:
        """What she says of it."""
        day = date_format(self.effective_on, "j F Y")
        return (
            f"Ik begrijp dat {self.organisation} partij blijft tot {day} en zich tot dan aan de "
            "afspraken houdt."
        )


def withdrawal_page(
    version: CovenantVersion, person: Person, *, organisation_id: int | None
) -> WithdrawalPage:
    """The page for the organisation that was chosen, else the first that she may sign for."""
    covenant = version.covenant
    mandates = authority.mandates_in(covenant.coalition, person)
    chosen = [one for one in mandates if one.representative.organisation_id == organisation_id]
    mandate = next(iter(chosen or mandates), None)
    organisation = mandate.representative.organisation if mandate else None
    entry = entry_of(covenant, organisation) if organisation else None
    months = entry.bound_by.notice_months if entry else version.notice_months
    return WithdrawalPage(
        version=version,
        mandate=mandate,
        organisation=organisation,
        entry=entry,
        given=Withdrawal.objects.standing()
        .filter(party__covenant=covenant, party__organisation=entry.organisation.pk)
        .order_by("pk")
        .last()
        if entry and entry.leaves_on
        else None,
        notice_months=months,
        effective_on=withdrawals.effective_on(months, timezone.localdate()),
    )
