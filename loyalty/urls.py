"""Staff pages of loyalty, below ``/dashboard/loyalty``."""

from django.urls import path

from loyalty.views.member import MemberPage
from loyalty.views.members import EnrolPage, MembersPage
from loyalty.views.overview import OverviewPage

app_name = "loyalty"
urlpatterns = [
    path("overview", OverviewPage.as_view(), name="overview"),
    path("members", MembersPage.as_view(), name="members"),
    path("members/new", EnrolPage.as_view(), name="enrol"),
    path("members/<int:pk>", MemberPage.as_view(), name="member"),
]
