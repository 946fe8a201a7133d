"""The coordinator writes a draft: every part with what can be done with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import block_edits, documents, layout, texts
from covenants.blocks import BlockKind
from covenants.models import CovenantVersion
from covenants.presenters.texts import recent_edits
from partners.requests import PersonRequest
from portal.act_pages import done
from portal.acts import Refused


@requires(Permission.COVENANT_WRITE)
@require_safe
def draft_edit(request: PersonRequest, coalition: Coalition, document: str) -> HttpResponse:
    """The whole draft, with a place to add, change, move and delete at every part."""
    version = documents.draft_of(coalition, document)
    text = layout.lay_out(version.blocks, title=version.covenant.title)
    context: dict[str, Any] = {
        "coalition": coalition,
        "version": version,
        "text": text,
        "rows": layout.rows_of(version.blocks, text),
        "kinds": BlockKind.choices,
        "meaning": layout.meaning_lines(version.meaning),
        "edits": recent_edits(version),
        "missing": texts.shortcomings(version),
    }
    return render(request, "covenants/draft_edit.html", context)


@requires(Permission.COVENANT_WRITE)
@require_POST
def block_move(request: PersonRequest, coalition: Coalition, document: str, key: str) -> HttpResponse:
    """One place up or down."""
    steps = -1 if request.POST.get("richting") == "omhoog" else 1
    version = documents.draft_of(coalition, document)
    try:
        block_edits.move_block(version=version, key=key, steps=steps, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(_at(version, f"stuk-{key}"))


@requires(Permission.COVENANT_WRITE)
@require_POST
def block_delete(request: PersonRequest, coalition: Coalition, document: str, key: str) -> HttpResponse:
    """Away, with a way back in sight."""
    version = documents.draft_of(coalition, document)
    return done(
        request,
        lambda: block_edits.delete_block(version=version, key=key, by=request.user),
        "Verwijderd. Bij ‘Laatste wijzigingen’ zet je het terug.",
        _at(version, "laatste-wijzigingen"),
    )


@requires(Permission.COVENANT_WRITE)
@require_POST
def edit_undo(request: PersonRequest, coalition: Coalition, document: str, revision: int) -> HttpResponse:
    """Take one change back."""
    version = documents.draft_of(coalition, document)
    return done(
        request,
        lambda: block_edits.undo(version=version, revision=revision, by=request.user),
        "Teruggezet.",
        _at(version, "laatste-wijzigingen"),
    )


def _at(version: CovenantVersion, place: str) -> str:
    covenant = version.covenant
    return f"{reverse('covenants:draft-edit', args=[covenant.coalition.slug, covenant.slug])}#{place}"
