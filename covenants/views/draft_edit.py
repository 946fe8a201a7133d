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
from covenants.block_places import run_length
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
    edits, older_edits = recent_edits(version)
    context: dict[str, Any] = {
        "coalition": coalition,
        "version": version,
        "text": text,
        "rows": layout.rows_of(version.blocks, text),
        "kinds": BlockKind.choices,
        "meaning": layout.meaning_lines(version.meaning),
        "edits": edits,
        "older_edits": older_edits,
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
    place = next((place for place, block in enumerate(version.blocks) if block["key"] == key), None)
    heads_more = place is not None and run_length(version.blocks, place) > 1
    left = "Alleen de kop is weg: wat eronder stond, staat er nog. " if heads_more else ""
    return done(
        request,
        lambda: block_edits.delete_block(version=version, key=key, by=request.user),
        f"Verwijderd. {left}Bij ‘Laatste wijzigingen’ zet je het terug.",
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
