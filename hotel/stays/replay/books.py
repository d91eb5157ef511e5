"""What must hold in the books of a played hotel on every date: read anew, day by day, after all is over."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Max, Min, Sum

from hotel.folios.choices import Ledger
from hotel.folios.models import Invoice, LedgerEntry
from hotel.folios.selectors.trial_balance import trial_balance
from hotel.properties.models import Property
from hotel.stays.choices import AuditStatus
from hotel.stays.models import DailyStatistic, NightAudit
from hotel.stays.selectors.days import day_revenue


@dataclass(frozen=True)
class Proof:
    """One statement about the books: how many dates or series it was asked of, and where it is not so."""

    name: str
    asked: int
    wrong: tuple[str, ...]


def proofs(place: Property) -> Iterator[Proof]:
    """Audits, trial balances, figures and numbers of documents; about six queries a date."""
    days = list(DailyStatistic.objects.at(place.pk).order_by("business_date"))
    audited = set(
        NightAudit.objects.at(place.pk)
        .filter(status=AuditStatus.FINISHED)
        .values_list("business_date", flat=True)
    )
    dates = [day.business_date for day in days]
    yield Proof("audited", len(audited), tuple(str(day) for day in sorted(audited ^ set(dates))))
    differences = {day: trial_balance(place, day).difference.amount for day in dates}
    wrong = tuple(f"{day}: {amount}" for day, amount in differences.items() if amount)
    yield Proof("trial balance zero", len(dates), wrong)
    yield Proof("statistics = revenue = ledger", len(days), tuple(_unequal(place, days)))
    series = (
        Invoice.objects.at(place.pk).order_by("series").values_list("series__prefix", "series__fiscal_year")
    )
    counted = list(series.annotate(Count("pk"), Min("number"), Max("number")))
    gaps = tuple(
        f"{prefix}-{year}: {count} numbers from {first} to {last}"
        for prefix, year, count, first, last in counted
        if (first, last) != (1, count)
    )
    yield Proof("document numbers without a gap", sum(row[2] for row in counted), gaps)


def _unequal(place: Property, days: list[DailyStatistic]) -> Iterator[str]:
    """The days whose frozen figures, postings and ledger do not say the same of revenue and tax."""
    rows = LedgerEntry.objects.at(place.pk).filter(ledger__in=(Ledger.REVENUE, Ledger.TAX)).order_by()
    summed = rows.values_list("business_date", "ledger").annotate(Sum("amount"))
    entries = {(day, ledger): -amount for day, ledger, amount in summed}
    for day in days:
        posted = day_revenue(place, day.business_date)
        books = [
            (day.figures.revenue.revenue.amount, day.tax.amount),
            (posted.revenue.amount, posted.tax.amount),
            tuple(
                entries.get((day.business_date, name), Decimal(0)) for name in (Ledger.REVENUE, Ledger.TAX)
            ),
        ]
        if len(set(books)) > 1:
            yield f"{day.business_date}: {books}"
