"""The log of a coalition: who changed what, and when."""

from typing import Any, cast

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from coalitions import platform_menu
from coalitions.access import Permission, Scope, memberships_within, requires, scopes_of
from coalitions.forms import DayField
from coalitions.log import Line, LogPages, Wanted, kinds
from coalitions.models import Coalition
from partners.requests import PersonRequest
from portal.list_filters import PAGE_SIZE, FilterForm


class LogForm(FilterForm):
    """Which lines to show."""

    wie = forms.CharField(label="Wie", required=False, max_length=100)
    wat = forms.ChoiceField(label="Wat", required=False)
    vanaf = DayField(label="Vanaf", required=False, initial=None)
    tot = DayField(label="Tot en met", required=False, initial=None)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = sorted((key, capfirst(kind.label)) for key, kind in kinds().items())
        self.fields["wat"].choices = [("", "Alles"), *choices]  # type: ignore[attr-defined]


@requires(Permission.LOG_READ)
@require_safe
def log(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """All of it for the coordinator; of her own organisation for who may sign for it."""
    own = None
    if Scope.ALL not in scopes_of(request.user, Permission.LOG_READ, coalition):
        mine = memberships_within(request.user, Permission.LOG_READ, coalition)
        own = list(mine.values_list("organisation", flat=True))
    return render(request, "coalitions/log.html", _context(request, coalition, own))


@requires(Permission.PLATFORM_MANAGE)
@require_safe
def platform_log(request: PersonRequest, coalition_slug: str) -> HttpResponse:
    """All of it for who keeps the platform running, and who sees nothing else inside a coalition."""
    coalition = get_object_or_404(Coalition.objects.select_related("area"), slug=coalition_slug)
    context = _context(request, coalition, None) | {"menu": platform_menu.entries(request)}
    return render(request, "coalitions/platform_log.html", context)


def _context(request: PersonRequest, coalition: Coalition, own: list[int] | None) -> dict[str, Any]:
    form = LogForm(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    wanted = Wanted(
        coalition=coalition,
        organisations=own,
        kind=chosen.get("wat") or "",
        who=chosen.get("wie") or "",
        since=chosen.get("vanaf"),
        until=chosen.get("tot"),
    )
    paginator: Paginator[Line] = Paginator(cast(Any, LogPages(wanted)), PAGE_SIZE)
    page = paginator.get_page(request.GET.get("pagina", 1))
    return {
        "coalition": coalition,
        "form": form,
        "page": page,
        "lines": page.object_list,
        "reads_all": own is None,
        "active_count": sum(bool(value) for value in chosen.values()),
    }
