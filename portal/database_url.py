"""Read a PostgreSQL address as Django's settings want it."""

from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def parse_database_url(url: str) -> dict[str, str]:
    """NAME, USER, PASSWORD, HOST and PORT of `postgresql://user:secret@host:port/name`.

    A unix socket is written as `postgresql://user@/name?host=/folder`.
    Raises ImproperlyConfigured for any other kind of database.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"Het databaseadres begint met {parts.scheme!r}; het portaal werkt alleen met "
            "postgresql:// (zie .env.example)."
        )
    socket_folder = parse_qs(parts.query).get("host", [""])[0]
    return {
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": socket_folder or parts.hostname or "",
        "PORT": str(parts.port or ""),
    }
