"""How far the packs of a closed day are: made, and sent to whom."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from hotel.messaging.choices import MessageStatus
from hotel.messaging.models import Message
from hotel.papers.choices import UNDONE, PaperForm, PaperKind, PaperStatus
from hotel.papers.models import Paper
from hotel.properties.choices import SettingKey
from hotel.properties.models import Property
from hotel.properties.selectors.settings import settings_at

WAITING = (MessageStatus.QUEUED, MessageStatus.SENDING)


@dataclass(frozen=True)
class PackState:
    """One pack of a closed day.

    Attributes:
        kind: night-audit pack or downtime pack.
        day: the business date it is of.
        paper: the newest of it; None when nobody has asked for it.
        addresses: whom it is sent to as it is set now.
        sent, waiting, failed: its letters.
    """

    kind: str
    day: date
    paper: Paper | None
    addresses: int
    sent: int = 0
    waiting: int = 0
    failed: int = 0

    @property
    def label(self) -> str:
        """What it is called."""
        return str(PaperKind(self.kind).label)

    @property
    def is_ready(self) -> bool:
        """Whether its file is there."""
        return self.paper is not None and self.paper.status == PaperStatus.READY

    @property
    def is_waiting(self) -> bool:
        """Whether a worker has still to make it."""
        return self.paper is not None and self.paper.status in UNDONE

    @property
    def letters(self) -> int:
        """How many letters there are."""
        return self.sent + self.waiting + self.failed


def pack_states(place: Property, closed: date) -> list[PackState]:
    """Both packs of a closed day, with their letters; three queries at most.

    Args:
        closed: the day; the downtime pack is of the day after it.
    """
    days = {PaperKind.AUDIT_PACK: closed, PaperKind.DOWNTIME_PACK: closed + timedelta(days=1)}
    rows = Paper.objects.at(place.pk).filter(
        kind__in=list(days), business_date__in=list(days.values()), form=PaperForm.PDF
    )
    found: dict[str, Paper] = {}
    for paper in rows.defer("content").order_by("pk"):
        if paper.business_date == days[PaperKind(paper.kind)]:
            found[paper.kind] = paper
    values = settings_at(place.pk, place.business_date)
    told = {
        PaperKind.AUDIT_PACK: values[SettingKey.AUDIT_PACK_TO],
        PaperKind.DOWNTIME_PACK: values[SettingKey.DOWNTIME_PACK_TO],
    }
    letters = _letters(place, list(found.values()))
    return [
        PackState(kind, day, found.get(kind), len(told[kind]), **letters.get(kind, {}))
        for kind, day in days.items()
    ]


def _letters(place: Property, papers: list[Paper]) -> dict[str, dict[str, int]]:
    """The letters of papers by kind and state; one query."""
    by_word = {f"paper:{paper.pk}": paper.kind for paper in papers}
    rows = Message.objects.at(place.pk).filter(attachment__in=list(by_word))
    counts: dict[str, Counter[str]] = {paper.kind: Counter() for paper in papers}
    for word, status in rows.order_by().values_list("attachment", "status"):
        name = "sent" if status == MessageStatus.SENT else "waiting" if status in WAITING else "failed"
        counts[by_word[word]][name] += 1
    return {kind: dict(some) for kind, some in counts.items()}
