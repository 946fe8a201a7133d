"""From worked-out figures to what everybody reads: check, approve, publish, roll back, withdraw."""

from typing import Any

from django.db import connection
from django.db.models.functions import Now

from monitoring.models import (
    Indicator,
    Partition,
    Period,
    Publication,
    Release,
    ReleaseState,
    Withdrawal,
)
from partners.models import Area, Person
from portal.acts import Refused, act
from portal.jobs import JobState


class NotReady(Refused):
    """Some part of the release is not worked out or not audited."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Deze uitgave is nog niet klaar: {reason}.")


class OwnWork(Refused):
    """Who delivered or ordered does not approve."""

    def __init__(self) -> None:
        super().__init__(
            "Je hebt zelf cijfers voor deze uitgave aangeleverd of laten uitrekenen. Vraag een andere "
            "analist om haar goed te keuren."
        )


class WrongStep(Refused):
    """The release is not at the step before this one."""

    def __init__(self, release: Release, wanted: ReleaseState) -> None:
        super().__init__(
            f"{release} is nu: {release.get_state_display()}. Dit kan alleen als zij {wanted.label} is. "
            "Ververs de pagina."
        )


_OPEN_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('monitoring:open-release', 0))"
# What is published now is where the next release starts; only what changes is worked out.
_CARRY_OVER = """
    INSERT INTO monitoring_edition (
        release_id, indicator_id, period_id, partition_id, through_id, as_of, is_provisional,
        country_id, benchmark
    )
    SELECT %s, indicator_id, period_id, partition_id, through_id, as_of, is_provisional,
           country_id, benchmark
    FROM monitoring_edition
    WHERE release_id = (SELECT release_id FROM monitoring_publication)
"""


def reopen() -> Release:
    """The release in preparation, as a draft: begun now, or taken back because figures change.

    Call it in the transaction of the change.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OPEN_LOCK)
        release = Release.objects.open().select_for_update().first()
        if release is None:
            release = Release.objects.create()
            cursor.execute(_CARRY_OVER, [release.pk])
        elif release.state != ReleaseState.DRAFT:
            _back_to_draft(release)
    return release


def check(*, release: Release, by: Person) -> Release:
    """Say that the figures and what they change were looked at."""
    with act(by=by):
        release = _locked(release, ReleaseState.DRAFT)
        if reason := unfinished(release):
            raise NotReady(reason)
        # A part that failed and was worked out later needs no retry any more.
        Partition.objects.filter(run__release=release, state=JobState.FAILED).update(
            state=JobState.CANCELLED, finished_at=None
        )
        return _moved(release, state=ReleaseState.CHECKED, checked_at=Now(), checked_by=by)


def approve(*, release: Release, by: Person) -> Release:
    """Approve what was checked; somebody else than who delivered or ordered its figures."""
    with act(by=by):
        release = _locked(release, ReleaseState.CHECKED)
        if release.runs.filter(requested_by=by).exists():
            raise OwnWork
        return _moved(release, state=ReleaseState.APPROVED, approved_at=Now(), approved_by=by)


def send_back(*, release: Release, by: Person) -> Release:
    """Take a checked or approved release back to a draft."""
    with act(by=by):
        release = Release.objects.select_for_update().get(pk=release.pk)
        if release.state not in {ReleaseState.CHECKED, ReleaseState.APPROVED}:
            raise WrongStep(release, ReleaseState.CHECKED)
        _back_to_draft(release)
        return release


def publish(*, release: Release, by: Person) -> Release:
    """Let everybody read this release from now on: one pointer moves."""
    with act(by=by):
        release = _locked(release, ReleaseState.APPROVED)
        _moved(release, state=ReleaseState.PUBLISHED, published_at=Now(), published_by=by)
        _point_at(release, by=by)
        return release


def roll_back(*, release: Release, by: Person) -> Release:
    """Let everybody read an earlier release again."""
    with act(by=by):
        release = _locked(release, ReleaseState.PUBLISHED)
        _point_at(release, by=by)
        return release


def withdraw(*, indicator: Indicator, period: Period, area: Area, reason: str, by: Person) -> Withdrawal:
    """Show one figure no longer, in any release, from this moment on."""
    with act(by=by):
        withdrawal = Withdrawal(indicator=indicator, period=period, area=area, reason=reason, withdrawn_by=by)
        withdrawal.full_clean(exclude=["withdrawn_at", "restored_at", "restored_by"])
        withdrawal.save()
        return withdrawal


