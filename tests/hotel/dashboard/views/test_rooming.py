"""A rooming list is pasted or sent, looked at, and picked up once and whole."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hotel.core.exports import xlsx_bytes
from hotel.guests.models import Guest
from hotel.properties.scoping import codename
from hotel.reservations.models import BlockNight, Reservation
from hotel.reservations.services.blocks import block_cut_off, block_status_change
from tests.cast import TODAY
from tests.factories.guests import guest_make
from tests.factories.reservations import group_block_make, house_make

LIST = "Vorname\tNachname\tTeilt mit\tBemerkung\nAnna\tBerg\t1\tQuiet\nEva\tBerg\t1\t\nTom\tMoser\t\t\n"


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=6)


@pytest.fixture
def block(house):
    return group_block_make(house.place, rooms=2)


@pytest.fixture
def path(block):
    return f"/dashboard/blocks/{block.pk}/rooming-list"


def words(answer, status=200):
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def picked(block):
    return list(BlockNight.objects.filter(block=block).order_by("night").values_list("picked_up", flat=True))


def look(client, path, text=LIST, **more):
    return client.post(path, {"text": text, **more})


def take(client, path, page, **choices):
    return client.post(path, {"list": page.context["list"], "take": "", **choices}, follow=True)


def reasons(page):
    return {room.plan.line: room.plan.reasons for room in page.context["rooms"] if room.plan.reasons}


def test_a_pasted_list_is_looked_at_then_picked_up(block, path, desk):
    page = look(desk, path)
    shown = words(page)
    assert "Pick up 2 rooms" in shown
    assert page.context["count"] == {
        "rooms": 2,
        "from_block": 4,
        "from_house": 0,
        "left_out": 0,
        "refused": 0,
    }
    assert (Reservation.objects.count(), Guest.objects.count(), picked(block)) == (0, 0, [0, 0])

    assert "2 rooms were picked up." in words(take(desk, path, page))
    first, second = Reservation.objects.order_by("pk")
    assert (str(first.primary_guest), first.adults, first.block) == ("Anna Berg", 2, block)
    assert sorted((str(one.guest), one.role) for one in first.guests.all()) == [
        ("Anna Berg", "primary"),
        ("Eva Berg", "sharer"),
    ]
    assert [note.text for note in first.notes.all()] == ["Quiet"]
    assert (str(second.primary_guest), second.adults) == ("Tom Moser", 1)
    assert picked(block) == [2, 2]


def test_what_was_confirmed_twice_is_booked_once(block, path, desk):
    page = look(desk, path)
    take(desk, path, page)
    assert "This was done already; the second time did nothing." in words(take(desk, path, page))
    assert (Reservation.objects.count(), picked(block)) == (2, [2, 2])


def test_a_list_sent_again_leaves_out_who_is_there_already(block, path, desk):
    take(desk, path, look(desk, path, "Name,First name\nBerg,Anna"))
    number = Reservation.objects.get().number
    page = look(desk, path)
    assert f"Picked up already as {number}." in words(page)
    assert page.context["count"] == {
        "rooms": 1,
        "from_block": 2,
        "from_house": 0,
        "left_out": 1,
        "refused": 0,
    }
    take(desk, path, page)
    assert [str(stay.primary_guest) for stay in Reservation.objects.order_by("pk")] == [
        "Anna Berg",
        "Tom Moser",
    ]
    again = look(desk, path)
    assert ("there is nothing to pick up" in words(again), "Pick up 1" in words(again)) == (True, False)


def test_the_same_guest_twice_in_a_list_is_left_out_unless_asked_for(block, path, desk):
    page = look(desk, path, "Name\nBerg\nBerg")
    assert "The same guest and days as line 2." in words(page)
    assert "You chose other rooms." in words(take(desk, path, page, **{"anyway-3": "on"}))
    assert Reservation.objects.count() == 0
    page = desk.post(path, {"list": page.context["list"], "again": "", "anyway-3": "on"})
    assert page.context["count"]["rooms"] == 2
    take(desk, path, page, **{"anyway-3": "on"})
    assert Reservation.objects.count() == 2


def test_a_profile_is_proposed_by_mail_and_name_and_never_taken_unasked(house, block, path, desk):
    anna = guest_make(house.place, first_name="Anna", last_name="Berg", email="anna@example.com")
    text = "Name,First name,E-mail\nBerg,Anna,ANNA@example.com"
    page = look(desk, path, text)
    (room,) = page.context["rooms"]
    assert ([guest.pk for guest in room.people[0].profiles], room.people[0].chosen) == ([anna.pk], anna.pk)
    assert f'<option value="{anna.pk}" selected>' in page.content.decode()
    take(desk, path, page, **{"who-2": "new"})
    assert Reservation.objects.get().primary_guest != anna
    page = look(desk, path, text.replace("E-mail", "E-mail,Arrival") + ",16.3.2027")
    assert page.context["rooms"][0].people[0].chosen is None, "two fit now"
    take(desk, path, page, **{"who-2": anna.pk})
    assert Reservation.objects.latest("pk").primary_guest == anna


def test_one_address_of_a_whole_group_is_offered_but_not_proposed(house, block, path, desk):
    planner = guest_make(house.place, first_name="Pia", last_name="Planner", email="pia@example.com")
    page = look(desk, path, "Name,E-mail\nBerg,pia@example.com")
    (person,) = page.context["rooms"][0].people
    assert ([guest.pk for guest in person.profiles], person.chosen) == ([planner.pk], None)


def test_a_namesake_born_the_same_day_is_proposed(house, block, path, desk):
    tom = guest_make(house.place, first_name="Tom", last_name="Moser", birth_date=date(1980, 1, 31))
    guest_make(house.place, first_name="Tom", last_name="Moser", birth_date=date(1981, 1, 31))
    page = look(desk, path, "Name;Vorname;Geburtsdatum\nMoser;Tom;31.1.1980")
    (person,) = page.context["rooms"][0].people
    assert ([guest.pk for guest in person.profiles], person.chosen) == ([tom.pk], tom.pk)


def test_a_profile_that_was_not_offered_is_not_taken(house, block, path, desk):
    other = guest_make(house.place, first_name="Eve", last_name="Other")
    take(desk, path, look(desk, path, "Name\nBerg"), **{"who-2": other.pk})
    assert str(Reservation.objects.get().primary_guest) == "Berg"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("Name,Sharer\nA,1\nB,2\nC,3", 4, "No DBL of the block is left on Mon 15 Mar, Tue 16 Mar."),
        ("Name,From\nA,14.3.2027", 2, "The block has no DBL on Sun 14 Mar."),
        ("Name,Type\nA,Suite", 2, "The block has no SUI on Mon 15 Mar, Tue 16 Mar."),
        ("Name,Sharer,From\nA,1,15.3.2027\nB,1,16.3.2027", 2, "comes and leaves on different days"),
        ("Name,Adults\nA,9", 2, "at most"),
        ("Name,E-mail\nA,nobody", 2, "e-mail"),
    ],
)
def test_a_room_that_cannot_be_picked_up_says_why_and_nothing_can_be(
    house, block, path, desk, text, line, says
):
    house.suite.name = "Suite"
    house.suite.save()
    page = look(desk, path, text)
    (told,) = reasons(page).items()
    assert told[0] == line
    assert says in " ".join(told[1])
    assert ("Pick up" in words(page), "1 to correct" in words(page)) == (False, True)
    assert Reservation.objects.count() == 0


def test_a_line_that_cannot_be_read_is_told_with_its_cells(block, path, desk):
    page = words(look(desk, path, "Name,From\nBerg,someday"))
    assert "Berg · someday" in page
    assert "Arrival: “someday” is no day." in page


def test_after_the_cut_off_rooms_are_those_of_the_house(block, path, desk):
    block_cut_off(block=block)
    page = look(desk, path, "Name\nBerg")
    assert "The block is cut off" in words(page)
    assert page.context["count"]["from_house"] == 2


def test_a_block_that_takes_none_says_so(house, desk):
    block = group_block_make(house.place, status="inquiry")
    page = look(desk, f"/dashboard/blocks/{block.pk}/rooming-list", "Name\nBerg")
    assert reasons(page) == {2: ["The block takes no reservations as it stands: Inquiry."]}


def test_who_was_beaten_meanwhile_is_named_and_nothing_is_picked_up(house, block, path, desk):
    page = look(desk, path)
    mine = look(desk, path, "Name\nFaster")
    take(desk, path, mine)
    told = words(take(desk, path, page))
    assert (
        "Somebody was faster, and nothing was picked up: line 4, Tom Moser: No DBL of the block is left"
        in told
    )
    assert (Reservation.objects.count(), picked(block)) == (1, [1, 1])


def test_a_block_that_was_given_up_meanwhile_takes_none(house, block, path, desk):
    page = look(desk, path)
    block_status_change(block=block, status="cancelled")
    assert "The block takes no reservations as it stands: Cancelled." in words(take(desk, path, page))
    assert Reservation.objects.count() == 0


def test_a_workbook_is_read_like_what_is_pasted(block, path, desk):
    day = TODAY + timedelta(days=1)
    sheet = xlsx_bytes(
        [["Nombre", "Apellido", "Llegada", "Comparte"], ["Anna", "Berg", day, 1], ["Eva", "Roth", day, 1]]
    )
    page = desk.post(path, {"text": "", "sheet": SimpleUploadedFile("list.xlsx", sheet)})
    (room,) = page.context["rooms"]
    assert ([one.person.full_name for one in room.people], room.plan.party.first.arrival) == (
        ["Anna Berg", "Eva Roth"],
        day,
    )
    assert "Anna\tBerg\t2027-03-15\t1" in page.content.decode()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"text": ""}, "Paste a list, or choose a file."),
        ({"text": "Vorname\nAnna"}, "one of them “Last name”"),
        ({"text": "Name"}, "1 to 150 lines"),
        ({"text": "Name\n" + "Berg\n" * 151}, "1 to 150 lines"),
        ({"sheet": SimpleUploadedFile("list.pdf", b"Name")}, "Send an XLSX or a CSV file."),
        ({"sheet": SimpleUploadedFile("list.xlsx", b"Name")}, "cannot be read"),
        ({"sheet": SimpleUploadedFile("list.csv", b"x" * 1_000_001)}, "up to 1 MB"),
    ],
)
def test_what_is_no_list_is_refused(block, path, desk, sent, says):
    assert says in words(desk.post(path, sent), 422)


def test_a_card_number_among_the_notes_is_refused(block, path, desk):
    assert "card number" in words(look(desk, path, "Name,Notes\nBerg,4111 1111 1111 1111"), 400)
    workbook = xlsx_bytes([["Name", "Notes"], ["Berg", "4111 1111 1111 1111"]])
    sent = {"sheet": SimpleUploadedFile("list.xlsx", workbook)}
    assert "card number" in words(desk.post(path, sent), 422)
    assert Reservation.objects.count() == 0


def test_what_nobody_looked_at_is_not_picked_up(house, block, path, desk, cast, signed_in):
    for forged in ("", "x", "e30:1x:y"):
        answer = desk.post(path, {"list": forged, "take": ""}, follow=True)
        assert "nothing was picked up" in words(answer)
    page = look(desk, path)
    other = group_block_make(house.place, code="OTHER", rooms=2)
    answer = take(desk, f"/dashboard/blocks/{other.pk}/rooming-list", page)
    assert "nothing was picked up" in words(answer)
    assert "nothing was picked up" in words(take(signed_in(cast.rae), path, page))
    assert Reservation.objects.count() == 0


def test_it_takes_the_right_to_change_reservations(stage, signed_in):
    block = group_block_make(house_make(stage.alpha, doubles=6).place)
    path = f"/dashboard/blocks/{block.pk}"
    watcher = signed_in(stage.person({codename("view", "reservations")}))
    page = words(watcher.get(path))
    assert ("Nobody is picked up yet" in page, "Paste a rooming list" in page) == (True, False)
    assert watcher.get(f"{path}/rooming-list").status_code == 403
    assert look(watcher, f"{path}/rooming-list").status_code == 403
    assert Reservation.objects.count() == 0


def test_a_block_of_another_property_is_none(cast, house, desk):
    theirs = group_block_make(house_make(cast.beta).place, rooms=1)
    assert desk.get(f"/dashboard/blocks/{theirs.pk}/rooming-list").status_code == 404
    assert look(desk, f"/dashboard/blocks/{theirs.pk}/rooming-list").status_code == 404


def test_who_may_not_view_guests_is_shown_no_profile(stage, signed_in):
    block = group_block_make(house_make(stage.alpha, doubles=6).place)
    guest_make(stage.alpha, first_name="Anna", last_name="Berg", email="anna@example.com")
    seller = stage.person({codename(verb, "reservations") for verb in ("view", "manage")})
    page = look(
        signed_in(seller), f"/dashboard/blocks/{block.pk}/rooming-list", "Name,E-mail\nBerg,anna@example.com"
    )
    assert "</option>" not in words(page)
    assert page.context["rooms"][0].people[0].profiles == []


def test_a_block_without_pick_ups_teaches_the_next_act(block, path, desk):
    page = words(desk.get(f"/dashboard/blocks/{block.pk}"))
    assert ("Nobody is picked up yet" in page, "Rooming list (PDF)" in page) == (True, False)
    take(desk, path, look(desk, path))
    page = words(desk.get(f"/dashboard/blocks/{block.pk}"))
    assert ("Nobody is picked up yet" in page, "Rooming list (PDF)" in page) == (False, True)
