"""Bookings through the API: sold once whatever is repeated, all rooms or none."""

import pytest
from moneyed import Money

from hotel.core.models import IdempotencyRecord
from hotel.properties.scoping import codename
from hotel.rates.models import CancellationStep
from hotel.reservations.models import Booking, PriceHold, Reservation, Turnaway
from hotel.rooms.services.inventory import overbooking_set
from tests.contracts.base import assert_problem
from tests.contracts.crud import CreateContract, ReadContract, UpdateContract
from tests.contracts.permissions import Case, assert_case
from tests.contracts.queries import QueryContract, assert_constant, queries_of
from tests.contracts.stage import ALL_RIGHTS, ALL_VIEWS
from tests.factories.guests import company_make, guest_make
from tests.factories.rates import price_make, rate_plan_make, restriction_make
from tests.factories.reservations import booking_make, house_make, house_of, price_hold_make, reservation_make
from tests.hotel.reservations.api.bodies import booking_body, day, stay_body

URL = "/api/v1/bookings"
SELLER = ALL_VIEWS | {codename("manage", "reservations")}


class TestBookings(ReadContract, CreateContract, UpdateContract, QueryContract):
    model, url, area = Booking, URL, "reservations"
    update = {"notes": "Anniversary", "group_name": "Choir", "market": "LEI", "source": "TEL"}

    def make(self, place, n):
        return booking_make(place)

    def create(self, place):
        return booking_body(place, booker=guest_make(place).pk, channel_code="web", notes="Quiet")


@pytest.fixture
def house(stage):
    return house_make(stage.alpha)


@pytest.fixture
def client(stage):
    return stage.client_of(SELLER)


def test_a_new_booking_is_answered_as_it_is_read_afterwards(house, client):
    guest = guest_make(house.place, first_name="Ann", last_name="Lee")
    body = booking_body(
        house.place,
        stay_body(house, eta="18:00", exemptions=["resident"], status="option"),
        stay_body(house, room_type=house.suite.pk, is_confidential=True),
        booker=guest.pk,
    )

    answer = client.post(URL, body)
    read = client.get(f"{URL}/{answer.json()['id']}")

    assert len(answer.json()["reservations"]) == 2
    assert answer.json() == read.json()
    assert answer["ETag"] == read["ETag"]


def test_a_booking_shows_its_stays_with_numbers_prices_and_dates(house, client):
    guest = guest_make(house.place, first_name="Ann", last_name="Lee")
    body = booking_body(
        house.place,
        stay_body(house),
        stay_body(house, room_type=house.suite.pk, eta="18:00", guarantee="credit_card", note="Cot, please."),
        booker=guest.pk,
    )

    answer = client.post(URL, body)

    assert answer.status_code == 201, answer.content
    shown = answer.json()
    assert (shown["booker"], shown["currency"], shown["booked_on"]) == (guest.pk, "EUR", "2027-03-14")
    assert [
        (
            row["number"].removeprefix(shown["confirmation_number"]),
            row["status"],
            row["total"],
            row["guest_name"],
        )
        for row in shown["reservations"]
    ] == [
        ("-1", "confirmed", {"amount": "200.00", "currency": "EUR"}, "Ann Lee"),
        ("-2", "confirmed", {"amount": "500.00", "currency": "EUR"}, "Ann Lee"),
    ]
    suite = shown["reservations"][1]
    assert (suite["eta"], suite["guarantee"], suite["nights_count"], suite["rooms"]) == (
        "18:00:00", "credit_card", 2, [],
    )  # fmt: skip
    assert house.counted("sold", days=4) == [0, 1, 1, 0]
    assert house.counted("sold", house.suite, days=4) == [0, 1, 1, 0]


def test_no_key_no_booking(house, client):
    answer = client.post(URL, booking_body(house.place), key="")

    assert_problem(answer, 400, "idempotency_key_missing")
    assert not Booking.objects.exists()


