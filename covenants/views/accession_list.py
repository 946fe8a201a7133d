"""Who wants to join later: the parties say what they think of it, the coordinator writes down the end."""

from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.forms import Form
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
from covenants.presenters.accessions import AccessionPage, accession_page, decision_form, voice_form
from covenants.round_forms import AccessionForm
from partners.models import Person
from portal.act_pages import carried_out


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
    ask = partial(accessions.ask, version=version, by=person)
    if carried_out(request, form, ask, "De partijen zien deze vraag nu bij ‘Dit vragen wij van u’."):
        return redirect(_address(version))
    return _page(request, version, ask_form=form)


@requires(Permission.COVENANT_SIGN)
@require_POST
def accession_voice(
    request: HttpRequest, coalition: Coalition, document: str, number: int, pk: int
) -> HttpResponse:
    """Yes or no of one party."""
    person: Any = request.user
    version = fixed_version(coalition, document, number)
    accession = _find(version, pk)
    held = {str(one.representative.organisation_id): one for one in mandates_in(coalition, person)}
    mandate = held.get(request.POST.get("organisation", ""))
    if mandate is None:
        messages.error(request, "U mag niet namens deze organisatie antwoorden.")
        return redirect(_address(version))
    form = voice_form(accession, mandate, request.POST)

    def speak(**_: Any) -> None:
        accessions.speak(accession=accession, by=person, **form.voice())

    if carried_out(request, form, speak, "Het antwoord van uw organisatie is vastgelegd."):
        return redirect(_address(version))
    return _again(request, version, form)


@requires(Permission.COVENANT_WRITE)
@require_POST
def accession_decide(
    request: HttpRequest, coalition: Coalition, document: str, number: int, pk: int
) -> HttpResponse:
    """Let it in, or not."""
    person: Any = request.user
    version = fixed_version(coalition, document, number)
    accession = _find(version, pk)
    form = decision_form(accession, request.POST)

    def decide(**_: Any) -> None:
        accessions.decide(accession=accession, by=person, **form.outcome())

    words = "mag toetreden" if request.POST.get("decision") == "ja" else "treedt niet toe"
    if carried_out(request, form, decide, f"Vastgelegd: {accession.organisation} {words}."):
        return redirect(_address(version))
    return _again(request, version, form)


def _find(version: CovenantVersion, pk: int) -> Accession:
    found: Any = Accession.objects.select_related("covenant", "organisation")
    return get_object_or_404(found, pk=pk, covenant=version.covenant)


def _address(version: CovenantVersion) -> str:
    covenant = version.covenant
    return reverse("covenants:accession-list", args=[covenant.coalition.slug, covenant.slug, version.number])


def _again(request: HttpRequest, version: CovenantVersion, form: Form) -> HttpResponse:
    """The form with what is wrong, in its place; where that place is gone, only what is wrong."""
    page = accession_page(version, cast(Person, request.user), form)
    if page.shows(form):
        return _page(request, version, page=page)
    messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect(_address(version))


def _page(
    request: HttpRequest,
    version: CovenantVersion,
    *,
    page: AccessionPage | None = None,
    ask_form: AccessionForm | None = None,
) -> HttpResponse:
    context = {
        "coalition": version.covenant.coalition,
        "version": version,
        "page": page or accession_page(version, cast(Person, request.user)),
        "ask_form": ask_form or AccessionForm(version=version),
    }
    return render(request, "covenants/accession_list.html", context)
