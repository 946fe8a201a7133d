"""Who plans meetings writes, announces, cancels and holds them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from actions import meetings
from actions.meeting_forms import CancelForm, MeetingForm, facts_of
from actions.models import Meeting
from actions.views.meeting_pages import form_page, managed
from coalitions.access import Permission, Scope, requires, scopes_of
from coalitions.models import Coalition
from partners.models import Person
from partners.requests import PersonRequest, sent
from portal.act_pages import done
from portal.acts import Refused, act


@requires(Permission.MEETING_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_add(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """A new meeting, still a draft."""
    form = MeetingForm(*sent(request), coalition=coalition, person=request.user)
    _bind_to_group(form, request.user, coalition)
    if form.is_bound and form.is_valid():
        try:
            meeting = _saved(form, coalition=coalition, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "De bijeenkomst staat klaar. Nodig nu mensen uit en kondig haar aan.")
            return redirect(meeting)
    context = {"coalition": coalition, "form": form}
    return render(request, "actions/meeting_add.html", context)


@requires(Permission.MEETING_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """What, when and where; who is invited hears of a new time or place."""
    meeting = managed(request, coalition, pk)
    form = MeetingForm(*sent(request), initial=facts_of(meeting), coalition=coalition, person=request.user)
    _bind_to_group(form, request.user, coalition)
    return form_page(
        request,
        meeting,
        form,
        lambda **_: _saved(form, coalition=coalition, by=request.user, meeting=meeting),
        title="Wijzig deze bijeenkomst",
        submit="Sla op",
        sentence="De wijziging is opgeslagen.",
    )


@requires(Permission.MEETING_PLAN)
@require_POST
def meeting_announce(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The coalition sees it, and who is on the list gets a mail."""
    meeting = managed(request, coalition, pk)
    return done(
        request,
        lambda: meetings.announce(meeting=meeting, by=request.user),
        "De bijeenkomst is aangekondigd. Wie op de lijst staat, krijgt een uitnodiging per mail.",
        meeting.get_absolute_url(),
    )


@requires(Permission.MEETING_PLAN)
@require_POST
def meeting_hold(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """It takes or took place."""
    meeting = managed(request, coalition, pk)
    return done(
        request,
        lambda: meetings.hold(meeting=meeting, by=request.user),
        "De bijeenkomst staat op gehouden. Leg nu vast wie er was en wat er uitkwam.",
        meeting.get_absolute_url(),
    )


@requires(Permission.MEETING_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_cancel(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """It does not go on."""
    meeting = managed(request, coalition, pk)
    return form_page(
        request,
        meeting,
        CancelForm(*sent(request)),
        lambda **asked: meetings.cancel(meeting=meeting, by=request.user, **asked),
        title="Zeg deze bijeenkomst af",
        submit="Zeg af",
        sentence="De bijeenkomst is afgezegd. Wie was uitgenodigd, krijgt een mail.",
        kind="danger",
        lead="Wie is uitgenodigd, krijgt een mail met deze reden. Afzeggen kun je niet terugdraaien.",
    )


def _bind_to_group(form: MeetingForm, person: Person, coalition: Coalition) -> None:
    """Who leads a group plans for that group; only a coordinator plans for the whole coalition."""
    if Scope.ALL not in scopes_of(person, Permission.MEETING_PLAN, coalition):
        form.fields["group"].required = True
        form.fields["group"].empty_label = "Kies een groep"  # type: ignore[attr-defined]


def _saved(form: MeetingForm, *, coalition: Coalition, by: Person, meeting: Meeting | None = None) -> Meeting:
    facts: dict[str, Any] = dict(form.cleaned_data)
    new_series = facts.pop("new_series")
    with act(by=by):
        if new_series:
            facts["series"] = meetings.add_series(coalition=coalition, name=new_series, by=by)
        if meeting is None:
            return meetings.plan(coalition=coalition, by=by, **facts)
        return meetings.change(meeting=meeting, by=by, **facts)
