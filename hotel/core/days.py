"""Days and instants in the words of English sentences, as the staff pages write them; pure."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def day_words(day: date) -> str:
    """``Sat 26 Jun 2027``: no reader has to guess which figure is the month."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def moment_words(moment: datetime, zone: str) -> str:
    """``Sat 26 Jun 2027 18:00 CEST``: an instant on the clocks of a zone, to the minute."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{day_words(local)} {local:%H:%M %Z}"
