"""Pages that anybody may see who is logged in."""

from collections.abc import Callable
from typing import Any

View = Callable[..., Any]


def signed_in(view: View) -> View:
    """Say that a view is about the visitor alone and asks for no right but being logged in.

    The middleware does the guarding; the mark tells the test of all addresses that this is meant.
    """
    view.permission = "signed-in"  # type: ignore[attr-defined]
    return view
