"""What the tests of logging in share."""

import re

from django.contrib.auth import SESSION_KEY
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

LANDING = "/start/"
# What a page may take at most where the broker is away; a page alone takes far less.
PATIENCE = 1.6


def code_in(text: str) -> str:
    return re.search(r"^([A-Z0-9-]{6,9})$", text, re.MULTILINE).group(1)


def log_in_with(client: Client, email: str, password: str) -> HttpResponse:
    return client.post(reverse("account_login"), {"login": email, "password": password})


def is_in(client: Client) -> bool:
    return SESSION_KEY in client.session
