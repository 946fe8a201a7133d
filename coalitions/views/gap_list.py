"""Who is missing: by kind and municipality, by level and partner, and how the coalition grows."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from coalitions import gaps, members
from coalitions.access import Permission, requires
from coalitions.member_filters import MemberFilter, with_seat_levels
from coalitions.models import Coalition, SeatLevel
from partners.models import Area
from partners.requests import PersonRequest
from portal import charts
from portal.acts import Refused
from portal.list_filters import PAGE_SIZE

PAGES = (
    ("Soorten per gemeente", "coalitions:gap-list"),
    ("Niveaus per partner", "coalitions:gap-levels"),
    ("Groei en domeinen", "coalitions:growth"),
)


@requires(Permission.GAPS_READ)
@require_safe
def gap_list(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """The matrix, and beneath it each gap as a sentence with what can be done."""
    counts = gaps.counts_of(coalition)
    page = Paginator(coalition.municipalities().order_by("sort_key", "pk"), PAGE_SIZE).get_page(
        request.GET.get("pagina", 1)
    )
    rows = gaps.matrix_of(page, counts)
    return _page(
        request,
        coalition,
        "coalitions:gap-list",
        wanted=gaps.LOCAL,
        page=page,
        rows=rows,
        opened=request.GET.get("open", ""),
        # Of one page of many it would say nothing.
        missing=gaps.missing_in(rows) if page.paginator.num_pages == 1 else [],
        regional=gaps.regional_of(counts),
    )


@requires(Permission.GAPS_READ)
@require_safe
def gap_levels(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """Each member with the levels at which it has somebody."""
    listed = with_seat_levels(coalition.memberships.for_list(), timezone.localdate())
    found = MemberFilter(request.GET, listed, shows_prospects=False)
    rows = [(row, [(level, level.value in row.seat_levels) for level in SeatLevel]) for row in found.page]
    return _page(request, coalition, "coalitions:gap-levels", filter=found, rows=rows, levels=list(SeatLevel))


@requires(Permission.GAPS_READ)
@require_safe
def growth(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """Members over time with the table beside the chart, and the balance of the domains."""
    rows = gaps.growth_of(coalition)
    drawn = charts.draw({"growth": gaps.growth_chart(rows)}) if rows else {}
    return _page(
        request,
        coalition,
        "coalitions:growth",
        rows=gaps.changes_in(rows),
        chart=drawn.get("growth"),
        domains=gaps.domains_of(coalition),
    )


@requires(Permission.MEMBERSHIP_CHANGE)
@require_POST
def gap_fill(request: PersonRequest, coalition: Coalition, code: str) -> HttpResponse:
    """Put a party that fills the gap on the wish list: one from the register, or one yet to find."""
    place = get_object_or_404(coalition.municipalities(), code=code)
    return _fill(request, coalition, gaps.LOCAL, place)


@requires(Permission.MEMBERSHIP_CHANGE)
@require_POST
def gap_fill_everywhere(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """The same for a party of which one is enough for the whole area."""
    return _fill(request, coalition, gaps.REGIONAL, None)


def _fill(
    request: PersonRequest, coalition: Coalition, kinds: tuple[gaps.Wanted, ...], place: Area | None
) -> HttpResponse:
    wanted = gaps.wanted_of(request.POST.get("soort", ""), kinds)
    if wanted is None:
        raise Http404
    known = gaps.find_party(coalition, wanted, place)
    try:
        if known:
            membership = members.put_on_list(coalition=coalition, organisation=known, by=request.user)
        else:
            membership = members.wish_for(
                coalition=coalition, type=gaps.usual_type(wanted), municipality=place, by=request.user
            )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{membership.organisation} staat op de wenslijst.")
    # Back where she was, for who fills more than one.
    here = f"?open={place.code}#gaten-{place.code}" if place else ""
    return redirect(reverse("coalitions:gap-list", args=[coalition.slug]) + here)


def _page(request: HttpRequest, coalition: Coalition, here: str, **context: Any) -> HttpResponse:
    template = f"coalitions/{here.partition(':')[2].replace('-', '_')}.html"
    tabs = [(label, reverse(name, args=[coalition.slug]), name == here) for label, name in PAGES]
    return render(request, template, {"coalition": coalition, "tabs": tabs, **context})
