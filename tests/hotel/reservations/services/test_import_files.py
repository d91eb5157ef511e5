import gzip
import io
from datetime import date, datetime
from decimal import Decimal
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from hotel.core.exceptions import InvalidInput
from hotel.reservations.domain.imported import RowError
from hotel.reservations.domain.mappings import BUILT_IN, mapping_load
from hotel.reservations.services import import_files
from hotel.reservations.services.import_files import fingerprint_of, stays_read, table_rows
from tests.factories.imports import OWN_BOOKINGS

STANDARD = mapping_load(BUILT_IN["standard"])
HEAD = ["external_id", "arrival", "departure", "room_type", "adults", "status", "total", "last_name"]
ROWS = [
    ["R-1", "2027-03-20", "2027-03-22", "DBL", "2", "confirmed", "160.50", "Müller"],
    ["R-2", "2027-03-21", "2027-03-22", "DBL", "1", "cancelled", "80", ""],
]


def table(sign=",", rows=ROWS, head=HEAD):
    return "\n".join(sign.join(row) for row in [head, *rows]) + "\n"


def packed(path, content):
    path.write_bytes(gzip.compress(content.encode()))


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("name", "write"),
    [("f.csv", lambda path, text: path.write_text(text, encoding="utf-8-sig")), ("f.csv.gz", packed)],
)
def test_text_files_are_read_with_any_separator(tmp_path, sign, name, write):
    write(tmp_path / name, table(sign))

    stays, errors = stays_read(path=tmp_path / name, mapping=STANDARD)

    assert errors == []
    assert [(s.line, s.external_id, s.total, s.text("last_name")) for s in stays] == [
        (2, "R-1", Decimal("160.50"), "Müller"),
        (3, "R-2", Decimal(80), ""),
    ]


def test_a_spreadsheet_goes_round_with_its_own_types(tmp_path):
    book = Workbook()
    book.active.append(HEAD)
    book.active.append(
        ["R-1", datetime(2027, 3, 20), date(2027, 3, 22), "DBL", 2, "confirmed", 160.5, "Müller"]
    )
    book.active.append([None] * 8)
    book.active.append([17, date(2027, 3, 21), date(2027, 3, 22), "DBL", 1, "cancelled", 80, None])
    book.save(tmp_path / "f.xlsx")

    stays, errors = stays_read(path=tmp_path / "f.xlsx", mapping=STANDARD)

    assert errors == []
    assert [(s.line, s.external_id, s.arrival, s.adults, s.total) for s in stays] == [
        (2, "R-1", date(2027, 3, 20), 2, Decimal("160.5")),
        (4, "17", date(2027, 3, 21), 1, Decimal(80)),
    ]


def test_errors_carry_the_line_of_the_file(tmp_path):
    broken = [ROWS[0], ["R-2", "tomorrow", *ROWS[1][2:]], ["R-3", *ROWS[1][1:4], "some", *ROWS[1][5:]]]
    (tmp_path / "f.csv").write_text(table(rows=broken))

    stays, errors = stays_read(path=tmp_path / "f.csv", mapping=STANDARD)

    assert [stay.line for stay in stays] == [2]
    assert errors == [
        RowError(3, "arrival", "'tomorrow': expected a date like %Y-%m-%d"),
        RowError(4, "adults", "'some': expected a number"),
    ]


@pytest.mark.parametrize(
    ("case", "name", "content", "text"),
    [
        ("another header", "f.csv", b"a,b\n1,2\n", "The mapping does not know the column 'a'"),
        ("empty", "f.csv", b"", "arrival: the file has no column 'arrival'"),
        ("no text", "f.csv", b"\xff\xfe\x00", "cannot be read"),
        ("not packed", "f.csv.gz", b"arrival", "cannot be read"),
        ("no spreadsheet", "f.xlsx", b"arrival", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_as_a_whole_is_refused(tmp_path, case, name, content, text):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(InvalidInput, match=text):
        stays_read(path=tmp_path / name, mapping=STANDARD)


def test_the_traps_of_a_real_history_are_read_as_they_are():
    stays, errors = stays_read(path=OWN_BOOKINGS, mapping=mapping_load(BUILT_IN["hotel_booking_demand"]))

    assert errors == []
    assert len(stays) == len(OWN_BOOKINGS.read_text().splitlines()) - 1
    assert {stay.children for stay in stays} == {0}
    assert min(stay.rate_per_night for stay in stays) == Decimal("-6.38")
    assert [stay.adults for stay in stays].count(0) == 1
    assert sum(stay.is_day_use for stay in stays) == 2
    assert max(stay.waitlist_days for stay in stays) == 25
    assert {stay.text("agent") for stay in stays} == {"", "9", "240"}


def test_a_fingerprint_tells_files_apart(tmp_path):
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").write_bytes(b"2")

    first, second = fingerprint_of(path=tmp_path / "a"), fingerprint_of(path=tmp_path / "b")

    assert (len(first), first == second, first == fingerprint_of(path=tmp_path / "a")) == (64, False, True)


def test_a_file_that_is_damaged_inside_is_told_as_unreadable(tmp_path):
    packed = bytearray(gzip.compress(table(rows=ROWS * 200).encode()))
    packed[20:40] = b"\xff" * 20
    (tmp_path / "f.csv.gz").write_bytes(packed)
    book = Workbook()
    book.active.append(HEAD)
    book.save(tmp_path / "whole.xlsx")
    with ZipFile(tmp_path / "whole.xlsx") as whole, ZipFile(tmp_path / "f.xlsx", "w") as damaged:
        for name in whole.namelist():
            damaged.writestr(name, whole.read(name)[: 60 if "sheet1" in name else None])

    for name in ("f.csv.gz", "f.xlsx"):
        with pytest.raises(InvalidInput) as refused:
            stays_read(path=tmp_path / name, mapping=STANDARD)
        assert refused.value.code == "file_unreadable"


def cells(content: bytes, **limits) -> list:
    file = io.BytesIO(content)
    rows = table_rows(file=file, name="It", is_xlsx=False, header_errors=lambda header: [], **limits)
    return [row["line"] for _, row in rows]


def test_the_characters_of_a_text_are_limited():
    assert cells(b"line\n" + b"x\n" * 100, max_unpacked=205) == ["x"] * 100
    with pytest.raises(InvalidInput, match="too large"):
        cells(b"line\n" + b"x\n" * 100, max_unpacked=204)


def test_the_lines_of_a_table_are_limited_empty_ones_too(monkeypatch):
    monkeypatch.setattr(import_files, "MAX_LINES", 3)
    assert cells(b"line\nx\n,\nx\n") == ["x", "x"]
    with pytest.raises(InvalidInput, match="more than 3 lines"):
        cells(b"line\nx\n,\nx\n,\n")
