"""Routes of reservations: quotes, availability, bookings, reservations, holds."""

from hotel.core.api.routers import ComponentRouter
from hotel.reservations.api.views.bookings import BookingViewSet
from hotel.reservations.api.views.notes import NoteViewSet
from hotel.reservations.api.views.offers import AvailabilityViewSet, HoldViewSet, QuoteViewSet
from hotel.reservations.api.views.reservations import ReservationViewSet

router = ComponentRouter()
router.register("quotes", QuoteViewSet, "quotes")
router.register("availability", AvailabilityViewSet, "availability")
router.register("bookings", BookingViewSet)
router.register("reservations/notes", NoteViewSet)
router.register("reservations", ReservationViewSet)
router.register("holds", HoldViewSet)

urlpatterns = router.urls
