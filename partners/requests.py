"""The request of somebody who logged in."""

from django.http import HttpRequest

from partners.models import Person


class PersonRequest(HttpRequest):
    """What a view behind the log-in is given: its user is a person, never anonymous."""

    user: Person
