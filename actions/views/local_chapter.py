"""What each municipality makes of the programme in its own place."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from actions import programmes
from actions.models import Programme
from actions.presenters import chapters as presenter
from actions.programme_forms import ChapterForm
from coalitions.access import Permission, municipalities_within, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal.act_pages import carried_out


@requires(Permission.PROGRAMME_READ)
@require_safe
def chapter_list(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """A chapter for each municipality, written or still open."""
    programme = programmes.current(coalition)
    writes = municipalities_within(request.user, Permission.ADOPTION_EDIT, coalition)
    lines = presenter.lines(coalition, programme, writes) if programme else []
    context = {"coalition": coalition, "programme": programme, "lines": lines}
    return render(request, "actions/chapter_list.html", context)


@requires(Permission.ADOPTION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def chapter_edit(request: PersonRequest, coalition: Coalition, code: str) -> HttpResponse:
    """The chapter of one municipality, by the coordinator or by who governs there."""
    programme = _programme(coalition)
    municipality = get_object_or_404(coalition.municipalities(), code=code)
    reach = municipalities_within(request.user, Permission.ADOPTION_EDIT, coalition)
    if not reach.filter(pk=municipality.pk).exists():
        raise PermissionDenied
    chapter = programme.chapters.filter(municipality=municipality).first()
    initial = {"text": chapter.text, "contact": chapter.contact_id} if chapter else None
    form = ChapterForm(*sent(request), coalition=coalition, initial=initial)
    if carried_out(
        request,
        form,
        partial(programmes.write_chapter, programme=programme, municipality=municipality, by=request.user),
        f"Het hoofdstuk van {municipality} is opgeslagen.",
    ):
        return redirect("actions:chapter-list", coalition.slug)
    context = {"coalition": coalition, "municipality": municipality, "form": form, "programme": programme}
    return render(request, "actions/chapter_edit.html", context)


def _programme(coalition: Coalition) -> Programme:
    programme = programmes.current(coalition)
    if programme is None:
        raise Http404
    return programme