def test_a_repeated_request_sells_once_and_gets_the_same_answer(house, client):
    body = booking_body(house.place)

    first, again = client.post(URL, body, key="k-1"), client.post(URL, body, key="k-1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.json(), again["Idempotency-Replayed"], again["ETag"]) == (first.json(), "true", '"v1"')
    assert house.counted("sold", days=4) == [0, 1, 1, 0]


def test_a_key_is_not_used_for_something_else(house, client):
    client.post(URL, booking_body(house.place), key="k-1")

    answer = client.post(URL, booking_body(house.place, stay_body(house, 5)), key="k-1")

    assert_problem(answer, 422, "idempotency_key_reused")
    assert Booking.objects.count() == 1


def test_a_refused_booking_leaves_its_key_free_for_a_better_try(house, client):
    house.book(house.stay(), house.stay())
    body = booking_body(house.place)

    assert_problem(client.post(URL, body, key="k-1"), 409, "room_type_sold_out")
    assert not IdempotencyRecord.objects.filter(key="k-1").exists()
    overbooking_set(
        place=house.place,
        start=house.place.business_date,
        end=house.stay(9).arrival,
        quantity=1,
        room_type=house.double,
    )
    assert client.post(URL, body, key="k-1").status_code == 201


def test_keys_are_the_callers_own(house, client, stage):
    other = stage.client_of(SELLER)

    first, second = (who.post(URL, booking_body(house.place), key="k-1") for who in (client, other))

    assert first.json()["id"] != second.json()["id"]
    assert house.counted("sold", days=4) == [0, 2, 2, 0]


def test_a_replayed_answer_is_not_shown_to_who_lost_the_right(house, stage):
    user = stage.person(SELLER)
    body = booking_body(house.place)
    assert stage.client(user).post(URL, body, key="k-1").status_code == 201
    user.propertyuserobjectpermission_set.all().delete()

    assert_problem(stage.client(user).post(URL, body, key="k-1"), 403, "permission_denied")


def test_a_channels_number_sent_again_answers_with_the_booking_made_first(house, client):
    body = booking_body(house.place, channel_code="ota", external_id="X-7")

    first, again = client.post(URL, body, key="k-1"), client.post(URL, body, key="k-2")
    changed = client.post(URL, {**body, "notes": "again", "reservations": [stay_body(house, 9)]}, key="k-3")

    assert (first.status_code, again.status_code, changed.status_code) == (201, 200, 200)
    assert again.json() == first.json() == changed.json()
    assert house.counted("sold", days=4) == [0, 1, 1, 0]


def test_what_is_sold_out_says_which_night_and_sells_nothing(house, client):
    house.book(house.stay(2, 1), house.stay(2, 1))

    answer = client.post(URL, booking_body(house.place, stay_body(house), stay_body(house, 5)))

    assert_problem(answer, 409, "room_type_sold_out")
    extra = answer.json()["extra"]
    assert (extra["night"], extra["room_type"], extra["free"]) == (day(house, 2), house.double.pk, 0)
    assert house.counted("sold", days=7) == [0, 0, 2, 0, 0, 0, 0]


def test_overbooking_is_sold_up_to_the_limit_of_type_and_house(house, client):
    tonight = {"start": house.place.business_date, "end": house.stay(9).arrival}
    overbooking_set(place=house.place, quantity=2, room_type=house.double, **tonight)
    house.book(house.stay(), house.stay(), house.stay(room_type=house.suite))

    refused = client.post(URL, booking_body(house.place))
    assert_problem(refused, 409, "room_type_sold_out")
    assert refused.json()["extra"]["room_type"] is None, "the house is full, though the type is not"

    overbooking_set(place=house.place, quantity=1, **tonight)
    assert client.post(URL, booking_body(house.place)).status_code == 201
    assert_problem(client.post(URL, booking_body(house.place)), 409, "room_type_sold_out")
    assert house.counted("sold", days=4) == [0, 3, 3, 0]


def test_restrictions_refuse_with_rule_level_and_night_and_are_overridden_with_right_and_reason(house, stage):
    start = house.stay().arrival
    restriction_make(house.place, "min_los", start, house.stay(2).arrival, 3)
    client, boss = stage.client_of(SELLER), stage.client_of(SELLER | {codename("override", "reservations")})

    answer = client.post(URL, booking_body(house.place))
    assert_problem(answer, 422, "rate_restrictions_violated")
    assert [(rule["code"], rule["night"]) for rule in answer.json()["extra"]["rules"]] == [
        ("min_los", day(house, 1))
    ]
    assert answer.json()["extra"]["can_override"] is False
    body = booking_body(house.place, override_reason="A regular.")
    assert_problem(client.post(URL, body), 422, "rate_restrictions_violated")
    assert_problem(boss.post(URL, booking_body(house.place)), 422, "rate_restrictions_violated")
    assert boss.post(URL, body).status_code == 201


def test_a_hold_is_used_up_at_the_price_it_promised(house, client):
    hold = price_hold_make(house.place)
    house.plan.prices.update(amount="150")
    stay = stay_body(house, hold=hold.pk)

    answer = client.post(URL, booking_body(house.place, stay))

    assert answer.status_code == 201, answer.content
    assert answer.json()["reservations"][0]["total"]["amount"] == "200.00"
    assert (PriceHold.objects.get().status, PriceHold.objects.get().booking_id) == (
        "used",
        answer.json()["id"],
    )
    assert (house.counted("held", days=3), house.counted("sold", days=3)) == ([0, 0, 0], [0, 1, 1])
    assert_problem(client.post(URL, booking_body(house.place, stay)), 409, "hold_ended")


def test_day_use_is_sold_by_the_hour_from_its_own_pool(stage, client):
    house = house_make(stage.alpha, day_use_limit=1)
    plan = rate_plan_make(house.place, "DAY", day_use_hours=8)
    price_make(plan, house.double, "60")
    stay = stay_body(house, 1, 0, rate_plan=plan.pk, day_use_start="10:00", day_use_end="16:00")

    answer = client.post(URL, booking_body(house.place, stay))

    assert answer.status_code == 201, answer.content
    row = answer.json()["reservations"][0]
    assert (row["is_day_use"], row["nights_count"], row["total"]["amount"]) == (True, 0, "60.00")
    assert (house.counted("day_sold", days=3), house.counted("sold", days=3)) == ([0, 1, 0], [0, 0, 0])
    assert_problem(client.post(URL, booking_body(house.place, stay)), 409, "room_type_sold_out")
    half = {**stay, "day_use_end": None}
    assert_problem(client.post(URL, booking_body(house.place, half)), 400, "invalid")


def test_day_use_that_availability_shows_as_gone_is_not_sold(stage, client):
    house = house_make(stage.alpha, doubles=1, day_use_limit=1)
    plan = rate_plan_make(house.place, "DAY", day_use_hours=8)
    price_make(plan, house.double, "60")
    house.reserve(0, 3)
    stay = stay_body(house, 1, 0, rate_plan=plan.pk, day_use_start="10:00", day_use_end="16:00")

    free = client.get(
        "/api/v1/availability", {**stay, "property": house.place.pk, "room_types": house.double.pk}
    )
    answer = client.post(URL, booking_body(house.place, stay))

    assert [row["sellable"] for row in free.json()["room_types"]] == [0]
    assert_problem(answer, 409, "room_type_sold_out")
    assert answer.json()["extra"]["hours"] == ["10:00", "16:00"]
    assert Booking.objects.count() == 1
    assert Turnaway.objects.get().arrival.isoformat() == stay["departure"]


@pytest.mark.parametrize("status", ["inquiry", "option", "requested", "waitlisted", "confirmed"])
def test_each_status_that_can_be_booked(house, client, status):
    answer = client.post(URL, booking_body(house.place, stay_body(house, status=status)))

    assert answer.json()["reservations"][0]["status"] == status
    taken = 1 if status in {"option", "confirmed"} else 0
    assert house.counted("sold", days=3) == [0, taken, taken]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"departure": "2027-03-15"}, 400, "dates_invalid"),
        ({"arrival": "2027-03-10"}, 422, "arrival_in_past"),
        ({"adults": 0}, 400, "invalid"),
        ({"adults": 9}, 422, "occupancy_exceeded"),
        ({"children": {"puppy": 1}}, 400, "age_band_unknown"),
        ({"status": "in_house"}, 400, "invalid"),
        ({"discount_rate": "0.5"}, 422, "discount_above_limit"),
        ({"prices": [{"night": "2027-03-15", "price": {"amount": "1", "currency": "USD"}}]}, 400, "price_invalid"),
        ({"room_wishes": {"MOON": 5}}, 400, "feature_unknown"),
        ({"room_wishes": {"MOON": 0}}, 400, "invalid"),
        ({"room_wishes": {f"F{n}": 1 for n in range(21)}}, 400, "invalid"),
        ({"room_type": 2**62}, 400, "invalid"),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_what_makes_no_stay_is_refused_and_sells_nothing(house, client, change, status, code):
    answer = client.post(URL, booking_body(house.place, {**stay_body(house), **change}))

    assert_problem(answer, status, code)
    assert not Booking.objects.exists()
    assert house.counted("sold", days=4) == [0, 0, 0, 0]


