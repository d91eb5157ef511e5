"""Group blocks through the API: grid, pick-up, rooming list, wash, cut-off."""

import pytest

from hotel.properties.scoping import codename
from hotel.reservations.models import Booking, GroupBlock, Reservation
from tests.contracts.base import assert_problem
from tests.contracts.crud import CreateContract, ReadContract
from tests.contracts.permissions import Case, assert_case
from tests.contracts.queries import QueryContract
from tests.contracts.stage import ALL_RIGHTS, ALL_VIEWS
from tests.factories.guests import company_make
from tests.factories.reservations import group_block_make, house_make, house_of
from tests.hotel.reservations.api.bodies import booking_body, day, stay_body

URL = "/api/v1/blocks"
SALES = ALL_VIEWS | {codename("manage", "reservations")}


def grid_row(house, rooms, start=1, end=3, **over) -> dict:
    return {
        "room_type": house.double.pk, "start": day(house, start), "end": day(house, end), "rooms": rooms, **over,
    }  # fmt: skip


class TestBlocks(ReadContract, CreateContract, QueryContract):
    model, url, area = GroupBlock, URL, "reservations"

    def make(self, place, n):
        return group_block_make(place, f"B{n}", rooms=1)

    def create(self, place):
        house = house_of(place)
        return {
            "property": place.pk,
            "code": "WED27",
            "name": "Wedding",
            "arrival": day(house, 1),
            "departure": day(house, 3),
            "rate_plan": house.plan.pk,
            "status": "definite",
            "cutoff_on": day(house, 1),
            "attrition_rate": "0.2",
            "company": company_make(place).pk,
            "rows": [grid_row(house, 3, price={"amount": "80", "currency": place.currency})],
        }


@pytest.fixture
def house(stage):
    return house_make(stage.alpha, doubles=4)


@pytest.fixture
def client(stage):
    return stage.client_of(SALES)


@pytest.fixture
def block(house):
    return group_block_make(house.place)


def cells(answer) -> list[tuple]:
    assert answer.status_code in {200, 201}, answer.content
    return [
        tuple(cell[name] for name in ("contracted", "current", "picked_up", "available", "washed"))
        for cell in answer.json()["nights"]
    ]


def shown(client, block):
    return client.get(f"{URL}/{block.pk}")


def pick(client, block, *stays, **over):
    return client.post(f"{URL}/{block.pk}/pick-up", booking_body(block.property, *stays, **over))


def test_a_definite_block_takes_its_rooms_and_shows_its_grid(house, client):
    body = TestBlocks().create(house.place)

    answer = client.post(URL, body)

    assert cells(answer) == [(3, 3, 0, 3, 0)] * 2
    assert (answer.json()["attrition_nights"], answer["ETag"]) == ("4.8000", '"v1"')
    assert house.counted("blocked", days=4) == [0, 3, 3, 0]
    assert_problem(client.post(URL, body), 409, "block_code_taken")


def test_a_pick_up_moves_one_room_from_blocked_to_sold_at_the_groups_price(house, client, block):
    answer = pick(client, block)

    assert answer.status_code == 201, answer.content
    row = answer.json()["reservations"][0]
    assert (row["total"]["amount"], row["block"], row["rooms"]) == ("160.00", block.pk, [])
    assert (answer.json()["group_name"], cells(shown(client, block))) == ("Wedding", [(3, 3, 1, 2, 0)] * 2)
    assert (house.counted("blocked", days=3), house.counted("sold", days=3)) == ([0, 2, 2], [0, 1, 1])


def test_a_channels_number_sent_again_picks_up_nothing_more(house, client, block):
    sent = {"channel_code": "ota", "external_id": "G-1"}

    first, again = pick(client, block, **sent), pick(client, block, **sent)

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert cells(shown(client, block)) == [(3, 3, 1, 2, 0)] * 2
    assert (house.counted("blocked", days=3), house.counted("sold", days=3)) == ([0, 2, 2], [0, 1, 1])


def test_a_pick_up_is_seen_in_the_blocks_version(house, client, block):
    tag = shown(client, block)["ETag"]
    pick(client, block)

    stale = client.post(f"{URL}/{block.pk}/grid", {"rows": [grid_row(house, 2)]}, HTTP_IF_MATCH=tag)

    assert_problem(stale, 412, "version_conflict")
    assert shown(client, block)["ETag"] == '"v2"'


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"arrival": "2027-03-14"}, 409, "block_fully_booked"),
        ({"status": "inquiry"}, 400, "status_invalid"),
        ({"adults": 9}, 422, "occupancy_exceeded"),
    ],
    ids=["a night outside", "takes no inventory", "too many"],
)
def test_a_refused_pick_up_leaves_the_block_as_it_was(house, client, block, change, status, code):
    answer = pick(client, block, {**stay_body(house), **change})

    assert_problem(answer, status, code)
    assert cells(shown(client, block)) == [(3, 3, 0, 3, 0)] * 2
    assert not Booking.objects.exists()


