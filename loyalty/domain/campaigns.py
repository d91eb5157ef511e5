"""Campaigns: whether a stay takes part in one, and how far its budget reaches.

Source: docs/algorithms/points.md §10.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from hotel.core.words import _
from loyalty.domain.accrual import Earning


@dataclass(frozen=True)
class Campaign:
    """When a bonus holds, for whom and how often.

    Attributes:
        booked_from, booked_until: business dates of booking, inclusive; None without a bound.
        stay_from: first day of arrival.
        stay_until: last day of departure.
        needs_registration: only members who registered by the day of departure.
        times: stays of one member at most; None for any number.
        budget: points of all members together at most; None without one.
        given: points given so far, corrections taken off.
    """

    name: str
    stay_from: date
    stay_until: date
    booked_from: date | None = None
    booked_until: date | None = None
    needs_registration: bool = False
    times: int | None = None
    budget: int | None = None
    given: int = 0


@dataclass(frozen=True)
class CampaignStay:
    """A stay as a campaign sees it.

    Attributes:
        booked_on: business date.
        arrival, departure: business dates.
        registered_on: when the member registered; None when he did not.
        times_before: other stays of the member that have points of the campaign.
        own: points that this stay has of it so far.
    """

    booked_on: date
    arrival: date
    departure: date
    registered_on: date | None = None
    times_before: int = 0
    own: int = 0


def refusal(campaign: Campaign, stay: CampaignStay) -> str:
    """Why a stay does not take part, in words; empty when it does."""
    if campaign.booked_from and stay.booked_on < campaign.booked_from:
        return f"booked on {stay.booked_on}, before {campaign.booked_from}"
    if campaign.booked_until and stay.booked_on > campaign.booked_until:
        return f"booked on {stay.booked_on}, after {campaign.booked_until}"
    if stay.arrival < campaign.stay_from or stay.departure > campaign.stay_until:
        return f"not within {campaign.stay_from} and {campaign.stay_until}"
    if campaign.needs_registration and not (stay.registered_on and stay.registered_on <= stay.departure):
        return "the member had not registered"
    if campaign.times is not None and stay.times_before >= campaign.times:
        return _("%(times)s stays of the member have it already") % {"times": campaign.times}
    return ""


def within_budget(campaign: Campaign, stay: CampaignStay, found: Sequence[Earning]) -> list[Earning]:
    """What a stay gets of what it has earned: as far as the budget reaches, rule by rule in their order.

    What the stay has already is its own: told twice, it gets the same.
    """
    if campaign.budget is None:
        return list(found)
    room = max(campaign.budget - (campaign.given - stay.own), 0)
    kept = []
    for earning in found:
        points = min(earning.points, room)
        room -= points
        if points < earning.points:
            earning = replace(earning, points=points, because=f"{earning.because}, as the budget reaches")
        if points:
            kept.append(earning)
    return kept


def in_words(campaign: Campaign, rules: Sequence[str]) -> str:
    """One paragraph for managers: who, when, how often, how many, and what each rule gives."""
    parts = [f"Stays from {campaign.stay_from} to {campaign.stay_until}"]
    if campaign.booked_from or campaign.booked_until:
        parts.append(f"booked {_span(campaign.booked_from, campaign.booked_until)}")
    if campaign.needs_registration:
        parts.append("of members who registered")
    if campaign.times is not None:
        parts.append("once a member" if campaign.times == 1 else f"at most {campaign.times} times a member")
    if campaign.budget is not None:
        parts.append(f"{campaign.budget} points in all, {campaign.given} of them given")
    return f"{', '.join(parts)}: {' '.join(rules) or 'no rule yet.'}"


def _span(first: date | None, last: date | None) -> str:
    if first and last:
        return f"from {first} to {last}"
    return f"from {first}" if first else f"until {last}"
