"""Headers, and the status of a form that came back."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.templatetags.ui import ERROR_SUMMARY

GetResponse = Callable[[HttpRequest], HttpResponse]

# Everything that the portal does not use is off; passkeys need the two credentials features.
PERMISSIONS_POLICY = ", ".join(
    [
        "publickey-credentials-get=(self)",
        "publickey-credentials-create=(self)",
        *(f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb")),
    ]
)


class PermissionsPolicyMiddleware:
    """Adds the Permissions-Policy header."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        return response


class NotAllowedMiddleware:
    """Says so on a page where somebody opens an address that only a button does something with."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "GET" or response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
        page.headers["Allow"] = response.headers["Allow"]
        return page


class FormErrorsMiddleware:
    """Answers 422 where a form that was sent comes back with errors.

    The page itself says so, in the summary above the form, so that no view needs to and none can forget it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.status_code == HTTPStatus.OK and not response.streaming
        if request.method == "POST" and is_page and ERROR_SUMMARY.encode() in response.content:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response
