"""Two people fix a text: one proposes, another confirms."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import documents, texts
from covenants.presenters.texts import text_page
from partners.requests import PersonRequest
from portal.act_pages import done


@requires(Permission.COVENANT_FREEZE)
@require_safe
def freeze(request: PersonRequest, coalition: Coalition, document: str) -> HttpResponse:
    """The text to fix, what it still lacks, and whose turn it is; once it is sealed, the text that stands."""
    version = documents.draft_or_last(coalition, document)
    if not version.is_draft:
        return redirect("covenants:version-detail", coalition.slug, document, version.number)
    context = {
        "coalition": coalition,
        "page": text_page(version),
        "version": version,
        "missing": texts.shortcomings(version),
        "open_comments": version.comments.open().count(),
        "digest": texts.digest_of_version(version),
        "is_own_proposal": version.frozen_by_id == request.user.pk,
    }
    return render(request, "covenants/freeze.html", context)


@requires(Permission.COVENANT_FREEZE)
@require_POST
def freeze_propose(request: PersonRequest, coalition: Coalition, document: str) -> HttpResponse:
    """The first person proposes; from here the words wait."""
    version = documents.draft_of(coalition, document)
    return _answer(
        request,
        coalition,
        document,
        lambda: texts.propose_freeze(version=version, by=request.user),
        "Voorgesteld. Een andere coördinator, iemand van het kernteam of de opdrachtgever bevestigt dat.",
    )


@requires(Permission.COVENANT_FREEZE)
@require_POST
def freeze_confirm(request: PersonRequest, coalition: Coalition, document: str) -> HttpResponse:
    """The second person confirms what she read."""
    version = documents.draft_of(coalition, document)
    return _answer(
        request,
        coalition,
        document,
        lambda: texts.confirm_freeze(version=version, by=request.user, digest=request.POST.get("digest", "")),
        "De tekst is bevestigd en wordt nu verzegeld. Vanaf nu verandert er niets meer aan.",
    )


@requires(Permission.COVENANT_FREEZE)
@require_POST
def freeze_withdraw(request: PersonRequest, coalition: Coalition, document: str) -> HttpResponse:
    """The proposal is off; the text can be written on."""
    version = documents.draft_of(coalition, document)
    return _answer(
        request,
        coalition,
        document,
        lambda: texts.withdraw_freeze(version=version, by=request.user),
        "Het voorstel is ingetrokken. Je kunt verder schrijven.",
    )


def _answer(
    request: PersonRequest, coalition: Coalition, document: str, act: Callable[[], object], sentence: str
) -> HttpResponse:
    return done(request, act, sentence, reverse("covenants:freeze", args=[coalition.slug, document]))
