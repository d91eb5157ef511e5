"""ComponentConfig: the base of every component's AppConfig."""

from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import AppConfig


def component_package(name: str) -> ModuleType:
    """Import the package of a component by its dotted name, such as ``hotel.rooms``."""
    return import_module(name)


class ComponentConfig(AppConfig):
    """An app of the house: label = last path segment, facts' handlers loaded at start.

    Importing this base into ``apps.py`` gives Django two candidates and it would silently take a plain
    AppConfig; hence ``default`` is False here and True on every child.
    """

    default = False
    default_auto_field = "django.db.models.BigAutoField"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Make every child the default config of its app."""
        super().__init_subclass__(**kwargs)
        cls.default = True

    def ready(self) -> None:
        """Load ``handlers`` so that subscriptions exist before the first fact is delivered."""
        from django.utils.module_loading import module_has_submodule

        if self.module is not None and module_has_submodule(self.module, "handlers"):
            import_module(f"{self.name}.handlers")


def is_migrated(apps: Any, plan: Any, *labels: str) -> bool:
    """Whether a migration ended forwards and left these models: a partial one may lack tables. True after a flush.

    Args:
        apps: of ``post_migrate``, the models as they are now.
        plan: of ``post_migrate``, pairs of a migration and whether it was taken back.
        labels: ``app.Model``.
    """
    try:
        for label in labels:
            apps.get_model(label)
    except LookupError:
        return False
    return not any(backwards for _, backwards in plan)
