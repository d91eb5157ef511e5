"""Look for card data in everything that is kept."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hotel.core.services.card_scan import card_scan


class Command(BaseCommand):
    """``manage.py scan_card_data``: places with card data, and exit code 1 when there are any."""

    help = "Look for card numbers and codes in all columns, uploads and logs."

    def handle(self, *args: Any, **options: Any) -> None:
        """Scan and say where."""
        found = card_scan()
        for finding in found.findings:
            self.stdout.write(f"{finding.place} {finding.key}")
        text = f"{found.columns} columns, {found.rows} rows and {found.files} files were looked at"
        if found.findings:
            raise CommandError(
                f"{text}: {len(found.findings)} places hold card data. docs/guide/pci.md says what to do."
            )
        self.stdout.write(f"{text}: no card data.")
