"""Routes of properties."""

from hotel.core.api.routers import ComponentRouter
from hotel.properties.api import part_views, views

family = ComponentRouter("properties")
family.register("settings", views.PropertySettingViewSet)
family.register("", views.PropertyViewSet)

parts = ComponentRouter()
parts.register("chains", views.ChainViewSet)
parts.register("groups", views.PropertyGroupViewSet)
parts.register("buildings", part_views.BuildingViewSet)
parts.register("floors", part_views.FloorViewSet)
parts.register("sections", part_views.SectionViewSet)
parts.register("age-bands", part_views.AgeBandViewSet)
parts.register("business-days", part_views.BusinessDayViewSet)

urlpatterns = [*family.urls, *parts.urls]
