"""A file of a guest is taken out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from hotel.core.access_notes import access_note
from hotel.core.downloads import download
from hotel.core.exceptions import NotFound, NotPermitted
from hotel.dashboard.access import StaffPage
from hotel.guests.models import Guest
from security.models import PrivacyBundle
from security.selectors.privacy_cases import guests_known
from security.services.bundles import bundle_hand_out


class PrivacyFile(StaffPage, View):
    """One file of a guest for somebody of the staff, who has named his password within the last minutes."""

    area = "security"
    verb = "manage"

    def get(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """The file; the trail notes whose data was taken out, by whom."""
        rows = PrivacyBundle.objects.at(self.place.pk).select_related("request")
        bundle = get_object_or_404(rows, pk=pk)
        guest = bundle.request.guest_id
        if not guests_known(request.user, self.place).filter(pk=guest).exists():
            raise Http404
        if not getattr(request, "is_confirmed", False):
            messages.warning(request, _("Name your password again to take files out."))
            return redirect("security:privacy_request", pk=bundle.request_id)
        try:
            content, media = bundle_hand_out(bundle=bundle, kind=kind)
        except NotFound as error:
            raise Http404(error.message) from error
        except NotPermitted as error:
            return render(request, "not_at_present.html", {"words": error.message}, status=error.status)
        access_note(Guest._meta.db_table, [guest], "export")
        return download(content, f"request-{bundle.request_id}.{kind}", media)
