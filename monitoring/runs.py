"""A calculation that was asked for: stop what has not begun, or try again what failed."""

from monitoring import releases
from monitoring.models import Partition, Run
from partners.models import Person
from portal import jobs
from portal.acts import Refused, act
from portal.jobs import JobState


class NothingLeft(Refused):
    """Every part is done."""

    def __init__(self) -> None:
        super().__init__("Er is niets meer te doen aan deze berekening. Ververs de pagina.")


def cancel(*, run: Run, by: Person) -> int:
    """Stop every part that is not done yet; how many. A worker that is at one keeps nothing of it.

    Its release cannot be approved until these parts are worked out after all.
    """
    with act(by=by):
        waiting = run.partitions.filter(state=JobState.WAITING)
        count = waiting.update(state=JobState.CANCELLED, lease_until=None, lease_token=None)
        if not count:
            raise NothingLeft
        return count


def retry(*, run: Run, by: Person) -> int:
    """Let the parts that failed or were stopped wait for a worker again; how many."""
    with act(by=by):
        over = run.partitions.filter(state__in=[JobState.FAILED, JobState.CANCELLED])
        if not over.exists():
            raise NothingLeft
        # Their figures belong to the release that is in preparation now.
        run.release = releases.reopen()
        run.save(update_fields=["release"])
        count = over.wait_again()
        jobs.ring(Partition, times=min(count, 8))
        return count
