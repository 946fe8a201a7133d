"""Requests as views behind log-in get them."""

from django.http import HttpRequest

from partners.models import Person


class SignedInRequest(HttpRequest):
    """A request of somebody who is logged in, as `requires` and `signed_in` guarantee."""

    user: Person
