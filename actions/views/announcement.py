"""Messages: written, looked at, tried out, sent, and read by who got them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions import announcements
from actions.announcement_forms import AnnouncementForm, CountForm, SendForm
from actions.audiences import Audience
from actions.models import Announcement, AnnouncementState
from actions.models.announcements import chosen_of
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal.act_pages import done
from portal.acts import Refused


@requires(Permission.MEETING_READ)
@require_safe
def announcement_list(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """The messages that somebody wrote or was sent."""
    found = announcements.readable_by(request.user, coalition).select_related("coalition", "written_by")
    return render(
        request,
        "actions/announcement_list.html",
        {
            "coalition": coalition,
            "announcements": found.order_by("-pk")[:200],
            "may_write": announcements.may_write(request.user, coalition),
        },
    )


@requires(Permission.ANNOUNCEMENT_SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def announcement_add(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """A new draft."""
    if "tellen" in request.POST:
        return _counted(request, coalition, None)
    form = AnnouncementForm(*sent(request), coalition=coalition, person=request.user)
    return _form(request, coalition, form, None)


@requires(Permission.ANNOUNCEMENT_SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def announcement_edit(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """A draft, written better."""
    announcement = _written(request, coalition, pk)
    if "tellen" in request.POST:
        return _counted(request, coalition, announcement)
    initial = {"title": announcement.title, "body": announcement.body, **chosen_of(announcement)}
    form = AnnouncementForm(*sent(request), initial=initial, coalition=coalition, person=request.user)
    return _form(request, coalition, form, announcement)


@requires(Permission.MEETING_READ)
@require_safe
def announcement_detail(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The message as others read it; for who wrote it whom it reaches, or how far the sending is."""
    found = announcements.readable_by(request.user, coalition).select_related("coalition", "written_by")
    announcement = get_object_or_404(found, pk=pk)
    writes = announcements.within(request.user, coalition).filter(pk=pk).exists()
    is_draft = announcement.state == AnnouncementState.DRAFT
    audience = announcements.audience_of(announcement)
    return render(
        request,
        "actions/announcement_detail.html",
        {
            "coalition": coalition,
            "announcement": announcement,
            "writes": writes,
            "reach": announcements.reach_of(audience) if writes and is_draft else None,
            "names": list(audience.people()[:200]) if writes and is_draft else [],
            "progress": announcements.progress_of(announcement) if writes and not is_draft else None,
        },
    )


@requires(Permission.ANNOUNCEMENT_SEND)
@require_safe
def announcement_progress(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """How far the sending is, for the page to look at."""
    announcement = _written(request, coalition, pk)
    context = {
        "coalition": coalition,
        "announcement": announcement,
        "progress": announcements.progress_of(announcement),
    }
    return render(request, "actions/_announcement_progress.html", context)


@requires(Permission.ANNOUNCEMENT_SEND)
@require_POST
def announcement_try_out(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The mail to oneself only."""
    announcement = _written(request, coalition, pk)
    return done(
        request,
        lambda: announcements.try_out(announcement=announcement, by=request.user),
        "De proefmail gaat nu naar jou.",
        announcement.get_absolute_url(),
    )


@requires(Permission.ANNOUNCEMENT_SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def announcement_send(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The last look, with how many people it reaches."""
    announcement = _written(request, coalition, pk)
    reach = announcements.reach_of(announcements.audience_of(announcement))
    form = SendForm(*sent(request), count=reach.total)
    if form.is_bound and form.is_valid():
        return done(
            request,
            lambda: announcements.send(announcement=announcement, by=request.user),
            "Het bericht wordt verstuurd. Je kunt deze pagina verlaten.",
            announcement.get_absolute_url(),
        )
    context = {"coalition": coalition, "announcement": announcement, "reach": reach, "form": form}
    return render(request, "actions/announcement_send.html", context)


@requires(Permission.ANNOUNCEMENT_SEND)
@require_POST
def announcement_throw_away(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """A draft goes."""
    announcement = _written(request, coalition, pk)
    return done(
        request,
        lambda: announcements.throw_away(announcement=announcement, by=request.user),
        "Het concept is weg.",
        reverse("actions:announcement-list", args=[coalition.slug]),
    )


def _written(request: PersonRequest, coalition: Coalition, pk: int) -> Announcement:
    found = announcements.within(request.user, coalition).select_related("coalition", "written_by")
    return get_object_or_404(found, pk=pk)


def _counted(request: PersonRequest, coalition: Coalition, announcement: Announcement | None) -> HttpResponse:
    """How many people were chosen so far: a line for the page, or the whole page as it was filled in."""
    asked = CountForm(request.POST, coalition=coalition, person=request.user)
    reach = _reach(asked.audience())
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "actions/_announcement_reach.html", {"reach": reach})
    form = AnnouncementForm(initial=asked.cleaned_data, coalition=coalition, person=request.user)
    context = {"coalition": coalition, "form": form, "announcement": announcement, "reach": reach}
    return render(request, "actions/announcement_form.html", context)


def _reach(audience: Audience) -> announcements.Reach | None:
    return None if audience.is_empty else announcements.reach_of(audience)


def _form(
    request: PersonRequest, coalition: Coalition, form: AnnouncementForm, announcement: Announcement | None
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            announcement = announcements.write(
                coalition=coalition, by=request.user, announcement=announcement, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Het concept is opgeslagen. Er is nog niets verstuurd.")
            return redirect(announcement)
    chosen = Audience(coalition=coalition)
    if form.is_bound:
        chosen = CountForm(request.POST, coalition=coalition, person=request.user).audience()
    elif announcement:
        chosen = announcements.audience_of(announcement)
    reach = _reach(chosen)
    context = {"coalition": coalition, "form": form, "announcement": announcement, "reach": reach}
    return render(request, "actions/announcement_form.html", context)
