"""The harvest of a meeting: each note becomes what it is, and shows what it became."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions import outcomes
from actions.models import BottleneckKind, NoteOutcome
from actions.outcome_forms import (
    AgreementOutcomeForm,
    JoinForm,
    OutcomeForm,
    PracticeOutcomeForm,
    ScoreOutcomeForm,
    TitleForm,
)
from actions.presenters.outcomes import became, with_outcomes
from actions.views.meeting_pages import form_page, managed, page
from coalitions.access import Permission, can, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal.act_pages import done

# The word in the address: what the link says, the page, its operation, its form, and whose it is.
KINDS: dict[str, tuple[str, str, Any, type[OutcomeForm], Permission]] = {
    "hoort-bij": (
        "Hoort bij",
        "Welk knelpunt of welke droom zegt dit ook?",
        outcomes.join_bottleneck,
        JoinForm,
        Permission.MEETING_PLAN,
    ),
    "parel": (
        "Parel",
        "Maak hier een parel van",
        outcomes.become_practice,
        PracticeOutcomeForm,
        Permission.PRACTICE_NOMINATE,
    ),
    "actie": (
        "Actie",
        "Maak hier een actie van",
        outcomes.become_action,
        TitleForm,
        Permission.ACTION_PROPOSE,
    ),
    "afspraak": (
        "Afspraak",
        "Maak hier een samenwerkingsafspraak van",
        outcomes.become_agreement,
        AgreementOutcomeForm,
        Permission.CONDITION_SCORE,
    ),
    "randvoorwaarde": (
        "Randvoorwaarde",
        "Zet dit bij een randvoorwaarde",
        outcomes.become_score,
        ScoreOutcomeForm,
        Permission.CONDITION_SCORE,
    ),
}
AT_ONCE = {"knelpunt": BottleneckKind.BOTTLENECK, "droom": BottleneckKind.IDEA}


@requires(Permission.MEETING_PLAN)
@require_safe
def outcome_list(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Every note with what it became, and what it can become."""
    meeting = managed(request, coalition, pk)
    found = with_outcomes(meeting.table_notes.select_related("question"))
    notes = [
        (note, became(note, coalition)) for note in found.order_by("question__number", "table_number", "pk")
    ]
    kinds = [
        (word, label)
        for word, (label, _, _, _, permission) in KINDS.items()
        if can(request.user, permission, coalition)
    ]
    return render(
        request,
        "actions/outcome_list.html",
        {
            "coalition": coalition,
            "meeting": meeting,
            "notes": notes,
            "open_count": sum(not things for _, things in notes),
            "kinds": kinds,
        },
    )


@requires(Permission.MEETING_PLAN)
@require_POST
def outcome_at_once(
    request: PersonRequest, coalition: Coalition, pk: int, note_pk: int, word: str
) -> HttpResponse:
    """A bottleneck or a dream, in the words of the table."""
    meeting = managed(request, coalition, pk)
    note = get_object_or_404(meeting.table_notes.select_related("meeting__coalition"), pk=note_pk)
    if word not in AT_ONCE:
        raise Http404
    address = f"{page(request, meeting, 'outcome-list')}#notitie-{note.pk}"
    return done(
        request,
        lambda: outcomes.become_bottleneck(note=note, kind=AT_ONCE[word], by=request.user),
        f"De notitie is nu een {word}.",
        address,
    )


@requires(Permission.MEETING_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def outcome_add(
    request: PersonRequest, coalition: Coalition, pk: int, note_pk: int, word: str
) -> HttpResponse:
    """Something that asks a little more than the note says."""
    meeting = managed(request, coalition, pk)
    note = get_object_or_404(meeting.table_notes.select_related("meeting__coalition"), pk=note_pk)
    if word not in KINDS:
        raise Http404
    _, title, operation, form_class, permission = KINDS[word]
    if not can(request.user, permission, coalition):
        raise PermissionDenied
    initial = {"title": note.text} if len(note.text) <= 120 else {}
    return form_page(
        request,
        meeting,
        form_class(*sent(request), note=note, initial=initial),
        lambda **asked: operation(note=note, by=request.user, **asked),
        title=title,
        submit="Leg vast",
        sentence="Vastgelegd.",
        address=f"{page(request, meeting, 'outcome-list')}#notitie-{note.pk}",
        lead=f"Tafel {note.table_number}: {note.text}",
    )


@requires(Permission.MEETING_PLAN)
@require_POST
def outcome_detach(request: PersonRequest, coalition: Coalition, pk: int, outcome_pk: int) -> HttpResponse:
    """The note does not belong there after all."""
    meeting = managed(request, coalition, pk)
    outcome = get_object_or_404(NoteOutcome.objects.filter(note__meeting=meeting), pk=outcome_pk)
    outcomes.detach(outcome=outcome, by=request.user)
    messages.success(request, "De notitie is losgemaakt. Wat ervan gemaakt was, blijft staan.")
    return redirect(page(request, meeting, "outcome-list"))
