"""The doors of the house: pages, admin, API, schema and health."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from hotel.core.health import live, ready

handler404 = "hotel.core.api.errors.page_not_found"
handler500 = "hotel.core.api.errors.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("config.api_urls")),
    path("api/schema", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    path("api/health/live", live, name="health-live"),
    path("api/health/ready", ready, name="health-ready"),
    path("", include("hotel.dashboard.urls")),
]
