"""Writes the rows of a dataset as CSV."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from hotel.core.exports import csv_bytes
from hotel.core.plugs import dataset_named
from hotel.properties.models import Property


class Command(BaseCommand):
    """``manage.py dataset NAME PROPERTY [--since DATE] [--until DATE]``: to the output, the titles first."""

    help = "Write what a component offers to reports as CSV; `components` names the datasets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What, of which property, and of which business dates."""
        parser.add_argument("name", help="The dataset, such as loyalty.points.")
        parser.add_argument("property", help="The code of the property, such as VIENNA.")
        parser.add_argument(
            "--since", type=date.fromisoformat, help="First business date; that of the month unless given."
        )
        parser.add_argument(
            "--until", type=date.fromisoformat, help="Last business date; the open one unless given."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, or say what there is."""
        place = Property.objects.filter(code=options["property"]).first()
        if place is None:
            raise CommandError(f"There is no property {options['property']}.")
        try:
            dataset = dataset_named(options["name"])
        except LookupError as error:
            raise CommandError(str(error)) from error
        until = options["until"] or place.business_date
        rows = import_string(dataset.rows)(place, options["since"] or until.replace(day=1), until)
        self.stdout.write(csv_bytes([dataset.columns, *rows], has_mark=False).decode(), ending="")
