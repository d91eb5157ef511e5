"""Challenges: so much within some days for a reward, and the members who take part."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hotel.core.models_base import TimeStamped
from loyalty.choices import ChallengeStatus
from loyalty.domain.matches import MOST_DAYS
from loyalty.models.matches import StatusMatch
from loyalty.models.members import LoyaltyMember
from loyalty.models.programs import LoyaltyProgram, LoyaltyTier
from loyalty.querysets import ThroughMember, ThroughProgram

TARGETS = ("min_nights", "min_stays", "min_spend", "min_hotels", "min_direct")


def _count(help_text: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(null=True, blank=True, help_text=help_text)


class Challenge(TimeStamped):
    """What is asked for, of whom, until when, and what for. What was promised stays: it is ended, never changed.

    ``joined`` is how many took part; the database holds it below what the budget and the most members allow.
    """

    program = models.ForeignKey(
        LoyaltyProgram, on_delete=models.PROTECT, related_name="challenges", db_index=False
    )
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    days = _count("Days from the day he joins, that one included; or give the days that all have.")
    first_on = models.DateField(null=True, blank=True, help_text="First day of departure.")
    last_on = models.DateField(null=True, blank=True, help_text="Last day of departure.")
    min_nights = _count("All of the targets that are given must be reached.")
    min_stays = _count("")
    min_spend = models.DecimalField(
        max_digits=14, decimal_places=3, null=True, blank=True, help_text="In the programme's currency."
    )
    min_hotels = _count("Hotels that differ.")
    min_direct = _count("Stays that were booked with the house itself.")
    tiers = ArrayField(
        models.CharField(max_length=20),
        default=list,
        blank=True,
        help_text="Codes of the tiers it is for; empty for all.",
    )
    enrolled_since = models.DateField(null=True, blank=True, help_text="Only who enrolled since then.")
    is_invited = models.BooleanField(default=False, help_text="Only who was invited.")
    is_matched = models.BooleanField(default=False, help_text="Only who has a matched tier.")
    points = models.PositiveIntegerField(default=0, help_text="What who reaches it gets.")
    tier = models.ForeignKey(
        LoyaltyTier,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="A tier that he gets.",
    )
    tier_days = _count("Days that he has it, the first one included.")
    keeps_match = models.BooleanField(
        default=False, help_text="He keeps his matched tier, as if he had earned it."
    )
    credit_nights = models.PositiveSmallIntegerField(
        default=0, help_text="Nights more that count for his tier."
    )
    credit_stays = models.PositiveSmallIntegerField(
        default=0, help_text="Stays more that count for his tier."
    )
    credit_points = models.PositiveIntegerField(
        default=0, help_text="Qualifying points more, which count for his tier and buy nothing."
    )
    max_members = models.PositiveIntegerField(null=True, blank=True, help_text="Members at most.")
    budget = models.PositiveIntegerField(
        null=True, blank=True, help_text="Points at most; those of who has joined are set aside."
    )
    joined = models.PositiveIntegerField(default=0, editable=False)
    is_open = models.BooleanField(default=True, editable=False)

    objects = ThroughProgram.as_manager()

    class Meta:
        ordering = ["program_id", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["program", "code"], name="loyalty_challenge_code_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(code=""), name="loyalty_challenge_named"),
            models.CheckConstraint(
                condition=Q(days__range=(1, MOST_DAYS), first_on=None, last_on=None)
                | Q(days=None, first_on__isnull=False, last_on__gte=F("first_on")),
                name="loyalty_challenge_days",
            ),
            models.CheckConstraint(
                condition=~Q(**dict.fromkeys(TARGETS)), name="loyalty_challenge_asks_something"
            ),
            models.CheckConstraint(
                condition=Q(points__gt=0)
                | Q(tier__isnull=False)
                | Q(keeps_match=True)
                | Q(credit_nights__gt=0)
                | Q(credit_stays__gt=0)
                | Q(credit_points__gt=0),
                name="loyalty_challenge_gives_something",
            ),
            models.CheckConstraint(
                condition=Q(tier=None, tier_days=None)
                | Q(tier__isnull=False, tier_days__range=(1, MOST_DAYS), keeps_match=False),
                name="loyalty_challenge_tier_lasts",
            ),
            models.CheckConstraint(
                condition=Q(keeps_match=False) | Q(is_matched=True), name="loyalty_challenge_keeps_a_match"
            ),
            models.CheckConstraint(
                condition=Q(max_members=None) | Q(joined__lte=F("max_members")), name="loyalty_challenge_full"
            ),
            models.CheckConstraint(
                condition=Q(budget=None) | Q(budget__gte=F("joined") * F("points")),
                name="loyalty_challenge_within_budget",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ChallengeEntry(TimeStamped):
    """A member who was invited to a challenge, or takes part. How far he is, is counted from his stays."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="entries", db_index=False)
    member = models.ForeignKey(
        LoyaltyMember, on_delete=models.PROTECT, related_name="challenges", db_index=False
    )
    property = models.ForeignKey(
        "properties.Property",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="Where he joined.",
    )
    status = models.CharField(max_length=7, choices=ChallengeStatus, default=ChallengeStatus.INVITED)
    first_on = models.DateField(null=True, help_text="First day of departure that counts.")
    last_on = models.DateField(null=True, help_text="Last one.")
    match = models.ForeignKey(
        StatusMatch, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    granted_until = models.DateField(null=True, help_text="Last day of the tier that he got for it.")
    missing = models.CharField(max_length=200, blank=True, help_text="What was missing at its end.")

    objects = ThroughMember.as_manager()

    class Meta:
        verbose_name_plural = "challenge entries"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["member", "challenge"], name="loyalty_challenge_entered_once"),
            models.CheckConstraint(
                condition=Q(status=ChallengeStatus.INVITED, first_on=None, last_on=None)
                | (~Q(status=ChallengeStatus.INVITED) & Q(last_on__gte=F("first_on"))),
                name="loyalty_challenge_entry_days",
            ),
        ]
        indexes = [
            models.Index(
                fields=["last_on"], condition=Q(status=ChallengeStatus.OPEN), name="loyalty_challenge_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.challenge}"
