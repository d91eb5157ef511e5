#!/usr/bin/env python
"""Django's command line for Auberge."""

import os
import sys


def main() -> None:
    """Run a management command with the local settings unless told otherwise."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    from django.core.management import execute_from_command_line

    from hotel.properties.tenancy import EVERYTHING, tenant_scope

    with tenant_scope(EVERYTHING):  # whoever has this command line works for the whole installation
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
