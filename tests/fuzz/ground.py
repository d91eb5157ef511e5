"""What is fuzzed upon: two hotels with something of everything in them, and people signed in by real cookies."""

from dataclasses import dataclass
from datetime import time, timedelta

from django.db import transaction
from django.test import Client
from moneyed import Money

from hotel.accounts.models import User
from hotel.folios.services.chargebacks import Dispute, chargeback_record
from hotel.folios.services.city_ledger import city_ledger_transfer
from hotel.folios.services.codes import standard_code
from hotel.folios.services.corrections import posting_adjust, posting_reverse, postings_transfer
from hotel.folios.services.deposits import deposit_post
from hotel.folios.services.ledger_days import ledger_days_freeze
from hotel.properties.models import BusinessDay, Property
from hotel.properties.services.business_days import business_day_close
from hotel.reservations.choices import BlockStatus, ReservationStatus
from hotel.reservations.models import Reservation
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.blocks import BlockData, GridRow, block_create
from hotel.reservations.services.booking_data import BookingData
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.reservations.services.details import note_add
from hotel.reservations.services.holds import hold_create
from hotel.reservations.services.pick_up import block_pick_up
from hotel.reservations.services.turnaways import TurnawayData, turnaway_record
from hotel.reservations.services.waitlist import waitlist_offer
from hotel.rooms.services import blocks as room_blocks
from tests.cast import Cast, make_cast
from tests.factories import accounts, documents, folios, guests, messaging, payments, properties, rates
from tests.factories.reservations import OPEN_DAYS, House, house_make
from tests.factories.rooms import inventory_ready, room_make, room_type_make

DAY = timedelta(days=1)


@dataclass
class Ground:
    """The cast, and a house at each property."""

    cast: Cast
    alpha: House
    beta: House

    def visitor(self, user: object = None) -> dict[str, dict[str, str]]:
        """Cookies and headers of a person signed in with a browser; none of a stranger."""
        if user is None:
            return {}
        client = Client()
        client.force_login(user)
        token = "a" * 32
        cookies = {"sessionid": client.cookies["sessionid"].value, "csrftoken": token}
        return {"cookies": cookies, "headers": {"X-CSRFToken": token}}


@transaction.atomic
def ground_make() -> Ground:
    """Make everything; deterministic but for ids and numbers drawn at random."""
    cast = make_cast()
    ground = Ground(
        cast,
        house_make(cast.alpha, doubles=5, day_use_limit=2),
        house_make(cast.beta, doubles=3, price="10000"),
    )
    _people(cast.alpha)
    house_fill(ground.alpha, cashier=cast.bo)
    ground.beta.reserve(primary_guest=guests.guest_make(cast.beta, last_name="Foreign"))
    return ground


def house_fill(house: House, *, cashier: User) -> None:
    """Put something of everything that is sold, stayed, posted and written into a house."""
    place = house.place
    _rates(house)
    _places(place)
    _stays(house)
    _group(house)
    _money(house)
    _payments(place, cashier)
    messaging.message_template_make(place)
    messaging.message_make(place)
    messaging.suppression_make(place)
    endpoint = messaging.webhook_make(place)
    messaging.webhook_delivery_make(place, endpoint)


def _rates(house: House) -> None:
    place, today = house.place, house.place.business_date
    season = rates.season_make(place, (today, today + 30 * DAY))
    rates.price_make(house.plan, house.double, "120", season=season)
    rates.restriction_make(place, "min_los", today + 40 * DAY, today + 45 * DAY, 2)
    rates.restriction_make(place, "min_los", today + 50 * DAY, today + 51 * DAY, 3)
    rates.tax_rule_make(place)
    rates.tax_rule_make(place, "CITY", method="per_person_night", amount="2.50", is_inclusive=False)
    rates.tax_exemption_make(place)
    rates.package_make(house.plan, "15")
    rates.promo_make(place)
    rates.deposit_policy_make(place)
    derived = rates.rate_plan_make(place, "CORP", parent=house.plan, offset_rate="-0.1", is_negotiated=True)
    rates.agreement_make(derived, guests.company_make(place, name="Acme Two"))


def _people(place: Property) -> None:
    guests.guest_make(place, last_name="Double", email="double@example.com")
    guests.company_make(place)
    accounts.token_make(place)
    accounts.role_make(place.chain, "rooms.view")


def _places(place: Property) -> None:
    properties.group_make(place)
    properties.floor_make(place)
    properties.section_make(place)
    family = room_type_make(place, "FAM")
    first, second = room_make(place, family, "501"), room_make(place, family, "502")
    suite = room_type_make(place, "BIG", parts={family: 2}, kind="component")
    big = room_make(place, suite, "5", parts=(first, second))
    today = place.business_date
    inventory_ready(place, today, today + OPEN_DAYS * DAY)
    data = room_blocks.BlockData("out_of_order", today + 50 * DAY, today + 52 * DAY, "floors")
    room_blocks.block_create(room=big, data=data)


