"""Changing a stay: old nights back and new ones taken in one step, sold prices kept."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from moneyed import Money

from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken, VersionConflict
from hotel.core.models import OutboxMessage
from hotel.properties.models import Property
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.models import Reservation, ReservationChange, ReservationNight
from hotel.reservations.services import cancellations, pricing
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.cancellations import fee_preview
from hotel.rooms.services.inventory import RoomTypeSoldOut
from tests.cast import TODAY
from tests.factories.rates import city_tax_make, price_make, rate_plan_make
from tests.factories.reservations import house_make, plan_make
from tests.hotel.reservations.test_invariants import violated


def day(offset):
    return TODAY + timedelta(days=offset)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


def nights():
    return {
        n.night: (n.room_type.code, n.total.amount)
        for n in ReservationNight.objects.select_related("room_type")
    }


def amend(row, actor=None, **changes):
    reason = changes.pop("override_reason", "")
    return reservation_amend(
        reservation=row, amendment=Amendment(**changes), actor=actor, override_reason=reason
    )


def test_added_nights_are_priced_now_and_the_others_keep_their_price(house, cast):
    row = house.reserve(arrival=1, nights=2, prices={day(1): Money(70, "EUR"), day(2): Money(75, "EUR")})

    result = amend(row, cast.bo, arrival=day(2), departure=day(5))

    assert nights() == {day(2): ("DBL", 75), day(3): ("DBL", 100), day(4): ("DBL", 100)}
    stored = Reservation.objects.get()
    assert (stored.arrival, stored.departure, stored.version) == (day(2), day(5), 2)
    assert stored.total_amount == Money(275, "EUR")
    assert house.counted("sold", days=6) == [0, 0, 1, 1, 1, 0]
    change = ReservationChange.objects.latest("pk")
    assert (change.kind, change.actor) == ("amended", cast.bo)
    assert change.before["nights"] == {"2027-03-15": "70.000", "2027-03-16": "75.000"}
    assert change.after["nights"] == {"2027-03-16": "75.000", "2027-03-17": "100.00", "2027-03-18": "100.00"}
    fact = OutboxMessage.objects.get(topic="ReservationChanged")
    assert (fact.payload["previous_arrival"], fact.payload["arrival"]) == ("2027-03-15", "2027-03-16")
    assert result.reservation.version == 2


def test_a_stay_never_stands_in_its_own_way(house, cast):
    first, second = house.reserve(arrival=1, nights=3), house.reserve(arrival=1, nights=3)

    amend(first, arrival=day(2), departure=day(5))

    assert house.counted("sold", days=6) == [0, 1, 2, 2, 1, 0]
    assert second.version == 1


def test_new_nights_that_are_sold_out_change_nothing(house, cast):
    row = house.reserve(arrival=1, nights=2)
    house.book(house.stay(arrival=3), house.stay(arrival=3))

    with pytest.raises(RoomTypeSoldOut):
        amend(row, departure=day(4))

    stored = Reservation.objects.get(pk=row.pk)
    assert (stored.departure, stored.version) == (day(3), 1)
    assert ReservationNight.objects.filter(reservation=row).count() == 2
    assert house.counted("sold", days=6) == [0, 1, 1, 2, 2, 0]


def test_another_type_is_priced_anew(house):
    row = house.reserve()

    amend(row, room_type=house.suite)

    assert nights() == {day(1): ("SUI", 250), day(2): ("SUI", 250)}
    assert house.counted("sold", days=4) == [0, 0, 0, 0]
    assert house.counted("sold", house.suite, days=4) == [0, 1, 1, 0]


def test_an_upgrade_on_the_house_keeps_the_price_and_remembers_the_type_paid_for(house):
    row = house.reserve()

    amend(row, room_type=house.suite, is_price_kept=True)

    assert nights() == {day(1): ("SUI", 100), day(2): ("SUI", 100)}
    assert set(ReservationNight.objects.values_list("rate_room_type__code", flat=True)) == {"DBL"}
    assert house.counted("sold", house.suite, days=4) == [0, 1, 1, 0]


def test_another_plan_brings_its_own_policies(house):
    row = house.reserve()
    frozen = row.policies
    other = plan_make(house.place, "NREF", {house.double: "90"})

    amend(row, departure=day(4))
    assert Reservation.objects.get().policies == frozen

    amend(row, rate_plan=other)
    assert set(ReservationNight.objects.values_list("rate_plan__code", "total")) == {("NREF", 90)}


def test_another_party_is_priced_anew_and_counts_no_night_twice(house):
    row = house.reserve()

    amend(row, occupancy=Occupancy(adults=1, child_ages=(4,)))

    stored = Reservation.objects.get()
    assert (stored.adults, stored.children, stored.child_ages) == (1, {"child": 1}, [4])
    assert set(ReservationNight.objects.values_list("adults", flat=True)) == {1}
    assert house.counted("sold", days=4) == [0, 1, 1, 0]


def test_in_house_nights_before_the_business_date_are_never_touched(house):
    row = house.reserve(arrival=0, nights=4, prices={day(0): Money(50, "EUR")})
    Reservation.objects.update(status="in_house")
    Property.objects.filter(pk=house.place.pk).update(business_date=day(2))

    amend(row, room_type=house.suite, departure=day(5))

    assert nights() == {
        day(0): ("DBL", 50), day(1): ("DBL", 100), day(2): ("SUI", 250), day(3): ("SUI", 250), day(4): ("SUI", 250),
    }  # fmt: skip
    assert house.counted("sold", days=6) == [1, 1, 0, 0, 0, 0]
    assert house.counted("sold", house.suite, days=6) == [0, 0, 1, 1, 1, 0]
    with pytest.raises(RuleBroken) as refused:
        amend(row, arrival=day(1))
    assert refused.value.code == "arrival_frozen"
    with pytest.raises(RuleBroken) as refused:
        amend(row, departure=day(1))
    assert refused.value.code == "night_closed"


def test_leaving_early_gives_the_remaining_nights_back(house):
    row = house.reserve(arrival=0, nights=4)
    Reservation.objects.update(status="in_house")
    Property.objects.filter(pk=house.place.pk).update(business_date=day(2))

    amend(row, departure=day(2))

    assert house.counted("sold", days=5) == [1, 1, 0, 0, 0]
    assert Reservation.objects.get().total_amount == Money(200, "EUR")


def test_moving_the_arrival_later_does_not_bring_back_a_free_cancellation(house, monkeypatch):
    row = house.reserve(arrival=2)
    monkeypatch.setattr(cancellations, "now", lambda: datetime(2027, 3, 15, 18, 0, tzinfo=UTC))
    assert fee_preview(row).amount == Money(100, "EUR")

    amend(row, arrival=day(9), departure=day(11))

    stored = Reservation.objects.get()
    assert (stored.arrival, stored.policy_arrival) == (day(9), day(2))
    assert fee_preview(stored).amount == Money(100, "EUR")


def test_an_earlier_arrival_counts_from_then_on(house):
    row = house.reserve(arrival=5)

    amend(row, arrival=day(3))
    amend(row, arrival=day(6), departure=day(8))

    assert Reservation.objects.get().policy_arrival == day(3)


@pytest.mark.parametrize(
    ("changes", "error", "code"),
    [
        ({"arrival": day(-1)}, RuleBroken, "arrival_in_past"),
        ({"departure": day(1)}, InvalidInput, "dates_invalid"),
        ({"departure": day(0)}, InvalidInput, "dates_invalid"),
        ({"occupancy": Occupancy(adults=9)}, RuleBroken, "occupancy_exceeded"),
        ({"prices": {day(9): Money(5, "EUR")}}, InvalidInput, "price_invalid"),
    ],
)
def test_what_makes_no_stay_is_refused(house, changes, error, code):
    row = house.reserve()

    with pytest.raises(error) as refused:
        amend(row, **changes)

    assert refused.value.code == code
    assert Reservation.objects.get().version == 1
    assert house.counted("sold", days=4) == [0, 1, 1, 0]


def test_a_mistyped_year_is_refused_before_its_nights_are_listed(house, monkeypatch):
    row = house.reserve(1, 2)
    monkeypatch.setattr(pricing, "nights_of", lambda *dates, **how: pytest.fail("listed"))

    with pytest.raises(InvalidInput) as refused:
        reservation_amend(reservation=row, amendment=Amendment(departure=date(9999, 12, 31)), actor=None)

    assert refused.value.code == "dates_invalid"
    assert house.counted("sold") == [0, 1, 1, 0, 0, 0, 0, 0]


def test_a_discount_above_the_limit_is_refused(house, cast):
    row = house.reserve()

    with pytest.raises(RuleBroken) as refused:
        amend(row, cast.di, prices={day(1): Money(10, "EUR")})

    assert refused.value.code == "discount_above_limit"
    assert nights()[day(1)] == ("DBL", 100)


def test_a_stale_amendment_is_refused(house, cast):
    row = house.reserve()

    with pytest.raises(VersionConflict):
        reservation_amend(
            reservation=row, amendment=Amendment(departure=day(5)), actor=cast.bo, expected_version=2
        )

    assert Reservation.objects.get().departure == day(3)


def test_a_cancelled_stay_is_not_amended(house):
    row = house.reserve()
    Reservation.objects.update(status="cancelled")

    with pytest.raises(Conflict) as refused:
        amend(row, departure=day(5))
    assert "reinstate" in refused.value.message


def test_a_kept_price_keeps_no_taxes_of_guests_that_are_more(house):
    city_tax_make(house.place)
    row = house.reserve(occupancy=Occupancy(adults=1))

    amend(row, occupancy=Occupancy(adults=2), is_price_kept=True)

    assert nights() == {day(1): ("DBL", 104), day(2): ("DBL", 104)}
    assert Reservation.objects.get().total_amount == Money(208, "EUR")


@pytest.mark.parametrize("change", ["type", "party"])
def test_a_kept_price_far_below_todays_needs_the_limit(house, cast, change):
    row = house.reserve(
        occupancy=Occupancy(adults=2), prices={day(1): Money(40, "EUR"), day(2): Money(40, "EUR")}
    )
    changes = {"room_type": house.suite} if change == "type" else {"occupancy": Occupancy(adults=1)}

    with pytest.raises(RuleBroken) as refused:
        amend(row, cast.di, is_price_kept=True, **changes)

    assert refused.value.code == "discount_above_limit"
    stored = Reservation.objects.get()
    assert (stored.room_type, stored.adults, stored.version) == (house.double, 2, 1)
    amend(row, cast.ada, is_price_kept=True, **changes)
    assert [amount for _, amount in nights().values()] == [40, 40]


def test_one_night_more_before_the_stay_takes_the_cap_of_a_tax_with_it(house):
    city_tax_make(house.place, max_nights=2)
    row = house.reserve(arrival=2, nights=3)

    amend(row, arrival=day(1))

    assert [amount for _, amount in sorted(nights().values())] == [100, 100, 104, 104]
    assert nights()[day(3)] == ("DBL", 100)
    assert Reservation.objects.get().total_amount == Money(408, "EUR")
    assert violated() == []


def test_nights_dropped_at_the_beginning_are_taxed_at_the_end(house):
    city_tax_make(house.place, max_nights=2)
    row = house.reserve(arrival=1, nights=4)

    amend(row, arrival=day(3))

    assert nights() == {day(3): ("DBL", 104), day(4): ("DBL", 104)}


def test_a_child_of_another_age_in_its_band_pays_the_tax_of_its_age(house):
    city_tax_make(house.place, min_age=6)
    row = house.reserve(occupancy=Occupancy(adults=1, child_ages=(4,)))
    before = Reservation.objects.get().total_amount.amount

    amend(row, occupancy=Occupancy(adults=1, child_ages=(8,)))

    assert Reservation.objects.get().total_amount.amount == before + 4


def test_slept_nights_keep_their_taxes_when_the_party_changes(house):
    city_tax_make(house.place)
    row = house.reserve(arrival=0, nights=2, occupancy=Occupancy(adults=1))
    Reservation.objects.update(status="in_house")
    Property.objects.filter(pk=house.place.pk).update(business_date=day(1))

    amend(row, occupancy=Occupancy(adults=2))

    assert nights() == {day(0): ("DBL", 102), day(1): ("DBL", 104)}


@pytest.fixture
def day_guest(cast):
    """Tomorrow from ten to twelve, in a house that sells a day room at most twice."""
    house = house_make(cast.alpha, day_use_limit=2)
    plan = rate_plan_make(cast.alpha, "DAY", day_use_hours=8, day_use_step_minutes=60)
    price_make(plan, amount=20, room_type=house.double)
    return house.reserve(1, 0, rate_plan=plan, day_use=(time(10), time(12)))


def test_a_day_guest_who_comes_on_another_day_leaves_on_that_day(day_guest):
    result = amend(day_guest, arrival=day(3)).reservation

    assert (result.arrival, result.departure, result.is_day_use) == (day(3), day(3), True)
    assert result.total_amount == day_guest.total_amount
    assert violated() == []


@pytest.mark.parametrize(
    "changes", [{"departure": day(2)}, {"day_use": (time(12), time(12))}], ids=["nights", "hours"]
)
def test_day_use_stays_within_its_day(day_guest, changes):
    with pytest.raises(InvalidInput) as refused:
        amend(day_guest, **changes)

    assert refused.value.code == "dates_invalid"
    assert Reservation.objects.get().version == 1


@pytest.mark.parametrize("field", ["room_type", "rate_plan"])
def test_a_type_or_plan_of_another_house_is_refused(house, cast, field):
    row, away = house.reserve(), house_make(cast.beta)
    theirs = {"room_type": away.double, "rate_plan": away.plan}[field]

    with pytest.raises(InvalidInput) as refused:
        amend(row, **{field: theirs})

    assert refused.value.code == "other_property"
    assert Reservation.objects.get().version == 1
    assert away.counted("sold", days=4) == [0, 0, 0, 0]


def test_other_hours_of_day_use_are_priced_anew_and_may_be_too_many(cast):
    house = house_make(cast.alpha, day_use_limit=2)
    plan = rate_plan_make(cast.alpha, "DAY", day_use_hours=8, day_use_step_minutes=60)
    price_make(plan, house.double, "15")
    row = house.reserve(1, 0, rate_plan=plan, day_use=(time(10), time(12)))

    result = amend(row, day_use=(time(10), time(14, 30)))

    assert (result.reservation.total_amount, result.moves) == (Money(75, "EUR"), ())
    with pytest.raises(RuleBroken) as error:
        amend(row, day_use=(time(8), time(17)))
    assert [rule["code"] for rule in error.value.extra["rules"]] == ["day_use_too_long"]
    row.refresh_from_db()
    assert (row.day_use_start, row.total_amount) == (time(10), Money(75, "EUR"))
