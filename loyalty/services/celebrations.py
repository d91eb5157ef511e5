"""Points on birthdays, and on the days that members enrolled on: once a year, in the programme's zone."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from hotel.core.crypto import key_ring
from loyalty.choices import MemberStatus, PointKind
from loyalty.domain.anniversaries import first_days_of
from loyalty.models import LoyaltyMember, LoyaltyProgram, PointTransaction
from loyalty.selectors.terms import today_of
from loyalty.services.points import PointEvent, member_locked, points_give

MADE_UP = timedelta(days=60)  # so far a run that was missed is made up for
BIRTHDAY, ANNIVERSARY = "birthday", "anniversary"
WORDS = {BIRTHDAY: "Birthday", ANNIVERSARY: "Another year a member"}


def celebrations_give(*, program: LoyaltyProgram) -> int:
    """Give the points of the days since the last look. Repeatable, and resumed where it broke off.

    Dates of birth are sealed: the guests are found by their blind index, of all dates that are celebrated on a day.

    Returns:
        To how many members.

    Locks: each member by himself.
    """
    today = today_of(program)
    after = max(program.celebrated_until or today - timedelta(days=1), today - MADE_UP)
    done = 0
    for nth in range((today - after).days):
        day = after + timedelta(days=nth + 1)
        firsts = first_days_of(day)
        if program.birthday_points:
            done += _given(_born(program, firsts), BIRTHDAY, day, program.birthday_points)
        if program.anniversary_points:
            enrolled = _members(program).filter(enrolled_on__in=firsts)
            done += _given(enrolled, ANNIVERSARY, day, program.anniversary_points)
    behind = Q(celebrated_until=None) | Q(celebrated_until__lt=today)
    LoyaltyProgram.objects.filter(behind, pk=program.pk).update(celebrated_until=today)
    return done


def _members(program: LoyaltyProgram) -> QuerySet[LoyaltyMember]:
    return LoyaltyMember.objects.standing().filter(program=program, status=MemberStatus.ACTIVE)


def _born(program: LoyaltyProgram, days: Iterable[date]) -> QuerySet[LoyaltyMember]:
    prints = key_ring().fingerprints
    found = [one for day in days for one in prints(day.isoformat(), context="guests.birth_date")]
    return _members(program).filter(guest__birth_date_fingerprint__in=found)


def _given(members: QuerySet[LoyaltyMember], source: str, day: date, points: int) -> int:
    ids = list(members.order_by("pk").values_list("pk", flat=True))
    return sum(_give(member_id, source, day, points) for member_id in ids)


@transaction.atomic
def _give(member_id: int, source: str, day: date, points: int) -> bool:
    """To one member, unless he has had them this year, or is none any more."""
    member, key = member_locked(member_id), str(day.year)
    had = PointTransaction.objects.filter(member=member, source=source, source_key=key)
    if member.status != MemberStatus.ACTIVE or had.exists():
        return False
    event = PointEvent(
        member=member,
        property_id=member.home_id,
        day=member.home.business_date,
        kind=PointKind.BONUS,
        because=WORDS[source],
        source=source,
        source_key=key,
    )
    points_give(event, points)
    return True
