"""A coordinator chooses and orders the figures of the coalition."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from monitoring import indicator_sets
from monitoring.catalogue import load_definitions
from monitoring.forms import ChoiceForm
from partners.requests import PersonRequest
from portal.act_pages import done
from portal.acts import Refused


@requires(Permission.SETTINGS_EDIT)
@require_safe
def indicator_choice(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """The figures that the coalition chose, in its order, and a form to add one."""
    codes = indicator_sets.chosen_codes(coalition)
    return _page(request, coalition, codes, ChoiceForm(chosen=codes))


@requires(Permission.SETTINGS_EDIT)
@require_POST
def indicator_choice_add(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Put one figure on the list."""
    codes = indicator_sets.chosen_codes(coalition)
    form = ChoiceForm(request.POST, chosen=codes)
    if not form.is_valid():
        return _page(request, coalition, codes, form)
    return done(
        request,
        lambda: indicator_sets.choose(
            coalition=coalition, code=form.cleaned_data["indicator"], by=request.user
        ),
        "Het cijfer staat in de lijst van de coalitie.",
        reverse("monitoring:indicator-choice", args=[coalition.slug]),
    )


@requires(Permission.SETTINGS_EDIT)
@require_POST
def indicator_choice_move(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Move one figure a place up or down."""
    code, is_up = request.POST.get("omhoog"), "omhoog" in request.POST
    code = code if is_up else request.POST.get("omlaag", "")
    try:
        indicator_sets.move(
            coalition=coalition, code=code or "", way="up" if is_up else "down", by=request.user
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("monitoring:indicator-choice", coalition.slug)


@requires(Permission.SETTINGS_EDIT)
@require_POST
def indicator_choice_remove(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Take one figure from the list; adding it again is one act."""
    return done(
        request,
        lambda: indicator_sets.leave_out(
            coalition=coalition, code=request.POST.get("indicator", ""), by=request.user
        ),
        "Het cijfer staat niet meer in de lijst. Toevoegen kan hieronder.",
        reverse("monitoring:indicator-choice", args=[coalition.slug]),
    )


def _page(request: HttpRequest, coalition: Coalition, codes: list[str], form: ChoiceForm) -> HttpResponse:
    known = {item.code: item for item in load_definitions()}
    context = {
        "coalition": coalition,
        "chosen": [known[code] for code in codes if code in known],
        "form": form,
        "has_more": len(known.keys() - set(codes)) > 0,
    }
    return render(request, "monitoring/indicator_choice.html", context)