def _stays(house: House) -> None:
    """A stay in each state that can be reached, with what hangs on it."""
    place = house.place
    gus = guests.guest_make(place, last_name="Guest", email="gus@example.com")
    first = house.reserve(1, 2, primary_guest=gus)
    second = house.reserve(3, 3, primary_guest=gus)
    room_assign(reservation=first, room=house.rooms[0], actor=None)
    room_assign(reservation=second, room=house.rooms[0], actor=None)
    reservation_cancel(reservation=house.reserve(4, 1), actor=None)
    house.reserve(6, 2, status=ReservationStatus.OPTION)
    house.reserve(6, 2, status=ReservationStatus.INQUIRY)
    day = rates.rate_plan_make(place, "DAY", day_use_hours=8)
    rates.price_make(day, house.double, "60")
    house.reserve(10, 0, day_use=(time(9), time(17)), rate_plan=day)
    house.book(house.stay(20, 2), house.stay(20, 2), channel_code="ota", external_id="OTA-1")
    hold_create(place=place, stay=house.stay(12, 2), actor=None)
    waiting = house.reserve(14, 2, status=ReservationStatus.WAITLISTED)
    house.reserve(15, 2, status=ReservationStatus.WAITLISTED, waitlist_priority=5)
    waitlist_offer(reservation=waiting)
    turnaway_record(
        place=place, data=TurnawayData(arrival=first.arrival, departure=first.departure, reason="sold_out")
    )
    room_blocks.block_create(
        room=house.rooms[4],
        data=room_blocks.BlockData(
            "out_of_order", place.business_date + 2 * DAY, place.business_date + 4 * DAY, "paint"
        ),
    )
    note_add(
        reservation=first,
        text="Flowers",
        actor=None,
        kind="trace",
        department="housekeeping",
        due_on=first.arrival,
    )


def _money(house: House) -> None:
    """Of every kind of event one, on accounts and on the folio of a stay; yesterday is frozen."""
    place = house.place
    folio, group = folios.folio_make(place), folios.folio_make(place, kind="master", name="Group")
    folios.charge_make(folio, 22)
    folios.payment_make(folio, 22)
    posting_reverse(posting=folios.charge_make(folio, 7))
    posting_adjust(posting=folios.charge_make(folio, 9), amount=Money(2, "EUR"), reason="Cold")
    postings_transfer(postings=[folios.charge_make(folio, 5)], window=group.windows.get())
    folios.routing_rule_make(place, folio=folio, window=group.windows.get(), limit_amount=Money(8, "EUR"))
    folios.charge_make(folio, 12)
    stay = house.reserve(8, 2)
    cash = standard_code(place, "cash")
    deposit_post(reservation=stay, code=cash, amount=Money(50, "EUR"))
    city_ledger_transfer(window=group.windows.get(), account=folios.city_account_make(place))
    folios.guest_folio_make(place, stay)
    documents.credit_note_make(place)
    documents.city_allocation_make(place)
    BusinessDay.objects.filter(property=place, closed_at=None).update(business_date=place.business_date - DAY)
    Property.objects.filter(pk=place.pk).update(business_date=place.business_date - DAY)
    folios.charge_make(folio, 3)
    business_day_close(place=Property.objects.get(pk=place.pk))
    ledger_days_freeze(place=place)


def _payments(place: Property, cashier: User) -> None:
    """Cash and foreign cash in a till, a voucher, a chargeback, a card, a link and a page."""
    place = place
    payments.exchange_rate_make(place)
    payments.cashier_session_make(place, cashier)
    payments.payment_make(place, code="cash", actor=cashier)
    payments.payment_make(place, Money(100, "USD"), code="cash", actor=cashier)
    voucher = payments.payment_make(place)
    chargeback_record(payment=voucher, dispute=Dispute(reference="ground", amount=Money(30, "EUR")))
    payments.card_token_make(place)
    payments.payment_link_make(place)
    payments.hosted_page_make(place)


def _group(house: House) -> None:
    start = house.place.business_date + 25 * DAY
    price = Money(80, str(house.place.currency))
    row = GridRow(room_type=house.double, start=start, end=start + 3 * DAY, rooms=2, price=price)
    data = BlockData(
        code="WED27",
        name="Wedding",
        arrival=start,
        departure=start + 3 * DAY,
        rate_plan=house.plan,
        rows=(row,),
        status=BlockStatus.DEFINITE,
    )
    block = block_create(place=house.place, data=data)
    stay = house.stay(25, 2)
    made = block_pick_up(block=block, data=BookingData(reservations=(stay,)), actor=None)
    assert Reservation.objects.get(pk=made.reservations[0].pk).block_id == block.pk
