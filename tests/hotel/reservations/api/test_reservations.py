"""Reservations through the API: read, described, and every command with what it answers."""

from datetime import datetime, timedelta

import pytest
from moneyed import Money

from hotel.properties.models import Property
from hotel.properties.scoping import codename
from hotel.reservations.api import filters
from hotel.reservations.domain.lifecycle import COMMANDS
from hotel.reservations.models import Reservation, ReservationNight
from hotel.reservations.services.assignment import room_assign
from hotel.rooms.models import RoomFeature
from hotel.stays.domain.eligibility import STAY_COMMANDS
from tests.cast import TODAY
from tests.contracts.base import assert_problem, ids_of
from tests.contracts.crud import ReadContract, UpdateContract
from tests.contracts.permissions import Case, assert_case
from tests.contracts.queries import QueryContract, assert_constant, queries_of
from tests.contracts.stage import ALL_RIGHTS, ALL_VIEWS
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make, house_of, plan_make, reservation_make
from tests.hotel.reservations.api.bodies import day

URL = "/api/v1/reservations"
DESK = ALL_VIEWS | {codename("manage", "reservations"), codename("assign", "reservations")}
EUR = "EUR"


class TestReservations(ReadContract, UpdateContract, QueryContract):
    model, url, area = Reservation, URL, "reservations"

    def make(self, place, n):
        return reservation_make(place, primary_guest=guest_make(place))

    update = {"eta": "18:00:00", "guarantee": "hold_6pm", "is_confidential": True}

    def test_update_changes_the_row(self, stage):
        """A PATCH answers like a command, so the contract's own form does not fit."""
        row = self.make(stage.alpha, 0)
        answer = self.writer(stage).patch(self.one(row), self.update)
        assert answer.status_code == 200, answer.content
        shown = answer.json()["reservation"]
        assert {name: shown[name] for name in self.update} == self.update
        assert (shown["version"], answer["ETag"], shown["guest_name"]) == (2, '"v2"', "Confidential")
        assert (answer.json()["inventory"], answer.json()["postings"]) == ([], [])


@pytest.fixture
def house(stage):
    return house_make(stage.alpha)


@pytest.fixture
def client(stage):
    return stage.client_of(DESK)


def path(row, command: str = "") -> str:
    return f"{URL}/{row.pk}/{command}" if command else f"{URL}/{row.pk}"


def moved(answer) -> list[tuple]:
    """What a command moved in the counters, as days after the business date."""
    assert answer.status_code in {200, 201}, answer.content
    return [
        (
            (datetime.fromisoformat(m["start"]).date() - TODAY).days,
            (datetime.fromisoformat(m["end"]).date() - TODAY).days,
            m["bucket"],
            m["quantity"],
        )
        for m in answer.json()["inventory"]
    ]


def state(row) -> tuple:
    fresh = Reservation.objects.get(pk=row.pk)
    return fresh.status, fresh.version, fresh.arrival, fresh.departure, fresh.total_amount, fresh.fee_amount


def allowed(answer) -> set[str]:
    return {row["name"] for row in answer.json()["actions"] if row["is_allowed"]}


def test_one_reservation_shows_nights_guests_policies_and_what_may_be_done(house, client):
    guest = guest_make(house.place, first_name="Ann", last_name="Lee")
    row = house.reserve(primary_guest=guest)

    answer = client.get(path(row))

    shown = answer.json()
    assert answer["ETag"] == '"v1"'
    assert [(n["night"], n["total"]["amount"]) for n in shown["nights"]] == [
        (day(house, 1), "100.00"),
        (day(house, 2), "100.00"),
    ]
    assert shown["guests"] == [{"guest": guest.pk, "name": "Ann Lee", "role": "primary"}]
    assert set(shown["policies"]) >= {"cancellation", "no_show"}
    assert (shown["front_desk_status"], shown["policy_arrival"]) == ("expected", day(house, 1))
    assert [action["name"] for action in shown["actions"]] == [*COMMANDS, *STAY_COMMANDS]
    denied = {
        action["name"]: action["code"]
        for action in shown["actions"]
        if not action["is_allowed"] and action["name"] in COMMANDS
    }
    assert denied == {
        "option": "status_forbids", "confirm": "status_forbids", "waitlist": "status_forbids",
        "unassign": "no_room_assigned", "lock": "no_room_assigned", "unlock": "room_not_locked",
        "unshare": "not_shared", "no-show": "arrival_not_reached", "reinstate": "status_forbids",
    }  # fmt: skip
    assert all(action["reason"] for action in shown["actions"] if not action["is_allowed"])


