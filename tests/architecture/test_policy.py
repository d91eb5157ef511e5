"""The table of rights knows everything that can be asked of the house, and nothing else; its rights exist."""

import re

import yaml
from django.contrib import admin

from hotel.core.plugs import plugs
from hotel.properties.admin_base import SharedAdmin
from tests.architecture.survey import ROOT
from tests.architecture.test_api_matrix import ROUTES
from tests.matrix import policy as table

VERBS = {
    "list": "view",
    "retrieve": "view",
    "create": "manage",
    "update": "manage",
    "partial_update": "manage",
}
VERBS |= {"destroy": "manage"}


def rights() -> set[str]:
    """Every right that can be held."""
    return {f"{plug.area}.{verb}" for plug in plugs() for verb in plug.verbs}


def test_the_table_knows_every_operation_of_the_api():
    known, code = set(table.rules("api")), set(table.operations_of_the_code())
    assert sorted(code - known) == [], "write into tests/matrix/policy.toml who may do this"
    assert sorted(known - code) == [], "these are no more"


def test_the_published_description_has_the_same_operations():
    described = yaml.safe_load((ROOT / "config/openapi.yml").read_text())["paths"]
    published = {f"{method.upper()} {path}" for path, found in described.items() for method in found}
    known = {name.replace(" ", " /api/v1", 1) for name in table.rules("api")}
    assert {bare(name) for name in published} == {bare(name) for name in known}


def bare(name: str) -> str:
    """An operation without the names of its parameters."""
    return re.sub(r"<[^>]+>|{[^}]+}", "{}", name)


def test_the_table_knows_every_page():
    known, code = set(table.rules("pages")), set(table.pages_of_the_code())
    assert sorted(code - known) == [], "write into tests/matrix/policy.toml who may open this"
    assert sorted(known - code) == [], "these are no more"


def test_the_table_knows_every_page_of_the_administration():
    assert set(table.rules("admin_pages")) == table.admin_pages_of_the_code()
    known, code = table.policy()["admin"], table.admin_of_the_code()
    assert sorted(code.keys() - known.keys()) == [], "write into tests/matrix/policy.toml who may open this"
    assert sorted(known.keys() - code.keys()) == [], "these are no more"
    for label, found in code.items():
        for kind, names in found.items():
            assert set(known[label].get(kind, {})) == names, f"{kind} of {label}"


def test_the_table_knows_every_websocket():
    assert set(table.rules("sockets")) == table.sockets_of_the_code()


def test_every_right_of_the_table_can_be_held():
    named_there = {
        right for part in ("api", "pages", "admin_pages", "sockets") for right in table.policy()[part]
    }
    assert named_there - table.WORDS - rights() == set()
    for label, line in table.policy()["admin"].items():
        verbs = {verb for key, verb in line.items() if key in {"view", "add", "change", "delete"}}
        verbs |= set(line.get("actions", {}).values()) - {"platform"}
        assert {f"{line['area']}.{verb}" for verb in verbs} - rights() == set(), label


def test_the_code_asks_for_the_right_of_the_table():
    differ = []
    for route in ROUTES:
        for method, action in route.actions:
            name = f"{method.upper()} {route.path.removeprefix('/api/v1')}"
            verb = route.viewset.verbs.get(action) or VERBS.get(action, "-")
            said, right = table.rules("api").get(name, ""), f"{route.viewset.area}.{verb}"
            if method in route.viewset.http_method_names and "." in said and said != right:
                differ.append(f"{name}: the table says {said}, the code {right}")
    assert differ == []


def test_the_administration_asks_for_the_verbs_of_the_table():
    differ = []
    for model, pages in admin.site._registry.items():
        line = table.policy()["admin"].get(model._meta.label, {})
        has_verbs = hasattr(pages, "verb_for")
        said = {kind: line.get(kind, "") for kind in ("view", "add", "change", "delete")} if has_verbs else {}
        code = {kind: pages.verb_for(kind) for kind in said}
        area, is_shared = pages.area_name() if has_verbs else "platform", isinstance(pages, SharedAdmin)
        if (line.get("area"), said, line.get("shared", False)) != (area, code, is_shared):
            differ.append(f"{model._meta.label}: the table says {line}, the code {area} {code}")
    assert differ == []


def test_a_second_proof_is_asked_where_the_table_says():
    code = {
        f"{method.upper()} {route.path.removeprefix('/api/v1')}"
        for route in ROUTES
        for method, action in route.actions
        if action in route.viewset.step_up and method in route.viewset.http_method_names
    }
    assert set(table.policy()["step_up"]["operations"]) == code


def test_pages_ask_for_the_right_of_the_table():
    differ = []
    for path, view in table.pages_of_the_code().items():
        page = getattr(view, "view_class", None)
        if not getattr(page, "area", ""):
            continue
        if table.rules("pages").get(path) != f"{page.area}.{page.verb}":
            differ.append(f"{path}: the code asks for {page.area}.{page.verb}")
    assert differ == []
