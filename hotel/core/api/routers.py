"""ComponentRouter: registers resources below a family, without trailing slashes, ids as integers."""

from typing import Any

from rest_framework.routers import SimpleRouter


class ComponentRouter(SimpleRouter):
    """``ComponentRouter("loyalty").register("programs", …)`` serves ``loyalty/programs`` and ``…/{id}``.

    An empty resource serves the family's root: ``ComponentRouter("events").register("", …)``. Register
    the named resources first; integer ids keep ``events/bookings`` and ``events/7`` apart anyway.
    Give an empty family for components whose resources are families themselves (``rooms``, ``room-types``).
    """

    def __init__(self, family: str = "") -> None:
        self.family = family
        super().__init__(trailing_slash=False, use_regex_path=False)

    def register(self, prefix: str, viewset: Any, basename: str | None = None) -> None:
        """Register a resource; route names default to the path with dashes, as in ``rooms-blocks-list``."""
        path = "/".join(part for part in (self.family, prefix) if part)
        viewset.lookup_value_converter = getattr(viewset, "lookup_value_converter", None) or "int"
        super().register(path, viewset, basename or path.replace("/", "-"))
