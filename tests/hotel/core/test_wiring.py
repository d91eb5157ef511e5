"""A copied component in the lists of the house."""

import pytest

from hotel.core.blueprint import Naming
from hotel.core.wiring import REGISTERS, component_wire, wired

SPA = Naming("loyalty", "spa")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('    "loyalty",\n]\n', '    "loyalty",\n    "spa",\n]\n'),
        ('"loyalty_pointlot",\n"rooms_room",\n', '"loyalty_pointlot",\n"spa_pointlot",\n"rooms_room",\n'),
        ('    "loyalty": "view enrol",\n', '    "loyalty": "view enrol",\n    "spa": "view enrol",\n'),
        ('"loyalty.Reward" = { area = "loyalty" }\n', '"loyalty.Reward" = { area = "loyalty" }\n"spa.Reward" = { area = "spa" }\n'),
        ('files = ["hotel", "loyalty", "security"]\n', 'files = ["hotel", "loyalty", "spa", "security"]\n'),
        ('layers = ["config", "loyalty | security", "hotel"]\n', 'layers = ["config", "loyalty | spa | security", "hotel"]\n'),
        ('    "hotel.rooms", "loyalty",\n', '    "hotel.rooms", "loyalty", "spa",\n'),
        ('# "loyalty" is the first\n', '# "loyalty" is the first\n'),
        ('"disloyalty",\n', '"disloyalty",\n'),
    ],
)  # fmt: skip
def test_an_entry_of_the_source_stands_once_more_under_the_new_name(text, expected):
    assert wired(text, SPA) == expected


def test_a_list_of_the_source_stands_once_more_as_a_whole():
    text = '"guests.view" = [\n    "GET /guests",\n]\n"loyalty.view" = [\n    "GET /loyalty/members",\n]\n"rooms.view" = [\n]\n'
    assert wired(text, SPA) == text.replace(
        '"rooms.view"', '"spa.view" = [\n    "GET /spa/members",\n]\n"rooms.view"'
    )


def test_a_component_below_hotel_is_entered_by_its_dotted_name():
    assert (
        wired('    "hotel.rooms",\n', Naming("hotel.rooms", "hotel.spa"))
        == '    "hotel.rooms",\n    "hotel.spa",\n'
    )


def test_the_files_that_knew_the_source_are_changed_and_told(tmp_path):
    path = tmp_path / REGISTERS[0]
    path.parent.mkdir(parents=True)
    path.write_text('COMPONENTS = [\n    "loyalty",\n]\n')
    (tmp_path / "pyproject.toml").write_text('files = ["hotel"]\n')

    assert component_wire(root=tmp_path, naming=SPA) == ["config/settings/components.py"]
    assert path.read_text() == 'COMPONENTS = [\n    "loyalty",\n    "spa",\n]\n'
    assert (tmp_path / "pyproject.toml").read_text() == 'files = ["hotel"]\n'


def test_every_register_is_there(settings):
    assert [name for name in REGISTERS if not (settings.BASE_DIR / name).is_file()] == []
