"""Packs: a closed day for the books and the owner, and what a desk needs when everything is down."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from moneyed import Money

from hotel.core.exceptions import NotFound
from hotel.core.money import total
from hotel.core.words import _
from hotel.folios.choices import FolioStatus, Ledger
from hotel.folios.domain.document_words import code_text
from hotel.folios.models import Folio
from hotel.folios.selectors.balances import folio_balances
from hotel.folios.selectors.trial_balance import Movement, TrialBalance, movements, trial_balance
from hotel.papers.domain.spelling import Spelling
from hotel.papers.domain.tables import Column, Content, Table
from hotel.papers.selectors.rooms import DOWNTIME_ROOMS, rooms_table
from hotel.papers.selectors.stays import (
    MOST,
    arrivals_table,
    departures_table,
    guests_of,
    in_house_table,
    name_of,
)
from hotel.properties.models import Property
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation
from hotel.reservations.selectors import front_desk
from hotel.stays.models import DailyStatistic

DOWNTIME_DAYS = 3
COMING = (ReservationStatus.CONFIRMED, ReservationStatus.IN_HOUSE)
FIGURES = (Column("what", width=30), Column("value", "figure", 14))
MOVED = (
    Column("code", width=14), Column("name", width=30), Column("entries", "count", 8), Column("amount", "money", 14),
)  # fmt: skip
BALANCED = (
    Column("ledger", width=26), Column("opening", "money", 15), Column("debits", "money", 15),
    Column("credits", "money", 15), Column("closing", "money", 15),
)  # fmt: skip
MISSED = (
    Column("number", "key", 18), Column("guest", "name", 26), Column("type", width=8), Column("nights", "count", 8),
    Column("guarantee", width=14), Column("fee", "money", 12),
)  # fmt: skip
OWING = (
    Column("folio", "key", 20), Column("name", "name", 26), Column("number", "key", 20), Column("room", width=8),
    Column("departure", "day", 11), Column("balance", "money", 14),
)  # fmt: skip
COUNTS = (
    "rooms_available", "rooms_sold", "rooms_out_of_order", "rooms_complimentary", "rooms_house_use", "rooms_day_use",
    "arrivals", "departures", "walk_ins", "no_shows", "cancellations",
)  # fmt: skip


def audit_content(place: Property, day: date, w: dict[str, str], language: str) -> Content:
    """A closed business day: figures, revenue, taxes, payments, ledgers, no-shows, and what is owed now.

    Nine queries, whatever the size.

    Raises:
        NotFound: the day is not closed.
    """
    statistic = DailyStatistic.objects.at(place.pk).filter(business_date=day).first()
    if statistic is None or day >= place.business_date:
        raise NotFound(_("This day is not closed: there is nothing to be printed of it."))
    moved, missed = movements(place, day), _no_shows(place, day)
    owing, owed = open_balances_table(place, w)
    return Content(
        word="audit_pack",
        day=day,
        tables=(
            Table("statistics", FIGURES, list(_figures(statistic, w, language))),
            _moved("revenue_by_code", moved, Ledger.REVENUE, -1, w, language),
            _moved("taxes", moved, Ledger.TAX, -1, w, language),
            _moved("payments_by_method", moved, Ledger.PAYMENT, 1, w, language),
            _balanced(trial_balance(place, day), w),
            Table(
                "no_shows",
                MISSED,
                [
                    (
                        stay.number,
                        name_of(stay, w),
                        stay.room_type.code,
                        (stay.departure - stay.arrival).days,
                        w[stay.guarantee],
                        stay.fee_amount,
                    )
                    for stay in missed
                ],
            ),
            owing,
        ),
        definitions=("def_figures", "def_open_balances"),
        guests=guests_of(missed) | owed,
    )


def downtime_content(place: Property, w: dict[str, str], language: str) -> Content:
    """Arrivals and departures of three days, who is here, rooms and balances; a constant number of queries."""
    first, spell = place.business_date, Spelling(language)
    days = [first + timedelta(days=offset) for offset in range(DOWNTIME_DAYS)]
    here = list(front_desk.in_house(place.pk)[:MOST])
    rows = Reservation.objects.at(place.pk).with_parts().with_rooms()
    coming = list(
        rows.filter(status=ReservationStatus.CONFIRMED, arrival__in=days).order_by("arrival", "eta", "number")
    )
    leaving = list(rows.filter(status__in=COMING, departure__in=days).order_by("departure", "number"))
    rooms, _ = rooms_table(place, w, DOWNTIME_ROOMS)
    owing, owed = open_balances_table(place, w)
    tables = [in_house_table(place, here, w)]
    for day in days:
        says = {"day": spell.day(day)}
        mine = [stay for stay in coming if stay.arrival == day]
        tables.append(arrivals_table(place, mine, w, word="arrivals_on", says=says))
    for day in days:
        says = {"day": spell.day(day)}
        mine = [stay for stay in leaving if stay.departure == day]
        tables.append(departures_table(place, mine, w, word="departures_on", says=says))
    return Content(
        word="downtime_pack",
        day=first,
        tables=(*tables, rooms, owing),
        facts=(("in_house", len(here)), ("arrivals", len(coming)), ("departures", len(leaving))),
        definitions=("def_downtime", "letters"),
        guests=guests_of([*here, *coming, *leaving]) | owed,
    )


def open_balances_table(place: Property, w: dict[str, str]) -> tuple[Table, frozenset[int]]:
    """Open folios that are not at zero, the largest first, and the guests they name; three queries."""
    folios = list(
        Folio.objects.at(place.pk)
        .filter(status=FolioStatus.OPEN)
        .select_related("reservation__primary_guest")
        .prefetch_related("reservation__assignments__room")
    )
    owed = folio_balances(place.pk, [folio.pk for folio in folios])
    rows, guests = [], set()
    for folio in sorted(folios, key=lambda one: (-owed[one.pk].amount, one.number)):
        if not owed[folio.pk].amount:
            continue
        stay = folio.reservation
        if stay is not None and stay.primary_guest_id and not stay.is_confidential:
            guests.add(stay.primary_guest_id)
        held = [row.room.number for row in stay.assignments.all() if row.released_at is None] if stay else []
        rows.append(
            (
                folio.number,
                name_of(stay, w) if stay else folio.name,
                stay.number if stay else "",
                held[-1] if held else "",
                stay.departure if stay else None,
                owed[folio.pk],
            )
        )
    sums = total((row[-1] for row in rows), str(place.currency)) if rows else None
    totals = (str(len(rows)), w["total"], None, None, None, sums) if rows else ()
    return Table("open_balances", OWING, rows, totals=totals), frozenset(guests)


def _no_shows(place: Property, day: date) -> list[Reservation]:
    rows = Reservation.objects.at(place.pk).filter(arrival=day, status=ReservationStatus.NO_SHOW)
    return list(rows.select_related("room_type", "primary_guest").order_by("number"))


def _figures(row: DailyStatistic, w: dict[str, str], language: str) -> Iterator[tuple[str, Any]]:
    """The frozen figures, in words; a share as text, because one column has them all."""
    figures, spell = row.figures, Spelling(language)
    yield w["occupancy"], spell.cell(figures.counts.occupancy, "share")
    for name in COUNTS:
        yield w[name], getattr(row, name)
    yield w["persons"], sum(row.persons.values())
    yield w["adr"], figures.average_daily_rate
    yield w["revpar"], figures.revenue_per_available_room
    yield w["room_revenue"], row.room_revenue
    yield w["other_revenue"], row.other_revenue
    yield w["all_revenue"], figures.revenue.revenue
    yield w["taxes"], row.tax


def _moved(
    word: str, moved: list[Movement], ledger: Ledger, sign: int, w: dict[str, str], language: str
) -> Table:
    """What codes moved on a ledger; revenue and taxes are credits, and shown above zero."""
    rows = [
        (row.code, code_text(row.code, language) or row.name, row.entries, sign * row.amount)
        for row in moved
        if row.ledger == ledger
    ]
    if not rows:
        return Table(word, MOVED, rows)
    amounts: list[Money] = [row[-1] for row in rows]
    sums = total(amounts, amounts[0].currency.code)
    return Table(word, MOVED, rows, totals=(None, w["total"], sum(row[2] for row in rows), sums))


def _balanced(balance: TrialBalance, w: dict[str, str]) -> Table:
    """Opening, movements and closing of each ledger; together zero."""
    lines = balance.lines
    rows = [
        (w[f"ledger_{line.ledger.value}"], line.opening, line.debits, line.credits, line.closing)
        for line in lines
    ]
    sums = [total((row[at] for row in rows), balance.currency) for at in range(1, 5)]
    return Table("trial_balance", BALANCED, rows, totals=(w["total"], *sums))
