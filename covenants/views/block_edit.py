"""One block of a draft, in a form of its own: new, or with other words."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import block_edits, documents
from covenants.blocks import Block, BlockKind, words_of
from covenants.layout import lay_out, rows_of
from covenants.models import CovenantVersion
from covenants.text_forms import BlockForm
from partners.requests import PersonRequest
from portal.acts import Refused


@requires(Permission.COVENANT_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def block_add(request: PersonRequest, coalition: Coalition, document: str) -> HttpResponse:
    """A new block below another one."""
    version = documents.draft_of(coalition, document)
    kind = _kind(request.GET.get("soort"))
    form = BlockForm(_sent(request), kind=kind, initial={"seen": version.revision})
    if form.is_bound and form.is_valid():
        try:
            _, block = block_edits.add_block(
                version=version, values=form.values(), after=request.GET.get("na", ""), by=request.user
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(_at(version, block["key"]))
    return _page(request, version, form, is_new=True)


@requires(Permission.COVENANT_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def block_edit(request: PersonRequest, coalition: Coalition, document: str, key: str) -> HttpResponse:
    """Other words; who was second sees both texts and loses none."""
    version = documents.draft_of(coalition, document)
    block = next((one for one in version.blocks if one["key"] == key), None)
    if block is None:
        return _gone(request, version, key)
    initial = BlockForm.initial_of(block, seen=version.revision)
    form = BlockForm(_sent(request), kind=BlockKind(block["kind"]), initial=initial)
    if form.is_bound and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        try:
            block_edits.change_block(
                version=version, key=key, values=form.values(), seen=seen, by=request.user
            )
        except block_edits.ChangedMeanwhile as refusal:
            return _both(request, version, form, refusal, block)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(_at(version, key))
    return _page(request, version, form, block=block)


def _gone(request: PersonRequest, version: CovenantVersion, key: str) -> HttpResponse:
    """Somebody took the block away while another wrote in it: saved once more, it is a new block there."""
    removal = block_edits.removal_of(version, key)
    if removal is None:
        raise Http404
    refusal = str(block_edits.BlockGone(removal))
    covenant = version.covenant
    if request.method != "POST":
        messages.error(request, refusal)
        return redirect("covenants:draft-edit", covenant.coalition.slug, covenant.slug)
    form = BlockForm(request.POST, kind=BlockKind(block_edits.held(removal, key)["kind"]))
    add = reverse("covenants:block-add", args=[covenant.coalition.slug, covenant.slug])
    query = urlencode({"soort": form.kind, "na": block_edits.neighbour_of(version, removal)})
    return _page(request, version, form, status=409, gone=refusal, action=f"{add}?{query}")


def _both(
    request: PersonRequest,
    version: CovenantVersion,
    form: BlockForm,
    refusal: block_edits.ChangedMeanwhile,
    block: Block | None,
) -> HttpResponse:
    """Both texts; saving once more keeps the own one."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    data["seen"] = str(refusal.edit.version.revision)
    again = BlockForm(data, kind=form.kind)
    again.is_valid()
    theirs = "\n".join(words_of(refusal.current))
    return _page(request, version, again, status=409, block=block, refusal=str(refusal), theirs=theirs)


def _about(version: CovenantVersion, block: Block | None) -> str:
    """Which block it is, by its number and the article that it stands under."""
    if block is None:
        return ""
    rows = rows_of(version.blocks, lay_out(version.blocks))
    return next(row.about for row in rows if row.key == block["key"])


def _page(
    request: PersonRequest,
    version: CovenantVersion,
    form: BlockForm,
    *,
    status: int = 200,
    block: Block | None = None,
    is_new: bool = False,
    **context: Any,
) -> HttpResponse:
    context |= {
        "coalition": version.covenant.coalition,
        "version": version,
        "form": form,
        "kind": form.kind,
        "about": _about(version, block),
        "is_new": is_new,
    }
    return render(request, "covenants/block_edit.html", context, status=status)


def _sent(request: PersonRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _kind(raw: str | None) -> BlockKind:
    if raw not in BlockKind.values:
        raise Http404
    return BlockKind(raw)


def _at(version: CovenantVersion, key: str) -> str:
    covenant = version.covenant
    return f"{reverse('covenants:draft-edit', args=[covenant.coalition.slug, covenant.slug])}#stuk-{key}"
