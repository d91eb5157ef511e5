"""Rooms by sheet: out, looked at, and back in."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hotel.core.exports import xlsx_bytes
from hotel.properties.scoping import codename
from hotel.rooms.domain.room_sheet import TAKEN
from hotel.rooms.models import Room
from tests.factories.reservations import house_make

PAGE, FILE = "/dashboard/rooms/sheet", "/dashboard/rooms/sheet.xlsx"
FRESH = ["103", "DBL", "", "", "", "", "yes", "no", "", ""]


def words(answer, status=200):
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def sent(client, content: bytes, name="rooms.xlsx"):
    return client.post(PAGE, {"sheet": SimpleUploadedFile(name, content)})


@pytest.fixture
def keeper(stage, signed_in):
    house_make(stage.alpha)
    return signed_in(stage.person({codename(verb, "rooms") for verb in ("view", "manage")}))


def test_a_workbook_goes_out_is_looked_at_and_taken(stage, keeper):
    file = keeper.get(FILE)
    assert file["Content-Disposition"] == f'attachment; filename="rooms-{stage.alpha.code}.xlsx"'
    assert "Every line stands there already" in words(sent(keeper, file.content))

    page = sent(keeper, xlsx_bytes([list(TAKEN), FRESH]))
    shown = words(page)
    assert ("1 added" in shown, "Take all of it" in shown, ">DBL</td>" in shown) == (True, True, True)
    assert not Room.objects.filter(number="103").exists()
    done = keeper.post(PAGE, {"taken": page.context["taken"]}, follow=True)
    assert "1 room was opened. 0 rooms were changed." in words(done)
    assert Room.objects.get(number="103").is_accessible is True
    assert "changed meanwhile" in words(keeper.post(PAGE, {"taken": page.context["taken"]}))
    assert Room.objects.filter(number="103").count() == 1


def test_a_refused_line_is_told_with_its_reason_and_nothing_can_be_taken(keeper):
    page = words(
        sent(keeper, (";".join(TAKEN) + "\n" + ";".join(["103", "IGLOO", *FRESH[2:]])).encode(), "r.csv")
    )
    assert "type: the hotel has no room type IGLOO" in page
    assert ("1 refused" in page, "Take all of it" in page) == (True, False)


def test_who_may_not_change_rooms_may_take_the_file_and_send_none(stage, signed_in):
    house_make(stage.alpha)
    watcher = signed_in(stage.person({codename("view", "rooms")}))
    assert BytesIO(watcher.get(FILE).content).read(2) == b"PK"
    page = words(watcher.get(PAGE))
    assert ("Export as XLSX" in page, "Look at what it does" in page) == (True, False)
    assert sent(watcher, xlsx_bytes([list(TAKEN), FRESH])).status_code == 403
    assert watcher.post(PAGE, {"taken": "x"}).status_code == 403
    assert Room.objects.count() == 3
    stranger = signed_in(stage.person({codename("view", "rates")}))
    assert stranger.get(FILE).status_code == 403


def test_what_was_looked_at_for_codes_is_not_taken_for_rooms(keeper):
    for forged in ("", "x", "e30:1x:y"):
        assert "nothing was taken" in words(keeper.post(PAGE, {"taken": forged}, follow=True))


def test_the_list_in_the_administration_leads_to_it(cast, signed_in):
    house_make(cast.alpha)
    cast.ada.is_superuser = True
    cast.ada.save()
    assert f'href="{PAGE}"' in words(signed_in(cast.ada).get("/admin/rooms/room/"))
