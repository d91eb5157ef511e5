from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from moneyed import Money

from hotel.core.exceptions import Conflict
from hotel.core.invariants import invariants_verify
from hotel.core.models import OutboxMessage
from hotel.guests.models import Guest, ProfileAtProperty
from hotel.reservations.choices import ChangeKind
from hotel.reservations.domain.imported import RowError
from hotel.reservations.models import Booking, ImportRun, Reservation, ReservationChange, ReservationNight
from hotel.reservations.services import imports
from hotel.reservations.services.import_checks import Defaults
from hotel.reservations.services.imports import ImportRefused, ImportResult, stays_import
from hotel.rooms.models import InventoryNight
from hotel.rooms.services.inventory import inventory_recount
from tests.cast import TODAY
from tests.factories.imports import imported_stay
from tests.factories.reservations import house_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


def stored(place):
    return list(Reservation.objects.at(place.pk).order_by("pk"))


def broken():
    return [finding.invariant.name for finding in invariants_verify() if finding.violations]


def test_a_coming_stay_is_taken_over_whole(house, cast):
    texts = {
        "first_name": "Łucja", "last_name": "Nowak", "email": "Lucja@Example.com", "phone": "+48 12 345 67 89",
        "country": "pl", "company": "Acme", "agent": "Trips", "market": "leisure", "channel": "booking_com",
        "source": "web", "group": "Choir", "notes": "Late.",
    }  # fmt: skip
    stay = imported_stay(children=1, rate_per_night=None, total=Decimal("100.01"), texts=texts)

    result = stays_import(place=house.place, stays=[stay], actor=cast.rae)

    assert result == ImportResult(imported=1, known=0)
    (row,) = stored(house.place)
    booking = row.booking
    assert (row.status, row.is_taken_over, row.adults, row.children) == ("confirmed", True, 2, {"child": 1})
    assert (row.booked_on, row.booked_at.isoformat()) == (date(2027, 3, 1), "2027-03-01T11:00:00+00:00")
    assert [night.total for night in row.nights.all()] == [Money("50.01", "EUR"), Money("50.00", "EUR")]
    assert row.total_amount == Money("100.01", "EUR")
    assert row.policies["cancellation"]["code"] == "BAR"
    assert (booking.channel_code, booking.external_id, booking.market) == ("booking_com", "R-2", "leisure")
    assert (booking.company.name, booking.agent.name, booking.agent.kind) == ("Acme", "Trips", "travel_agent")
    assert (booking.group_name, booking.notes, booking.booked_by) == ("Choir", "Late.", cast.rae)
    assert (row.primary_guest.full_name, row.primary_guest.email) == ("Łucja Nowak", "lucja@example.com")
    assert (row.primary_guest.phone, row.primary_guest.country) == ("+48123456789", "PL")
    assert house.counted("sold") == [0, 0, 0, 1, 1, 0, 0, 0]
    change = row.changes.get()
    assert (change.kind, change.actor, change.version) == (ChangeKind.TAKEN_OVER, cast.rae, 1)
    assert change.after["line"] == 2
    assert change.after["total"] == "100.01"
    assert broken() == []


def test_one_fact_tells_of_a_chunk_and_no_letter_follows(house, drain):
    texts = {"last_name": "Nowak", "email": "n@example.com"}

    stays_import(place=house.place, stays=[imported_stay(texts=texts)])

    topics = set(OutboxMessage.objects.values_list("topic", flat=True))
    assert "ReservationsTakenOver" in topics
    assert "ReservationCreated" not in topics


def test_the_traps_of_real_files_are_taken_as_they_are(house):
    house.double.day_use_limit = 1
    house.double.save()
    inventory_recount(place=house.place)
    stays = [
        imported_stay(2, adults=0),
        imported_stay(3, rate_per_night=Decimal("-6.38")),
        imported_stay(4, arrival=1, nights=0, rate_per_night=Decimal(0)),
        imported_stay(5, arrival=6, nights=1, adults=55, rate_per_night=Decimal(5400)),
    ]

    stays_import(place=house.place, stays=stays)

    assert [row.adults for row in stored(house.place)] == [0, 2, 2, 55]
    assert [row.total_amount.amount for row in stored(house.place)] == [160, Decimal("-12.76"), 0, 5400]
    assert [row.is_day_use for row in stored(house.place)] == [False, False, True, False]
    assert house.counted("day_sold", days=3) == [0, 1, 0]
    assert broken() == []


@pytest.mark.parametrize(
    ("status", "sold", "stamps"),
    [
        ("confirmed", 1, ("confirmed_at",)),
        ("option", 1, ("hold_expires_at",)),
        ("waitlisted", 0, ()),
        ("cancelled", 0, ("confirmed_at", "cancelled_at")),
    ],
)
def test_each_status_takes_what_it_takes_when_sold_here(house, status, sold, stamps):
    stays_import(place=house.place, stays=[imported_stay(status=status, ended_on=date(2027, 3, 9))])

    (row,) = stored(house.place)
    every = ("confirmed_at", "hold_expires_at", "cancelled_at", "no_show_at")
    assert tuple(name for name in every if getattr(row, name)) == stamps
    assert row.status == status
    assert house.counted("sold", days=4)[3] == sold
    assert broken() == []


