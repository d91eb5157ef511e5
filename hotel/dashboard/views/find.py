"""Find or do: one field for rooms, stays, guests, steps and pages."""

from typing import Any

from django.views.generic import TemplateView

from hotel.dashboard.access import StaffPage
from hotel.dashboard.selectors.finding import finds
from hotel.dashboard.shell import shell_of

TEXT_AT_MOST = 120


class FindPage(StaffPage, TemplateView):
    """Open to all staff; each line needs the right of the page that it leads to."""

    template_name = "dashboard/find.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What was typed and what it leads to."""
        text, shell = self.request.GET.get("q", "")[:TEXT_AT_MOST].replace("\0", ""), shell_of(self.request)
        wanted = text.strip().casefold()
        pages = [page for page in shell.navigation if wanted and wanted in page.title.casefold()]
        return super().get_context_data(
            text=text, hits=finds(self.place, text, shell.may), pages=pages, **kwargs
        )
