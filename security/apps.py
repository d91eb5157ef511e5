"""Security & compliance as a Django app."""

from typing import Any

from django.apps import apps as global_apps
from django.db.models.signals import post_migrate  # noqa: TID251  (rights of new areas come into the catalogue)

from hotel.core.component import ComponentConfig, is_migrated


class SecurityConfig(ComponentConfig):
    """Proof of every change, keys, access reviews, incidents, and evidence of compliance."""

    name = "security"
    label = "security"

    def ready(self) -> None:
        """Guard what rights people gain, and keep the catalogue of rights in line after each migrate."""
        super().ready()
        from hotel.accounts.gain_ports import register_gain_guard
        from security.services.gain_guards import require_duties_apart, require_second_person

        register_gain_guard(require_second_person)
        register_gain_guard(require_duties_apart)
        post_migrate.connect(_refresh_catalogues, sender=self)


def _refresh_catalogues(*, apps: Any = global_apps, plan: Any = (), **kwargs: Any) -> None:
    from security.services.catalogue import catalogues_refresh

    if is_migrated(apps, plan, "security.AccessPolicy"):
        catalogues_refresh()