def test_what_the_actions_deny_is_refused_with_their_code_and_changes_nothing(house, client):
    row = house.reserve()
    before = state(row)
    bodies = {"assign": {"room": house.rooms[0].pk}}
    shown = client.get(path(row)).json()["actions"]
    denied = [a for a in shown if not a["is_allowed"] and a["name"] in COMMANDS]
    assert len(denied) == 9

    for action in denied:
        answer = client.post(path(row, action["name"]), bodies.get(action["name"], {}))
        assert_problem(answer, 409, action["code"])
        assert answer.json()["detail"] == action["reason"]
    assert state(row) == before


def test_commands_that_the_caller_has_no_right_for_are_denied_to_him_and_allowed_to_others(house, stage):
    row = house.reserve()
    clerk = stage.client_of({"view_reservations_area", "assign_reservations_area", "view_rooms_area"})

    shown = clerk.get(path(row)).json()["actions"]

    without = {action["name"] for action in shown if action["code"] == "permission_denied"}
    assert without == {command.name for command in COMMANDS.values() if command.verb != "assign"} | {
        *STAY_COMMANDS
    }
    assert [action["name"] for action in shown if action["is_allowed"]] == ["assign"]
    assert_problem(clerk.post(path(row, "cancel"), {}), 403, "permission_denied")
    answer = clerk.post(path(row, "assign"), {"room": house.rooms[0].pk}).json()
    assert answer["actions"] == answer["reservation"]["actions"]
    assert [action["name"] for action in answer["actions"] if action["is_allowed"]] == [
        "assign", "unassign", "lock",
    ]  # fmt: skip


def test_details_that_sell_are_not_patched(house, client):
    row = house.reserve()

    answer = client.patch(path(row), {"status": "cancelled", "arrival": day(house, 5), "eta": "17:00"})

    assert answer.status_code == 200
    assert state(row)[0::2] == ("confirmed", TODAY + timedelta(days=1), Money(200, EUR))


def test_wishes_are_kept_and_unknown_ones_refused(house, client):
    RoomFeature.objects.create(property=house.place, code="SEA", name="Sea view")
    row = house.reserve()

    assert_problem(client.patch(path(row), {"room_wishes": {"MOON": 5}}), 400, "feature_unknown")
    assert_problem(client.patch(path(row), {"room_wishes": {"SEA": 101}}), 400, "invalid")
    kept = client.patch(path(row), {"room_wishes": {"SEA": 100}})

    assert kept.json()["reservation"]["room_wishes"] == {"SEA": 100}


def test_an_ended_stay_is_not_described_any_more(house, client):
    row = house.reserve()
    client.post(path(row, "cancel"), {})

    assert_problem(client.patch(path(row), {"eta": "17:00"}), 409, "status_forbids")


def test_confirming_takes_inventory_and_says_so(house, client):
    row = house.reserve(status="inquiry")

    answer = client.post(path(row, "confirm"), {"guarantee": "company"}, HTTP_IF_MATCH='"v1"')

    assert moved(answer) == [(1, 3, "sold", 1)]
    shown = answer.json()["reservation"]
    assert (shown["status"], shown["guarantee"], answer["ETag"]) == ("confirmed", "company", '"v2"')
    assert {"cancel", "amend", "assign"} <= allowed(answer)
    assert "confirm" not in allowed(answer)


