"""The register of parties of a covenant on any day, for everybody: page, CSV and JSON."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coalitions.models import Coalition
from covenants import documents
from covenants.models import Covenant
from covenants.presenters.register import HEADER, RegisterList, as_json, exported
from portal.tables import csv_response


@login_not_required
@require_safe
def register(request: HttpRequest, slug: str, document: str = "") -> HttpResponse:
    """Who is a party, since when, and who signed; on the day that `op` names."""
    coalition, covenant, others = _covenant(request, slug, document)
    context: dict[str, Any] = {"coalition": coalition, "covenant": covenant, "others": others}
    if covenant is None:
        return render(request, "covenants/register_none.html", context)
    return render(
        request, "covenants/register.html", {**context, "list": RegisterList(covenant, request.GET)}
    )


@login_not_required
@require_safe
def register_csv(request: HttpRequest, slug: str, document: str = "") -> HttpResponse:
    """The same parties as a file."""
    found = _list(request, slug, document)
    return csv_response(
        filename=f"partijen-{found.covenant.slug}-{found.day.isoformat()}.csv",
        header=HEADER,
        rows=[exported(entry) for entry in found.rows],
    )


@login_not_required
@require_safe
def register_json(request: HttpRequest, slug: str, document: str = "") -> HttpResponse:
    """The same parties for a machine."""
    found = _list(request, slug, document)
    version = found.version
    facts: dict[str, Any] = {
        "coalitie": found.covenant.coalition.name,
        "document": found.covenant.title,
        "op": found.day,
        "geldt": bool(found.force and found.force.holds),
        "geldt_sinds": found.force.since if found.force else None,
        "toelichting": found.force.sentence if found.force else None,
        "nieuwste_versie": version.number if version else None,
        "tekst_sha256": version.sha256 if version else None,
        "controlecode": found.code.pk if found.code else None,
        "bewijsketen": {"lengte": version.chain_length, "vingerafdruk": version.chain_head}
        if version
        else None,
        "aantal": len(found.rows),
        "partijen": [as_json(entry) for entry in found.rows],
    }
    return JsonResponse(facts, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _list(request: HttpRequest, slug: str, document: str) -> RegisterList:
    _, covenant, _ = _covenant(request, slug, document)
    if covenant is None:
        raise Http404
    return RegisterList(covenant, request.GET)


def _covenant(
    request: HttpRequest, slug: str, document: str
) -> tuple[Coalition, Covenant | None, list[Covenant]]:
    """The document that the address names, else the newest that stands; and the other ones."""
    coalition = documents.coalition_for(request.user, slug)
    found = [
        document
        for document in documents.documents_for(request.user, coalition)
        if any(version.sha256 for version in document.all_versions)
    ]
    named = [one for one in found if one.slug == document]
    if document and not named:
        raise Http404
    chosen = next(iter(named or found), None)
    return coalition, chosen, [one for one in found if one is not chosen]