def test_an_option_is_held_to_the_end_of_the_day_told(house):
    stays_import(
        place=house.place, stays=[imported_stay(status="option", option_until=TODAY + timedelta(days=2))]
    )

    assert stored(house.place)[0].hold_expires_at.isoformat() == "2027-03-16T23:00:00+00:00"


def test_the_past_always_fits_and_says_by_how_much(house):
    stays = [imported_stay(line, arrival=-4, nights=2, status="checked_out") for line in (2, 3, 4)]

    stays_import(place=house.place, stays=stays)

    nights = InventoryNight.objects.filter(room_type=house.double, night__lt=TODAY).order_by("night")
    assert [(n.night.day, n.sold, n.overbooking) for n in nights] == [(10, 3, 1), (11, 3, 1)]
    assert [row.policies for row in stored(house.place)] == [{}, {}, {}]
    assert broken() == []


def test_with_one_wrong_row_nothing_is_imported(house):
    stays = [imported_stay(2), imported_stay(3, room_type="ATTIC"), imported_stay(4, currency="USD")]

    with pytest.raises(ImportRefused) as refused:
        stays_import(place=house.place, stays=stays)

    assert refused.value.errors == [
        RowError(3, "room_type", "'ATTIC': expected one of DBL, SUI"),
        RowError(4, "currency", "'USD': the property sells in EUR"),
    ]
    assert refused.value.message == "2 rows are wrong. Nothing was imported."
    assert not Booking.objects.exists()
    assert house.counted("sold") == [0] * 8


def test_a_repetition_imports_nothing_twice(house):
    stays = [imported_stay(2), imported_stay(3)]
    stays_import(place=house.place, stays=stays)

    again = stays_import(place=house.place, stays=stays)

    assert again == ImportResult(imported=0, known=2)
    assert len(stored(house.place)) == 2
    assert house.counted("sold") == [0, 0, 0, 2, 2, 0, 0, 0]


def test_rows_without_a_number_are_keyed_by_source_and_line(house):
    twins = [imported_stay(2, external_id=""), imported_stay(3, external_id="")]
    here = Defaults(source_key="f1")

    assert stays_import(place=house.place, stays=twins, defaults=here).imported == 2
    assert stays_import(place=house.place, stays=twins, defaults=here).known == 2
    assert set(Booking.objects.values_list("external_id", flat=True)) == {"f1-2", "f1-3"}
    assert stays_import(place=house.place, stays=[imported_stay(2, arrival=6, external_id="")]).imported == 1


def test_a_guest_with_the_same_address_is_the_same_guest(house):
    texts = {"last_name": "Nowak", "email": "n@example.com"}
    stays = [imported_stay(2, texts=texts), imported_stay(3, texts=texts), imported_stay(4, arrival=6, texts={"last_name": "Nowak"})]  # fmt: skip

    stays_import(place=house.place, stays=stays)

    first, second, third = (row.primary_guest_id for row in stored(house.place))
    assert first == second != third
    assert Guest.objects.count() == ProfileAtProperty.objects.filter(guest__isnull=False).count() == 2


def test_figures_of_guests_and_companies_count_what_was_taken_over(house):
    texts = {"last_name": "Nowak", "email": "n@example.com", "company": "Acme"}
    past = [imported_stay(n, arrival=-9 + n, nights=1, status="checked_out", texts=texts) for n in (2, 3)]

    stays_import(place=house.place, stays=past)

    links = ProfileAtProperty.objects.order_by("pk")
    assert [(link.stays, link.nights, link.revenue.amount) for link in links] == [(2, 2, 160), (2, 2, 160)]


def test_chunks_are_committed_with_the_position_of_their_run(house, monkeypatch):
    monkeypatch.setattr(imports, "CHUNK", 2)
    run = ImportRun.objects.create(property=house.place, file_name="f", fingerprint="f1", mapping={}, total=3)
    told = []

    stays_import(
        place=house.place,
        stays=[imported_stay(line, arrival=line) for line in (2, 4, 6)],
        run=run,
        progress=lambda done, total: told.append((done, total)),
    )

    run.refresh_from_db()
    assert (run.position, run.imported) == (6, 3)
    assert told == [(2, 3), (3, 3)]
    assert Booking.objects.filter(import_run=run).count() == 3


def test_a_run_that_somebody_else_continues_is_left_to_him(house):
    run = ImportRun.objects.create(property=house.place, file_name="f", fingerprint="f1", mapping={}, total=1)
    ImportRun.objects.filter(pk=run.pk).update(position=9)

    with pytest.raises(Conflict, match="Somebody else"):
        stays_import(place=house.place, stays=[imported_stay()], run=run)

    assert not Booking.objects.exists()


def test_only_stays_taken_over_may_lack_an_adult_or_cost_less_than_nothing(house):
    stays_import(place=house.place, stays=[imported_stay(adults=0, rate_per_night=Decimal(-1))])
    row = stored(house.place)[0]

    for query, values in (
        (Reservation.objects.filter(pk=row.pk), {"is_taken_over": False}),
        (ReservationNight.objects.filter(reservation=row), {"is_taken_over": False}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            query.update(**values)
    assert ReservationChange.objects.count() == 1
