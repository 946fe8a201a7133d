"""A bottleneck or dream is written down, by hand or from a talk, report or figure."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from actions import bottlenecks
from actions.bottleneck_forms import BottleneckEditForm, BottleneckForm
from actions.models import Bottleneck, OriginKind, ProgressReport
from actions.views.bottleneck_detail import bottleneck_of
from coalitions.access import Permission, can, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal import hooks, revisions
from portal.act_pages import carried_out
from portal.acts import Refused

FIELDS = ("kind", "text", "explanation", "origin", "origin_note", "theme", "domains", "factors")
TOLD = (OriginKind.MEETING, OriginKind.OTHER)


@requires(Permission.ACTION_PROPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def bottleneck_add(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Something new; the address may name the talk, report or figure that it came from."""
    source, words = _source(request, coalition)
    initial = {"theme": request.GET.get("thema", ""), "text": words}
    form = BottleneckForm(*sent(request), coalition=coalition, has_source=bool(source), initial=initial)
    if form.is_bound and form.is_valid():
        try:
            bottleneck = bottlenecks.collect(
                coalition=coalition, by=request.user, **source, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Het staat erbij. Anderen kunnen nu aangeven dat zij het herkennen.")
            return redirect(bottleneck)
    return _form_page(request, coalition, form, "Leg een knelpunt of droom vast")


@requires(Permission.PROGRAMME_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def bottleneck_edit(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Write it better, or put it under a theme; where it came from stays."""
    bottleneck = bottleneck_of(coalition, pk)
    initial = {field: getattr(bottleneck, field) for field in FIELDS}
    initial |= {"municipalities": bottleneck.municipalities.all(), "seen": revisions.revision_of(bottleneck)}
    form = BottleneckEditForm(
        *sent(request),
        coalition=coalition,
        has_source=bottleneck.origin not in TOLD,
        initial=initial,
    )
    if carried_out(
        request,
        form,
        partial(bottlenecks.edit, bottleneck=bottleneck, by=request.user),
        "De wijziging is opgeslagen.",
    ):
        return redirect(bottleneck)
    return _form_page(request, coalition, form, "Wijzig dit", bottleneck)


def _source(request: PersonRequest, coalition: Coalition) -> tuple[dict[str, Any], str]:
    """Where it comes from according to the address, and words to begin with."""
    contact, report, code = (request.GET.get(word, "") for word in ("gesprek", "bericht", "cijfer"))
    if contact.isdecimal() and can(request.user, Permission.CONTACTS_READ, coalition):
        talk = coalition.contacts.filter(pk=contact).first()
        if talk:
            return {"origin": OriginKind.CONTACT, "contact": talk}, talk.stuck[:250]
    if report.isdecimal():
        told = ProgressReport.objects.told().filter(pk=report, action__coalition=coalition).first()
        if told:
            return {"origin": OriginKind.REPORT, "report": told}, told.stuck_text[:250]
    if code in hooks.figure_links():
        return {"origin": OriginKind.INDICATOR, "indicator_code": code}, ""
    return {}, ""


def _form_page(
    request: PersonRequest,
    coalition: Coalition,
    form: BottleneckForm,
    label: str,
    bottleneck: Bottleneck | None = None,
) -> HttpResponse:
    context = {
        "coalition": coalition,
        "form": form,
        "label": label,
        "bottleneck": bottleneck,
    }
    return render(request, "actions/bottleneck_form.html", context)
