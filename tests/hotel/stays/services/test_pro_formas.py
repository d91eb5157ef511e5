"""The pro forma of a stay is what its audits post, to the cent: prices, taxes, fixed charges, routing, deposits."""

from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from moneyed import Money

from hotel.core.exceptions import Conflict, NotFound
from hotel.folios.domain.documents import content
from hotel.folios.models import Folio, InvoicedPosting, Posting, TransactionCode
from hotel.folios.services.codes import standard_code
from hotel.folios.services.folios import folio_open, window_open
from hotel.folios.services.invoices import pro_forma
from hotel.rates.domain.quotes import night_price_dump, tax_lines_dump
from hotel.reservations.models import Reservation, ReservationNight
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.stays.services.charges import nights_charge
from hotel.stays.services.check_in import check_in
from hotel.stays.services.fixed_charges import FixedChargeData, fixed_charge_add
from hotel.stays.services.night_audit import night_audit_run
from hotel.stays.services.pro_formas import pro_forma_of_stay
from tests.cast import TODAY
from tests.factories.folios import charge_make, routing_rule_make
from tests.factories.payments import payment_make
from tests.factories.rate_quotes import quotes_seeded
from tests.factories.rates import city_tax_make, tax_rule_make
from tests.factories.reservations import house_make

DAY = timedelta(days=1)
STAYS = 30


@pytest.fixture
def taxed(house):
    tax_rule_make(house.place, "VAT", groups=["room", "service"])
    city_tax_make(house.place)
    return house


def parking(stay, **over):
    code = standard_code(stay.property, "service")
    data = FixedChargeData(code=code, amount=Money(11, "EUR"), description="Parking", **over)
    return fixed_charge_add(reservation=stay, data=data)


def fresh(stay):
    return Reservation.objects.select_related("property", "primary_guest", "booking").get(pk=stay.pk)


def printed(draft):
    """Lines, taxes and sums; not the ids of postings and the day."""
    plain = content(draft, "")
    lines = [{name: text for name, text in line.items() if name != "postings"} for line in plain["lines"]]
    lines.sort(key=lambda line: (line["code"], line["first_day"], line["gross"], line["unit"]))
    return lines, sorted(plain["taxes"], key=lambda row: row["code"]), plain["totals"]


@pytest.fixture
def audited(noon):
    """Run the audits of so many days, each on its own evening."""

    def run(house, days):
        for _ in range(days):
            night_audit_run(place=house.place, actor=None)
            house.place.refresh_from_db()
            noon.shift(DAY)

    return run


def test_a_stay_to_come_costs_what_its_audits_post(taxed, audited):
    stay = taxed.reserve(0, 3)
    parking(stay, every_nights=2)
    before = pro_forma_of_stay(reservation=fresh(stay), language="en")
    assert not Folio.objects.exists()
    assert not Posting.objects.exists()
    check_in(reservation=stay, actor=None, room=taxed.rooms[0])
    here = pro_forma_of_stay(reservation=fresh(stay), language="en")
    audited(taxed, 1)
    begun = pro_forma_of_stay(reservation=fresh(stay), language="en")
    audited(taxed, 2)
    window = Folio.objects.get().windows.get()
    posted = pro_forma(window=window, language="en")
    assert printed(before) == printed(here) == printed(begun) == printed(posted)
    assert printed(before)[2]["balance"] == content(posted, "")["totals"]["total"]
    assert {line["code"] for line in printed(before)[0]} >= {"room", "service", "CITY"}
    assert not InvoicedPosting.objects.exists()


def test_a_deposit_counts_as_paid_before_and_after_it_is_used(taxed):
    stay = taxed.reserve(0, 2)
    payment_make(taxed.place, 50, target=stay)
    before = content(pro_forma_of_stay(reservation=fresh(stay)), "")["totals"]
    check_in(reservation=stay, actor=None, room=taxed.rooms[0])
    assert (before["paid"], content(pro_forma_of_stay(reservation=fresh(stay)), "")["totals"]) == (
        "50.00",
        before,
    )


def test_nights_go_along_the_routing_rules_to_their_windows(taxed, audited):
    stay = taxed.reserve(0, 3)
    parking(stay)
    folio = folio_open(reservation=stay)
    second = window_open(folio=folio)
    routing_rule_make(
        taxed.place,
        folio=folio,
        window=second,
        limit_amount=Money(130, "EUR"),
        limit_per="total",
    )
    check_in(reservation=stay, actor=None, room=taxed.rooms[0])
    foreseen = [pro_forma_of_stay(reservation=fresh(stay), window=number, language="en") for number in (1, 2)]
    audited(taxed, 3)
    posted = [pro_forma(window=window, language="en") for window in folio.windows.order_by("number")]
    assert [printed(draft) for draft in foreseen] == [printed(draft) for draft in posted]
    assert printed(foreseen[1])[2]["total"] == "130.00"


def test_what_stands_on_the_bill_is_there_too(taxed):
    stay = taxed.reserve(0, 1)
    check_in(reservation=stay, actor=None, room=taxed.rooms[0])
    without = Decimal(content(pro_forma_of_stay(reservation=fresh(stay)), "")["totals"]["total"])
    charge_make(Folio.objects.get(), 7)
    with_it = Decimal(content(pro_forma_of_stay(reservation=fresh(stay)), "")["totals"]["total"])
    assert with_it - without == 7


def test_every_shape_of_price_is_foreseen_as_it_is_posted(cast):
    """Stays with prices, packages and taxes drawn at random, some cut by a limit of a routing rule."""
    dice, house = Random(7), house_make(cast.alpha, doubles=STAYS)
    for offer in quotes_seeded(11, STAYS, "EUR"):
        stay = house.reserve(0, 1)
        row = ReservationNight.objects.get(reservation=stay)
        price = night_price_dump(offer.nights[0]) | {"night": TODAY.isoformat()}
        ReservationNight.objects.filter(pk=row.pk).update(price_detail=price)
        Reservation.objects.filter(pk=stay.pk).update(stay_taxes=tax_lines_dump(offer.stay_taxes))
        folio = folio_open(reservation=stay)
        if dice.random() < 0.5:
            limit = Money(dice.randint(1, 200), "EUR")
            routing_rule_make(house.place, folio=folio, window=window_open(folio=folio), limit_amount=limit)
        numbers = [window.number for window in folio.windows.order_by("number")]
        foreseen = [
            printed(pro_forma_of_stay(reservation=fresh(stay), window=number, language="en"))
            for number in numbers
        ]
        nights_charge(place=house.place, night=TODAY, reservations=[stay.pk], actor=None)
        posted = [
            printed(pro_forma(window=window, language="en")) for window in folio.windows.order_by("number")
        ]
        assert foreseen == posted


def test_a_stay_that_is_over_has_none_and_an_unknown_window_is_not_there(house):
    stay = house.reserve(0, 1)
    with pytest.raises(NotFound):
        pro_forma_of_stay(reservation=fresh(stay), window=2)
    reservation_cancel(reservation=stay, actor=None)
    with pytest.raises(Conflict) as caught:
        pro_forma_of_stay(reservation=fresh(stay))
    assert (caught.value.code, TransactionCode.objects.filter(code="T0").exists()) == (
        "status_forbids",
        False,
    )
