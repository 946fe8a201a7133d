"""Which version an address means."""

from django.db.models import Case, When
from django.http import Http404

from coalitions.models import Coalition
from covenants.models import CovenantVersion, VersionState


def fixed_version(coalition: Coalition, number: int) -> CovenantVersion:
    """The fixed text with this number, 404 where there is none. Of two documents of a coalition it is
    the one that can be signed now, else the newest."""
    version = (
        CovenantVersion.objects.filter(covenant__coalition=coalition, number=number)
        .exclude(state=VersionState.DRAFT)
        .select_related("covenant__coalition")
        .order_by(Case(When(state=VersionState.OPEN, then=0), default=1), "-covenant")
        .first()
    )
    if version is None:
        raise Http404
    return version
