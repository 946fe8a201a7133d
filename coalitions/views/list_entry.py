"""Plain lists of a coalition: what we want to know, what is there already, and what we join in with."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalitions import conditions
from coalitions.access import Permission, can, requires
from coalitions.condition_forms import ListEntryForm
from coalitions.models import Coalition, ListEntry, ListKind
from coalitions.views.condition_page import page
from partners.requests import PersonRequest, sent
from portal.act_pages import carried_out
from portal.revisions import revision_of

TITLES = {
    ListKind.INFORMATION_NEED: ("Informatiebehoefte", "Welke informatie willen we, en wie zoekt dat uit?"),
    ListKind.INITIATIVE: ("Initiatieven", "Wat is er al in de regio waar we op aansluiten?"),
    ListKind.POLICY_LINK: ("Aanhaking", "Bij welk breder beleid sluiten we aan?"),
}


def _kind(word: str) -> ListKind:
    if word not in ListKind.values:
        raise Http404
    return ListKind(word)


@requires(Permission.MEMBERS_READ)
@require_safe
def list_entry_list(request: PersonRequest, coalition: Coalition, kind: str) -> HttpResponse:
    """One list: what is open first."""
    title, lead = TITLES[_kind(kind)]
    entries = coalition.list_entries.filter(kind=kind).select_related("owner")
    return page(
        request,
        "list_entry_list",
        coalition,
        entries=sorted(entries, key=lambda entry: entry.done_on is not None),
        kind=kind,
        title=title,
        lead=lead,
        may_write=can(request.user, Permission.CONDITION_SCORE, coalition),
    )


@requires(Permission.CONDITION_SCORE)
@require_http_methods(["GET", "HEAD", "POST"])
def list_entry_add(request: PersonRequest, coalition: Coalition, kind: str) -> HttpResponse:
    """A new line."""
    form = ListEntryForm(*sent(request), coalition=coalition)
    return _written(request, coalition, _kind(kind), form, None)


@requires(Permission.CONDITION_SCORE)
@require_http_methods(["GET", "HEAD", "POST"])
def list_entry_edit(request: PersonRequest, coalition: Coalition, kind: str, pk: int) -> HttpResponse:
    """Correct a line."""
    entry = get_object_or_404(coalition.list_entries, kind=_kind(kind), pk=pk)
    held = {field: getattr(entry, field) for field in ("title", "explanation", "url", "owner")}
    form = ListEntryForm(*sent(request), coalition=coalition, initial=held | {"seen": revision_of(entry)})
    return _written(request, coalition, _kind(kind), form, entry)


@requires(Permission.CONDITION_SCORE)
@require_POST
def list_entry_finish(request: PersonRequest, coalition: Coalition, kind: str, pk: int) -> HttpResponse:
    """The line is dealt with, or is open again."""
    entry = get_object_or_404(coalition.list_entries, kind=_kind(kind), pk=pk)
    conditions.finish_entry(entry=entry, is_done=request.POST.get("afgehandeld") == "ja", by=request.user)
    messages.success(request, f"‘{entry}’ is bijgewerkt.")
    return redirect("coalitions:list-entry-list", coalition.slug, kind)


def _written(
    request: PersonRequest,
    coalition: Coalition,
    kind: ListKind,
    form: ListEntryForm,
    entry: ListEntry | None,
) -> HttpResponse:
    if carried_out(
        request,
        form,
        partial(conditions.write_entry, coalition=coalition, kind=kind, entry=entry, by=request.user),
        "De regel is opgeslagen.",
    ):
        return redirect("coalitions:list-entry-list", coalition.slug, kind)
    return page(
        request, "list_entry_form", coalition, form=form, entry=entry, kind=kind, title=TITLES[kind][0]
    )