def test_stays_are_added_all_or_none(house, client):
    booking = house.book().booking
    path = f"{URL}/{booking.pk}/reservations"

    refused = client.post(path, {"reservations": [stay_body(house), stay_body(house)]})
    added = client.post(path, {"reservations": [stay_body(house)]})

    assert_problem(refused, 409, "room_type_sold_out")
    assert added.status_code == 201, added.content
    assert [row["number"][-2:] for row in added.json()["reservations"]] == ["-1", "-2"]
    assert house.counted("sold", days=4) == [0, 2, 2, 0]


def test_a_booking_is_cancelled_whole_with_the_effect_of_each_stay(house, client):
    booking = house.book(house.stay(), house.stay(5, 1)).booking

    answer = client.post(f"{URL}/{booking.pk}/cancel", {"reason": "Ill."})

    assert answer.status_code == 200, answer.content
    results = answer.json()["results"]
    assert [row["reservation"]["status"] for row in results] == ["cancelled", "cancelled"]
    assert [row["reservation"]["cancel_reason"] for row in results] == ["Ill.", "Ill."]
    assert [[(m["start"], m["end"], m["bucket"], m["quantity"]) for m in row["inventory"]] for row in results] == [
        [(day(house, 1), day(house, 3), "sold", -1)],
        [(day(house, 5), day(house, 6), "sold", -1)],
    ]  # fmt: skip
    assert house.counted("sold") == [0] * 8
    assert_problem(client.post(f"{URL}/{booking.pk}/cancel", {}), 409, "nothing_to_cancel")

    house.book(house.stay(5, 1), house.stay(5, 1))
    assert_problem(client.post(f"{URL}/{booking.pk}/reinstate", {}), 409, "room_type_sold_out")
    assert set(booking.reservations.values_list("status", flat=True)) == {"cancelled"}


