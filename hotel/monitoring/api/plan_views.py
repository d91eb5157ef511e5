"""Plans of clients."""

from typing import Any

from hotel.core.exceptions import NotPermitted
from hotel.core.words import _
from hotel.monitoring.api.plan_serializers import ApiPlanSerializer
from hotel.monitoring.models import ApiPlan
from hotel.monitoring.models.limits import holds_everywhere
from hotel.monitoring.services.plans import plan_change, plan_create, plan_delete
from hotel.properties.api.mixins import CrudViewSet
from hotel.properties.scoping import sees_everything


class ApiPlanViewSet(CrudViewSet):
    """Classes of clients: which tokens are in them, and how many requests each may have under way.

    A plan concerns the whole installation, so it is for who holds the right at every property. A change holds in all
    processes within two seconds.
    """

    area = "monitoring"
    queryset = ApiPlan.objects.prefetch_related("tokens")
    serializer_class = ApiPlanSerializer
    search_fields = ["name", "description"]
    ordering_fields = ["name", "created_at"]

    def perform_create(self, serializer: Any) -> None:
        """Add a plan.

        Raises:
            NotPermitted: the caller's right is not at all properties.
        """
        user = self.request.user
        if not (sees_everything(user) or holds_everywhere(user, self.required_verb(), self.area)):
            raise NotPermitted(_("A plan concerns all properties: it needs the right at all of them."))
        serializer.instance = plan_create(values=serializer.validated_data)

    def perform_update(self, serializer: Any) -> None:
        """Change a plan."""
        serializer.instance = plan_change(plan=serializer.instance, changes=serializer.validated_data)

    def perform_destroy(self, instance: ApiPlan) -> None:
        """Remove a plan that no rule is for."""
        plan_delete(plan=instance)
