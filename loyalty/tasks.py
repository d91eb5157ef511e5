"""What loyalty does by the clock; each task may be repeated."""

from contextlib import suppress

from celery import shared_task

from hotel.core.clock import now
from hotel.core.locks import LockRefused
from loyalty.choices import ChallengeStatus
from loyalty.models import ChallengeEntry, LoyaltyMember, LoyaltyProgram, MemberImport, RewardRedemption
from loyalty.selectors.terms import today_of
from loyalty.services.celebrations import celebrations_give as celebrate
from loyalty.services.challenges import challenge_close
from loyalty.services.expiry import points_expire as expire
from loyalty.services.imports import OPEN, import_step, imports_forget
from loyalty.services.liability import settlements_make, snapshots_make
from loyalty.services.partner_statements import partner_statements_make
from loyalty.services.redemptions import redemption_release
from loyalty.services.tiers import tiers_review as review


@shared_task(name="loyalty.tasks.points_expire")
def points_expire() -> int:
    """Book out points whose last day has gone, of all programmes. Returns of how many members."""
    return sum(expire(program=program) for program in LoyaltyProgram.objects.all())


@shared_task(name="loyalty.tasks.tiers_review")
def tiers_review() -> int:
    """Review the members whose tier has ended. Returns how many tiers changed."""
    changed = 0
    for program in LoyaltyProgram.objects.all():
        ended = LoyaltyMember.objects.standing().filter(program=program, tier_until__lt=today_of(program))
        for member_id in ended.order_by("pk").values_list("pk", flat=True):
            changed += review(member_ids=[member_id])
    return changed


@shared_task(name="loyalty.tasks.challenges_close")
def challenges_close() -> int:
    """End challenges whose last day has gone in the programme's zone, each by itself. Returns how many were missed."""
    missed = 0
    for program in LoyaltyProgram.objects.all():
        over = ChallengeEntry.objects.filter(challenge__program=program, status=ChallengeStatus.OPEN)
        ids = over.filter(last_on__lt=today_of(program)).order_by("pk").values_list("pk", flat=True)
        missed += sum(challenge_close(entry_id=entry_id) for entry_id in ids)
    return missed


@shared_task(name="loyalty.tasks.holds_release")
def holds_release() -> int:
    """Give back redemptions that were not confirmed in time, each by itself. Returns how many."""
    over = RewardRedemption.objects.over(now()).order_by("pk").values_list("pk", flat=True)
    return sum(redemption_release(redemption_id=redemption_id) for redemption_id in over)


@shared_task(name="loyalty.tasks.books_tell")
def books_tell() -> int:
    """Measure what points are worth, once a day, and settle months, between hotels and with partners.

    Returns how many rows were made.
    """
    makers = (snapshots_make, settlements_make, partner_statements_make)
    return sum(make(program=row) for row in LoyaltyProgram.objects.all() for make in makers)


@shared_task(name="loyalty.tasks.celebrations_give")
def celebrations_give() -> int:
    """Give the points of birthdays and anniversaries, of all active programmes. Returns to how many members."""
    return sum(celebrate(program=program) for program in LoyaltyProgram.objects.filter(is_active=True))


@shared_task(name="loyalty.tasks.member_imports_run")
def member_imports_run() -> int:
    """Go on with the imports of members that were read or begun, and forget old ones. Returns how many were ended."""
    imports_forget()
    runs = list(MemberImport.objects.filter(status__in=OPEN).order_by("pk").values_list("pk", flat=True))
    for run_id in runs:
        with suppress(LockRefused):  # another worker has it
            while import_step(run_id=run_id):
                pass
    return len(runs)
