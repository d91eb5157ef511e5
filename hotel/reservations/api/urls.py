"""Routes of reservations: quotes, availability, bookings, reservations, holds."""

from hotel.core.api.routers import ComponentRouter
from hotel.reservations.api.views.blocks import BlockViewSet
from hotel.reservations.api.views.bookings import BookingViewSet
from hotel.reservations.api.views.notes import NoteViewSet
from hotel.reservations.api.views.offers import AvailabilityViewSet, HoldViewSet, QuoteViewSet
from hotel.reservations.api.views.reservations import ReservationViewSet
from hotel.reservations.api.views.rooms import RoomAssignmentViewSet
from hotel.reservations.api.views.waitlist import TurnawayViewSet, WaitlistOfferViewSet, WaitlistViewSet

router = ComponentRouter()
router.register("quotes", QuoteViewSet, "quotes")
router.register("availability", AvailabilityViewSet, "availability")
router.register("bookings", BookingViewSet)
router.register("reservations/notes", NoteViewSet)
router.register("reservations", ReservationViewSet)
router.register("holds", HoldViewSet)
router.register("room-assignments", RoomAssignmentViewSet)
router.register("blocks", BlockViewSet)
router.register("waitlist/offers", WaitlistOfferViewSet)
router.register("waitlist", WaitlistViewSet, "waitlist")
router.register("turnaways", TurnawayViewSet)

urlpatterns = router.urls
