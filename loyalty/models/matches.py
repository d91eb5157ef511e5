"""What tiers of other programmes are worth here, and members who showed theirs."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from hotel.core.models_base import TimeStamped
from loyalty.choices import MatchStatus
from loyalty.domain.matches import MOST_DAYS
from loyalty.models.members import LoyaltyMember
from loyalty.models.programs import LoyaltyProgram, LoyaltyTier
from loyalty.querysets import ThroughMember, ThroughProgram


class StatusMatchRule(TimeStamped):
    """Which tier a member gets who has one elsewhere, and for how long. It is ended, never changed."""

    program = models.ForeignKey(
        LoyaltyProgram, on_delete=models.PROTECT, related_name="match_rules", db_index=False
    )
    foreign_program = models.CharField(max_length=60, help_text="Name of the other programme.")
    foreign_tier = models.CharField(max_length=40, help_text="Name of its tier.")
    tier = models.ForeignKey(
        LoyaltyTier, on_delete=models.PROTECT, related_name="+", db_index=False, help_text="What it is here."
    )
    days = models.PositiveSmallIntegerField(help_text="Days that it lasts, the first one included.")
    challenge = models.ForeignKey(
        "loyalty.Challenge", on_delete=models.PROTECT, null=True, blank=True, related_name="match_rules",
        db_index=False, help_text="Who is matched takes part in it.",
    )  # fmt: skip
    is_active = models.BooleanField(default=True, editable=False)

    objects = ThroughProgram.as_manager()

    class Meta:
        ordering = ["program_id", "foreign_program", "foreign_tier", "id"]
        constraints = [
            models.UniqueConstraint(
                "program",
                Lower("foreign_program"),
                Lower("foreign_tier"),
                condition=Q(is_active=True),
                name="loyalty_match_rule_once",
            ),
            models.CheckConstraint(
                condition=~Q(foreign_program="") & ~Q(foreign_tier=""), name="loyalty_match_rule_named"
            ),
            models.CheckConstraint(condition=Q(days__range=(1, MOST_DAYS)), name="loyalty_match_rule_days"),
        ]

    def __str__(self) -> str:
        return f"{self.foreign_program} {self.foreign_tier}"


class StatusMatch(TimeStamped):
    """A member asks for the tier that his tier elsewhere is worth. Somebody else than who asked decides."""

    member = models.ForeignKey(
        LoyaltyMember, on_delete=models.PROTECT, related_name="matches", db_index=False
    )
    property = models.ForeignKey(
        "properties.Property",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="Where he asked.",
    )
    rule = models.ForeignKey(StatusMatchRule, on_delete=models.PROTECT, related_name="matches")
    foreign_number = models.CharField(max_length=40, help_text="His number in the other programme.")
    evidence = models.CharField(max_length=1000, help_text="What he showed, in words.")
    asked_on = models.DateField(help_text="In the programme's zone.")
    status = models.CharField(max_length=8, choices=MatchStatus, default=MatchStatus.WAITING, editable=False)
    until = models.DateField(null=True, editable=False, help_text="Last day of what was granted.")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    because = models.CharField(
        max_length=200, blank=True, help_text="Why it was decided so, or what did not come with it."
    )

    objects = ThroughMember.as_manager()

    class Meta:
        verbose_name_plural = "status matches"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(status=MatchStatus.WAITING), name="loyalty_match_waits_once"
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="loyalty_match_has_evidence"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="loyalty_match_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(status=MatchStatus.APPROVED, until__isnull=False)
                | (~Q(status=MatchStatus.APPROVED) & Q(until=None)),
                name="loyalty_match_ends",
            ),
        ]
        indexes = [models.Index(fields=["member", "id"], name="loyalty_match_member")]

    def __str__(self) -> str:
        return f"{self.member}: {self.rule}"
