"""The doors of the house: pages, admin, API, schema and health."""

from django.contrib import admin
from django.urls import include, path
from django.views.decorators.cache import cache_page
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from hotel.core.csp_reports import csp_report
from hotel.core.health import live, ready
from hotel.monitoring.views.health import StatusPage
from hotel.monitoring.views.metrics import metrics

handler400 = "hotel.core.api.errors.bad_request"
handler404 = "hotel.core.api.errors.page_not_found"
handler500 = "hotel.core.api.errors.server_error"

urlpatterns = [
    # One door to sign in by: it is slowed down for guessers, and people need not learn a second page.
    path("admin/login/", RedirectView.as_view(url="/login", query_string=True)),
    path("admin/", admin.site.urls),
    path("api/v1/", include("config.api_urls")),
    # The same for everyone until the next deploy, and slow to make: kept for ten minutes.
    path("api/schema", cache_page(600)(SpectacularAPIView.as_view()), name="schema"),
    path(
        "api/docs",
        SpectacularSwaggerSplitView.as_view(url_name="schema", template_name="api_docs.html"),
        name="docs",
    ),
    path("csp-report", csp_report, name="csp-report"),
    path("api/health/live", live, name="health-live"),
    path("api/health/ready", ready, name="health-ready"),
    path("metrics", metrics, name="metrics"),
    path("status", StatusPage.as_view(), name="status"),
    path("pay/", include("hotel.folios.urls")),
    path("", include("hotel.dashboard.urls")),
    path("dashboard/", include("config.page_urls")),
]
