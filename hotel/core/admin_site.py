"""The administration as one site: the house's apps first, in the order of the floors."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from unfold.sites import UnfoldAdminSite


class HouseAdminSite(UnfoldAdminSite):
    """Unfold's site; its list of apps reads like the house, from the property upwards, others' apps last."""

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """See Django."""
        floors = {component.rsplit(".", 1)[-1]: floor for floor, component in enumerate(settings.COMPONENTS)}
        # The kernel holds book-keeping, which managers need least.
        floors["core"] = len(floors)
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: floors.get(app["app_label"], len(floors) + 1))
