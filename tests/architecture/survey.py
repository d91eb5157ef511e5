"""How the tests of the architecture look at the house: its components, modules and syntax trees."""

import ast
import importlib
import inspect
import tomllib
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
COMPONENTS: list[str] = list(settings.COMPONENTS)
WINGS = ("loyalty", "events", "channels_ota", "security", "iot", "marketing", "finance", "inventory")
TOP_LEVEL = ("config", "hotel", "tests", *WINGS)


def label(component: str) -> str:
    """``rooms`` of ``hotel.rooms``."""
    return component.rsplit(".", 1)[-1]


def folder(component: str) -> Path:
    """Where a component lives."""
    return ROOT / component.replace(".", "/")


def mirror_folder(component: str) -> Path:
    """Where its tests live."""
    return ROOT / "tests" / component.replace(".", "/")


def shown(path: Path) -> str:
    """A path as people name it."""
    return path.relative_to(ROOT).as_posix()


@cache
def modules(*folders: str) -> list[Path]:
    """All modules below these folders of the root, migrations left out."""
    found = (path for name in folders for path in (ROOT / name).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text())


def product() -> tuple[str, ...]:
    """The folders of the product that exist."""
    return tuple(name for name in ("config", "hotel", *WINGS) if (ROOT / name).is_dir())


@cache
def pyproject() -> dict:
    """The project file."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def models() -> list[type]:
    """The models of all components, hidden many-to-many tables left out, in order of the floors."""
    labels = [label(component) for component in COMPONENTS]
    found = [model for model in apps.get_models() if model._meta.app_label in labels]
    return sorted(found, key=lambda m: (labels.index(m._meta.app_label), m.__name__))


@cache
def factories() -> dict[type, object]:
    """Model to the factory that needs a property only, by annotation ``name_make(place, **over) -> Model``."""
    found = {}
    for path in modules("tests/factories"):
        if path.stem == "__init__":
            continue
        module = importlib.import_module(shown(path).removesuffix(".py").replace("/", "."))
        for name, function in vars(module).items():
            if name.endswith("_make") and _needs_a_place_only(function):
                found.setdefault(function.__annotations__.get("return"), function)
    return found


def _needs_a_place_only(function) -> bool:
    needed = [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD
    ]
    return needed == ["place"]
