"""The sealed files for who signs: the text, and the proof of her own organisation."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import seals
from covenants.documents import fixed_version
from covenants.models import Artefact, SealKind
from partners.models import Organisation


@requires(Permission.COVENANT_READ)
@require_safe
def signing_text(request: HttpRequest, coalition: Coalition, document: str, number: int) -> HttpResponse:
    """The very bytes of the text that is signed."""
    version = fixed_version(coalition, document, number)
    return _file(seals.find(kind=SealKind.TEXT, key=version.pk), f"{version.covenant.slug}-{number}.pdf")


@requires(Permission.COVENANT_READ)
@require_safe
def signing_statement(
    request: HttpRequest, coalition: Coalition, document: str, number: int, signature: int
) -> HttpResponse:
    """The sealed statement of a signature of one's own organisation."""
    version = fixed_version(coalition, document, number)
    own = version.signatures.filter(
        pk=signature, organisation__in=Organisation.objects.represented_by(request.user)
    ).first()
    if own is None:
        raise Http404
    return _file(seals.find(kind=SealKind.STATEMENT, key=own.pk), f"verklaring-{own.pk}.pdf")


def _file(artefact: Artefact | None, name: str) -> HttpResponse:
    if artefact is None:
        raise Http404
    return HttpResponse(
        bytes(artefact.content),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
