"""The conditions of a coalition: this year beside the last, and measuring them."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from coalitions import conditions
from coalitions.access import Permission, requires
from coalitions.condition_forms import ConditionForm, ConditionScoreForm
from coalitions.models import Coalition, Condition, ConditionScore, Score
from coalitions.models.conditions import FIRST_YEAR
from coalitions.views.condition_page import page
from partners.requests import PersonRequest, sent
from portal.act_pages import carried_out
from portal.acts import Refused
from portal.revisions import latest_revision

KINDS = {Score.IN_PLACE: "success", Score.ATTENTION: "warning", Score.MISSING: "danger"}


def conditions_of(coalition: Coalition) -> QuerySet[Condition]:
    """The twelve, and those of this coalition."""
    return Condition.objects.filter(Q(coalition=None) | Q(coalition=coalition))


@requires(Permission.CONDITION_SCORE)
@require_safe
def condition_list(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Every condition with its score in the chosen year and the year before."""
    this_year = timezone.localdate().year
    measured = sorted(set(coalition.condition_scores.values_list("year", flat=True)), reverse=True)
    wanted = request.GET.get("jaar", "")
    year = int(wanted) if wanted.isdigit() and len(wanted) == 4 else (measured or [this_year])[0]
    scores = {
        (score.condition_id, score.year): (score, KINDS[Score(score.score)])
        for score in coalition.condition_scores.filter(year__in=[year, year - 1])
    }
    rows = [
        (one, scores.get((one.pk, year)), scores.get((one.pk, year - 1))) for one in conditions_of(coalition)
    ]
    years = sorted({*measured, this_year}, reverse=True)
    context = {
        "rows": rows,
        "year": year,
        "before": year - 1,
        "is_measured": year in measured,
        "years": [(str(one), f"?jaar={one}", one == year) for one in years],
        "this_year": this_year,
    }
    return page(request, "condition_list", coalition, **context)


@requires(Permission.CONDITION_SCORE)
@require_http_methods(["GET", "HEAD", "POST"])
def condition_score(request: PersonRequest, coalition: Coalition, year: int) -> HttpResponse:
    """The measuring of one year."""
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    held = {
        score.condition_id: (score.score, score.note)
        for score in coalition.condition_scores.filter(year=year)
    }
    form = ConditionScoreForm(
        *sent(request),
        conditions=conditions_of(coalition),
        held=held,
        initial={"seen": latest_revision(ConditionScore)},
    )

    def score(seen: int | None, **_: str) -> None:
        conditions.score_year(coalition=coalition, year=year, scores=form.scores, by=request.user, seen=seen)

    if carried_out(request, form, score, f"De meting van {year} is opgeslagen."):
        return redirect("coalitions:condition-list", coalition.slug)
    return page(request, "condition_score", coalition, form=form, year=year)


@requires(Permission.CONDITION_SCORE)
@require_http_methods(["GET", "HEAD", "POST"])
def condition_add(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """A condition of one's own."""
    form = ConditionForm(*sent(request))
    if form.is_bound and form.is_valid():
        try:
            conditions.add_condition(coalition=coalition, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, "De randvoorwaarde staat erbij.")
            return redirect("coalitions:condition-list", coalition.slug)
    return page(request, "condition_add", coalition, form=form)
