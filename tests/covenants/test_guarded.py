"""Files of strangers are checked in children that end; only behind a file of our own a child goes on."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from covenants import sealing
from covenants.sealing import guarded, handing_over
from covenants.sealing.checking import SealVerdict
from covenants.sealing.means import current
from tests.covenants.pdfs import make_pdf, make_slow_pdf


@pytest.fixture(scope="module")
def checker():
    """A new checker, with a second for each file."""
    guarded.stop()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handing_over, "CPU_SECONDS", 1)
        yield
    guarded.stop()


@pytest.fixture(scope="module")
def ours() -> bytes:
    return sealing.seal(make_pdf(), reason="Proef", means=current()).content


def verdict(content: bytes) -> SealVerdict:
    with guarded.checking(content, roots=current().roots) as report:
        return report().verdict


def children() -> set[int]:
    """Who is ready to check a file."""
    process = guarded._checker.process
    return {int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()}


def within_ten_seconds(holds: Callable[[], bool]) -> bool:
    """Whether it holds at some time soon."""
    until = time.monotonic() + 10
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.usefixtures("checker")
def test_a_child_goes_on_behind_files_of_our_own(ours):
    assert verdict(ours) == SealVerdict.VALID
    ready = children()
    assert [verdict(ours) for _ in range(4)] == [SealVerdict.VALID] * 4
    assert children() == ready


@pytest.mark.usefixtures("checker")
@pytest.mark.parametrize(
    "make",
    [lambda ours: make_pdf(), lambda ours: b"%PDF-1.7\nrommel", lambda ours: ours + b"\n% iets erachter"],
    ids=["zonder-zegel", "rommel", "iets-erachter"],
)
def test_a_child_ends_behind_any_other_file(ours, make):
    verdict(ours)
    ready = children()
    verdict(make(ours))
    assert verdict(ours) == SealVerdict.VALID
    # The answer is there a moment before the child is gone.
    assert within_ten_seconds(lambda: len(children() - ready) == 1)


@pytest.mark.usefixtures("checker")
def test_time_is_counted_for_each_file_by_itself(ours):
    assert {verdict(ours) for _ in range(60)} == {SealVerdict.VALID}
    assert verdict(make_slow_pdf()) == SealVerdict.TOO_HEAVY
    assert verdict(ours) == SealVerdict.VALID


@pytest.mark.usefixtures("checker")
def test_nobody_is_left_when_the_process_is_stopped(ours):
    verdict(ours)
    group = os.getpgid(guarded._checker.process.pid)
    guarded.stop()

    def is_gone() -> bool:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        return False

    assert within_ten_seconds(is_gone)
