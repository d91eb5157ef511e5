"""Staff pages of loyalty, below ``/dashboard/loyalty``."""

from django.urls import path

from loyalty.views.member import MemberPage
from loyalty.views.members import EnrolPage, MembersPage
from loyalty.views.overview import OverviewPage
from loyalty.views.rules import RuleTestPage
from loyalty.views.vouchers import VoucherPage, VoucherPrintPage, VouchersPage

app_name = "loyalty"
urlpatterns = [
    path("overview", OverviewPage.as_view(), name="overview"),
    path("rules/<int:pk>/test", RuleTestPage.as_view(), name="rule_test"),
    path("members", MembersPage.as_view(), name="members"),
    path("members/new", EnrolPage.as_view(), name="enrol"),
    path("members/<int:pk>", MemberPage.as_view(), name="member"),
    path("vouchers", VouchersPage.as_view(), name="vouchers"),
    path("vouchers/<int:pk>", VoucherPage.as_view(), name="voucher"),
    path("vouchers/<int:pk>/print", VoucherPrintPage.as_view(), name="voucher_print"),
]
