"""Check in the database what must never be lost or doubled."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hotel.core.invariants import invariants_verify


class Command(BaseCommand):
    """``manage.py verify_invariants``: nightly, after a restore, after every fault test."""

    help = "Run every invariant that the components declare; exit 1 when one is broken."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per invariant and the first violations."""
        started = time.monotonic()
        findings = invariants_verify()
        broken = [finding for finding in findings if finding.violations]
        for finding in findings:
            mark = "BROKEN" if finding.violations else "green"
            self.stdout.write(f"{mark:<7} {finding.invariant.name}: {finding.invariant.text}")
            for row in finding.violations:
                self.stdout.write(f"          {' | '.join(row)}")
        seconds = time.monotonic() - started
        self.stdout.write(f"{len(findings)} invariants, {len(broken)} broken, {seconds:.1f} s")
        if broken:
            raise CommandError(
                f"{len(broken)} invariants are broken: {', '.join(f.invariant.name for f in broken)}"
            )
