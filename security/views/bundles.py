"""What guests reach by the link to their files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hotel.core.exceptions import NotFound
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
    headers = {"Content-Disposition": f'attachment; filename="your-data.{kind}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type=content_type, headers=headers)
