"""Discovery of plugs, areas and handlers."""

import sys
from types import ModuleType

import pytest
from django.conf import settings

from hotel.core.component import ComponentConfig, component_package
from hotel.core.plugs import area_of, dataset_named, plugs, plugs_by_component


def test_plugs_come_in_order_of_the_floors():
    assert list(plugs_by_component()) == [
        name for name in settings.COMPONENTS if name in plugs_by_component()
    ]
    assert plugs()[0].area == "system"


def test_an_app_label_leads_to_its_area():
    assert area_of("core") == "system"
    assert area_of("rooms") == "rooms"
    with pytest.raises(LookupError, match="'nonsense'"):
        area_of("nonsense")


def test_a_dataset_is_found_by_its_name_and_others_are_told_which_there_are():
    assert dataset_named("loyalty.points").title == "Points by day"
    with pytest.raises(LookupError, match=r"no dataset nonsense; there are .*loyalty\.points"):
        dataset_named("nonsense")


def test_panels_have_one_name_each():
    names = [panel.name for plug in plugs() for panel in plug.panels]
    assert len(names) == len(set(names)) > 0


def test_a_component_is_found_by_its_dotted_name():
    assert component_package("hotel.rooms").__name__ == "hotel.rooms"


def test_only_children_are_default_configurations():
    assert ComponentConfig.default is False
    child = type("ChildConfig", (ComponentConfig,), {"name": "hotel.rooms", "label": "x"})
    assert child.default is True


def test_handlers_are_loaded_when_an_app_is_ready(tmp_path, monkeypatch):
    package = tmp_path / "spa"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "handlers.py").write_text("LOADED = True\n")
    monkeypatch.syspath_prepend(tmp_path)
    config = type("SpaConfig", (ComponentConfig,), {"name": "spa", "label": "spa", "path": str(package)})
    module: ModuleType = component_package("spa")
    config("spa", module).ready()
    assert sys.modules.pop("spa.handlers").LOADED is True
    sys.modules.pop("spa")
