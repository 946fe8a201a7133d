"""A real mail server on this machine, which accepts, refuses or falls silent as a test wants."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message


class Sink(socketserver.ThreadingTCPServer):
    """Keeps every message it took; `refusal` is what it answers instead, `silent_at` when it hangs."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.messages: list[Message] = []
        self.refusal = ""
        self.silent_at: int | None = None
        self.fell_silent = threading.Event()

    @property
    def port(self) -> int:
        return self.server_address[1]


class _Conversation(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        self.answer("220 proef")
        while line := self.rfile.readline().decode("ascii").strip():
            word = line.split(maxsplit=1)[0].upper()
            if word == "RCPT" and self.server.refusal:
                self.answer(self.server.refusal)
            elif word == "DATA":
                self.take_message()
            elif word == "QUIT":
                return self.answer("221 dag")
            else:
                self.answer("250 goed")
        return None

    def take_message(self) -> None:
        if self.server.silent_at == len(self.server.messages):
            self.server.fell_silent.set()
            self.rfile.read()
            return
        self.answer("354 kom maar")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        self.server.messages.append(message_from_bytes(b"".join(lines)))
        self.answer("250 aangenomen")

    def answer(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def smtp_sink() -> Iterator[Sink]:
    """A mail server that runs inside the block."""
    with Sink() as sink:
        thread = threading.Thread(target=sink.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield sink
        sink.shutdown()
        thread.join()
