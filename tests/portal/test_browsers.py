"""Browser and system in words."""

import pytest

from portal.browsers import described

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} Chrome/140.0.0.0 Safari/537.36", "Chrome op Linux"),
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge op Windows",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Firefox/143.0", "Firefox op Mac"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Version/18.6 Mobile/15E148 Safari/604.1",
            "Safari op iPhone",
        ),
        ("Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) CriOS/140.0 Safari/604.1", "Chrome op iPad"),
        (
            f"Mozilla/5.0 (Linux; Android 15; SM) {WEBKIT} SamsungBrowser/28.0 Chrome/130.0 Safari/537.36",
            "Samsung Internet op Android",
        ),
        (
            f"Mozilla/5.0 (X11; CrOS x86_64) {WEBKIT} Chrome/134.0 Safari/537.36",
            "Chrome op Chromebook",
        ),
        ("curl/8.9.1", "Onbekende browser"),
        ("", "Onbekende browser"),
    ],
)
def test_browser_and_system_are_named(user_agent: str, words: str) -> None:
    assert described(user_agent) == words


def test_a_browser_on_an_unknown_system_is_still_named() -> None:
    assert described("Mozilla/5.0 (Haiku) Firefox/143.0") == "Firefox"
