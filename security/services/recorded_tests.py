"""Keeps of a run of the tests what requirements are bound to."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import parse
from django.conf import settings

from hotel.core.exceptions import InvalidInput
from hotel.core.words import _
from security.selectors.frameworks import bound_tests


def tests_record(*, file: Path) -> dict[str, bool]:
    """Read a JUnit file of pytest and keep the results of bound tests in ``settings.COMPLIANCE_TEST_RESULTS``.

    A test with parameters passed when all of them did; one that was skipped is left out.

    Returns:
        Id of each bound test that ran to whether it passed.

    Raises:
        InvalidInput: no such file, or none of its tests is bound.
    """
    try:
        root = parse(file).getroot()
    except (OSError, SyntaxError) as error:
        raise InvalidInput(_("This is no JUnit file: %(error)s") % {"error": error}) from error
    found: dict[str, bool] = {}
    for case in root.iter("testcase"):
        name = _id_of(case)
        if case.find("skipped") is None:
            is_good = case.find("failure") is None and case.find("error") is None
            found[name] = found.get(name, True) and is_good
    passed = {name: found[name] for name in bound_tests() if name in found}
    if not passed:
        raise InvalidInput(_("None of its tests is bound to a requirement."))
    told = {"ran_at": _ran_at(root.iter("testsuite")), "passed": passed}
    Path(settings.COMPLIANCE_TEST_RESULTS).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return passed


def _id_of(case: Element) -> str:
    """``tests.hotel.core.test_pdf`` and ``test_a[x]`` as ``tests/hotel/core/test_pdf.py::test_a``."""
    path = case.get("classname", "").replace(".", "/")
    return f"{path}.py::{case.get('name', '').partition('[')[0]}"


def _ran_at(suites: Iterable[Element]) -> str:
    moments = [
        datetime.fromisoformat(suite.get("timestamp", "")) for suite in suites if suite.get("timestamp")
    ]
    newest = max(moments, default=None)
    if newest is None:
        raise InvalidInput(_("The file does not say when the tests ran."))
    return (newest if newest.tzinfo else newest.replace(tzinfo=UTC)).isoformat()
