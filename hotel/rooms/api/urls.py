"""Routes of rooms."""

from hotel.core.api.routers import ComponentRouter
from hotel.rooms.api.views.housekeeping import HousekeepingViewSet, RoomStatusChangeViewSet
from hotel.rooms.api.views.inventory import InventoryNightViewSet, OverbookingViewSet, RoomBlockViewSet
from hotel.rooms.api.views.room_types import RoomFeatureViewSet, RoomTypeViewSet
from hotel.rooms.api.views.rooms import RoomViewSet

router = ComponentRouter()
router.register("rooms/blocks", RoomBlockViewSet)
router.register("rooms/status-changes", RoomStatusChangeViewSet)
router.register("rooms", RoomViewSet)
router.register("room-types", RoomTypeViewSet)
router.register("room-features", RoomFeatureViewSet)
router.register("housekeeping", HousekeepingViewSet)
router.register("inventory/nights", InventoryNightViewSet)
router.register("inventory/overbooking", OverbookingViewSet)

urlpatterns = router.urls
