"""What is left of allowances when their period ends: booked as revenue, or as a loss where more was consumed.

Source: docs/algorithms/folios.md, "Allowances".
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, Sum
from moneyed import Money

from hotel.accounts.models import User
from hotel.core.locks import lock_rows
from hotel.folios.choices import CodeKind, JournalKind, Ledger
from hotel.folios.domain.codes import BREAKAGE, PACKAGE_LOSS, STANDARD
from hotel.folios.models import Allowance, Posting, TransactionCode
from hotel.folios.services.codes import codes_ensure
from hotel.folios.services.journal import EntryData, event_begin, journal_record
from hotel.properties.models import Property
from hotel.reservations.choices import ReservationStatus

_BOOKED = [seed for seed in STANDARD if seed.code in (BREAKAGE, PACKAGE_LOSS)]
NOTHING = Decimal(0)


@transaction.atomic
def allowances_settle(*, place: Property, day: date, actor: User | None = None) -> dict[str, Decimal]:
    """Book the rest of the allowances whose period has ended: what is left is revenue, what is missing a loss.

    Repeatable: what is booked is not booked again; where a correction came later, the difference is. The number of
    statements does not depend on the number of allowances. Taxes stay as the guest has paid them.

    Args:
        day: business date; periods that end on it have ended.

    Returns:
        ``breakage`` and ``loss``, net, both ≥ 0.

    Locks: the property (shared), the allowances.
    """
    ended = Q(last_on__lte=day) | Q(last_on=None) & ~Q(reservation__status=ReservationStatus.IN_HOUSE)
    rows = lock_rows(Allowance.objects.at(place.pk).filter(ended, is_open=True).select_related("code"))
    rests: dict[TransactionCode, list[Decimal]] = defaultdict(list)
    nets = _nets(place, rows)
    for row in rows:
        net = nets.get(row.pk, NOTHING)
        rests[row.code].append(net - row.settled)
        row.settled, row.settled_on, row.is_open = net, row.settled_on or day, False
    Allowance.objects.bulk_update(rows, ["settled", "settled_on", "is_open"])
    left = sum((max(rest, NOTHING) for some in rests.values() for rest in some), NOTHING)
    missing = sum((max(-rest, NOTHING) for some in rests.values() for rest in some), NOTHING)
    if left or missing:
        _book(place, actor, rests, {BREAKAGE: -left, PACKAGE_LOSS: missing})
    return {"breakage": left, "loss": missing}


def _nets(place: Property, rows: Sequence[Allowance]) -> dict[int, Decimal]:
    """What the postings of allowances add up to, net, by allowance id."""
    lines = Posting.objects.at(place.pk).filter(allowance__in=rows).order_by()
    return dict(lines.values_list("allowance").annotate(Sum("net")))


def _book(
    place: Property,
    actor: User | None,
    rests: Mapping[TransactionCode, Sequence[Decimal]],
    revenue: Mapping[str, Decimal],
) -> None:
    """One event: the package ledger lets go of each element's rest, and revenue takes it."""
    currency = str(place.currency)
    codes = codes_ensure(place=place, seeds=_BOOKED)
    packages = [
        EntryData(ledger=Ledger.PACKAGE, amount=Money(sum(some), currency), code=code)
        for code, some in rests.items()
    ]
    booked = [
        EntryData(
            ledger=Ledger.REVENUE, amount=Money(amount, currency), code=codes[CodeKind.ADJUSTMENT, code]
        )
        for code, amount in revenue.items()
    ]
    event = event_begin(place=place, kind=JournalKind.PACKAGE, actor=actor)
    journal_record(event, [*packages, *booked])
