"""All checks by their codes, and how one is run."""

import logging
from collections.abc import Callable
from inspect import getdoc, getmembers, isfunction
from types import ModuleType

from django.db import transaction

from security.domain.compliance import Look
from security.selectors.checks import people, privacy, services, trail, web
from security.selectors.checks.looks import unknown

logger = logging.getLogger(__name__)
Check = Callable[[], Look]


def _of(module: ModuleType) -> dict[str, Check]:
    """The public functions that a module defines itself; each is a check, called by its name."""
    return {
        name: function
        for name, function in getmembers(module, isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }


CHECKS: dict[str, Check] = {
    code: check for module in (web, services, trail, people, privacy) for code, check in _of(module).items()
}


def check_title(code: str) -> str:
    """What it looks at, in one sentence."""
    return (getdoc(CHECKS[code]) or code).partition("\n")[0]


def check_run(code: str) -> Look:
    """Look once. A check that breaks has seen nothing: that is for a person to show, and is told in the log."""
    try:
        with transaction.atomic():
            return CHECKS[code]()
    except Exception as error:
        logger.exception("The check %s broke.", code)
        return unknown(f"Could not be looked at ({type(error).__name__}).")