def restore(*, withdrawal: Withdrawal, by: Person) -> Withdrawal:
    """Show a withdrawn figure again."""
    with act(by=by):
        changed = Withdrawal.objects.in_force().filter(pk=withdrawal.pk)
        if not changed.update(restored_at=Now(), restored_by=by):
            raise Refused("Dit cijfer wordt al weer getoond.")
        withdrawal.refresh_from_db()
        return withdrawal


def published() -> Release | None:
    """The release that everybody reads now."""
    pointer = Publication.objects.select_related("release").first()
    return pointer.release if pointer else None


# What was given up and worked out later is done. The three years of a check all stand in the release.
_UNFINISHED = """
    WITH mine AS MATERIALIZED (
        SELECT partition_id FROM monitoring_edition WHERE release_id = %(release)s
    ),
    parts AS (
        SELECT part.id, part.indicator_id, part.period_id, part.state
        FROM monitoring_partition part JOIN monitoring_run run ON run.id = part.run_id
        WHERE run.release_id = %(release)s
    ),
    given_up AS (
        SELECT state FROM parts WHERE state IN ('failed', 'cancelled') AND NOT EXISTS (
            SELECT FROM parts later
            WHERE later.indicator_id = parts.indicator_id AND later.period_id = parts.period_id
              AND later.id > parts.id AND later.state = 'done'
        )
    ),
    audits AS (SELECT state FROM monitoring_audit WHERE partition_id IN (SELECT partition_id FROM mine)),
    windows AS (
        SELECT state FROM monitoring_windowaudit
        WHERE state IN ('waiting', 'failed') AND earliest_id IN (SELECT partition_id FROM mine)
          AND middle_id IN (SELECT partition_id FROM mine) AND latest_id IN (SELECT partition_id FROM mine)
    )
    SELECT (SELECT count(*) FROM parts WHERE state = 'waiting'),
           (SELECT count(*) FROM given_up WHERE state = 'failed'),
           (SELECT count(*) FROM given_up WHERE state = 'cancelled'),
           (SELECT count(*) FROM audits WHERE state = 'waiting'),
           (SELECT count(*) FROM audits WHERE state = 'failed'),
           (SELECT count(*) FROM windows WHERE state = 'waiting'),
           (SELECT count(*) FROM windows WHERE state = 'failed'),
           EXISTS (SELECT FROM mine) OR EXISTS (SELECT FROM parts WHERE state = 'done')
"""
_REASONS = (
    "{} onderdelen worden nog uitgerekend",
    "{} onderdelen zijn mislukt bij het uitrekenen",
    "{} onderdelen zijn gestopt voor ze klaar waren",
    "{} controles op kleine aantallen lopen nog",
    "{} controles op kleine aantallen zijn mislukt",
    "{} controles van drie jaren samen lopen nog",
    "{} controles van drie jaren samen zijn mislukt",
)


def unfinished(release: Release) -> str:
    """What still has to be done before the release can go on; empty where all is done. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_UNFINISHED, {"release": release.pk})
        *counts, has_figures = cursor.fetchone()
    reasons = [words.format(count) for words, count in zip(_REASONS, counts, strict=True) if count]
    if not reasons and not has_figures:
        return "er staan nog geen cijfers in"
    return ", ".join(reasons)


def _locked(release: Release, state: ReleaseState) -> Release:
    found = Release.objects.select_for_update().get(pk=release.pk)
    if found.state != state:
        raise WrongStep(found, state)
    return found


def _moved(release: Release, **changes: Any) -> Release:
    for name, value in changes.items():
        setattr(release, name, value)
    release.save(update_fields=list(changes))
    release.refresh_from_db()
    return release


def _back_to_draft(release: Release) -> None:
    _moved(
        release,
        state=ReleaseState.DRAFT,
        checked_at=None,
        checked_by=None,
        approved_at=None,
        approved_by=None,
    )


def _point_at(release: Release, *, by: Person) -> None:
    from monitoring import alerts

    alerts.order(old=published(), new=release)
    Publication.objects.update_or_create(
        is_only=True, defaults={"release": release, "moved_at": Now(), "moved_by": by}
    )
