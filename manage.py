#!/usr/bin/env python
"""Django's command line for Auberge."""

import os
import sys


def main() -> None:
    """Run a management command with the local settings unless told otherwise."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    from django.core.management import execute_from_command_line

    from hotel.core.actor import acting
    from hotel.properties.tenancy import EVERYTHING, tenant_scope

    name = (sys.argv[1:] or ["help"])[0]
    # Whoever has this command line works for the whole installation.
    with tenant_scope(EVERYTHING), acting(door="command", actor=f"command:{name}"):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
