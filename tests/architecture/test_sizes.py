"""The hard limits on sizes; a justified exception is named in exempt.LONG_MODULES."""

from statistics import median

import pytest

from tests.architecture.exempt import LONG_MODULES
from tests.architecture.survey import COMPONENTS, ROOT, folder, modules, product, shown

HARD, HARD_TESTS, README, SETTINGS, TEMPLATE, MEDIAN = 500, 600, 60, 150, 80, 90


def lines(path) -> int:
    """Lines of a file."""
    return len(path.read_text().splitlines())


def test_modules_stay_below_500_lines():
    long = {shown(path): lines(path) for path in modules(*product()) if lines(path) > HARD}
    assert {name: n for name, n in long.items() if name not in LONG_MODULES} == {}, "split it by noun"
    assert set(LONG_MODULES) - set(long) == set(), "stale: take it out of exempt.LONG_MODULES"


def test_test_modules_stay_below_600_lines():
    assert {shown(path): lines(path) for path in modules("tests") if lines(path) > HARD_TESTS} == {}


def test_the_median_module_stays_below_90_lines():
    counted = [n for path in modules(*product()) if (n := lines(path)) > 5]
    assert median(counted) <= MEDIAN


@pytest.mark.parametrize("component", COMPONENTS)
def test_the_readme_of_an_app_fits_on_a_page(component):
    path = folder(component) / "README.md"
    if path.exists():
        assert lines(path) <= README


def test_settings_files_stay_below_150_lines():
    assert {shown(p): lines(p) for p in modules("config/settings") if lines(p) > SETTINGS} == {}
    for switch in ("local.py", "test.py", "production.py"):
        assert lines(ROOT / "config" / "settings" / switch) <= 40


def test_templates_stay_below_80_lines():
    found = [path for name in ("templates", *product()) for path in (ROOT / name).rglob("*.html")]
    assert {shown(path): lines(path) for path in found if lines(path) > TEMPLATE} == {}
