"""One measurement beside its reference."""

import json
import resource
import statistics
import time
from collections.abc import Callable


def report(
    name: str, ours: list[float], reference: list[float], *, unit: str, of: str, **more: object
) -> None:
    """Print one line; `of` says which statistic of the rounds is compared, `more` is printed with it."""
    pick = percentile if of == "p95" else statistics.median
    left, right = pick(ours), pick(reference)
    line = {
        "name": name,
        "ours": round(left, 5),
        "reference": round(right, 5),
        "ratio": round(left / right, 3),
        "unit": f"{unit} ({of})",
        "n": len(ours),
        **more,
    }
    print(json.dumps(line), flush=True)


def percentile(rounds: list[float]) -> float:
    """What nineteen of twenty rounds stay under."""
    return statistics.quantiles(rounds, n=20)[-1]


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def memory() -> int:
    """The most megabytes that this process has held so far; it does what a worker does."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
