"""What was brought in is not kept longer than it is of use: it holds names and addresses."""

import datetime

from django.utils import timezone

from coalitions.models import MemberImport, MemberImportRow
from portal.import_plans import UNDO_WITHIN, PlanStep

UNFINISHED_FOR = datetime.timedelta(days=7)
OPEN = (PlanStep.COLUMNS, PlanStep.CHECKING, PlanStep.CHECKED)


def clear() -> int:
    """Stop imports that nobody went on with, and empty the rows of what can no longer be undone."""
    now = timezone.now()
    left = MemberImport.objects.filter(step__in=OPEN, created_at__lt=now - UNFINISHED_FOR)
    MemberImportRow.objects.filter(plan__in=left).delete()
    stopped = left.update(step=PlanStep.CANCELLED)
    emptied = (
        MemberImportRow.objects.filter(plan__saved_at__lt=now - UNDO_WITHIN)
        .exclude(cells=[], values={}, before={})
        .update(cells=[], values={}, before={}, changes={}, candidates=[])
    )
    return stopped + emptied
