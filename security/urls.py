"""Pages of security."""

from django.urls import path

from security.views import bundles

app_name = "security"
urlpatterns = [path("bundles/<str:token>/<slug:kind>", bundles.bundle_download, name="bundle_download")]
