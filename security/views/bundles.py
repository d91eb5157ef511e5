"""What guests reach by the link to their files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hotel.core.exceptions import NotFound, NotPermitted
from hotel.properties.tenancy import EVERYTHING, tenant_scope
from security.services.bundles import bundle_file


@never_cache
@require_GET
def bundle_download(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """One file of a guest; who has the link is he."""
    try:
        with tenant_scope(EVERYTHING):  # nobody is signed in; the signed word says which row
            content, content_type = bundle_file(token=token, kind=kind)
    except NotFound as error:
        raise Http404(error.message) from error
    except NotPermitted:  # the reason is the house's own business
        words = _(
            "Files are not given out at present. Your link holds for a week; try again later, or ask the hotel."
        )
        return render(request, "not_at_present.html", {"words": words}, status=403)
    headers = {"Content-Disposition": f'attachment; filename="your-data.{kind}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type=content_type, headers=headers)
