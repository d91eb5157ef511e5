"""Accounts as a Django app."""

from typing import Any

from django.apps import apps as global_apps
from django.db.models.signals import post_migrate  # noqa: TID251  (the one exception: areas become permissions)

from hotel.core.component import ComponentConfig, is_migrated


class AccountsConfig(ComponentConfig):
    """People, machines, roles and their rights per property."""

    name = "hotel.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Follow the groups of properties, and give the rights of new areas after each migrate."""
        super().ready()
        from hotel.accounts.services.roles import group_roles_follow
        from hotel.properties.group_ports import register_group_listener

        register_group_listener(group_roles_follow)
        post_migrate.connect(_refresh_rights, sender=self)


def _refresh_rights(*, apps: Any = global_apps, plan: Any = (), **kwargs: Any) -> None:
    from hotel.accounts.services.roles import chains_refresh

    if is_migrated(apps, plan, "accounts.RoleLimit", "properties.PropertyGroupObjectPermission"):
        chains_refresh()
