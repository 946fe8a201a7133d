#!/usr/bin/env python
"""Command line of the portal."""

import os
import sys

# Commands that change the structure of the database run as its owner; everything else
# runs as the restricted role that may not alter evidence.
OWNER_COMMANDS = frozenset({"prepare", "migrate", "createcachetable", "grant_app_role", "flush", "pgtrigger"})
# Commands about processes and files: they need the settings, and no models.
WITHOUT_MODELS = frozenset({"build_static", "demo", "services"})


def main() -> None:
    """Run one management command in the right mode and database role."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in OWNER_COMMANDS:
        os.environ.setdefault("PORTAL_DATABASE_ROLE", "owner")
    if command == "demo":
        os.environ.setdefault("PORTAL_MODE", "development")
        os.environ.setdefault("PORTAL_DEMO", "yes")

    from django.core.management import execute_from_command_line, load_command_class

    if command in WITHOUT_MODELS:
        load_command_class("portal", command).run_from_argv(sys.argv)
    else:
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
