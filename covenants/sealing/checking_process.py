"""A process that checks files of strangers in children with little time and memory.

Started as `python -m covenants.sealing.checking_process FD CPU_SECONDS`. It loads what a check needs
once and keeps children ready, so that a file which makes the parser loop or swell ends one child and
nothing else. A child goes on with the next file only where the last one was ours, whole and unchanged.
The process has one thread, knows no database and no keys, and ends when whoever started it does.
"""

import gc
import json
import os
import resource
import signal
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path

from asn1crypto import x509

from covenants.sealing.checking import check_file
from covenants.sealing.findings import SealVerdict
from covenants.sealing.handing_over import PLACES, WALL_SECONDS, receive

MEMORY = 1024 * 1024 * 1024
NOBODY_ASKS = 1
# A sealed page of our own making and the root that it rests on, see `tests.covenants.pdfs.write_sample`.
SAMPLE = Path(__file__).parent / "sample"


def main(descriptor: int, cpu_seconds: int) -> None:
    """Keep a child ready for each place, until the other side is gone."""
    warm_up()
    with socket.socket(fileno=descriptor) as control:
        for _ in range(PLACES):
            _fork(control, cpu_seconds)
        while os.waitstatus_to_exitcode(os.wait()[1]) != NOBODY_ASKS:
            _fork(control, cpu_seconds)


def warm_up() -> None:
    """Check a file of our own once: what the libraries set up at their first check, each child would
    have to set up again, which takes longer than the check itself."""
    root = x509.Certificate.load((SAMPLE / "root.der").read_bytes())
    check_file((SAMPLE / "document.pdf").read_bytes(), roots=[root])
    # What is there now stays, so that no child goes through it to clean up, and copies it by that.
    gc.collect()
    gc.freeze()


def _fork(control: socket.socket, cpu_seconds: int) -> None:
    if os.fork() == 0:
        os._exit(_check_files(control, cpu_seconds))


def _check_files(control: socket.socket, cpu_seconds: int) -> int:
    """The life of one child: until a file that is not wholly ours, or until nobody asks any more."""
    # What is shared with the parent is copied where a check writes to it. That takes half as long as
    # the check of a page, so it happens now, while nobody waits.
    warm_up()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    is_ours = True
    while is_ours:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return NOBODY_ASKS
        is_ours = _check_one(descriptors[0], cpu_seconds)
    return 0


def _check_one(descriptor: int, cpu_seconds: int) -> bool:
    """Check the file that comes in; whether it is ours to the last byte."""
    until = int(time.process_time()) + 1 + cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
    signal.alarm(WALL_SECONDS)
    # No word at all counts as "too heavy" on the other side.
    with suppress(Exception, MemoryError), socket.socket(fileno=descriptor) as asker:
        roots, content = receive(asker)
        report = check_file(content, roots=[x509.Certificate.load(root) for root in roots])
        asker.sendall(json.dumps(report.as_json()).encode())
        signal.alarm(0)
        return report.verdict == SealVerdict.VALID and not report.has_bytes_after
    return False


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
