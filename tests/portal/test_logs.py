import logging

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.test import Client
from django.urls import path

from config.urls import urlpatterns as portal_urls


@login_not_required
def refuse(request: HttpRequest) -> None:
    raise PermissionDenied


@login_not_required
def crash(request: HttpRequest) -> None:
    raise ZeroDivisionError


urlpatterns = [*portal_urls, path("geweigerd/", refuse), path("kapot/", crash)]


def test_a_refused_page_is_one_line_in_the_log(client: Client, settings, caplog, db):
    settings.ROOT_URLCONF = __name__
    client.get("/geweigerd/")
    (record,) = [row for row in caplog.records if row.name == "django.request"]
    assert (record.levelno, record.exc_info) == (logging.WARNING, None)


def test_an_error_of_ours_keeps_its_traceback(settings, caplog, db):
    settings.ROOT_URLCONF = __name__
    client = Client(raise_request_exception=False)
    client.get("/kapot/")
    (record,) = [row for row in caplog.records if row.name == "django.request"]
    assert record.levelno == logging.ERROR
    assert record.exc_info[0] is ZeroDivisionError
