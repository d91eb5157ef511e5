"""Find or do: one field for rooms, stays, guests, steps and pages."""

from typing import Any

from django.views.generic import TemplateView

from hotel.core.access_notes import access_note
from hotel.dashboard.access import StaffPage
from hotel.dashboard.selectors.finding import act_of, finds
from hotel.dashboard.selectors.guests import guests_listed
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.guests import TABLE

TEXT_AT_MOST = 120
LEAST, GUESTS = 2, 5


class FindPage(StaffPage, TemplateView):
    """Open to all staff; each line needs the right of the page that it leads to."""

    template_name = "dashboard/find.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What was typed and what it leads to; whose profiles are shown is noted."""
        text, shell = self.request.GET.get("q", "")[:TEXT_AT_MOST].replace("\0", ""), shell_of(self.request)
        wanted = text.strip().casefold()
        is_name = len(wanted) >= LEAST and not act_of(text.strip()) and shell.may("view", "guests")
        guests = guests_listed(self.request.user, self.place, text.strip())[:GUESTS] if is_name else []
        access_note(TABLE, (row.guest_id for row in guests if row.guest_id), "search")
        pages = [page for page in shell.navigation if wanted and wanted in page.title.casefold()]
        return super().get_context_data(
            text=text, hits=finds(self.place, text, shell.may), guests=guests, pages=pages, **kwargs
        )
