"""Somebody with an account, and the way she asks a code."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from partners.models import Person
from tests import factories


@pytest.fixture
def person(db: None) -> Person:
    return factories.make_person("Petra Partner", email="petra@example.nl")


@pytest.fixture
def request_code(client: Client, django_capture_on_commit_callbacks):
    """Ask for a code by mail, with the ring after commit as in a real request."""

    def request_code(email: str, visitor: Client = client) -> HttpResponse:
        with django_capture_on_commit_callbacks(execute=True):
            return visitor.post(reverse("account_request_login_code"), {"email": email})

    return request_code
