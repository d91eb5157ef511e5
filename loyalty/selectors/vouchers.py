"""Vouchers as a desk reads them."""

from dataclasses import dataclass

from moneyed import Money

from hotel.core.access_notes import access_note
from hotel.guests.models import Guest
from hotel.properties.models import Property
from loyalty.choices import RedemptionStatus, RewardKind
from loyalty.domain.vouchers import refusal
from loyalty.models import RewardRedemption, RewardVoucher
from loyalty.selectors.settlements import value_at


@dataclass(frozen=True)
class VoucherShown:
    """A voucher as a hotel sees it on its business date.

    Attributes:
        worth: what a bill there is paid with it; None for one that is handed over.
        hotels: names of those that take it; none for all of the programme.
        refusal: why it is not taken; empty when it is good.
        is_printable: whether its code may be read here.
    """

    row: RewardVoucher
    worth: Money | None
    hotels: list[str]
    refusal: str
    is_printable: bool


def voucher_shown(voucher: RewardVoucher, place: Property) -> VoucherShown:
    """How a voucher stands; one query for its worth and one for its hotels."""
    redemption = voucher.redemption
    why = refusal(
        redemption.status,
        valid_from=voucher.valid_from,
        valid_until=voucher.valid_until,
        on=place.business_date,
    )
    places = Property.objects.filter(code__in=voucher.hotels) if voucher.hotels else Property.objects.none()
    return VoucherShown(
        row=voucher,
        worth=value_at(redemption, place) if redemption.value > 0 else None,
        hotels=list(places.order_by("name").values_list("name", flat=True)),
        refusal="" if why is None else why[1],
        is_printable=is_printable(redemption, place),
    )


def is_printable(redemption: RewardRedemption, place: Property) -> bool:
    """Whether the code of a redemption is given out at a hotel: the one that serves it, until the code is used."""
    is_good = redemption.kind == RewardKind.VOUCHER and redemption.status == RedemptionStatus.CONFIRMED
    return is_good and redemption.property_id == place.pk


def code_opened(voucher: RewardVoucher) -> str:
    """The code in clear, to be printed for its member; that it was looked at is noted with him."""
    access_note(Guest._meta.db_table, [voucher.redemption.member.guest_id])
    return voucher.code
