"""Staff pages of monitoring."""

from django.urls import path

from hotel.monitoring.views.health import HealthPage
from hotel.monitoring.views.rule_trials import LimitTrialPage
from hotel.monitoring.views.usage import UsagePage

app_name = "monitoring"
urlpatterns = [
    path("", UsagePage.as_view(), name="usage"),
    path("health", HealthPage.as_view(), name="health"),
    path("limits/<int:pk>/test", LimitTrialPage.as_view(), name="limit_trial"),
]
