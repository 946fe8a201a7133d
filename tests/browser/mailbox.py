"""A mail server that keeps what it is given: the portal sends its mail as in production."""

import email
import email.policy
import re
import socketserver
import threading
import time
from email.message import EmailMessage

GREETING = b"220 localhost\r\n"
FINE = b"250 ok\r\n"


class _Conversation(socketserver.StreamRequestHandler):
    """One sender: enough SMTP for Django's."""

    server: "Mailbox"

    def handle(self) -> None:
        self.wfile.write(GREETING)
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self.server.received.append(self._message())
                self.wfile.write(FINE)
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(FINE)

    def _message(self) -> EmailMessage:
        lines = iter(self.rfile.readline, b".\r\n")
        source = b"".join(line.removeprefix(b".") for line in lines)
        return email.message_from_bytes(source, policy=email.policy.default)


class Mailbox(socketserver.ThreadingTCPServer):
    """Listens on a free port; use it as a context manager."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.port: int = self.server_address[1]
        self.received: list[EmailMessage] = []

    def __enter__(self) -> "Mailbox":
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.shutdown()
        self.server_close()

    def text_to(self, recipient: str, *, seconds: float = 20) -> str:
        """The text of the newest mail to `recipient`; waits until there is one."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for message in reversed(self.received):
                if recipient in str(message["To"]):
                    return message.get_content()
            time.sleep(0.1)
        raise AssertionError(f"No mail to {recipient}; {len(self.received)} others.")


def link_in(text: str) -> str:
    """The first address in a text."""
    found = re.search(r"https?://\S+", text)
    assert found, text
    return found[0]
