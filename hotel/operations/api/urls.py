"""Routes of operations."""

from hotel.core.api.routers import ComponentRouter
from hotel.operations.api.housekeeping import DiscrepancyViewSet, HousekeepingRoundViewSet
from hotel.operations.api.lost_items import LostItemViewSet
from hotel.operations.api.maintenance import WorkOrderViewSet
from hotel.operations.api.tasks import TaskChangeViewSet, TaskViewSet

router = ComponentRouter()
router.register("tasks/items", TaskViewSet)
router.register("tasks/changes", TaskChangeViewSet)
router.register("housekeeping/rounds", HousekeepingRoundViewSet)
router.register("housekeeping/discrepancies", DiscrepancyViewSet)
router.register("housekeeping/lost-items", LostItemViewSet)
router.register("maintenance/work-orders", WorkOrderViewSet)

urlpatterns = router.urls
