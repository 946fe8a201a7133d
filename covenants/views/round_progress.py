"""Who signed and who did not yet, for the coordinator: remind a selection, plan the evening, export."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import evenings, exports, signing_invitations
from covenants.documents import fixed_version
from covenants.presenters.round_progress import RoundProgress
from covenants.round_forms import EveningForm
from partners.models import Organisation
from portal.acts import Refused


@requires(Permission.COVENANT_WRITE)
@require_safe
def round_progress(request: HttpRequest, coalition: Coalition, document: str, number: int) -> HttpResponse:
    """Every member with its standing, filtered, with a box to choose whom to remind."""
    progress = RoundProgress(fixed_version(coalition, document, number), request.GET)
    return render(request, "covenants/round_progress.html", {"coalition": coalition, "progress": progress})


@requires(Permission.COVENANT_WRITE)
@require_POST
def round_remind(request: HttpRequest, coalition: Coalition, document: str, number: int) -> HttpResponse:
    """Mail who was chosen and did not sign; how many mails went out."""
    version = fixed_version(coalition, document, number)
    chosen = [int(pk) for pk in request.POST.getlist("organisatie") if pk.isdecimal()]
    members = coalition.memberships.members().filter(organisation__in=chosen)
    round = version.rounds.open().first()
    person: Any = request.user
    if not chosen:
        messages.error(request, "Kies eerst wie je wilt herinneren.")
    elif round is None:
        messages.error(request, "Er is geen ronde open. Open eerst een ronde.")
    else:
        organisations = Organisation.objects.filter(pk__in=members.values("organisation"))
        try:
            sent = signing_invitations.remind(round=round, organisations=organisations, by=person)
            messages.success(request, f"Herinnering verstuurd aan {_people(len(sent))}.")
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect("covenants:round-progress", coalition.slug, document, number)


@requires(Permission.COVENANT_WRITE)
@require_safe
def evening_order(request: HttpRequest, coalition: Coalition, document: str, number: int) -> HttpResponse:
    """The order of the evening, to print or to change: who comes on stage after whom."""
    progress = RoundProgress(fixed_version(coalition, document, number), {})
    return _evening(request, progress, EveningForm(order=progress.on_stage))


@requires(Permission.COVENANT_WRITE)
@require_POST
def evening_save(request: HttpRequest, coalition: Coalition, document: str, number: int) -> HttpResponse:
    """Other places for some organisations, or the usual order again."""
    person: Any = request.user
    version = fixed_version(coalition, document, number)
    if "gewoon" in request.POST:
        evenings.reset(version=version, by=person)
        messages.success(request, "De gewone volgorde staat er weer.")
        return redirect("covenants:evening-order", coalition.slug, document, number)
    progress = RoundProgress(version, {})
    form = EveningForm(request.POST, order=progress.on_stage)
    if not form.is_valid():
        return _evening(request, progress, form)
    evenings.arrange(version=version, order=progress.on_stage, wishes=form.wishes(), by=person)
    messages.success(request, "De volgorde is bewaard.")
    return redirect("covenants:evening-order", coalition.slug, document, number)


@requires(Permission.COVENANT_WRITE)
@require_safe
def covenant_export(request: HttpRequest, coalition: Coalition, document: str, number: int) -> HttpResponse:
    """Everything of the covenant in one ZIP that can be checked without this portal."""
    covenant = fixed_version(coalition, document, number).covenant
    return HttpResponse(
        exports.export(covenant),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{covenant.slug}.zip"'},
    )


def _evening(request: HttpRequest, progress: RoundProgress, form: EveningForm) -> HttpResponse:
    places = [(row, form[EveningForm.name_of(row.organisation)]) for row in progress.evening]
    coalition = progress.version.covenant.coalition
    context = {"coalition": coalition, "progress": progress, "form": form, "places": places}
    return render(request, "covenants/evening_order.html", context)


def _people(count: int) -> str:
    return "1 persoon" if count == 1 else f"{count} personen"
