"""How the web server and the process that checks hand over a file, and the limits on a check."""

import json
import socket
from typing import Any

# At a time, for each process of the web server; who comes after waits a moment.
PLACES = 2
CPU_SECONDS = 10
WALL_SECONDS = 12
HEADER = 8


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
