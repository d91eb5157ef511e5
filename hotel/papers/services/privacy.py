"""What papers know of one guest: which name him, and that their files go when he is erased."""

from typing import Any

from hotel.core.clock import now
from hotel.papers.choices import PaperStatus
from hotel.papers.models import Paper


def guest_papers_export(*, guest_id: int) -> list[dict[str, Any]]:
    """Papers that are held and name a guest, oldest first, as plain values; what stands on them is told elsewhere."""
    fields = ("kind", "form", "business_date", "made_at", "expires_at", "downloads")
    return list(Paper.objects.filter(guests__contains=[guest_id]).order_by("pk").values(*fields))


def guest_papers_erase(*, guest_id: int) -> int:
    """Empty the files of papers that name a guest. Repeatable. Returns how many."""
    rows = Paper.objects.filter(status=PaperStatus.READY, guests__contains=[guest_id])
    return rows.update(status=PaperStatus.GONE, content="", guests=[], updated_at=now())
