"""Who does what in the coalition, and what helps a colleague somewhere else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions.filters import DoerFilter, LessonFilter
from actions.presenters import overview as presenter
from coalitions.access import Permission, requires
from coalitions.models import Coalition


@requires(Permission.PROGRAMME_READ)
@require_safe
def who_does_what(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """The members with the actions that they pull or take part in, fifty a page."""
    members = coalition.memberships.members().select_related("organisation")
    found = DoerFilter(request.GET, members)
    doers = presenter.doers(list(found.page), coalition)
    context = {"coalition": coalition, "filter": found, "doers": doers}
    return render(request, "actions/who_does_what.html", context)


@requires(Permission.PROGRAMME_READ)
@require_safe
def lesson_list(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """What was learned, also from what was let go; by subject, so that a colleague finds it."""
    found = LessonFilter(request.GET, presenter.lessons(coalition))
    # Of another coalition the lesson is shared, its pages are not.
    lines = [(one, one.get_absolute_url() if one.coalition_id == coalition.pk else "") for one in found.page]
    context = {"coalition": coalition, "filter": found, "lines": lines}
    return render(request, "actions/lesson_list.html", context)
