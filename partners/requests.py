"""The request of somebody who logged in."""

from typing import Any

from django.http import HttpRequest

from partners.models import Person


class PersonRequest(HttpRequest):
    """What a view behind the log-in is given: its user is a person, never anonymous."""

    user: Person


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is made with: the data and files that were sent, or nothing where it is only shown."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
