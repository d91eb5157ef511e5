"""What points pay on the bill of a stay."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum
from moneyed import Money

from hotel.core.money import quantum
from hotel.folios.choices import CodeKind
from hotel.folios.models import FolioWindow, Posting
from hotel.folios.models.codes import GROUPED
from hotel.properties.models import Property
from hotel.rates.choices import ChargeGroup
from loyalty.models import ProgramProperty, RewardRedemption

ROOMS = (CodeKind.CHARGE, CodeKind.PACKAGE)


@dataclass(frozen=True)
class NightsCharged:
    """What the free nights of a redemption have been charged.

    Attributes:
        window: that owes the most of it; None when nothing was charged.
        amount: there, taxes inside, in the hotel's currency.
        charged_until: all nights before this business date are charged.
        past: the day after the last night, as the stay is now.
        charges: what stands there of it, corrections left out.
    """

    window: FolioWindow | None
    amount: Decimal
    charged_until: date
    past: date
    charges: list[Posting]


def nights_charged(redemption: RewardRedemption) -> NightsCharged:
    """The room of the free nights on the bill, corrections inside. Three queries."""
    stay, past = redemption.reservation, redemption.past_day
    if stay is None or past is None:
        raise ValueError("Free nights are nights of a stay.")
    rows = Posting.objects.at(redemption.property_id).filter(
        window__folio__reservation=stay,
        revenue_date__gte=redemption.first_day,
        revenue_date__lt=past,
        code__group=ChargeGroup.ROOM,
        code__kind__in=GROUPED,
    )
    sums = (
        rows.order_by()
        .values_list("window_id")
        .annotate(amount=Sum("gross"))
        .order_by("-amount", "window_id")
    )
    window_id, amount = sums.first() or (None, Decimal(0))
    windows = FolioWindow.objects.select_related("property", "folio")
    charges = rows.filter(
        window_id=window_id, code__kind__in=ROOMS, gross__gt=0, reverses=None, reversals=None
    )
    return NightsCharged(
        window=windows.get(pk=window_id) if window_id else None,
        amount=amount,
        charged_until=redemption.property.business_date,
        past=min(past, stay.departure),
        charges=list(charges.select_related("property", "code").order_by("pk")),
    )


def value_at(redemption: RewardRedemption, place: Property) -> Money:
    """What the bill of a hotel is paid with it, in its currency: its worth less the part that was money."""
    houses = ProgramProperty.objects.at(place.pk).filter(program_id=redemption.reward.program_id)
    rate = houses.order_by("-joined_on").values_list("currency_rate", flat=True)[0]
    currency = str(place.currency)
    worth = (redemption.value / rate).quantize(quantum(currency), rounding=ROUND_HALF_UP)
    return Money(worth - redemption.cash, currency)
