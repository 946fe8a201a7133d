"""To the log-in service of an organisation and back, also where that service is away."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.socialaccount.providers.openid_connect import views
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from requests import RequestException

View = Callable[..., HttpResponse]


def _unless_away(view: View) -> View:
    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except RequestException:
            messages.error(
                request,
                "Deze dienst is nu niet bereikbaar. Log anders in, of probeer het later opnieuw.",
            )
            return redirect("account_login")

    return guarded


login_service_begin = _unless_away(views.login)
login_service_return = _unless_away(views.callback)
