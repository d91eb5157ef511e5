"""Accounts as a Django app."""

from typing import Any

from django.db.models.signals import post_migrate  # noqa: TID251  (the one exception: areas become permissions)

from hotel.core.component import ComponentConfig


class AccountsConfig(ComponentConfig):
    """People, machines, roles and their rights per property."""

    name = "hotel.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Create the permissions of all areas after each migrate."""
        super().ready()
        post_migrate.connect(_create_area_permissions, sender=self)


def _create_area_permissions(**kwargs: Any) -> None:
    from hotel.accounts.services.areas import areas_sync

    areas_sync()
