"""The mail that the portal sent to somebody, to read again where it got lost."""

from typing import ClassVar

import django_filters
from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from partners.models import Person
from portal.list_filters import FilterForm, ListFilter
from portal.models import Mail


def mails_to(person: Person) -> QuerySet[Mail]:
    """Mail to an address that `person` has now.

    What came before the account is left out: an address may have been somebody else's then.
    """
    confirmed = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    addresses = {address for address in (person.email, *confirmed) if address}
    return Mail.objects.filter(recipient__in=addresses, created_at__gte=person.created_at)


class ReceivedMailFilter(ListFilter):
    """Mail by subject, the newest on top."""

    zoek = django_filters.CharFilter(
        field_name="subject", lookup_expr="icontains", label="Zoek in onderwerpen"
    )

    orderings: ClassVar = {"datum": ("created_at",), "onderwerp": ("subject", "created_at")}
    default_ordering = "-datum"

    class Meta:
        model = Mail
        form = FilterForm
        fields: ClassVar[list[str]] = []
