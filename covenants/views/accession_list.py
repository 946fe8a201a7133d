"""Who wants to join later: the parties say what they think of it, the coordinator writes down the end."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import accessions
from covenants.authority import mandates_in
from covenants.documents import fixed_version
from covenants.models import Accession, CovenantVersion
from covenants.presenters.accessions import accession_page
from covenants.round_forms import AccessionDecisionForm, AccessionForm, VoiceForm
from portal.act_pages import done
from portal.acts import Refused


@requires(Permission.COVENANT_READ)
@require_safe
def accession_list(request: HttpRequest, coalition: Coalition, document: str, number: int) -> HttpResponse:
    """What is asked of the parties, what they said, and what was decided."""
    return _page(request, fixed_version(coalition, document, number))


@requires(Permission.COVENANT_WRITE)
@require_POST
def accession_ask(request: HttpRequest, coalition: Coalition, document: str, number: int) -> HttpResponse:
    """Ask the parties about one organisation."""
    person: Any = request.user
    version = fixed_version(coalition, document, number)
    form = AccessionForm(request.POST, version=version)
    if form.is_valid():
        try:
            accessions.ask(version=version, by=person, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "De partijen zien deze vraag nu bij ‘Dit vragen wij van u’.")
            return redirect("covenants:accession-list", coalition.slug, document, number)
    return _page(request, version, ask_form=form, status=422)


@requires(Permission.COVENANT_SIGN)
@require_POST
def accession_voice(
    request: HttpRequest, coalition: Coalition, document: str, number: int, pk: int
) -> HttpResponse:
    """Yes or no of one party."""
    person: Any = request.user
    version = fixed_version(coalition, document, number)
    accession = _find(version, pk)
    mandates = mandates_in(coalition, person)
    form = VoiceForm(request.POST, mandates=mandates)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("covenants:accession-list", coalition.slug, document, number)
    return done(
        request,
        lambda: accessions.speak(accession=accession, by=person, **form.voice()),
        "Het antwoord van uw organisatie is vastgelegd.",
        reverse("covenants:accession-list", args=[coalition.slug, document, number]),
    )


@requires(Permission.COVENANT_WRITE)
@require_POST
def accession_decide(
    request: HttpRequest, coalition: Coalition, document: str, number: int, pk: int
) -> HttpResponse:
    """Let it in, or not."""
    person: Any = request.user
    version = fixed_version(coalition, document, number)
    form = AccessionDecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("covenants:accession-list", coalition.slug, document, number)
    try:
        decided = accessions.decide(accession=_find(version, pk), by=person, **form.outcome())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        words = "mag toetreden" if decided.is_admitted else "treedt niet toe"
        messages.success(request, f"Vastgelegd: {decided.organisation} {words}.")
    return redirect("covenants:accession-list", coalition.slug, document, number)


def _find(version: CovenantVersion, pk: int) -> Accession:
    found: Any = Accession.objects.select_related("covenant", "organisation")
    return get_object_or_404(found, pk=pk, covenant=version.covenant)


def _page(
    request: HttpRequest,
    version: CovenantVersion,
    *,
    ask_form: AccessionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    person: Any = request.user
    context = {
        "coalition": version.covenant.coalition,
        "version": version,
        "page": accession_page(version, person),
        "ask_form": ask_form or AccessionForm(version=version),
    }
    return render(request, "covenants/accession_list.html", context, status=status)