def test_an_option_is_held_until_an_instant(house, client):
    row = house.reserve(status="requested")
    until = row.booked_at + timedelta(hours=5)

    answer = client.post(path(row, "option"), {"hold_until": until.isoformat()})

    assert moved(answer) == [(1, 3, "sold", 1)]
    assert datetime.fromisoformat(answer.json()["reservation"]["hold_expires_at"]) == until
    past = {"hold_until": (row.booked_at - timedelta(days=1)).isoformat()}
    assert_problem(client.post(path(row, "option"), past), 400, "hold_in_past")


def test_an_option_goes_to_the_waiting_list_and_gives_its_nights_back(house, client):
    row = house.reserve(status="option")

    answer = client.post(path(row, "waitlist"), {"priority": 7})

    assert moved(answer) == [(1, 3, "sold", -1)]
    shown = answer.json()["reservation"]
    assert (shown["status"], shown["waitlist_priority"], shown["hold_expires_at"]) == ("waitlisted", 7, None)
    assert moved(client.post(path(row, "waitlist"), {"priority": 9})) == []
    assert Reservation.objects.get().waitlist_priority == 9
    assert_problem(client.post(path(row, "waitlist"), {"priority": -1}), 400, "invalid")


def test_amending_asks_for_the_version_and_prices_only_what_changes(house, client):
    first = house.stay().arrival
    row = house.reserve(prices={first: Money(70, EUR), first + timedelta(days=1): Money(75, EUR)})
    body = {"departure": day(house, 4)}

    assert_problem(client.post(path(row, "amend"), body), 428, "precondition_required")
    assert_problem(client.post(path(row, "amend"), body, HTTP_IF_MATCH='"v9"'), 412, "version_conflict")
    assert_problem(client.post(path(row, "amend"), body, HTTP_IF_MATCH="v1"), 400, "if_match_invalid")
    assert state(row)[:2] == ("confirmed", 1)

    answer = client.post(path(row, "amend"), body, HTTP_IF_MATCH='"v1"')

    assert moved(answer) == [(3, 4, "sold", 1)]
    shown = answer.json()["reservation"]
    assert [n["total"]["amount"] for n in shown["nights"]] == ["70.00", "75.00", "100.00"]
    assert (shown["total"]["amount"], answer["ETag"]) == ("245.00", '"v2"')


def test_a_party_is_amended_in_the_parts_that_are_named(house, client):
    row = house.reserve()

    answer = client.post(path(row, "amend"), {"child_ages": [5]}, HTTP_IF_MATCH="*")
    shown = answer.json()["reservation"]
    assert (shown["adults"], shown["children"]) == (2, {"child": 1})

    answer = client.post(path(row, "amend"), {"adults": 1}, HTTP_IF_MATCH="*")
    shown = answer.json()["reservation"]
    assert (shown["adults"], shown["children"]) == (1, {"child": 1})


def test_another_type_moves_both_counters_in_one_step(house, client, stage):
    row, boss = house.reserve(), stage.person(DESK)
    boss.is_superuser = True
    boss.save()
    upgrade = {"room_type": house.suite.pk, "is_price_kept": True}

    refused = client.post(path(row, "amend"), upgrade, HTTP_IF_MATCH="*")
    assert_problem(refused, 422, "discount_above_limit")
    row.refresh_from_db()
    assert (row.room_type, row.version) == (house.double, 1)
    answer = stage.client(boss).post(path(row, "amend"), upgrade, HTTP_IF_MATCH="*")

    assert moved(answer) == [(1, 3, "sold", -1), (1, 3, "sold", 1)]
    assert answer.json()["reservation"]["total"]["amount"] == "200.00"


