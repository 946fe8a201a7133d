"""Whoever may open a page of a coalition finds the way to it by links alone."""

import re
from collections import deque

import pytest
from django.urls import reverse

from tests import factories
from tests.access_inside import INSIDE

pytestmark = pytest.mark.django_db

HREF = re.compile(r'(?:href|action)="(/[^"#?]*)')
# Files stand beside rows, and here there are none.
FILE = re.compile(r"-(?:csv|xlsx|pdf|export)$")
# Behind a search that found nothing; and who may do a thing need not propose it.
OTHERWISE = {
    "coordinator": {"coalitions:membership-add-new", "actions:action-propose"},
    "alderman": {"monitoring:board-item-propose"},
}


def found_by_links(client, home, start):
    """Every address to which a page of this coalition, or one's own page, leads."""
    seen, waiting = set(start), deque(start)
    while waiting:
        address = waiting.popleft()
        if not address.startswith(
            (home, "/mijn/", "/gereedschap/", "/parels/", "/interventies/")
        ) or re.search(r"\.\w+$", address):
            continue
        answer = client.get(address)
        if answer.status_code != 200:
            continue
        new = set(HREF.findall(answer.text)) - seen
        seen |= new
        waiting.extend(sorted(new))
    return seen


@pytest.fixture
def signer(partner, coordinator):
    factories.give_mandate(partner.representatives.get(), checked_by=coordinator)
    return partner


@pytest.mark.parametrize("role", ["coordinator", "partner", "signer", "alderman", "analyst"])
def test_no_page_is_an_island(role, request, coalition, coordinator, partner, alderman, log_in):
    client = log_in(request.getfixturevalue(role))
    found = found_by_links(client, coalition.get_absolute_url(), [coalition.get_absolute_url(), "/mijn/"])
    islands = [
        name
        for name, roles in INSIDE.items()
        if role in roles
        and name not in OTHERWISE.get(role, ())
        and not FILE.search(name)
        and reverse(name, args=[coalition.slug]) not in found
    ]
    assert islands == []
