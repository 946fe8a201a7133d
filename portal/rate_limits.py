"""How often somebody may do what anybody may do, such as filing a form without an account."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest


def is_allowed(request: HttpRequest, *, action: str, rates: str, key: str = "") -> bool:
    """Count this try, and say whether it is within `rates`, such as "5/h/ip,3/d/key".

    The counts stand in the cache in the database, under a hash; the address itself is not kept.
    """
    usage = ratelimit.consume(request, app="portal", action=action, config={action: rates}, key=key or None)
    return usage is not None
