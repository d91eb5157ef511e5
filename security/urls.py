"""Pages of security, below ``/dashboard/security``."""

from django.urls import path

from security.views import bundles
from security.views.access import AccessPage, ReviewPage

app_name = "security"
urlpatterns = [
    path("access", AccessPage.as_view(), name="access"),
    path("access/reviews/<int:pk>", ReviewPage.as_view(), name="access_review"),
    path("bundles/<str:token>/<slug:kind>", bundles.bundle_download, name="bundle_download"),
]
