"""Which version an address means."""

from django.http import Http404

from coalitions.models import Coalition
from covenants.models import CovenantVersion, VersionState


def fixed_version(coalition: Coalition, number: int) -> CovenantVersion:
    """The fixed text with this number of the coalition's newest covenant that has one; 404 otherwise."""
    version = (
        CovenantVersion.objects.filter(covenant__coalition=coalition, number=number)
        .exclude(state=VersionState.DRAFT)
        .select_related("covenant__coalition")
        .order_by("-covenant")
        .first()
    )
    if version is None:
        raise Http404
    return version
