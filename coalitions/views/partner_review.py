"""The yearly talk with each partner."""

from functools import partial

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from coalitions import conditions
from coalitions.access import Permission, requires
from coalitions.condition_forms import PartnerReviewForm
from coalitions.member_filters import MemberFilter
from coalitions.models import Coalition, PartnerReview
from coalitions.models.conditions import FIRST_YEAR
from coalitions.views.condition_page import page
from partners.requests import PersonRequest, sent
from portal.act_pages import carried_out
from portal.revisions import revision_of


@requires(Permission.CONDITION_SCORE)
@require_safe
def partner_review_list(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Every member, with the talk of this year and of the year before."""
    year = timezone.localdate().year
    reviews = PartnerReview.objects.filter(year__in=[year, year - 1])
    members = coalition.memberships.members().for_list()
    found = MemberFilter(
        request.GET,
        members.prefetch_related(Prefetch("reviews", reviews, to_attr="late_reviews")),
        shows_prospects=False,
    )
    rows = [
        (membership, {review.year: review for review in membership.late_reviews}) for membership in found.page
    ]
    return page(
        request,
        "partner_review_list",
        coalition,
        filter=found,
        rows=[(one, held.get(year), held.get(year - 1)) for one, held in rows],
        year=year,
        before=year - 1,
    )


@requires(Permission.CONDITION_SCORE)
@require_http_methods(["GET", "HEAD", "POST"])
def partner_review_edit(request: PersonRequest, coalition: Coalition, pk: int, year: int) -> HttpResponse:
    """What the talk of one year gave."""
    membership = get_object_or_404(coalition.memberships.members().for_list(), pk=pk)
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    held = membership.reviews.filter(year=year).first()
    fields = ("held_on", "effort", "result", "follow_up")
    initial = {field: getattr(held, field) for field in fields} if held else {}
    form = PartnerReviewForm(*sent(request), initial=initial | {"seen": revision_of(held) if held else 0})
    if carried_out(
        request,
        form,
        partial(conditions.write_review, membership=membership, year=year, by=request.user),
        f"Het gesprek met {membership.organisation} is vastgelegd.",
    ):
        return redirect("coalitions:partner-review-list", coalition.slug)
    return page(request, "partner_review_edit", coalition, form=form, membership=membership, year=year)
