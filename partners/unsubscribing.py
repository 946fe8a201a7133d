"""The link by which somebody ends mails with news, without logging in."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from partners.models import Person

_SALT = "partners.unsubscribe"


def address_for(person: Person) -> str:
    """The whole address of the page that ends mails with news to `person`."""
    token = signing.dumps(person.pk, salt=_SALT)
    return settings.PORTAL_ORIGIN + reverse("partners:unsubscribe", args=[token])


def person_of(token: str) -> Person | None:
    """Whose link this is; None where it is not one of ours."""
    try:
        pk = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return Person.objects.filter(pk=pk).first()
