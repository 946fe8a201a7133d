"""One release of figures: what it changes, and its way to the public."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from coalitions.access import Permission, requires
from monitoring import release_changes, releases
from monitoring.models import Audit, Release, ReleaseFigure, WindowAudit
from monitoring.release_changes import Change
from partners.models import AreaKind, Person
from portal.act_pages import done
from portal.numbers import dutch_number

# Far more than anybody reads: then something is wrong with the file.
MOST_CHANGES = 5000


@require_safe
@requires(Permission.FIGURES_DELIVER)
def release_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Each judgement that changes, what is left out, what is still to do, and the figures themselves."""
    found = Release.objects.for_page().with_own_work(cast(Person, request.user))
    release = get_object_or_404(found, pk=pk)
    current = releases.published()
    audits = Audit.objects.filter(partition__editions__release=release)
    figures = ReleaseFigure.objects.filter(release=release, area__kind=AreaKind.COUNTRY)
    return render(
        request,
        "monitoring/release_detail.html",
        {
            "release": release,
            "current": current,
            "is_current": current == release,
            "unfinished": "" if release.published_at else releases.unfinished(release),
            "audits": audits.select_related("partition__indicator", "partition__period").order_by(
                "partition__indicator__name", "partition__period__reference_date"
            ),
            "windows": WindowAudit.objects.of_releases(Release.objects.filter(pk=release.pk)).for_page(),
            "figures": figures.select_related("indicator", "period").order_by(
                "indicator__name", "period__reference_date"
            ),
            **_changes(current, release),
        },
    )


def _changes(current: Release | None, release: Release) -> dict[str, Any]:
    """What `release` would change for who reads the current one."""
    changes: list[Change] = []
    count = 0
    if current and current != release:
        changes, count = release_changes.between(current, release, most=MOST_CHANGES)
    return {
        "changes": release_changes.alike(changes),
        "change_count": dutch_number(count),
        "lost": [one for one in changes if one.is_lost_for_the_country],
        "left_out": count - len(changes),
    }


@require_POST
@requires(Permission.FIGURES_DELIVER)
def release_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it was looked at."""
    return _done(request, pk, releases.check, "Gecontroleerd. Een andere analist kan nu goedkeuren.")


@require_POST
@requires(Permission.RELEASE_APPROVE)
def release_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve it."""
    return _done(request, pk, releases.approve, "Goedgekeurd. De uitgave kan nu gepubliceerd worden.")


@require_POST
@requires(Permission.FIGURES_DELIVER)
def release_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it a draft again."""
    return _done(request, pk, releases.send_back, "De uitgave is weer een concept.")


@require_POST
@requires(Permission.FIGURES_DELIVER)
def release_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody read it."""
    return _done(request, pk, releases.publish, "Gepubliceerd. Iedereen leest nu deze cijfers.")


@require_POST
@requires(Permission.FIGURES_DELIVER)
def release_roll_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody read this earlier one again."""
    return _done(request, pk, releases.roll_back, "Iedereen leest nu weer de cijfers van deze uitgave.")


def _done(request: HttpRequest, pk: int, operation: Callable[..., Release], sentence: str) -> HttpResponse:
    release = get_object_or_404(Release, pk=pk)
    return done(request, lambda: operation(release=release, by=cast(Person, request.user)), sentence, release)
