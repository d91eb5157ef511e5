"""Django's admin app with the house's own site."""

from django.contrib.admin.apps import AdminConfig


class HouseAdminConfig(AdminConfig):
    """Named in INSTALLED_APPS instead of ``django.contrib.admin``."""

    default = False
    default_site = "hotel.core.admin_site.HouseAdminSite"
