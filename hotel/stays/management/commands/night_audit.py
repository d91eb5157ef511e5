"""Closes business days of a property from the shell, telling each step."""

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hotel.core.exceptions import PmsError
from hotel.properties.models import Property
from hotel.stays.models import NightAudit, NightAuditStep
from hotel.stays.services.night_audit import night_audits_run


class Command(BaseCommand):
    """``manage.py night_audit PROPERTY [--until DATE]``: run it again when it was broken off."""

    help = "Close the open business date of a property, or each one until a date is open."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The property and the date."""
        parser.add_argument("property", help="The code of the property, such as VIENNA.")
        parser.add_argument(
            "--until",
            type=date.fromisoformat,
            help="The business date that is open in the end; the next one unless given.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, tell each step, and say why when a day cannot be closed."""
        place = Property.objects.filter(code=options["property"]).first()
        if place is None:
            raise CommandError(f"There is no property {options['property']}.")
        until = options["until"] or place.business_date + timedelta(days=1)
        try:
            for audit in night_audits_run(place=place, until=until, watch=self._told):
                self.stdout.write(self.style.SUCCESS(f"{audit.business_date} is closed."))
        except PmsError as error:
            raise CommandError(error.message) from error

    def _told(self, audit: NightAudit, step: NightAuditStep) -> None:
        result = ", ".join(f"{name} {value}" for name, value in step.result.items())
        self.stdout.write(f"{audit.business_date} {step.get_name_display()}: {result or 'nothing'}")
