"""The OpenAPI document, generated once, and the requirements board at the end of a run."""

import pytest
from drf_spectacular.generators import SchemaGenerator

BOARD = pytest.StashKey[list[str]]()


def pytest_configure(config):
    config.board_key = BOARD


@pytest.fixture(scope="session")
def openapi() -> dict:
    """The document of ``/api/schema``."""
    return SchemaGenerator().get_schema(request=None, public=True)


def pytest_terminal_summary(terminalreporter, config):
    """Print the requirements board."""
    lines = config.stash.get(BOARD, [])
    if lines:
        terminalreporter.section("requirements: built")
        for line in lines:
            terminalreporter.write_line(line)