def test_cancelled_before_the_cut_off_returns_to_the_block_after_it_to_the_house(house, client, block):
    first, second = (pick(client, block).json()["reservations"][0]["id"] for _ in range(2))

    client.post(f"/api/v1/reservations/{first}/cancel", {})
    assert (house.counted("blocked", days=3), house.counted("sold", days=3)) == ([0, 2, 2], [0, 1, 1])

    cut = client.post(f"{URL}/{block.pk}/cut-off", {})
    assert cut.json()["cut_off_at"] is not None
    assert client.post(f"{URL}/{block.pk}/cut-off", {}).json() == cut.json()
    assert (house.counted("blocked", days=3), house.counted("sold", days=3)) == ([0, 0, 0], [0, 1, 1])

    client.post(f"/api/v1/reservations/{second}/cancel", {})
    assert (house.counted("blocked", days=3), house.counted("sold", days=3)) == ([0, 0, 0], [0, 0, 0])


def test_a_wash_gives_rooms_back_and_the_contract_stays(house, client, block):
    answer = client.post(f"{URL}/{block.pk}/grid", {"rows": [grid_row(house, 1)]}, HTTP_IF_MATCH='"v1"')

    assert cells(answer) == [(3, 1, 0, 1, 2)] * 2
    assert house.counted("blocked", days=3) == [0, 1, 1]
    larger = client.post(f"{URL}/{block.pk}/grid", {"rows": [grid_row(house, 4)], "is_contract": True})
    assert cells(larger) == [(4, 4, 0, 4, 0)] * 2
    too_large = client.post(f"{URL}/{block.pk}/grid", {"rows": [grid_row(house, 5)]})
    assert_problem(too_large, 409, "room_type_sold_out")


def test_a_status_takes_and_gives_back_rooms(house, client):
    block = group_block_make(house.place, status="inquiry")
    assert house.counted("blocked", days=3) == [0, 0, 0]

    assert client.post(f"{URL}/{block.pk}/status", {"status": "tentative"}).json()["status"] == "tentative"
    assert house.counted("blocked", days=3) == [0, 3, 3]
    lost = client.post(f"{URL}/{block.pk}/status", {"status": "lost", "reason": "Too dear."})
    assert (lost.json()["lost_reason"], house.counted("blocked", days=3)) == ("Too dear.", [0, 0, 0])
    assert_problem(
        client.post(f"{URL}/{block.pk}/status", {"status": "definite"}), 409, "block_status_denied"
    )


def rooming(house, name, **over) -> dict:
    return {
        "last_name": name, "room_type": "DBL", "arrival": day(house, 1), "departure": day(house, 3), **over,
    }  # fmt: skip


def test_a_rooming_list_is_checked_line_by_line_and_imported_whole(house, client, block):
    path = f"{URL}/{block.pk}/rooming-list"
    bad = [rooming(house, "A"), rooming(house, "B", room_type="XXL"), rooming(house, "C", adults=9)]

    dry = client.post(path, {"rows": bad, "is_dry_run": True})
    refused = client.post(path, {"rows": bad})

    errors = [(2, "room_type_unknown"), (3, "occupancy_exceeded")]
    assert (dry.status_code, [(e["line"], e["code"]) for e in dry.json()["errors"]]) == (200, errors)
    assert_problem(refused, 400, "rooming_list_refused")
    assert [(e["line"], e["code"]) for e in refused.json()["extra"]["errors"]] == errors
    assert not Reservation.objects.exists()

    good = client.post(path, {"rows": [rooming(house, "A"), rooming(house, "B", email="b@example.com")]})
    assert good.status_code == 201, good.content
    made = Reservation.objects.filter(pk__in=good.json()["reservations"]).order_by("pk")
    assert [(row.primary_guest.last_name, row.block_id) for row in made] == [("A", block.pk), ("B", block.pk)]
    assert cells(shown(client, block)) == [(3, 3, 2, 1, 0)] * 2


def test_filters(house, client, block):
    group_block_make(house.place, "LATER", rooms=1, status="inquiry")

    def codes(**query):
        return [row["code"] for row in client.get(URL, {"ordering": "code", **query}).json()["results"]]

    assert codes() == ["LATER", "WED27"]
    assert codes(status="definite") == codes(search="wed2") == ["WED27"]
    assert codes(arrival_to="2027-03-14") == []


@pytest.mark.parametrize(
    ("command", "body", "status"),
    [
        ("cut-off", {}, 200),
        ("status", {"status": "cancelled"}, 200),
        ("grid", None, 200),
        ("pick-up", None, 201),
        ("rooming-list", None, 201),
    ],
)
def test_permissions(stage, command, body, status):
    house, block = house_of(stage.alpha), group_block_make(stage.alpha)
    bodies = {
        "grid": {"rows": [grid_row(house, 2)]},
        "pick-up": booking_body(stage.alpha),
        "rooming-list": {"rows": [rooming(house, "A")]},
    }
    path = f"{URL}/{block.pk}/{command}"
    body = bodies.get(command, body)
    assert_case(Case("post", path, "manage_reservations_area", status, body, (400, 404)), stage)


def test_a_block_is_picked_up_at_its_own_property_only(stage, house, block):
    both = stage.client_of(ALL_RIGHTS, stage.alpha, stage.beta)

    answer = both.post(f"{URL}/{block.pk}/pick-up", booking_body(stage.beta))

    assert_problem(answer, 400, "other_property")
    assert not Booking.objects.exists()
