"""Our top-level names are ours alone; functions live in rooms of their noun."""

from importlib.metadata import packages_distributions

from tests.architecture.survey import TOP_LEVEL, modules, product, shown

BANNED = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "shared", "stuff", "lib"}


def test_no_installed_distribution_provides_one_of_our_names():
    installed = packages_distributions()
    taken = {name: installed[name] for name in TOP_LEVEL if name in installed and name != "tests"}
    assert taken == {}, "rename the component, or find out who pulled the distribution in"


def test_no_module_is_a_drawer_for_anything():
    found = [shown(p) for p in modules(*product(), "tests") if {p.stem, *p.parts} & BANNED]
    assert found == [], "name it after its noun"


def test_service_and_selector_modules_are_named_after_nouns():
    """A room of the same name as its parent says nothing."""
    found = [shown(p) for p in modules("hotel") if p.stem in {"services", "selectors", "service", "selector"}]
    assert found == [], "services and selectors are packages, one module per noun"
