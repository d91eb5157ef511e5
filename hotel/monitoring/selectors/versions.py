"""The declared life of the API."""

import tomllib
from functools import cache
from pathlib import Path

from hotel.monitoring.domain.versions import Declared, declared

FILE = Path(__file__).parents[1] / "versions.toml"


@cache
def api_life() -> Declared:
    """What ``versions.toml`` declares; the same until the next deploy.

    Raises:
        DeclarationWrong: it contradicts itself.
    """
    return declared(tomllib.loads(FILE.read_text()))
