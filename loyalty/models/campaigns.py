"""Campaigns: rules that earn more for a while, for some, and no more than a budget."""

from django.db import models
from django.db.models import F, Q

from hotel.core.models_base import TimeStamped, Versioned
from loyalty.models.members import LoyaltyMember
from loyalty.models.programs import LoyaltyProgram
from loyalty.querysets import ThroughMember, ThroughProgram


class BonusCampaign(Versioned, TimeStamped):
    """When a bonus holds, for whom and how often. What it gives are earning rules that name it.

    ``given`` is what its rules gave so far, corrections taken off; kept with each booking, never above the budget.
    """

    program = models.ForeignKey(
        LoyaltyProgram, on_delete=models.PROTECT, related_name="campaigns", db_index=False
    )
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    booked_from = models.DateField(null=True, blank=True, help_text="First business date of booking.")
    booked_until = models.DateField(null=True, blank=True, help_text="Last business date of booking.")
    stay_from = models.DateField(help_text="First day of arrival.")
    stay_until = models.DateField(help_text="Last day of departure.")
    needs_registration = models.BooleanField(
        default=False, help_text="Only members who registered by the day of departure."
    )
    times = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Stays at most for one member; any number when empty."
    )
    budget = models.PositiveIntegerField(
        null=True, blank=True, help_text="Points at most for all members together."
    )
    given = models.PositiveIntegerField(default=0, editable=False)

    objects = ThroughProgram.as_manager()

    class Meta:
        ordering = ["program_id", "-stay_from", "code"]
        constraints = [
            models.UniqueConstraint(fields=["program", "code"], name="loyalty_campaign_code_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(code=""), name="loyalty_campaign_named"),
            models.CheckConstraint(
                condition=Q(stay_until__gte=F("stay_from")), name="loyalty_campaign_stays_in_order"
            ),
            models.CheckConstraint(
                condition=Q(booked_from=None) | Q(booked_until=None) | Q(booked_until__gte=F("booked_from")),
                name="loyalty_campaign_bookings_in_order",
            ),
            models.CheckConstraint(
                condition=Q(times=None) | Q(times__gt=0), name="loyalty_campaign_times_positive"
            ),
            models.CheckConstraint(
                condition=Q(budget=None) | Q(given__lte=F("budget")), name="loyalty_campaign_within_budget"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CampaignRegistration(TimeStamped):
    """That a member takes part in a campaign; written once."""

    campaign = models.ForeignKey(
        BonusCampaign, on_delete=models.PROTECT, related_name="registrations", db_index=False
    )
    member = models.ForeignKey(
        LoyaltyMember, on_delete=models.PROTECT, related_name="registrations", db_index=False
    )
    on = models.DateField(help_text="In the programme's zone.")

    objects = ThroughMember.as_manager()

    class Meta:
        ordering = ["campaign_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["member", "campaign"], name="loyalty_registered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.campaign}"
