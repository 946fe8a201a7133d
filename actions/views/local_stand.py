"""How one municipality stands with an action of the region."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from actions import local_stands
from actions.action_forms import LocalStandForm
from actions.models import Action
from actions.presenters.local_stands import told_before
from actions.views.action_detail import action_of
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from partners.models import Area
from partners.requests import PersonRequest, sent
from portal.act_pages import carried_out, done


@requires(Permission.ADOPTION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def local_stand_set(request: PersonRequest, coalition: Coalition, number: int, code: str) -> HttpResponse:
    """Say how it stands since which day; below it what was said before."""
    action, municipality = _own(request, coalition, number, code)
    told = list(told_before(action, municipality))
    current = told[0] if told and told[0].is_current else None
    initial = {"state": current.state, "note": current.note} if current else None
    form = LocalStandForm(*sent(request), initial=initial)
    if carried_out(
        request,
        form,
        partial(local_stands.set_stand, action=action, municipality=municipality, by=request.user),
        f"De stand van {municipality} is opgeslagen. Wat er eerder stond, blijft bewaard.",
    ):
        return redirect(f"{action.get_absolute_url()}#gemeenten")
    context = {"coalition": coalition, "action": action, "municipality": municipality, "form": form}
    return render(request, "actions/local_stand_set.html", {**context, "told": told, "current": current})


@requires(Permission.ADOPTION_EDIT)
@require_POST
def local_stand_take_back(
    request: PersonRequest, coalition: Coalition, number: int, code: str
) -> HttpResponse:
    """The last one was a mistake."""
    action, municipality = _own(request, coalition, number, code)
    return done(
        request,
        lambda: local_stands.take_back(action=action, municipality=municipality, by=request.user),
        f"De laatste stand van {municipality} is weggehaald.",
        f"{action.get_absolute_url()}#gemeenten",
    )


def _own(request: PersonRequest, coalition: Coalition, number: int, code: str) -> tuple[Action, Area]:
    """The action and one of its municipalities, for who speaks for it; refused to others."""
    action = action_of(coalition, number)
    municipality = get_object_or_404(local_stands.places_of(action), code=code)
    if not local_stands.within(request.user, action).filter(pk=municipality.pk).exists():
        raise PermissionDenied
    return action, municipality
