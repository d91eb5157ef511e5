"""What loyalty does when members come, when a stay is over, or something of it changes afterwards."""

from hotel.contracts.folios import ChargePosted
from hotel.contracts.guests import GuestsMerged, GuestsUnmerged
from hotel.contracts.loyalty import RedemptionUndone, RewardRedeemed, StatusMatchDecided
from hotel.contracts.reservations import (
    NoShowMarked,
    ReservationCancelled,
    ReservationChanged,
    ReservationCreated,
)
from hotel.contracts.stays import BusinessDayClosed, CheckOutReinstated, StayCheckedIn, StayCheckedOut
from hotel.core.facts import subscribe
from hotel.properties.models import Property
from loyalty.models import RewardRedemption, StayAccrual
from loyalty.services.accrual import stay_settle
from loyalty.services.free_nights import free_nights_of_stay_fit
from loyalty.services.honours import arrivals_honour
from loyalty.services.match_letters import match_letter
from loyalty.services.merges import memberships_follow
from loyalty.services.redemptions import redemptions_of_stay_cancel


@subscribe(BusinessDayClosed)
def on_business_day_closed(fact: BusinessDayClosed) -> None:
    """Members who arrive on the next day are prepared for. Repeatable."""
    _honour(fact.property_id)


@subscribe(ReservationCreated)
def on_reservation_created(fact: ReservationCreated) -> None:
    """Somebody who books for today may be a member. Repeatable."""
    if fact.arrival == fact.business_date:
        _honour(fact.property_id)


@subscribe(StayCheckedIn)
def on_stay_checked_in(fact: StayCheckedIn) -> None:
    """A member has his later check-out from the beginning. Repeatable."""
    _honour(fact.property_id)


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
    """Its free nights are nights that it has; what it earned is corrected. Repeatable."""
    free_nights_of_stay_fit(reservation_id=fact.reservation_id)
    _settle_again(fact.reservation_id)


@subscribe(ChargePosted)
def on_charge_posted(fact: ChargePosted) -> None:
    """A late charge or correction of a stay that earned. Repeatable."""
    _settle_again(fact.reservation_id)


@subscribe(ReservationCancelled)
def on_reservation_cancelled(fact: ReservationCancelled) -> None:
    """What was redeemed for the stay is cancelled by its rules. Repeatable."""
    redemptions_of_stay_cancel(reservation_id=fact.reservation_id, reason="The stay was cancelled")


@subscribe(NoShowMarked)
def on_no_show_marked(fact: NoShowMarked) -> None:
    """What was redeemed for the stay is cancelled by its rules. Repeatable."""
    redemptions_of_stay_cancel(reservation_id=fact.reservation_id, reason="The guest did not come")


@subscribe(RewardRedeemed)
def on_reward_redeemed(fact: RewardRedeemed) -> None:
    """A stay that was paid with points later earns as such. Repeatable."""
    _settle_again(_stay_of(fact.redemption_id))


@subscribe(RedemptionUndone)
def on_redemption_undone(fact: RedemptionUndone) -> None:
    """A stay that is not paid with points after all earns again. Repeatable."""
    _settle_again(_stay_of(fact.redemption_id))


@subscribe(StatusMatchDecided)
def on_status_match_decided(fact: StatusMatchDecided) -> None:
    """A member learns by letter what became of his match. Repeatable: one letter per match."""
    match_letter(match_id=fact.match_id)


def _stay_of(redemption_id: int) -> int | None:
    return RewardRedemption.objects.values_list("reservation_id", flat=True).get(pk=redemption_id)


@subscribe(GuestsMerged)
def on_guests_merged(fact: GuestsMerged) -> None:
    """Two who were members become one member. Repeatable."""
    memberships_follow(guest_merge_id=fact.merge_id)


@subscribe(GuestsUnmerged)
def on_guests_unmerged(fact: GuestsUnmerged) -> None:
    """Two who had become one member are two again. Repeatable."""
    memberships_follow(guest_merge_id=fact.merge_id)


def _honour(property_id: int | None) -> None:
    arrivals_honour(place=Property.objects.get(pk=property_id))


def _settle_again(reservation_id: int | None) -> None:
    if reservation_id is not None and StayAccrual.objects.filter(reservation_id=reservation_id).exists():
        stay_settle(reservation_id=reservation_id)
