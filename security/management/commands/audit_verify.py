"""Check the whole trail of changes."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from security.adapters.heads.file import FileExporter
from security.selectors.verification import trail_verify


class Command(BaseCommand):
    """``manage.py audit_verify``: after a restore, before an audit, whenever somebody doubts."""

    help = "Check every entry of the trail against its seals and the heads kept outside; exit 1 when one does not fit."

    def add_arguments(self, parser: CommandParser) -> None:
        """See Django."""
        parser.add_argument(
            "--heads", default="", help="a file of heads kept elsewhere, instead of the configured"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the figures and each finding."""
        started = time.monotonic()
        heads = FileExporter(options["heads"]).kept() if options["heads"] else None
        found = trail_verify(heads=heads)
        seconds = time.monotonic() - started
        for finding in found.findings:
            self.stdout.write(f"{finding['kind']:<16} {finding['text']}")
        self.stdout.write(
            f"{found.rows} entries, {found.seals} seals, {found.unsealed} not sealed yet, {found.heads} heads outside, "
            f"{seconds:.1f} s, {found.rows / max(seconds, 0.001):,.0f} entries a second"
        )
        if found.findings:
            raise CommandError(f"The trail was tampered with: {len(found.findings)} findings.")
