"""Includes the API of every component that has one; no component is named here."""

from django.conf import settings
from django.urls import include, path
from django.utils.module_loading import module_has_submodule

from hotel.core.component import component_package

urlpatterns = [
    path("", include(f"{component}.api.urls"))
    for component in settings.COMPONENTS
    if module_has_submodule(component_package(component), "api.urls")
]
