"""The declaration of the house is sound and names only what exists."""

from config.stack.checks import OPENAPI
from config.stack.promises import document_read
from hotel.monitoring.selectors.versions import api_life


def test_the_first_version_is_declared():
    assert [(version.name, version.path) for version in api_life().versions] == [("v1", "/api/v1")]


def test_declared_operations_exist():
    paths = document_read(OPENAPI)["paths"]
    known = {f"{method.upper()} {path}" for path, entry in paths.items() for method in entry}
    named = {change.operation for change in api_life().changes if change.kind != "removed"} - {""}
    assert named | set(api_life().deprecations) <= known
