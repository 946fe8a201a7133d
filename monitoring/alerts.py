"""Who hears that a release changed a judgement, or a figure under a reading."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import F, OuterRef, Q, Subquery

from coalitions.models import Coalition, CoalitionRole, Role
from monitoring.models import Aggregate, Interpretation, Release, ReleaseAlert
from monitoring.releases import judgement_words
from portal import jobs, outbox

MOST_LINES = 20
LISTENERS = (Role.COORDINATOR, Role.ANALYST)

# Of every coalition its own figures and those of its municipalities, as the view shows them.
_CHANGES = """
    WITH pairs AS (
        SELECT edition.indicator_id, edition.period_id
        FROM monitoring_edition edition LEFT JOIN monitoring_edition old
          ON old.release_id = %(old)s AND old.indicator_id = edition.indicator_id
         AND old.period_id = edition.period_id
        WHERE edition.release_id = %(new)s AND old.partition_id IS DISTINCT FROM edition.partition_id
    ),
    figures AS (
        SELECT figure.* FROM monitoring_releasefigure figure
        JOIN pairs USING (indicator_id, period_id) WHERE figure.release_id IN (%(old)s, %(new)s)
    ),
    places AS (
        SELECT id AS coalition_id, area_id FROM coalitions_coalition
        UNION
        SELECT coalition.id, member.member_id
        FROM coalitions_coalition coalition JOIN partners_areamember member
          ON member.region_id = coalition.area_id
        WHERE member.valid_from <= CURRENT_DATE
          AND (member.valid_to IS NULL OR CURRENT_DATE < member.valid_to)
    )
    SELECT places.coalition_id, indicator.name, period.label, area.name,
           old.status, old.compared_998, new.status, new.compared_998
    FROM (SELECT * FROM figures WHERE release_id = %(old)s) AS old
    JOIN (SELECT * FROM figures WHERE release_id = %(new)s) AS new
        USING (indicator_id, period_id, area_id)
    JOIN places ON places.area_id = new.area_id
    JOIN monitoring_indicator indicator ON indicator.id = indicator_id
    JOIN monitoring_period period ON period.id = period_id
    JOIN partners_area area ON area.id = new.area_id
    WHERE (old.status, old.compared_998) IS DISTINCT FROM (new.status, new.compared_998)
    ORDER BY places.coalition_id, area.kind, indicator.name, period.reference_date, area.sort_key
"""


@dataclass
class Found:
    """What one coalition has to hear."""

    lines: list[str] = field(default_factory=list)
    revised: int = 0

    @property
    def shown(self) -> list[str]:
        """The first lines; the rest is counted."""
        return self.lines[:MOST_LINES]

    @property
    def more(self) -> int:
        """How many lines are left out."""
        return max(0, len(self.lines) - MOST_LINES)


def order(*, old: Release | None, new: Release) -> None:
    """Remember to tell it, in the transaction that moves the pointer."""
    if old is None or old.pk == new.pk:
        return
    ReleaseAlert.objects.create(old=old, new=new)
    jobs.ring(ReleaseAlert)


def tell(alert: ReleaseAlert) -> None:
    """One mail for each coordinator and analyst of a coalition for which something changed."""
    with transaction.atomic():
        found = _found(alert)
        coalitions = Coalition.objects.in_bulk(list(found))
        listeners = CoalitionRole.objects.current().filter(
            coalition__in=found, role__in=LISTENERS, person__email__isnull=False
        )
        for coalition_id, email in set(listeners.values_list("coalition", "person__email")):
            outbox.post(
                purpose="figures_changed",
                reference=f"release:{alert.old_id}:{alert.new_id}:{coalition_id}",
                recipient=email,
                context={"coalition": coalitions[coalition_id], "found": found[coalition_id]},
            )
        alert.finish()


def _found(alert: ReleaseAlert) -> dict[int, Found]:
    found: dict[int, Found] = defaultdict(Found)
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES, {"old": alert.old_id, "new": alert.new_id})
        for coalition_id, indicator, period, area, was, was_998, now, now_998 in cursor.fetchall():
            old, new = judgement_words(was, was_998), judgement_words(now, now_998)
            found[coalition_id].lines.append(f"{indicator} in {area}, {period}: was {old}, nu {new}")
    for coalition_id in _revised():
        found[coalition_id].revised += 1
    return dict(found)


def _revised() -> list[int]:
    """The coalition of each reading whose figure is another one now; one query."""
    now = Aggregate.objects.filter(
        indicator__is_current=True,
        indicator__code=OuterRef("indicator_code"),
        area=OuterRef("area"),
        period=OuterRef("period"),
    )
    rows = Interpretation.objects.standing().annotate(
        now_value=Subquery(now.values("value")[:1]), now_status=Subquery(now.values("status")[:1])
    )
    is_same_value = Q(value=F("now_value")) | Q(value__isnull=True, now_value__isnull=True)
    revised = rows.exclude(is_same_value & Q(status=F("now_status")))
    return list(revised.values_list("coalition", flat=True))