def test_a_booking_with_a_guest_in_house_is_not_cancelled_at_all(house, client):
    booking = house.book(house.stay(0), house.stay(0)).booking
    Reservation.objects.filter(pk=booking.reservations.first().pk).update(status="in_house")

    answer = client.post(f"{URL}/{booking.pk}/cancel", {})

    assert_problem(answer, 409, "status_forbids")
    assert sorted(booking.reservations.values_list("status", flat=True)) == ["confirmed", "in_house"]


def test_the_fee_of_the_whole_is_reinstated_with_it(noon, house, client):
    booking = house.book(house.stay(0), house.stay(0)).booking

    cancelled = client.post(f"{URL}/{booking.pk}/cancel", {}).json()["results"]
    back = client.post(f"{URL}/{booking.pk}/reinstate", {"reason": "A mistake."}).json()["results"]

    assert [row["fees"][0]["amount"]["amount"] for row in cancelled] == ["100.00", "100.00"]
    assert [row["fees"][0]["amount"]["amount"] for row in back] == ["-100.00", "-100.00"]
    assert set(booking.reservations.values_list("status", "fee_amount")) == {("confirmed", None)}
    assert house.counted("sold", days=3) == [2, 2, 0]


def test_a_changed_policy_changes_no_fee_of_what_was_sold(noon, house, client):
    row = house.reserve(0)
    CancellationStep.objects.update(nights=2)

    answer = client.post(f"{URL}/{row.booking_id}/cancel", {})

    assert answer.json()["results"][0]["fees"][0]["amount"] == {"amount": "100.00", "currency": "EUR"}
    row.refresh_from_db()
    assert row.fee_amount == Money(100, "EUR")


