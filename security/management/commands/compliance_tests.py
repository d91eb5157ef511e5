"""Keeps the results of the tests for reports of compliance."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hotel.core.exceptions import InvalidInput
from security.selectors.frameworks import bound_tests
from security.services.recorded_tests import tests_record


class Command(BaseCommand):
    """``manage.py compliance_tests junit.xml`` after ``./auberge test --junitxml=junit.xml``."""

    help = "Keep the results of a run of the tests, so that requirements bound to them are checked."

    def add_arguments(self, parser: Any) -> None:
        """The JUnit file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Keep them, and say how many."""
        try:
            passed = tests_record(file=file)
        except InvalidInput as error:
            raise CommandError(error.message) from error
        good = sum(passed.values())
        self.stdout.write(f"{good} of {len(bound_tests())} bound tests passed, {len(passed) - good} failed.")
