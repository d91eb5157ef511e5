"""The kernel as a Django app."""

from hotel.core.component import ComponentConfig


class CoreConfig(ComponentConfig):
    """Outbox, idempotency, routers and base classes: no business nouns."""

    name = "hotel.core"
    label = "core"

    def ready(self) -> None:
        """Register the models that the plugs declare for the readable audit diff."""
        super().ready()
        from hotel.core.audit import register_models

        register_models()
