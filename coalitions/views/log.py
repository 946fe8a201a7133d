"""The log of a coalition: who changed what, and when."""

from typing import Any, cast

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from coalitions.access import Permission, Scope, memberships_within, requires, scopes_of
from coalitions.filters import PAGE_SIZE, FilterForm
from coalitions.forms import DayField
from coalitions.log import Line, LogPages, Wanted, kinds
from coalitions.models import Coalition
from partners.requests import PersonRequest


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
    form = LogForm(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    reads_all = Scope.ALL in scopes_of(request.user, Permission.LOG_READ, coalition)
    own = None
    if not reads_all:
        mine = memberships_within(request.user, Permission.LOG_READ, coalition)
        own = list(mine.values_list("organisation", flat=True))
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
    return render(
        request,
        "coalitions/log.html",
        {
            "coalition": coalition,
            "form": form,
            "page": page,
            "lines": page.object_list,
            "reads_all": reads_all,
            "active_count": sum(bool(value) for value in chosen.values()),
        },
    )
