"""The requirements board: every endpoint and model of the client's document is built, or listed as missing.

Built means, for an endpoint: routed, in the OpenAPI schema with list and item where it is a resource; for a
model: a table, in the admin, with a factory and tests of its app.
"""

import re
from collections import Counter

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import Resolver404, resolve

from tests.architecture import requirements
from tests.architecture.requirements import ALL, LIVES_ELSEWHERE, NOT_BUILT_YET
from tests.architecture.survey import label, mirror_folder, modules, tree

ENDPOINTS = [(c, endpoint) for c in ALL for endpoint in c.endpoints]
MODELS = [(c, model) for c in ALL for model in c.models]
named = pytest.mark.parametrize


def _missing(component) -> set[str]:
    return set(NOT_BUILT_YET.get(component.home, ()))


def _is_routed(endpoint: str) -> bool:
    try:
        resolve(f"/api/v1/{endpoint}")
    except Resolver404:
        return False
    return True


def _model(component, name: str):
    """The model of this name: in its component, in the app named by LIVES_ELSEWHERE, anywhere for the core."""
    if name in LIVES_ELSEWHERE:
        wanted = {LIVES_ELSEWHERE[name][0]}
    elif component.home == "hotel":
        wanted = {config.label for config in apps.get_app_configs() if config.name.startswith("hotel.")}
    else:
        wanted = {label(component.home)}
    return next((m for m in apps.get_models() if m.__name__ == name and m._meta.app_label in wanted), None)


def _is_built(component, thing: str, paths: set[str]) -> bool:
    if thing in component.models:
        return _model(component, thing) is not None
    if component.home == "hotel":  # a family: itself or something below it
        return any(path == f"/api/v1/{thing}" or path.startswith(f"/api/v1/{thing}/") for path in paths)
    return f"/api/v1/{thing}" in paths and _is_routed(thing)


@named(("component", "thing"), ENDPOINTS + MODELS, ids=lambda v: getattr(v, "home", v))
def test_each_thing_of_the_document_is_built_or_listed_as_missing(component, thing, openapi):
    is_built = _is_built(component, thing, set(openapi["paths"]))
    if thing in _missing(component):
        assert not is_built, (
            f"{thing} is built: take it out of requirements.NOT_BUILT_YET[{component.home!r}]"
        )
    else:
        assert is_built, f"{thing} of {component.title} is gone"


def test_the_lists_name_only_things_of_the_document():
    for component in ALL:
        known = {*component.endpoints, *component.models}
        assert _missing(component) - known == set()
    homes = {component.home for component in ALL}
    assert set(NOT_BUILT_YET) <= homes


def test_the_document_is_whole():
    assert len(requirements.COMPONENTS) == 14
    counted = [(len(c.endpoints), len(c.models)) for c in requirements.COMPONENTS]
    assert counted == [
        (6, 5), (6, 6), (6, 6), (6, 5), (5, 5), (5, 5), (4, 0), (4, 4), (4, 3), (6, 6), (5, 5), (5, 6), (5, 6), (5, 5),
    ]  # fmt: skip
    assert len(requirements.CORE.endpoints) == 25
    assert Counter(m for c in requirements.COMPONENTS for m in c.models).most_common(1)[0][1] == 1


BUILT_MODELS = [(c, m) for c, m in MODELS if m not in _missing(c)]


@named(("component", "name"), BUILT_MODELS, ids=lambda v: getattr(v, "home", v))
def test_each_built_model_is_in_the_admin(component, name):
    model = _model(component, name)
    parts = {inline.model for pages in admin.site._registry.values() for inline in pages.inlines}
    assert admin.site.is_registered(model) or model in parts


@named(("component", "name"), BUILT_MODELS, ids=lambda v: getattr(v, "home", v))
def test_each_built_model_has_a_factory_and_tests(component, name):
    model = _model(component, name)
    assert any(mirror_folder(model._meta.app_config.name).rglob("test_*.py"))
    assert name in _made(), f"tests/factories makes no {name}: write {_snake(name)}_make(place, **over)"


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _made() -> set[str]:
    """Names of the models that factories return, by annotation."""
    found = set()
    for path in modules("tests/factories"):
        for node in tree(path).body:
            returns = getattr(getattr(node, "returns", None), "id", "")
            if returns:
                found.add(returns)
    return found


def test_the_board(openapi, request):
    """Counts what is built; the board is printed at the end of the run."""
    paths, lines, total = set(openapi["paths"]), [], Counter()
    for component in ALL:
        things = (*component.endpoints, *component.models)
        built = [thing for thing in things if _is_built(component, thing, paths)]
        total.update(built=len(built), all=len(things))
        lines.append(f"{component.number:>2} {component.title:<26} {len(built):>3} of {len(things):>3}")
    lines.append(f"   {'all together':<26} {total['built']:>3} of {total['all']:>3} built")
    request.config.stash[request.config.board_key] = lines
    missing = sum(len(things) for things in NOT_BUILT_YET.values())
    assert total == {"built": total["all"] - missing, "all": total["all"]}
