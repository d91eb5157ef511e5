import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from hotel.reservations.models import Booking, ImportMapping
from tests.factories.reservations import house_make

MAPPING = {
    "fields": {
        "external_id": "Nummer",
        "arrival": {"columns": ["Von"], "form": "%d.%m.%Y"},
        "departure": {"columns": ["Bis"], "form": "%d.%m.%Y"},
        "room_type": {"columns": ["Kategorie"], "values": {"Doppel": "DBL"}},
        "status": {"columns": ["Status"], "values": {"Fix": "confirmed", "Storno": "cancelled"}},
        "adults": "Pax",
        "total": "Preis",
        "last_name": "Name",
    },
    "decimal_sign": ",",
}
FILE = """Nummer;Von;Bis;Kategorie;Status;Pax;Preis;Name
1001;20.03.2027;22.03.2027;Doppel;Fix;2;1.160,50;Müller
1002;21.03.2027;22.03.2027;Doppel;Storno;1;80,00;Huber
"""


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


@pytest.fixture
def files(tmp_path):
    (tmp_path / "stays.csv").write_text(FILE)
    (tmp_path / "mapping.json").write_text(json.dumps(MAPPING))
    return tmp_path


def run(files, *more, name="stays.csv"):
    out = StringIO()
    options = ["--mapping", "old", "--property", "ALPHA", "--rate-plan", "BAR", *map(str, more)]
    call_command("import_reservations", str(files / name), *options, stdout=out)
    return out.getvalue().splitlines()


def test_a_dry_run_an_import_and_its_undoing(house, files):
    saved = ("--save-mapping", files / "mapping.json")

    assert run(files, *saved, "--dry-run") == ["All is well: 2 would be imported, 0 are here already."]
    assert ImportMapping.objects.get().name == "old"
    assert not Booking.objects.exists()
    assert run(files)[-1] == "Done: 2 reservations imported, 0 were here already."
    assert run(files)[-1] == "Done: 0 reservations imported, 2 were here already."
    assert run(files, "--undo")[-1] == "Done: 0 reservations taken out."
    assert run(files, "--undo")[-1] == "Done: 2 reservations taken out."
    assert not Booking.objects.exists()


def test_every_error_is_told_by_line_and_written_to_a_file(house, files):
    bad = FILE.replace("21.03.2027;22.03.2027;Doppel;Storno", "21.13.2027;22.03.2027;Suite;Vielleicht")
    (files / "bad.csv").write_text(bad)
    saved = ("--save-mapping", files / "mapping.json")

    with pytest.raises(CommandError) as refused:
        run(files, *saved, "--errors", files / "errors.csv", name="bad.csv")

    assert str(refused.value) == "1 rows are wrong (3 errors). Nothing was imported."
    assert (files / "errors.csv").read_text().splitlines() == [
        "line,field,error",
        "3,arrival,'21.13.2027': expected a date like %d.%m.%Y",
        "3,room_type,'Suite': expected one of Doppel",
        "3,status,\"'Vielleicht': expected one of Fix, Storno\"",
    ]
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("case", "arguments", "text"),
    [
        ("no such property", ["f.csv", "--property", "NOWHERE"], "There is no property 'NOWHERE'."),
        ("two properties", ["f.csv"], "Say which --property."),
        ("no file", ["--property", "ALPHA"], "Give a file."),
        ("a file that is not there", ["f.csv", "--property", "ALPHA"], "No such file"),
        ("nothing to undo", ["--property", "ALPHA", "--undo"], "There is no import to undo."),
        ("nothing to resume", ["pyproject.toml", "--property", "ALPHA", "--resume"], "No import of this property"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said(cast, case, arguments, text):
    with pytest.raises(CommandError, match=text):
        call_command("import_reservations", *arguments, stdout=StringIO())