def test_another_plan_is_priced_anew_with_its_own_policies(house, client):
    row, other = house.reserve(), plan_make(house.place, "NREF", {house.double: "80"})
    prices = [{"night": day(house, 1), "price": {"amount": "79", "currency": EUR}}]

    answer = client.post(path(row, "amend"), {"rate_plan": other.pk}, HTTP_IF_MATCH="*")
    assert answer.json()["reservation"]["total"]["amount"] == "160.00"
    refused = client.post(path(row, "amend"), {"prices": prices}, HTTP_IF_MATCH="*")
    assert_problem(refused, 422, "discount_above_limit")


def test_cancelling_tells_fee_number_and_inventory(noon, house, client):
    row = house.reserve(0)
    fee = client.get(path(row, "cancellation-fee")).json()
    assert (fee["amount"], fee["kind"]) == ({"amount": "100.00", "currency": EUR}, "cancellation")

    answer = client.post(path(row, "cancel"), {"reason": "Ill."}, HTTP_IF_MATCH='"v1"')

    assert moved(answer) == [(0, 2, "sold", -1)]
    shown = answer.json()["reservation"]
    assert (shown["status"], shown["cancellation_number"]) == ("cancelled", f"{row.number}-X2")
    assert [f["amount"]["amount"] for f in answer.json()["fees"]] == ["100.00"]
    assert allowed(answer) == {"copy", "reinstate"}


def test_a_fee_is_waived_with_the_right_and_a_reason_only(noon, house, client, stage):
    row, boss = house.reserve(0), stage.client_of(DESK | {codename("override", "reservations")})
    waived = {"is_fee_waived": True, "reason": "Our fault."}

    assert_problem(client.post(path(row, "cancel"), waived), 403, "waiver_not_permitted")
    assert_problem(boss.post(path(row, "cancel"), {"is_fee_waived": True}), 422, "reason_required")
    assert state(row)[0] == "confirmed"
    answer = boss.post(path(row, "cancel"), waived)
    assert answer.json()["reservation"]["fee"]["amount"] == "0.00"


def test_a_guest_who_did_not_come_owes_by_his_policy(house, client):
    row = house.reserve(0)

    answer = client.post(path(row, "no-show"), {})

    assert answer.json()["reservation"]["status"] == "no_show"
    assert [(f["kind"], f["amount"]["amount"]) for f in answer.json()["fees"]] == [("no_show", "200.00")]
    assert moved(answer) == [(0, 2, "sold", -1)]


def test_reinstating_takes_the_nights_again_and_the_fee_back(noon, house, client):
    row = house.reserve(0)
    client.post(path(row, "cancel"), {})

    answer = client.post(path(row, "reinstate"), {"reason": "He comes."})

    assert moved(answer) == [(0, 2, "sold", 1)]
    assert [f["amount"]["amount"] for f in answer.json()["fees"]] == ["-100.00"]
    shown = answer.json()["reservation"]
    assert (shown["status"], shown["cancellation_number"], shown["fee"]) == ("confirmed", "", None)


def test_a_stay_is_cut_in_two_that_cost_what_the_one_did(house, client):
    row = house.reserve(1, 3)

    answer = client.post(path(row, "split"), {"at": day(house, 2)})

    assert answer.status_code == 201, answer.content
    second = answer.json()["reservation"]
    assert (second["arrival"], second["total"]["amount"]) == (day(house, 2), "200.00")
    assert state(row)[4] == Money(100, EUR)
    assert house.counted("sold", days=5) == [0, 1, 1, 1, 0]
    assert_problem(client.post(path(row, "split"), {"at": day(house, 9)}), 409, "nothing_to_split")


def test_a_copy_is_a_new_stay_of_the_booking(house, client):
    row = house.reserve()

    answer = client.post(path(row, "copy"), {"arrival": day(house, 5), "departure": day(house, 6)})

    assert answer.status_code == 201, answer.content
    assert answer.json()["reservation"]["number"] == row.number[:-1] + "2"
    assert house.counted("sold", days=7) == [0, 1, 1, 0, 0, 1, 0]
    assert_problem(client.post(path(row, "copy"), {"arrival": day(house, 5)}), 422, "departure_required")


