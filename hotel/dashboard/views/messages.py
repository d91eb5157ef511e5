"""What went to guests and others: one message with its words and each attempt to send it."""

from typing import Any

from django.views.generic import DetailView

from hotel.core.access_notes import access_note
from hotel.dashboard.access import StaffPage
from hotel.dashboard.shell import shell_of
from hotel.guests.models import Guest
from hotel.messaging.models import Message


class MessagePage(StaffPage, DetailView):
    """One message: what was said to whom, whether it left, and if not, why."""

    area = "messaging"
    template_name = "dashboard/message.html"
    context_object_name = "message"

    def get_queryset(self) -> Any:
        """Only of the property one works at."""
        return Message.objects.at(self.place.pk).prefetch_related("tries")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The message; whose it is, is noted."""
        message = self.object
        if message.guest_id:
            access_note(Guest._meta.db_table, [message.guest_id])
        return super().get_context_data(may_guests=shell_of(self.request).may("view", "guests"), **kwargs)
