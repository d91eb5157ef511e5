"""Days and instants in words: of English sentences, as papers and explanations write them, or of the reader's."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as in_letters


def day_words(day: date) -> str:
    """``Sat 26 Jun 2027``: no reader has to guess which figure is the month."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def day_told(day: date, letters: str = "D j M Y") -> str:
    """As ``day_words``, in a sentence of the reader's language: ``Sa 26 Jun 2027``. ``letters`` are Django's."""
    return str(in_letters(day, letters))


def moment_words(moment: datetime, zone: str) -> str:
    """``Sat 26 Jun 2027 18:00 CEST``: an instant on the clocks of a zone, to the minute."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{day_words(local)} {local:%H:%M %Z}"
