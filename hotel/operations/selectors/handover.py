"""What shifts have told each other."""

from django.db.models import QuerySet

from hotel.operations.models import HandoverNote


def handover_open(property_id: int) -> QuerySet[HandoverNote]:
    """What is not done yet, with who wrote it: urgent ones first, then the oldest."""
    rows = HandoverNote.objects.at(property_id).filter(done_at=None)
    return rows.select_related("written_by").order_by("-is_urgent", "pk")


def handover_over(property_id: int) -> QuerySet[HandoverNote]:
    """What was done, with who wrote and who did it: the latest first."""
    rows = HandoverNote.objects.at(property_id).filter(done_at__isnull=False)
    return rows.select_related("written_by", "done_by").order_by("-done_at")
