"""Questions for the tables, and what the tables said: entered one after the other by keyboard."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from actions import table_notes
from actions.meeting_forms import QuestionForm
from actions.models import Meeting
from actions.table_note_forms import NoteEditForm, NoteForm
from actions.views.meeting_pages import form_page, managed, page
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal.act_pages import done
from portal.acts import Refused


@requires(Permission.MEETING_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def table_note_add(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Write a note and go on with the next, at the same table and question."""
    meeting = managed(request, coalition, pk)
    initial = {"question": request.GET.get("vraag", ""), "table_number": request.GET.get("tafel", 1)}
    form = NoteForm(*sent(request), initial=initial, meeting=meeting)
    if form.is_bound and form.is_valid():
        try:
            note = table_notes.write(meeting=meeting, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Opgeslagen bij tafel {note.table_number}.")
            here = page(request, meeting, "table-note-add")
            return redirect(f"{here}?vraag={note.question_id or ''}&tafel={note.table_number}#id_text")
    context = {"coalition": coalition, "meeting": meeting, "form": form, "notes": _latest(meeting)}
    return render(request, "actions/table_note_add.html", context)


@requires(Permission.MEETING_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def table_note_edit(request: PersonRequest, coalition: Coalition, pk: int, note_pk: int) -> HttpResponse:
    """Other words for one note."""
    meeting = managed(request, coalition, pk)
    note = get_object_or_404(meeting.table_notes, pk=note_pk)
    return form_page(
        request,
        meeting,
        NoteEditForm(*sent(request), initial={"text": note.text}),
        lambda **asked: table_notes.rewrite(note=note, by=request.user, **asked),
        title="Wijzig deze notitie",
        submit="Sla op",
        sentence="De notitie is gewijzigd.",
        address=page(request, meeting, "table-note-add"),
    )


@requires(Permission.MEETING_PLAN)
@require_POST
def table_note_remove(request: PersonRequest, coalition: Coalition, pk: int, note_pk: int) -> HttpResponse:
    """One note goes."""
    meeting = managed(request, coalition, pk)
    note = get_object_or_404(meeting.table_notes, pk=note_pk)
    return done(
        request,
        lambda: table_notes.remove(note=note, by=request.user),
        "De notitie is weg.",
        page(request, meeting, "table-note-add"),
    )


@requires(Permission.MEETING_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def question_add(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """One more question for the tables."""
    meeting = managed(request, coalition, pk)
    return form_page(
        request,
        meeting,
        QuestionForm(*sent(request)),
        lambda **asked: table_notes.add_question(meeting=meeting, by=request.user, **asked),
        title="Stel een vraag aan de tafels",
        submit="Voeg toe",
        sentence="De vraag staat erbij.",
    )


@requires(Permission.MEETING_PLAN)
@require_POST
def question_remove(request: PersonRequest, coalition: Coalition, pk: int, question_pk: int) -> HttpResponse:
    """A question without notes goes."""
    meeting = managed(request, coalition, pk)
    question = get_object_or_404(meeting.questions, pk=question_pk)
    return done(
        request,
        lambda: table_notes.remove_question(question=question, by=request.user),
        "De vraag is weg.",
        reverse("actions:meeting-detail", args=[coalition.slug, meeting.pk]),
    )


def _latest(meeting: Meeting) -> object:
    return meeting.table_notes.select_related("question").order_by("-pk")
