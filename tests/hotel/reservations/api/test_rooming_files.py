"""Rooming lists as CSV and XLSX: read like the JSON form, refused line by line, every line or none."""

from datetime import datetime, time
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from hotel.guests.models import Guest
from hotel.properties.scoping import codename
from hotel.reservations.api import rooming_files
from hotel.reservations.models import Booking, Reservation
from hotel.reservations.services import import_files
from tests.contracts.base import assert_problem
from tests.contracts.stage import ALL_VIEWS
from tests.factories.reservations import group_block_make, house_make
from tests.hotel.reservations.api.bodies import day

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = ["last_name", "first_name", "room_type", "arrival", "departure", "adults", "email"]
SALES = ALL_VIEWS | {codename("manage", "reservations")}


@pytest.fixture
def house(stage):
    return house_make(stage.alpha, doubles=3)


@pytest.fixture
def block(house):
    return group_block_make(house.place, rooms=3)


@pytest.fixture
def send(stage, block):
    client = stage.client_of(SALES)

    def post(content, kind=CSV, query="", who=client, **extra):
        raw = content if isinstance(content, bytes) else content.encode()
        path = f"/api/v1/blocks/{block.pk}/rooming-list/file{query}"
        extra.setdefault("HTTP_IDEMPOTENCY_KEY", str(len(raw)) + query)
        return who.generic("POST", path, raw, content_type=kind, **extra)

    return post


def csv_of(house, *rows, sign=",", head=HEAD):
    days = (day(house, 1), day(house, 3))
    lines = [sign.join([name, "", code, *days, adults, ""]) for name, code, adults in rows]
    return "\n".join([sign.join(head), *lines]) + "\n"


def xlsx_of(*rows):
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def errors_of(errors):
    return [(error["line"], error["code"]) for error in errors]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_csv_list_is_picked_up_whole(house, block, send, sign):
    answer = send(csv_of(house, ("Ōe", "DBL", "2"), ("Tal", "DBL", "1"), sign=sign))

    assert answer.status_code == 201, answer.content
    made = Reservation.objects.filter(pk__in=answer.json()["reservations"]).order_by("pk")
    assert [(row.primary_guest.last_name, row.adults, row.block_id) for row in made] == [
        ("Ōe", 2, block.pk),
        ("Tal", 1, block.pk),
    ]
    assert list(block.nights.order_by("night").values_list("picked_up", flat=True)) == [2, 2]


def test_a_spreadsheet_is_read_with_its_own_days_and_numbers(house, block, send):
    arrival = house.place.business_date.replace(day=house.place.business_date.day + 1)
    midnight = datetime.combine(arrival, time())
    leaving = arrival.replace(day=arrival.day + 1)

    answer = send(
        xlsx_of(HEAD, ["Tal", None, "DBL", midnight, leaving, 2.0, None], [None] * 7, ["Oz", "Al", "DBL", arrival, leaving, 1, "al@example.com"]),
        XLSX,
    )  # fmt: skip

    assert answer.status_code == 201, answer.content
    made = Reservation.objects.filter(pk__in=answer.json()["reservations"]).order_by("pk")
    assert [(r.primary_guest.last_name, r.arrival, r.departure, r.adults) for r in made] == [
        ("Tal", arrival, leaving, 2),
        ("Oz", arrival, leaving, 1),
    ]


def test_each_wrong_line_is_told_by_its_line_in_the_file_and_nothing_is_booked(house, send):
    """One line cannot be read, one names an unknown type: both are told at once, with the good one in between."""
    rows = csv_of(house, ("A", "DBL", "two"), ("B", "DBL", "1"), ("C", "XXL", "1"))

    dry, refused = send(rows, query="?is_dry_run=true"), send(rows)

    wanted = [(2, "invalid"), (4, "room_type_unknown")]
    assert (dry.status_code, errors_of(dry.json()["errors"]), dry.json()["reservations"]) == (200, wanted, [])
    assert dry.json()["errors"][0]["text"] == "adults: A valid integer is required."
    assert_problem(refused, 400, "rooming_list_refused")
    assert refused.json()["detail"] == "2 of 3 lines cannot be picked up. Nothing was booked."
    assert errors_of(refused.json()["extra"]["errors"]) == wanted
    assert (Booking.objects.count(), Guest.objects.count()) == (0, 0)


def test_a_dry_run_of_a_good_list_books_nothing(house, send):
    answer = send(csv_of(house, ("A", "DBL", "1")), query="?is_dry_run=true")

    assert (answer.status_code, answer.json()) == (200, {"reservations": [], "errors": []})
    assert not Booking.objects.exists()


def test_the_same_file_under_the_same_key_books_once(house, send):
    first, again = (send(csv_of(house, ("A", "DBL", "1"))) for _ in range(2))

    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("case", "content", "kind", "code"),
    [
        ("no such column", "last_name,room,arrival,departure\nA,DBL,x,y\n", CSV, "mapping_unfit"),
        ("a column too many", ",".join([*HEAD, "pillow"]) + "\n", CSV, "mapping_unfit"),
        ("nothing", "", CSV, "rooming_list_size"),
        ("a head alone", ",".join(HEAD) + "\n", CSV, "rooming_list_size"),
        ("no UTF-8", b"last_name,room_type,arrival,departure\n\xff\xfe,,,\n", CSV, "file_unreadable"),
        ("no spreadsheet", "last_name", XLSX, "file_unreadable"),
        ("NUL", f"{','.join(HEAD)}\nA\0,,DBL,2027-03-15,2027-03-17,1,\n", CSV, "malformed"),
    ],
)
def test_a_file_that_is_no_rooming_list_is_refused(send, case, content, kind, code):
    for query in ("", "?is_dry_run=true"):
        assert_problem(send(content, kind, query), 400, code)
    assert not Booking.objects.exists()


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_spreadsheet_with_a_broken_part_is_refused(send, part):
    whole, broken = ZipFile(BytesIO(xlsx_of(HEAD))), BytesIO()
    with ZipFile(broken, "w") as file:
        for name in whole.namelist():
            file.writestr(name, b"<a/>" if name == part else whole.read(name))

    assert_problem(send(broken.getvalue(), XLSX), 400, "file_unreadable", "mapping_unfit")


def test_a_small_file_that_is_large_when_unpacked_is_refused(send, monkeypatch):
    monkeypatch.setattr(import_files, "MAX_UNPACKED", 500)

    assert_problem(send(xlsx_of(HEAD), XLSX), 400, "file_unreadable")


def test_too_many_lines_are_refused(house, send, monkeypatch):
    monkeypatch.setattr(rooming_files, "MAX_ROWS", 2)

    assert_problem(send(csv_of(house, *[("A", "DBL", "1")] * 3)), 400, "rooming_list_size")
    assert not Booking.objects.exists()


def test_json_is_not_a_file_and_a_key_is_needed(house, send):
    assert send("{}", "application/json").status_code == 415
    assert_problem(send(csv_of(house), HTTP_IDEMPOTENCY_KEY=""), 400, "idempotency_key_missing")


def test_permissions(house, block, send, stage):
    rows = csv_of(house, ("A", "DBL", "1"))
    for who, status in (
        (stage.client(), 401),
        (stage.client_of(ALL_VIEWS), 403),
        (stage.client_of(SALES, stage.beta), 404),
    ):
        assert send(rows, who=who).status_code == status
    assert not Booking.objects.exists()
    assert send(rows).status_code == 201
