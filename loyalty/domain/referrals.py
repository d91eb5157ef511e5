"""Referrals: whether one is rewarded, and why not.

Source: docs/algorithms/points.md §13.
"""

from dataclasses import dataclass

from hotel.core.words import _


@dataclass(frozen=True)
class ReferralFacts:
    """What is known of a referral when the first stay that qualifies is over.

    Attributes:
        is_same_guest: who brought him is himself, or a profile that was merged with his.
        is_circular: who brought him was brought by him, himself or through others.
        shared: of ``email``, ``phone`` and ``address``, what both have the same.
        has_stayed_before: he had stayed at a hotel of the programme before he enrolled.
        is_referrer_active: the other membership earns.
        rewarded_this_year: other rewarded referrals of who brought him, in the year of the departure.
        yearly_limit: of these at most; None for any number.
    """

    is_same_guest: bool = False
    is_circular: bool = False
    shared: frozenset[str] = frozenset()
    has_stayed_before: bool = False
    is_referrer_active: bool = True
    rewarded_this_year: int = 0
    yearly_limit: int | None = None


def refusal(facts: ReferralFacts) -> str:
    """Why a referral is not rewarded, in words; empty when it is."""
    if facts.is_same_guest:
        return "nobody brings himself"
    if facts.is_circular:
        return "they brought one another"
    if facts.shared:
        return f"both have the same {' and '.join(sorted(facts.shared))}"
    if facts.has_stayed_before:
        return "he had stayed before he enrolled"
    if not facts.is_referrer_active:
        return "the membership of who brought him rests"
    if facts.yearly_limit is not None and facts.rewarded_this_year >= facts.yearly_limit:
        return _("%(yearly_limit)s referrals are rewarded this year already") % {
            "yearly_limit": facts.yearly_limit
        }
    return ""


def in_words(referrer_points: int, referred_points: int, min_nights: int, yearly_limit: int | None) -> str:
    """One sentence for managers."""
    given = [
        f"{points} points for who {what}"
        for points, what in ((referrer_points, "brings somebody"), (referred_points, "is brought"))
        if points
    ]
    nights = f"{min_nights} night{'' if min_nights == 1 else 's'}"
    text = f"{' and '.join(given)}, when the first stay of {nights} or more is over"
    return f"{text}, at most {yearly_limit} times a year." if yearly_limit is not None else f"{text}."
