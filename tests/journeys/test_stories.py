"""A dozen whole stories through the API, as people and programs live them."""

from datetime import time

import pytest

from hotel.messaging.services.templates import templates_seed
from tests.factories.guests import company_make, guest_make
from tests.factories.rates import (
    agreement_make,
    price_make,
    rate_plan_make,
    tax_exemption_make,
    tax_rule_make,
)
from tests.factories.reservations import house_make


def amount(money) -> str:
    return f"{money['amount']} {money['currency']}"


def test_quote_book_amend_cancel_reinstate_to_the_cent(desk, house):
    offers = desk.do(
        "quotes", {"property": house.place.pk, "arrival": desk.day(5), "departure": desk.day(8), "adults": 2}
    )
    offer = next(row for row in offers if row["room_type"] == house.double.pk)
    assert (amount(offer["total"]), offer["sellable"], offer["is_bookable"]) == ("300.00 EUR", 3, True)

    stay = desk.book_one(5, 3)
    assert (stay["status"], amount(stay["total"]), stay["version"]) == ("confirmed", "300.00 EUR", 1)
    assert house.counted("sold") == [0, 0, 0, 0, 0, 1, 1, 1]

    longer = desk.do(f"reservations/{stay['id']}/amend", {"arrival": desk.day(4)}, version=1)["reservation"]
    assert (amount(longer["total"]), longer["version"]) == ("400.00 EUR", 2)
    assert house.counted("sold") == [0, 0, 0, 0, 1, 1, 1, 1]

    ended = desk.do(f"reservations/{stay['id']}/cancel", {"reason": "Ill"}, version=2)
    assert (ended["reservation"]["status"], [amount(fee["amount"]) for fee in ended["fees"]]) == (
        "cancelled",
        ["0.00 EUR"],
    )
    assert house.counted("sold") == [0] * 8

    back = desk.do(f"reservations/{stay['id']}/reinstate", {}, version=3)["reservation"]
    assert (back["status"], amount(back["total"]), back["cancellation_number"]) == (
        "confirmed",
        "400.00 EUR",
        "",
    )
    assert house.counted("sold") == [0, 0, 0, 0, 1, 1, 1, 1]


def test_a_hold_becomes_a_booking_with_a_room_that_moves_to_open_a_gap(desk, house):
    hold = desk.do("holds", {"property": house.place.pk, **desk.stay(1, 2)}, 201)
    assert (house.counted("held", days=4), hold["status"]) == ([0, 1, 1, 0], "active")

    stay = desk.book_one(1, 2, hold=hold["id"])
    assert (house.counted("held", days=4), house.counted("sold", days=4)) == ([0, 0, 0, 0], [0, 1, 1, 0])
    assert desk.get(f"holds/{hold['id']}")["status"] == "used"

    others = [desk.book_one(2, 2), desk.book_one(3, 2), desk.book_one(1, 1)]
    rooms = house.rooms
    for row, room in ((stay, rooms[0]), (others[0], rooms[1]), (others[1], rooms[0]), (others[2], rooms[2])):
        desk.do(f"reservations/{row['id']}/assign", {"room": room.pk})
    desk.do(f"reservations/{stay['id']}/lock")

    long = desk.book_one(2, 1)
    free = desk.get(f"reservations/{long['id']}/gap")
    assert [(move["reservation"], move["to_room"]) for move in free["moves"]] == [(long["id"], "103")]
    desk.do(
        "room-assignments/apply",
        {
            "property": house.place.pk,
            "moves": [{"reservation": m["reservation"], "room": m["room"]} for m in free["moves"]],
        },
    )

    refused = desk.do(f"reservations/{others[0]['id']}/assign", {"room": rooms[0].pk}, 409)
    assert (refused["code"], "101" in refused["detail"]) == ("room_taken", True)
    desk.do(f"reservations/{stay['id']}/cancel", {})
    assert desk.get(f"reservations/{stay['id']}")["rooms"] == []


def test_who_waits_is_offered_the_room_that_comes_free(desk, house):
    stays = [desk.book_one(1, 2) for _ in range(3)]
    desk.book(desk.stay(1, 2), status=409)
    waiting = desk.book_one(1, 2, status="waitlisted", waitlist_priority=5)
    assert desk.do(f"waitlist/{waiting['id']}/offer", {}, 409)["code"] == "room_type_sold_out"

    desk.do(f"reservations/{stays[0]['id']}/cancel", {})
    offer = desk.do(f"waitlist/{waiting['id']}/offer", {}, 201)
    assert (house.counted("held", days=4), house.counted("sold", days=4)) == ([0, 1, 1, 0], [0, 2, 2, 0])
    assert desk.book(desk.stay(1, 2), status=409)["code"] == "room_type_sold_out"

    done = desk.do(f"waitlist/offers/{offer['id']}/accept")
    assert done["reservation"]["status"] == "confirmed"
    assert (house.counted("held", days=4), house.counted("sold", days=4)) == ([0, 0, 0, 0], [0, 3, 3, 0])


