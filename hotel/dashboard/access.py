"""Who may open a staff page: signed in, and holding the page's right at the current property."""

from contextlib import nullcontext
from typing import Any, ClassVar

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from hotel.core.postgresql.context import one_transaction
from hotel.dashboard.shell import shell_of
from hotel.properties.models import Property
from hotel.properties.read_only_gate import is_through, read_only_page


class StaffPage(LoginRequiredMixin):
    """Mixin of every staff view; ``self.place`` is the property one works at.

    Class attributes:
        area, verb: the right the page needs; a page without an area is open to all staff.
    """

    area: ClassVar[str] = ""
    verb: ClassVar[str] = "view"
    place: Property

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Check the right before the view runs; times are read and shown in the property's zone.

        Raises:
            PermissionDenied: no property at all, or not this right at the current one.
        """
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        shell = shell_of(request)
        if shell.place is None or (self.area and not shell.may(self.verb, self.area)):
            raise PermissionDenied
        if shell.is_elsewhere:
            return HttpResponse(headers={"HX-Refresh": "true"})
        self.place = shell.place
        held = shell.restraint("read_only")
        if held is not None and not is_through(request.method or "", request.path):
            return read_only_page(request, held.sentence)
        is_read = request.method in ("GET", "HEAD")
        with timezone.override(self.place.zone), one_transaction() if is_read else nullcontext():
            response = super().dispatch(request, *args, **kwargs)
            # Rendered here: outside, the zone would be the server's again.
            return response.render() if hasattr(response, "render") else response
