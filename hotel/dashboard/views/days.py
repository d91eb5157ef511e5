"""The days a page shows, taken from its address."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest
from django.utils.dateparse import parse_date


@dataclass(frozen=True)
class DaysShown:
    """A run of days and the links to the runs before and after it."""

    first: date
    length: int

    @property
    def past(self) -> date:
        """The day after the last one shown."""
        return self.first + timedelta(days=self.length)

    @property
    def last(self) -> date:
        """The last day shown."""
        return self.past - timedelta(days=1)

    @property
    def days(self) -> list[date]:
        """Every day shown, ascending."""
        return [self.first + timedelta(days=offset) for offset in range(self.length)]

    @property
    def before(self) -> date:
        """Where the run before begins."""
        return self.first - timedelta(days=self.length)


def days_shown(request: HttpRequest, default: date, length: int) -> DaysShown:
    """The run that ``?from=`` asks for; the default for anything that is no day within a century."""
    try:
        first = parse_date(request.GET.get("from", "")) or default
    except ValueError:
        first = default
    if abs((first - default).days) > 36_500:
        first = default
    return DaysShown(first, length)
