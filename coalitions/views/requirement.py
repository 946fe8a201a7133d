"""What GALA and IZA ask of each municipality, and how far each is."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from coalitions import conditions
from coalitions.access import Permission, requires
from coalitions.condition_forms import RequirementForm
from coalitions.models import CheckState, Coalition, Requirement, RequirementCheck
from coalitions.views.condition_page import page
from partners.requests import PersonRequest, sent
from portal.act_pages import carried_out
from portal.revisions import latest_revision

KINDS = {CheckState.DONE: "success", CheckState.BUSY: "warning", CheckState.NOT_YET: "danger"}


@requires(Permission.CONDITION_SCORE)
@require_safe
def requirement_list(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Municipalities against requirements."""
    requirements = list(Requirement.objects.all())
    checks = {
        (check.municipality_id, check.requirement_id): (
            check.get_state_display(),
            KINDS[CheckState(check.state)],
        )
        for check in coalition.requirement_checks.all()
    }
    rows = [
        (area, [checks.get((area.pk, one.pk)) for one in requirements]) for area in coalition.municipalities()
    ]
    return page(request, "requirement_list", coalition, requirements=requirements, rows=rows)


@requires(Permission.CONDITION_SCORE)
@require_http_methods(["GET", "HEAD", "POST"])
def requirement_check(request: PersonRequest, coalition: Coalition, code: str) -> HttpResponse:
    """The checklist of one municipality."""
    area = get_object_or_404(coalition.municipalities(), code=code)
    held = {
        check.requirement_id: (check.state, check.note)
        for check in coalition.requirement_checks.filter(municipality=area)
    }
    form = RequirementForm(
        *sent(request),
        requirements=Requirement.objects.all(),
        held=held,
        initial={"seen": latest_revision(RequirementCheck)},
    )

    def check(seen: int | None, **_: str) -> None:
        conditions.check_municipality(
            coalition=coalition, municipality=area, states=form.states, by=request.user, seen=seen
        )

    if carried_out(request, form, check, f"De stand van {area} is opgeslagen."):
        return redirect("coalitions:requirement-list", coalition.slug)
    return page(request, "requirement_check", coalition, form=form, area=area)