def test_guests_come_and_go(house, client):
    row, ann, bob = house.reserve(), guest_make(house.place), guest_make(house.place, last_name="B")

    client.post(path(row, "guests"), {"guest": ann.pk, "role": "primary"})
    answer = client.post(path(row, "guests"), {"guest": bob.pk, "role": "sharer"})
    assert [(g["guest"], g["role"]) for g in answer.json()["reservation"]["guests"]] == [
        (ann.pk, "primary"),
        (bob.pk, "sharer"),
    ]
    assert_problem(client.post(path(row, "guests/remove"), {"guest": ann.pk}), 409, "guest_is_primary")
    left = client.post(path(row, "guests/remove"), {"guest": bob.pk})
    assert [g["guest"] for g in left.json()["reservation"]["guests"]] == [ann.pk]


def test_a_room_is_given_locked_and_kept(house, client):
    row, other = house.reserve(), house.reserve()

    answer = client.post(path(row, "assign"), {"room": house.rooms[0].pk})
    assert [room["room_number"] for room in answer.json()["reservation"]["rooms"]] == ["101"]
    assert client.post(path(row, "lock"), {}).json()["reservation"]["is_room_locked"] is True
    assert_problem(client.post(path(row, "unassign"), {}), 409, "room_locked")

    taken = client.post(path(other, "assign"), {"room": house.rooms[0].pk})
    assert_problem(taken, 409, "room_taken")
    assert "101" in taken.json()["detail"]
    suite = client.post(path(other, "assign"), {"room": house.rooms[-1].pk})
    assert_problem(suite, 422, "room_of_other_type")
    upgraded = client.post(path(other, "assign"), {"room": house.rooms[-1].pk, "is_upgrade": True})
    assert moved(upgraded) == [(1, 3, "sold", -1), (1, 3, "sold", 1)]

    client.post(path(row, "unlock"), {})
    assert client.post(path(row, "unassign"), {}).json()["reservation"]["rooms"] == []


def test_a_gap_is_shown_and_opened(house, client):
    first, second = house.reserve(1, 1), house.reserve(2, 1)
    room_assign(reservation=first, room=house.rooms[0], actor=None)
    room_assign(reservation=second, room=house.rooms[1], actor=None)
    wanted = house.reserve(1, 2)

    plan = client.get(path(wanted, "gap")).json()

    assert plan["unplaced"] == []
    assert len(plan["moves"]) == 2
    assert {m["from_room"] for m in plan["moves"] if m["reservation"] == wanted.pk} == {None}
    moves = [{"reservation": m["reservation"], "room": m["room"]} for m in plan["moves"]]
    done = client.post("/api/v1/room-assignments/apply", {"property": house.place.pk, "moves": moves})
    assert done.status_code == 200, done.content
    assert wanted.assignments.get(released_at=None).room_id in {room.pk for room in house.rooms[:2]}
    assert_problem(client.get(path(house.reserve(9, 1, status="inquiry"), "gap")), 409, "status_forbids")


def test_the_log_tells_who_did_what_newest_first(house, client, stage):
    row = house.reserve()
    client.post(path(row, "cancel"), {"reason": "Ill."})

    log = client.get(path(row, "changes")).json()["results"]

    assert [(entry["kind"], entry["version"], entry["reason"]) for entry in log] == [
        ("cancelled", 2, "Ill."),
        ("created", 1, ""),
    ]
    assert log[0]["after"]["status"] == "cancelled"
    assert log[0]["actor_name"].startswith("person")
    assert log[1]["actor"] is None


