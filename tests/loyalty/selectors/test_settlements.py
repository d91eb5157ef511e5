"""What points pay on a bill."""

from datetime import timedelta
from decimal import Decimal

from hotel.folios.services.corrections import posting_adjust
from loyalty.selectors.settlements import nights_charged, value_at
from tests.cast import TODAY
from tests.factories.folios import charge_make, money
from tests.factories.loyalty import (
    Visit,
    points_make,
    program_property_make,
    reward_make,
    reward_redemption_make,
)

DAY = timedelta(days=1)


def test_only_the_room_of_the_free_nights_counts_corrections_inside(cast, member):
    points_make(member, 1000)
    visit = Visit(cast.alpha, member.guest, nights=2)
    night = reward_make(cast.alpha, kind="free_night")
    held = reward_redemption_make(
        cast.alpha, member, night, reservation=visit.reservation, past_day=TODAY + DAY
    )
    assert (nights_charged(held).window, nights_charged(held).amount) == (None, 0)
    room = charge_make(visit.folio, "100.00", code="room", revenue_date=TODAY)
    charge_make(visit.folio, "70.00", code="food", revenue_date=TODAY)
    posting_adjust(posting=room, amount=money(cast.alpha, 10), reason="Noise")
    found = nights_charged(held)
    assert (found.window.folio, found.amount, found.charged_until, found.past) == (
        visit.folio, 90, TODAY, TODAY + DAY,
    )  # fmt: skip


def test_a_value_is_in_the_currency_of_the_hotel(cast, member):
    house = program_property_make(cast.alpha)
    house.currency_rate = Decimal("0.3")
    house.save()
    points_make(member, 1000)
    held = reward_redemption_make(cast.alpha, member, reward_make(cast.alpha, settlement_rate=10))
    assert value_at(held, cast.alpha) == money(cast.alpha, "33.33")
