"""What the commands of a running portal have in common."""

from django.core.management.base import BaseCommand


class PreparedCommand(BaseCommand):
    """A command on a portal that `prepare` made ready.

    That did the system checks, which load every page and take longer than most commands.
    """

    requires_system_checks = ()
