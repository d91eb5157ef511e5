"""Pages of security, below ``/dashboard/security``."""

from django.urls import path

from security.views import bundles
from security.views.access import AccessPage, ReviewPage
from security.views.breaches import BreachesPage, BreachFile
from security.views.compliance import ComplianceFile, CompliancePage, ComplianceReportPage
from security.views.incidents import IncidentPage, IncidentsPage
from security.views.keys import KeysPage
from security.views.privacy import NewRequestPage, PrivacyPage
from security.views.privacy_file import PrivacyFile
from security.views.privacy_record import RecordFile, RecordPage
from security.views.privacy_request import PrivacyRequestPage
from security.views.privacy_retention import ConsentsPage, RetentionPage
from security.views.trail import CheckTrail, EntryPage, TrailPage

app_name = "security"
urlpatterns = [
    path("access", AccessPage.as_view(), name="access"),
    path("access/reviews/<int:pk>", ReviewPage.as_view(), name="access_review"),
    path("bundles/<str:token>/<slug:kind>", bundles.bundle_download, name="bundle_download"),
    path("compliance", CompliancePage.as_view(), name="compliance"),
    path("compliance/<int:pk>", ComplianceReportPage.as_view(), name="compliance_report"),
    path("compliance/<int:pk>/<slug:kind>", ComplianceFile.as_view(), name="compliance_file"),
    path("breaches", BreachesPage.as_view(), name="breaches"),
    path("breaches/<slug:kind>", BreachFile.as_view(), name="breach_file"),
    path("incidents", IncidentsPage.as_view(), name="incidents"),
    path("incidents/<int:pk>", IncidentPage.as_view(), name="incident"),
    path("keys", KeysPage.as_view(), name="keys"),
    path("privacy", PrivacyPage.as_view(), name="privacy"),
    path("privacy/new", NewRequestPage.as_view(), name="privacy_new"),
    path("privacy/requests/<int:pk>", PrivacyRequestPage.as_view(), name="privacy_request"),
    path("privacy/files/<int:pk>/<slug:kind>", PrivacyFile.as_view(), name="privacy_file"),
    path("privacy/record", RecordPage.as_view(), name="privacy_record"),
    path("privacy/record/<slug:kind>", RecordFile.as_view(), name="privacy_record_file"),
    path("privacy/retention", RetentionPage.as_view(), name="privacy_retention"),
    path("privacy/consents", ConsentsPage.as_view(), name="privacy_consents"),
    path("trail", TrailPage.as_view(), name="trail"),
    path("trail/check", CheckTrail.as_view(), name="trail_check"),
    path("trail/<int:pk>", EntryPage.as_view(), name="trail_entry"),
]