def test_a_group_is_picked_up_by_its_rooming_list_and_the_rest_comes_back(desk, house):
    row = {"room_type": house.double.pk, "start": desk.day(1), "end": desk.day(3), "rooms": 3,
           "price": {"amount": "80.00", "currency": "EUR"}}  # fmt: skip
    values = {"property": house.place.pk, "code": "WED27", "name": "Wedding", "arrival": desk.day(1)}
    values |= {"departure": desk.day(3), "rate_plan": house.plan.pk, "status": "definite", "rows": [row]}
    block = desk.do("blocks", values, 201)
    assert house.counted("blocked", days=4) == [0, 3, 3, 0]
    assert desk.book(desk.stay(1, 2), status=409)["code"] == "room_type_sold_out"

    line = {"last_name": "Berg", "room_type": "DBL", "arrival": desk.day(1), "departure": desk.day(3)}
    wrong = {**line, "room_type": "XXX"}
    tried = desk.do(f"blocks/{block['id']}/rooming-list", {"rows": [line, wrong], "is_dry_run": True})
    assert [(error["line"], error["code"]) for error in tried["errors"]] == [(2, "room_type_unknown")]
    assert house.counted("sold", days=4) == [0, 0, 0, 0]

    made = desk.do(f"blocks/{block['id']}/rooming-list", {"rows": [line, {**line, "last_name": "Tal"}]}, 201)
    totals = [desk.get(f"reservations/{pk}")["total"] for pk in made["reservations"]]
    assert [amount(total) for total in totals] == ["160.00 EUR", "160.00 EUR"]
    assert (house.counted("blocked", days=4), house.counted("sold", days=4)) == ([0, 1, 1, 0], [0, 2, 2, 0])

    desk.do(f"blocks/{block['id']}/cut-off")
    assert house.counted("blocked", days=4) == [0, 0, 0, 0]
    desk.book_one(1, 2)


def test_a_company_books_its_own_rate_without_the_tax_it_is_exempt_from(desk, house, cast):
    company = company_make(cast.alpha)
    plan = rate_plan_make(house.place, "CORP", is_negotiated=True)
    price_make(plan, house.double, "90")
    agreement_make(plan, company)
    tax_rule_make(house.place, "CITY", method="per_person_night", amount="2.50", is_inclusive=False,
                  exempt_reasons=["diplomat"])  # fmt: skip
    tax_exemption_make(house.place, "D-7", reason="diplomat")
    wanted = desk.stay(1, 2, rate_plan=plan.pk)

    stranger = desk.book(wanted, status=422)
    assert stranger["code"] == "rate_restrictions_violated"
    taxed = desk.book(wanted, company=company.pk)["reservations"][0]
    exempt = desk.book({**wanted, "exemptions": ["D-7"]}, company=company.pk)["reservations"][0]

    assert (amount(taxed["total"]), amount(exempt["total"])) == ("190.00 EUR", "180.00 EUR")


def test_a_channel_sends_its_booking_again_and_then_cancels_it(desk, house, cast, drain):
    templates_seed(place=cast.alpha)
    guest = guest_make(cast.alpha, last_name="Guest", email="gus@example.com")
    values = {"channel_code": "ota", "external_id": "OTA-5", "booker": guest.pk}
    first = desk.book(desk.stay(1, 2), **values)
    again = desk.book(desk.stay(1, 2), status=200, **values)
    assert again["id"] == first["id"]
    assert house.counted("sold", days=4) == [0, 1, 1, 0]

    desk.do(f"bookings/{first['id']}/cancel", {})
    assert desk.book(desk.stay(1, 2), status=200, **values)["reservations"][0]["status"] == "cancelled"
    drain()
    found = desk.get("messages")["results"]
    assert sorted(row["template_code"] for row in found) == ["booking_confirmation"] * 0 + [
        "booking_cancelled"
    ]


def test_a_day_guest_and_a_night_guest_share_a_room_on_one_day(desk_of, cast):
    house = house_make(cast.alpha, doubles=1, day_use_limit=1)
    desk = desk_of(cast.ada, house)
    plan = rate_plan_make(house.place, "DAY", day_use_hours=8)
    price_make(plan, house.double, "60")
    day = desk.book_one(1, 0, rate_plan=plan.pk, day_use_start="09:00", day_use_end="13:00")
    night = desk.book_one(1, 1, eta=time(18).isoformat())

    for row in (day, night):
        desk.do(f"reservations/{row['id']}/assign", {"room": house.rooms[0].pk})

    assert (amount(day["total"]), amount(night["total"])) == ("60.00 EUR", "100.00 EUR")
    assert (house.counted("day_sold", days=3), house.counted("sold", days=3)) == ([0, 1, 0], [0, 1, 0])


def test_a_stale_version_is_told_and_changes_nothing(desk, house):
    stay = desk.book_one(1, 2)
    desk.do(f"reservations/{stay['id']}/amend", {"departure": desk.day(4)}, version=1)

    stale = desk.do(f"reservations/{stay['id']}/amend", {"departure": desk.day(2)}, 412, version=1)
    blind = desk.do(f"reservations/{stay['id']}/amend", {"departure": desk.day(2)}, 428)

    assert (stale["code"], stale["extra"], blind["code"]) == (
        "version_conflict",
        {"version": 2},
        "precondition_required",
    )
    fresh = desk.get(f"reservations/{stay['id']}")
    assert (fresh["departure"], fresh["version"]) == (desk.day(4), 2)
    assert house.counted("sold", days=5) == [0, 1, 1, 1, 0]


@pytest.mark.parametrize("command", ["amend", "assign", "cancel", "confirm", "reinstate", "copy", "lock"])
def test_eve_of_another_hotel_neither_sees_nor_touches_a_stay(desk, desk_of, house, cast, command):
    stay = desk.book_one(1, 2)
    assert desk.get("reservations")["results"][0]["id"] == stay["id"]
    eve = desk_of(cast.eve, house)

    assert eve.get("reservations")["results"] == []
    assert eve.get("bookings")["results"] == []
    eve.get(f"reservations/{stay['id']}", 404)
    eve.do(f"reservations/{stay['id']}/{command}", {"room": house.rooms[0].pk}, 404, version=1)
    eve.book(eve.stay(1, 2), status=400)
    eve.do("quotes", {"property": house.place.pk, **eve.stay(1, 2)}, 400)

    assert desk.get(f"reservations/{stay['id']}")["version"] == 1
    assert house.counted("sold", days=4) == [0, 1, 1, 0]
