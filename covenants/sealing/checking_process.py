"""A process that checks files of strangers, each in a child of its own with little time and memory.

Started as `python -m covenants.sealing.checking_process FD CPU_SECONDS`. It loads what a check needs
once and then forks for each file, so that a file which makes the parser loop or swell ends that child
and nothing else. It has one thread, knows no database and no keys, and ends when whoever started it does.
"""

import gc
import json
import os
import resource
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from asn1crypto import x509

from covenants.sealing.checking import check_file

CPU_SECONDS = 10
WALL_SECONDS = 12
MEMORY = 1024 * 1024 * 1024
HEADER = 8
# A sealed page of our own making and the root that it rests on, see `tests.covenants.pdfs.write_sample`.
SAMPLE = Path(__file__).parent / "sample"


def main(descriptor: int, cpu_seconds: int) -> None:
    """Fork for each connection that comes in, until the other side is gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    warm_up()
    with socket.socket(fileno=descriptor) as control:
        while True:
            message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
            if not message:
                return
            if os.fork() == 0:
                control.close()
                _check_one(descriptors[0], cpu_seconds)
            os.close(descriptors[0])


def warm_up() -> None:
    """Check a file of our own once: what the libraries set up at their first check, each child would
    have to set up again, which takes longer than the check itself."""
    root = x509.Certificate.load((SAMPLE / "root.der").read_bytes())
    check_file((SAMPLE / "document.pdf").read_bytes(), roots=[root])
    # What is there now stays, so that no child goes through it to clean up, and copies it by that.
    gc.collect()
    gc.freeze()


def _check_one(descriptor: int, cpu_seconds: int) -> None:
    """The whole life of one child."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(WALL_SECONDS)
    # No word at all counts as "too heavy" on the other side.
    with suppress(Exception, MemoryError), socket.socket(fileno=descriptor) as asker:
        roots, content = receive(asker)
        report = check_file(content, roots=[x509.Certificate.load(root) for root in roots])
        asker.sendall(json.dumps(report.as_json()).encode())
    os._exit(0)


def receive(asker: socket.socket) -> tuple[list[bytes], bytes]:
    """The roots to trust and the file, as `send` wrote them."""
    parts = [_read(asker, int.from_bytes(_read(asker, HEADER))) for _ in range(_number(asker))]
    return parts[1:], parts[0]


def send(checker: socket.socket, *, roots: list[bytes], content: bytes) -> None:
    """Hand over a file and the roots to trust."""
    parts = [content, *roots]
    checker.sendall(len(parts).to_bytes(HEADER))
    for part in parts:
        checker.sendall(len(part).to_bytes(HEADER))
        checker.sendall(part)


def answer(checker: socket.socket) -> dict[str, Any] | None:
    """What the child found; None where it ended without a word."""
    text = b""
    while part := checker.recv(65536):
        text += part
    return json.loads(text) if text else None


def _number(asker: socket.socket) -> int:
    return int.from_bytes(_read(asker, HEADER))


def _read(asker: socket.socket, length: int) -> bytes:
    found = bytearray()
    while len(found) < length:
        part = asker.recv(min(length - len(found), 1 << 20))
        if not part:
            raise EOFError
        found += part
    return bytes(found)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
