"""Routes of the staff pages: signing in here, everything else below ``/dashboard``."""

from django.contrib.auth import views as auth
from django.urls import include, path

from hotel.dashboard.views.login import LoginPage
from hotel.dashboard.views.start import StartPage

urlpatterns = [
    path("", StartPage.as_view(), name="home"),
    path("login", LoginPage.as_view(), name="login"),
    path("logout", auth.LogoutView.as_view(), name="logout"),
    path("dashboard", include("hotel.dashboard.pages")),
]
