"""Security & compliance as a Django app."""

from typing import Any

from django.apps import apps as global_apps
from django.db.models.signals import post_migrate  # noqa: TID251  (the catalogue and the trail follow the tables)

from hotel.core.component import ComponentConfig, is_migrated


class SecurityConfig(ComponentConfig):
    """Proof of every change, keys, access reviews, incidents, and evidence of compliance."""

    name = "security"
    label = "security"

    def ready(self) -> None:
        """Guard what rights people gain, say how they sign in, write down who looked at whose data."""
        super().ready()
        from hotel.accounts.gain_ports import register_gain_guard
        from hotel.accounts.request_ports import RequestDesk, register_request_desk
        from hotel.accounts.sign_in_ports import register_policy_source
        from hotel.core.access_notes import register_access_sink
        from security.selectors.sign_in import sign_in_policy
        from security.selectors.waiting import roles_waiting
        from security.services.access import access_record
        from security.services.access_requests import role_ask
        from security.services.gain_guards import require_duties_apart, require_second_person

        register_gain_guard(require_second_person)
        register_gain_guard(require_duties_apart)
        register_request_desk(RequestDesk(role_ask, roles_waiting, "security:access"))
        register_policy_source(sign_in_policy)
        register_access_sink(access_record)
        post_migrate.connect(_trail_follows, sender=self)
        post_migrate.connect(_refresh_catalogues, sender=self)


def _refresh_catalogues(*, apps: Any = global_apps, plan: Any = (), **kwargs: Any) -> None:
    from security.services.catalogue import catalogues_refresh

    if is_migrated(apps, plan, "security.PlaybookStep"):
        catalogues_refresh()


def _trail_follows(*, plan: Any = (), **kwargs: Any) -> None:
    """After a forward migration or a flush; without tables of the trail there is nothing to do."""
    from security.services.capture import capture_install, is_trail_there, partitions_ahead

    if not any(backwards for _, backwards in plan) and is_trail_there():
        capture_install()
        partitions_ahead()
