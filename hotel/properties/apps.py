"""Properties as a Django app."""

from typing import Any

from django.db.models.signals import post_migrate  # noqa: TID251  (as accounts: the wall follows the tables)

from hotel.core.component import ComponentConfig


class PropertiesConfig(ComponentConfig):
    """What a property is: chain, zone, currency, business date, scope."""

    name = "hotel.properties"
    label = "properties"

    def ready(self) -> None:
        """Narrow each request of the API to its caller, build the wall and the ties after each migrate."""
        super().ready()
        from hotel.core.api.gates import register_gate
        from hotel.core.api.narrowing import register_narrowing
        from hotel.properties.read_only_gate import read_only_gate

        register_narrowing(_narrow)
        register_gate(read_only_gate)
        post_migrate.connect(_walls_follow, sender=self)


def _narrow(user: Any) -> None:
    from hotel.properties.scoping import scope_of
    from hotel.properties.tenancy import narrow

    narrow(scope_of(user))


def _walls_follow(**kwargs: Any) -> None:
    from hotel.properties.services.ties import ties_build
    from hotel.properties.services.walls import walls_build

    walls_build()
    ties_build()
