"""Make a new component by copying one that exists."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from hotel.core.blueprint import Naming, component_copy
from hotel.core.wiring import component_wire


class Command(BaseCommand):
    """``manage.py startcomponent spa --from loyalty``."""

    help = (
        "Copy a component's package, facts, templates and tests under a new name, and wire it into the house."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """See Django."""
        parser.add_argument("name", help="dotted name of the new component, such as spa or hotel.spa")
        parser.add_argument("--from", dest="source", default="loyalty", help="the component to copy")
        parser.add_argument("--root", default=str(settings.BASE_DIR), help="the project's folder")

    def handle(self, *args: Any, **options: Any) -> None:
        """Copy, rename, and say what is left to do."""
        naming, root = Naming(options["source"], options["name"]), Path(options["root"])
        if not re.fullmatch(r"(hotel\.)?[a-z][a-z_]*[a-z]", naming.target):
            raise CommandError("Give a name such as spa or hotel.spa: small letters and underscores.")
        try:
            made = component_copy(root=root, naming=naming)
        except OSError as error:
            raise CommandError(str(error)) from error
        for path in made:
            self.stdout.write(f"made  {path.relative_to(root).as_posix()}")
        for name in component_wire(root=root, naming=naming):
            self.stdout.write(f"wired {name}")
        self.stdout.write(
            f"\nNext: ruff check --fix . && ruff format . && ./auberge openapi && ./auberge test {naming.tests}\n"
            "Then make its nouns your own: models first, their migrations anew, and a README that says what it is for."
        )
