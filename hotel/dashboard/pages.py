"""Routes below ``/dashboard``, named ``dashboard:…``."""

from django.urls import path

from hotel.dashboard.views.availability import AvailabilityPage
from hotel.dashboard.views.booking import NewBookingPage
from hotel.dashboard.views.commands import ReservationCommand
from hotel.dashboard.views.rack import RackPage
from hotel.dashboard.views.reservations import ReservationListPage, ReservationPage
from hotel.dashboard.views.today import PropertySwitch, TodayPage

app_name = "dashboard"

urlpatterns = [
    path("", TodayPage.as_view(), name="today"),
    path("/property", PropertySwitch.as_view(), name="property_switch"),
    path("/availability", AvailabilityPage.as_view(), name="availability"),
    path("/rack", RackPage.as_view(), name="rack"),
    path("/bookings/new", NewBookingPage.as_view(), name="booking_new"),
    path("/reservations", ReservationListPage.as_view(), name="reservation_list"),
    path("/reservations/<int:pk>", ReservationPage.as_view(), name="reservation_detail"),
    path("/reservations/<int:pk>/<slug:command>", ReservationCommand.as_view(), name="reservation_command"),
]
