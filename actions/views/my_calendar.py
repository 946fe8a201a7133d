"""Somebody's own meetings: on a page, and as an address for her calendar program."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import parse_etags
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from actions import calendar_feeds, calendar_files
from actions.models import CalendarFeed
from actions.views.meeting_detail import CALENDAR_TYPE
from partners.models import Person
from portal.signed_in import signed_in

# Where a new address waits for the one page that shows it.
_NEW = "new_calendar_address"


@signed_in
@never_cache
@require_safe
def my_calendar(request: HttpRequest) -> HttpResponse:
    """The meetings to come, and the way to follow them."""
    person = cast(Person, request.user)
    found = calendar_feeds.meetings_of(person).filter(ends_at__gte=timezone.now())
    return render(
        request,
        "actions/my_calendar.html",
        {
            "meetings": found,
            "feed": CalendarFeed.objects.live().filter(person=person).first(),
            "new_address": request.session.pop(_NEW, ""),
        },
    )


@signed_in
@require_POST
def calendar_renew(request: HttpRequest) -> HttpResponse:
    """A new address; it is shown once."""
    person = cast(Person, request.user)
    token = calendar_feeds.renew(person=person, by=person)
    request.session[_NEW] = settings.PORTAL_ORIGIN + reverse("actions:calendar-feed", args=[token])
    return redirect("actions:my-calendar")


@signed_in
@require_POST
def calendar_stop(request: HttpRequest) -> HttpResponse:
    """The address works no longer."""
    person = cast(Person, request.user)
    calendar_feeds.stop(person=person, by=person)
    messages.success(request, "Het agenda-adres werkt niet meer.")
    return redirect("actions:my-calendar")


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The meetings of whose address this is; nothing is sent again while nothing changed."""
    feed = calendar_feeds.find(token)
    if feed is None:
        raise Http404
    calendar_feeds.note_reading(feed)
    meetings = calendar_feeds.meetings_of(feed.person)
    headers = {"ETag": calendar_files.etag_of(meetings), "Cache-Control": "private, max-age=300"}
    if headers["ETag"] in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers=headers)
    content = calendar_files.calendar_of(meetings, name="Kansrijke Start")
    return HttpResponse(content, content_type=CALENDAR_TYPE, headers=headers)