def test_lists_are_filtered(house, client):
    ann = guest_make(house.place, first_name="Ann", last_name="Zimt", email="ann@example.com")
    mine = house.reserve(0, 2, primary_guest=ann)
    other = house.reserve(5, 1, room_type=house.suite)
    room_assign(reservation=mine, room=house.rooms[0], actor=None)
    Reservation.objects.filter(pk=mine.pk).update(status="in_house")

    def found(**query):
        return ids_of(client.get(URL, query))

    assert found() == [other.pk, mine.pk]
    for query in (
        {"guest": ann.pk}, {"arrival": day(house, 0)}, {"departure": day(house, 2)}, {"stays_on": day(house, 1)},
        {"status": "in_house"}, {"in_house": True}, {"has_room": True}, {"room_type": house.double.pk},
        {"search": "zimt"}, {"number": mine.number.lower()}, {"arrival_to": day(house, 1)},
        {"search": mine.booking.confirmation_number}, {"departure_to": day(house, 3)}, {"booking": mine.booking_id},
    ):  # fmt: skip
        assert found(**query) == [mine.pk], query
    for query in (
        {"in_house": False},
        {"has_room": False},
        {"arrival_from": day(house, 1)},
        {"stays_on": day(house, 5)},
    ):
        assert found(**query) == [other.pk], query
    assert found(stays_on=day(house, 2)) == []


def test_the_name_of_a_confidential_guest_finds_nothing(house, client):
    ann = guest_make(house.place, last_name="Zimt")
    hidden, shown = (house.reserve(primary_guest=ann, flags=frozenset(f)) for f in ({"is_confidential"}, ()))

    assert ids_of(client.get(URL, {"search": "zimt"})) == [shown.pk]
    assert ids_of(client.get(URL, {"search": hidden.number})) == [hidden.pk]


def test_the_guests_of_a_confidential_stay_are_named_to_those_who_may_view_guests(house, client, stage):
    ann, ben = (guest_make(house.place, first_name=name, last_name="Zimt") for name in ("Ann", "Ben"))
    companions = {"primary_guest": ann, "guests": ((ben, "accompanying"),)}
    hidden = house.reserve(**companions, flags=frozenset({"is_confidential"}))
    shown = house.reserve(**companions)
    desk = stage.client_of({codename("view", "reservations"), codename("manage", "reservations")})

    def names(who, row):
        return [guest["name"] for guest in who.get(path(row)).json()["guests"]]

    assert names(client, hidden) == names(client, shown) == names(desk, shown) == ["Ann Zimt", "Ben Zimt"]
    assert names(desk, hidden) == ["Confidential", "Confidential"]
    answer = desk.patch(path(hidden), {"eta": "19:00"}, headers={"If-Match": '"v1"'})
    assert [guest["name"] for guest in answer.json()["reservation"]["guests"]] == ["Confidential"] * 2
    assert "Zimt" not in desk.get(path(hidden)).content.decode()


def test_a_name_finds_nothing_for_those_who_may_not_view_guests(house, client, stage):
    row = house.reserve(primary_guest=guest_make(house.place, last_name="Zimt"))
    desk = stage.client_of({codename("view", "reservations")})

    assert ids_of(client.get(URL, {"search": "zimt"})) == [row.pk]
    assert ids_of(desk.get(URL, {"search": "zimt"})) == []
    assert ids_of(desk.get(URL, {"search": row.number})) == [row.pk]


@pytest.mark.parametrize(
    "typed", ["Müller", "mueller jose", "José Müller", "muller", "MÜLLER, José", "mulller"]
)
def test_a_guest_is_found_with_and_without_accents_in_any_order_and_with_a_slip(house, client, typed):
    row = house.reserve(primary_guest=guest_make(house.place, first_name="José", last_name="Müller"))
    house.reserve(primary_guest=guest_make(house.place, first_name="Ann", last_name="Kovač"))

    assert ids_of(client.get(URL, {"search": typed})) == [row.pk]


def test_namesakes_elsewhere_do_not_crowd_out_ones_own_guests(house, client, stage, monkeypatch):
    monkeypatch.setattr(filters, "MAX_FOUND", 1)
    guest_make(stage.beta, last_name="Zimt")
    mine = house.reserve(primary_guest=guest_make(house.place, last_name="Zimt"))

    assert ids_of(client.get(URL, {"search": "zimt"})) == [mine.pk]