def test_rooms_leave_for_a_booking_of_their_own_and_the_old_one_can_still_grow(house, client):
    booking = house.book(house.stay(), house.stay()).booking
    first, second = booking.reservations.order_by("pk")

    answer = client.post(f"{URL}/{booking.pk}/split", {"reservations": [first.pk]})
    assert answer.status_code == 201, answer.content
    assert [row["id"] for row in answer.json()["reservations"]] == [first.pk]
    assert answer.json()["confirmation_number"] != booking.confirmation_number

    added = client.post(f"{URL}/{booking.pk}/reservations", {"reservations": [stay_body(house, 5)]})
    assert [row["number"][-2:] for row in added.json()["reservations"]] == ["-2", "-3"]

    for wrong in ([], [first.pk, first.pk], [first.pk], [second.pk, 2**62]):
        assert_problem(client.post(f"{URL}/{booking.pk}/split", {"reservations": wrong}), 400)


def test_company_and_agent_are_kept(house, client):
    company, agent = company_make(house.place), company_make(house.place, name="Tours")

    shown = client.post(URL, booking_body(house.place, company=company.pk, agent=agent.pk)).json()

    assert (shown["company"], shown["agent"]) == (company.pk, agent.pk)
    found = client.get(URL, {"company": company.pk}).json()["results"]
    assert [row["id"] for row in found] == [shown["id"]]


def test_filters_find_by_number_as_it_is_said_and_by_channel(house, client):
    wanted = house.book(channel_code="ota", external_id="X1").booking
    house.book(house.stay(5))
    said = wanted.confirmation_number.lower().replace("1", "i")

    for query in ({"number": said}, {"external_id": "X1"}, {"channel_code": "ota"}):
        found = client.get(URL, query).json()["results"]
        assert [row["id"] for row in found] == [wanted.pk], query
    assert client.get(URL, {"booked_from": day(house, 1)}).json()["results"] == []


def test_one_booking_costs_the_same_queries_however_many_rooms(stage):
    house = house_of(stage.alpha)
    small, large = house.book(house.stay()).booking, house.book(*[house.stay()] * 9).booking
    user = stage.person(SELLER)

    def cost(booking, command=""):
        client = stage.client(user)
        return queries_of(
            lambda: client.post(f"{URL}/{booking.pk}{command}", {}) if command else client.get(f"{URL}/{booking.pk}")
        )  # fmt: skip

    assert_constant(cost(small), cost(large))


TABLE = [
    Case("post", URL + "/{booking}/cancel", "manage_reservations_area", body={}, outsider=(404,)),
    Case("post", URL + "/{booking}/reservations", "manage_reservations_area", 201, outsider=(404,)),
    Case("post", URL + "/{booking}/split", "manage_reservations_area", 201, outsider=(404,)),
    Case("patch", URL + "/{booking}", "manage_reservations_area", body={"notes": "x"}, outsider=(404,)),
]


@pytest.mark.parametrize("case", TABLE, ids=str)
def test_permissions(case, stage):
    house = house_make(stage.alpha)
    booking = house.book(house.stay(), house.stay()).booking
    bodies = {
        "reservations": {"reservations": [stay_body(house, 5)]},
        "split": {"reservations": [booking.reservations.first().pk]},
    }
    body = case.body if case.body is not None else bodies[case.url.rsplit("/", 1)[1]]
    assert_case(
        Case(case.method, case.url, case.right, case.status, body, case.outsider), stage, booking=booking.pk
    )


def test_reinstating_needs_manage_here(stage):
    booking = reservation_make(stage.alpha).booking
    stage.client_of(SELLER).post(f"{URL}/{booking.pk}/cancel", {})
    path = f"{URL}/{booking.pk}/reinstate"

    assert_problem(stage.client_of(ALL_RIGHTS - {"manage_reservations_area"}).post(path, {}), 403)
    assert_problem(stage.client_of(ALL_RIGHTS, stage.beta).post(path, {}), 404)
    assert booking.reservations.get().status == "cancelled"
    assert stage.client_of(SELLER).post(path, {}).status_code == 200
