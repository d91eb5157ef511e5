"""What is left of allowances is booked at the end of their period, once, and corrected when charges are."""

from datetime import timedelta
from decimal import Decimal

from hotel.folios.models import Allowance, LedgerEntry
from hotel.folios.services.breakage import allowances_settle
from hotel.folios.services.corrections import posting_reverse
from hotel.folios.services.folios import folio_open
from hotel.folios.services.nights import Night, nights_post
from hotel.rates.domain.quotes import night_price_load
from hotel.reservations.models import Reservation, ReservationNight
from tests.cast import TODAY
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.folios import charge_make
from tests.factories.rates import package_make
from tests.factories.reservations import house_make
from tests.hotel.folios.books import broken

NONE = {"breakage": Decimal(0), "loss": Decimal(0)}


def boarded(place, nights: int = 1, **over):
    """The folio of a new stay with dinner for 40, untaxed."""
    house = house_make(place, doubles=13)
    package_make(
        house.plan, 40, "HB", group="food", basis="flat", is_included=False, is_allowance=True, **over
    )
    stay = house.reserve(0, nights)
    return house, stay, folio_open(reservation=stay)


def post(stay, number: int = 0):
    row = ReservationNight.objects.filter(reservation=stay).order_by("night")[number]
    night = Night(folio_open(reservation=stay).pk, stay.pk, night_price_load(row.price_detail))
    return nights_post(place=stay.property, nights=[night])


def booked():
    rows = LedgerEntry.objects.filter(ledger="revenue", posting=None).order_by("pk").select_related("code")
    return [(row.code.code, row.amount.amount) for row in rows]


def test_a_night_waits_in_the_ledger_of_packages_until_its_day_ends(cast, entries):
    _, stay, _ = boarded(cast.alpha)
    dinner = post(stay)[1]
    assert entries(dinner)[2:] == [("guest", "HB", "40.000"), ("package", "HB", "-40.000")]
    assert allowances_settle(place=cast.alpha, day=TODAY - timedelta(days=1)) == NONE
    assert allowances_settle(place=cast.alpha, day=TODAY) == {"breakage": Decimal(40), "loss": Decimal(0)}
    assert allowances_settle(place=cast.alpha, day=TODAY) == NONE
    assert booked() == [("breakage", Decimal(-40))]
    row = Allowance.objects.get()
    assert (row.settled, row.settled_on, row.is_open) == (Decimal(40), TODAY, False)
    assert broken() == {}


def test_a_charge_taken_back_later_is_booked_as_the_difference(cast):
    _, stay, folio = boarded(cast.alpha)
    dinner = charge_make(folio, 30, code="food")
    post(stay)
    allowances_settle(place=cast.alpha, day=TODAY)
    posting_reverse(posting=dinner)
    assert Allowance.objects.get().is_open
    assert allowances_settle(place=cast.alpha, day=TODAY)["breakage"] == 30
    assert booked() == [("breakage", Decimal(-10)), ("breakage", Decimal(-30))]
    charge_make(folio, 30, code="food")
    assert Allowance.objects.get().settled == 40
    assert broken() == {}


def test_more_than_stands_in_the_end_is_a_loss(cast):
    _, stay, folio = boarded(cast.alpha, nights=2, allowance_period="stay")
    charge_make(folio, 70, code="food")
    post(stay)
    Reservation.objects.filter(pk=stay.pk).update(status="in_house")
    assert allowances_settle(place=cast.alpha, day=TODAY) == NONE
    Reservation.objects.filter(pk=stay.pk).update(status="checked_out")
    assert allowances_settle(place=cast.alpha, day=TODAY) == {"breakage": Decimal(0), "loss": Decimal(30)}
    assert booked() == [("package_loss", Decimal(30))]
    assert broken() == {}


def test_many_allowances_are_booked_by_as_many_statements_as_two(cast):
    house, stay, _ = boarded(cast.alpha)
    stays = [stay, *(house.reserve(0, 1) for _ in range(11))]
    for row in stays[:2]:
        post(row)
    few = queries_of(lambda: allowances_settle(place=cast.alpha, day=TODAY))
    for row in stays[2:]:
        post(row)
    many = queries_of(lambda: allowances_settle(place=cast.alpha, day=TODAY))
    assert_constant(few, many)
    assert booked() == [("breakage", Decimal(-80)), ("breakage", Decimal(-400))]