def test_updated_since_finds_what_changed_after(house, client):
    old, new = house.reserve(), house.reserve()
    since = datetime.now(tz=old.booked_at.tzinfo)
    client.patch(path(new), {"eta": "19:00"})

    assert ids_of(client.get(URL, {"updated_since": since.isoformat()})) == [new.pk]


def test_one_reservation_costs_the_same_queries_however_long(stage):
    house = house_of(stage.alpha)
    short, long = house.reserve(1, 1), house.reserve(1, 20)
    user = stage.person(DESK)

    few, many = (queries_of(lambda row=row: stage.client(user).get(path(row))) for row in (short, long))

    assert_constant(few, many)
    assert len(many) <= 8, "\n".join(sql[:200] for sql in many)


BODIES = {
    "amend": {"eta": None},
    "assign": {},
    "cancel": {},
    "confirm": {},
    "copy": {},
    "guests": {},
    "guests/remove": {},
    "lock": {},
    "no-show": {},
    "option": {},
    "reinstate": {},
    "split": {},
    "combine": {},
    "share": {},
    "unshare": {},
    "link": {},
    "unassign": {},
    "unlock": {},
    "waitlist": {},
}
VERBS = {**{name: command.verb for name, command in COMMANDS.items()}, "guests/remove": "manage"}


def test_every_command_of_the_table_has_a_path():
    assert set(BODIES) == set(VERBS)


@pytest.mark.parametrize("command", BODIES)
def test_a_command_needs_its_verb_here(stage, command):
    row = reservation_make(stage.alpha)
    before, right = state(row), codename(VERBS[command], "reservations")

    assert_problem(stage.client().post(path(row, command), {}), 401, "not_authenticated")
    assert_problem(
        stage.client_of(ALL_RIGHTS - {right}).post(path(row, command), {}), 403, "permission_denied"
    )
    elsewhere = stage.client_of(ALL_RIGHTS, stage.beta).post(path(row, command), {}, HTTP_IF_MATCH="*")
    assert_problem(elsewhere, 404)
    assert state(row) == before


@pytest.mark.parametrize(
    "case",
    [
        Case("get", URL + "/{row}/changes", "view_reservations_area", outsider=(404,)),
        Case("get", URL + "/{row}/cancellation-fee", "view_reservations_area", outsider=(404,)),
        Case("get", URL + "/{row}/gap", "view_reservations_area", outsider=(404,)),
    ],
    ids=str,
)
def test_permissions_to_read(case, stage):
    assert_case(case, stage, row=reservation_make(stage.alpha).pk)


def test_hostile_bodies_of_commands_get_an_answer_below_500(house, client):
    row = house.reserve()
    fields = {
        "amend": (
            "arrival",
            "departure",
            "adults",
            "children",
            "child_ages",
            "prices",
            "discount_rate",
            "room_type",
        ),
        "assign": ("room", "is_upgrade"),
        "cancel": ("reason",),
        "copy": ("arrival",),
        "guests": ("guest", "role"),
        "option": ("hold_until",),
        "split": ("at",),
        "waitlist": ("priority",),
    }
    for command, names in fields.items():
        for name in names:
            for value in (None, [], {}, "\x00", "x" * 5_000, 10**30, -1, "NaN", "0001-01-01", "9999-12-31"):
                answer = client.post(path(row, command), {name: value}, HTTP_IF_MATCH="*")
                assert answer.status_code < 500, (command, name, str(value)[:40], answer.content)


def test_the_open_business_date_makes_the_front_desks_words(house, client):
    row = house.reserve(1, 2)
    Property.objects.filter(pk=house.place.pk).update(business_date=TODAY + timedelta(days=1))

    assert client.get(path(row)).json()["front_desk_status"] == "due_in"
    assert ReservationNight.objects.count() == 2
