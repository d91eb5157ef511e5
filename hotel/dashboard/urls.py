"""Routes of the staff pages: signing in here, everything else below ``/dashboard``."""

from django.urls import include, path

from hotel.dashboard.views.account import AccountPage
from hotel.dashboard.views.lock import LockCommand, LockPage
from hotel.dashboard.views.login import LoginPage, LogoutPage, SecondStepPage
from hotel.dashboard.views.look import LookPage
from hotel.dashboard.views.start import StartPage

urlpatterns = [
    path("", StartPage.as_view(), name="home"),
    path("login", LoginPage.as_view(), name="login"),
    path("login/second", SecondStepPage.as_view(), name="login_second"),
    path("lock", LockPage.as_view(), name="lock"),
    path("lock/now", LockCommand.as_view(), name="lock_now"),
    path("account", AccountPage.as_view(), name="account"),
    path("account/look", LookPage.as_view(), name="look"),
    path("logout", LogoutPage.as_view(), name="logout"),
    path("dashboard", include("hotel.dashboard.pages")),
]
