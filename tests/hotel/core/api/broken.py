"""A URLconf whose views fail."""

from django.urls import path

handler404 = "hotel.core.api.errors.page_not_found"
handler500 = "hotel.core.api.errors.server_error"


def broken(request):
    """Fail with words nobody outside may read."""
    raise ZeroDivisionError("secret")


urlpatterns = [path("api/v1/broken", broken), path("broken", broken)]
