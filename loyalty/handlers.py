"""What loyalty does when a stay is over, or something of it changes afterwards."""

from hotel.contracts.folios import ChargePosted
from hotel.contracts.reservations import ReservationChanged
from hotel.contracts.stays import CheckOutReinstated, StayCheckedOut
from hotel.core.facts import subscribe
from loyalty.models import StayAccrual
from loyalty.services.accrual import stay_settle


@subscribe(StayCheckedOut)
def on_stay_checked_out(fact: StayCheckedOut) -> None:
    """A member earns by his stay. Repeatable: what was given is compared with what was earned."""
    stay_settle(reservation_id=fact.reservation_id)


@subscribe(CheckOutReinstated)
def on_check_out_reinstated(fact: CheckOutReinstated) -> None:
    """A guest who is back in house has earned nothing yet. Repeatable."""
    _settle_again(fact.reservation_id)


@subscribe(ReservationChanged)
def on_reservation_changed(fact: ReservationChanged) -> None:
    """A stay that earned was corrected. Repeatable."""
    _settle_again(fact.reservation_id)


@subscribe(ChargePosted)
def on_charge_posted(fact: ChargePosted) -> None:
    """A late charge or correction of a stay that earned. Repeatable."""
    _settle_again(fact.reservation_id)


def _settle_again(reservation_id: int | None) -> None:
    if reservation_id is not None and StayAccrual.objects.filter(reservation_id=reservation_id).exists():
        stay_settle(reservation_id=reservation_id)
