"""The coordinator changes what the profile tells, how requests are handled, and the phase."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from coalitions import founding
from coalitions.access import Permission, requires
from coalitions.models import Coalition, Phase
from coalitions.role_forms import PhaseForm, SettingsForm, StopForm, phases_after
from partners.requests import PersonRequest
from portal import hooks
from portal.act_pages import carried_out
from portal.revisions import revision_of


@requires(Permission.SETTINGS_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """The settings; of two who save at once the second sees both values."""
    initial = {field: getattr(coalition, field) for field in founding.SETTINGS}
    form = SettingsForm(
        request.POST if request.method == "POST" else None,
        initial={**initial, "seen": revision_of(coalition)},
    )
    if carried_out(
        request, form, partial(founding.change_profile, coalition=coalition, by=request.user), "Opgeslagen."
    ):
        return redirect("coalitions:settings", coalition.slug)
    return render(
        request,
        "coalitions/settings.html",
        {
            "coalition": coalition,
            "form": form,
            "phases": phases_after(coalition),
            "phase_steps": coalition.phase_steps.select_related("recorded_by").order_by("-pk"),
            "panels": hooks.panels(hooks.Place.SETTINGS, subject=coalition, person=request.user),
        },
    )


@requires(Permission.SETTINGS_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def phase_step(request: PersonRequest, coalition: Coalition, phase: str) -> HttpResponse:
    """The coalition goes to another phase."""
    if phase not in Phase:
        raise Http404
    kind = StopForm if phase == Phase.ENDED else PhaseForm
    form = kind(request.POST if request.method == "POST" else None, initial={"seen": coalition.phase})

    def move(*, reason: str, seen: str, **_: bool) -> None:
        founding.move_phase(coalition=coalition, to=phase, by=request.user, reason=reason, seen=seen)

    if carried_out(request, form, move, f"De fase is nu ‘{Phase(phase).label}’."):
        return redirect("coalitions:settings", coalition.slug)
    context = {"coalition": coalition, "phase": Phase(phase), "form": form}
    return render(request, "coalitions/phase_step.html", context)
