"""The page that takes the code from a mail."""

from allauth.account.views import confirm_login_code
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse


@login_not_required
def login_code_confirm(request: HttpRequest) -> HttpResponse:
    """As allauth does it, but a code that ran out does not end at the start without a word."""
    response = confirm_login_code(request)
    back_at_start = response.headers.get("Location") == reverse("account_request_login_code")
    if request.method == "POST" and back_at_start:
        messages.warning(request, "Deze code werkt niet meer. Vraag een nieuwe code aan.")
    return response
