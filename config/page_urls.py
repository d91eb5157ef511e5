"""Includes the staff pages of every component above the dashboard under its label; none is named here."""

from django.conf import settings
from django.urls import include, path
from django.utils.module_loading import module_has_submodule

from hotel.core.component import component_package

_above = settings.COMPONENTS[settings.COMPONENTS.index("hotel.dashboard") + 1 :]

urlpatterns = [
    path(f"{component.rsplit('.', 1)[-1]}/", include(f"{component}.urls"))
    for component in _above
    if module_has_submodule(component_package(component), "urls")
]
