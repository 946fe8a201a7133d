"""Writes down what goes wrong behind a page: in its console, its scripts and its requests."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

FIRST_ERROR_STATUS = 400


class Watch:
    """Follows one page; `problems` says what a visitor does not see."""

    def __init__(self, page: Page, origin: str) -> None:
        self.host = urlsplit(origin).netloc
        self.problems: list[str] = []
        self.expected: set[int] = set()
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("request", self._on_request)
        page.on("response", self._on_response)
        page.on("requestfailed", self._on_failure)

    def begin_anew(self) -> None:
        """Forget what was expected and found so far: the page is used for something else."""
        self.problems.clear()
        self.expected.clear()

    def expect(self, *statuses: int) -> None:
        """These answers are meant: pages that refuse, pages that do not exist."""
        self.expected.update(statuses)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if any(f"status of {status}" in message.text for status in self.expected):
            return
        self.problems.append(f"console {message.type}: {message.text}")

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self.host:
            self.problems.append(f"request to another host: {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= FIRST_ERROR_STATUS and response.status not in self.expected:
            self.problems.append(f"answer {response.status}: {response.url}")

    def _on_failure(self, request: Request) -> None:
        # The browser stops a request itself when a visitor goes on or a download begins.
        if request.failure and "ERR_ABORTED" not in request.failure:
            self.problems.append(f"request failed ({request.failure}): {request.url}")
