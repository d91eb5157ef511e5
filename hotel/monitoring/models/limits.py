"""Limits on the API: rules, plans of tokens, whether the limits are suspended, and what rules did."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from hotel.accounts.models import ApiToken, Role, User
from hotel.core.models_base import TimeStamped, Versioned
from hotel.core.plugs import area_of
from hotel.monitoring.choices import Action, Method, Scope
from hotel.properties.models import Property
from hotel.properties.scoping import grants_of, sees_everything

SLUG = RegexValidator(r"^[a-z][a-z0-9-]{0,39}$", "Use small letters, digits and -, beginning with a letter.")
AREA = RegexValidator(r"^[a-z][a-z0-9_]{0,39}$", "Use the name of an area, such as rooms.")
OPERATION = RegexValidator(
    r"^(GET|POST|PUT|PATCH|DELETE) /api/[A-Za-z0-9/{}._-]*$", "Use the form GET /api/v1/rooms/{id}."
)
FLOOR_PRIORITY, DEFAULT_PRIORITY = 0, 100


def holds_everywhere(user: Any, verb: str, area: str) -> bool:
    """Whether the caller holds the verb at every property, and so for the whole installation."""
    held = grants_of(user).property_ids(verb, area)
    return bool(held) and not Property.objects.exclude(pk__in=held).exists()


class InstallationQuerySet(models.QuerySet):
    """Rows of a property, or of the whole installation when they name none."""

    def visible_to(self, user: Any, verb: str = "view", area: str = "") -> Self:
        """Rows of the properties where the verb is held; those of all only for who holds it at all of them."""
        if sees_everything(user):
            return self
        area = area or area_of("monitoring")
        shown = Q(property_id__in=grants_of(user).property_ids(verb, area))
        if holds_everywhere(user, verb, area):
            shown |= Q(property=None)
        return self.filter(shown)


class WholeQuerySet(models.QuerySet):
    """Rows that concern the whole installation."""

    def visible_to(self, user: Any, verb: str = "view", area: str = "") -> Self:
        """All for who holds the verb at every property, none for others."""
        if sees_everything(user) or holds_everywhere(user, verb, area or area_of("monitoring")):
            return self
        return self.none()


class TallyQuerySet(models.QuerySet):
    """What rules did."""

    def visible_to(self, user: Any, verb: str = "view", area: str = "") -> Self:
        """Of the rules that are visible."""
        return self.filter(rule__in=RateLimit.objects.all().visible_to(user, verb, area))


class ApiPlan(TimeStamped):
    """A class of clients, such as partners: rules and a limit of parallel requests for the tokens in it."""

    name = models.CharField(max_length=40, unique=True, validators=[SLUG])
    description = models.CharField(max_length=200, blank=True)
    concurrency = models.PositiveSmallIntegerField(
        default=0,
        help_text="How many requests of one token may be under way at once; 0 for the general limit.",
    )
    tokens = models.ManyToManyField(ApiToken, blank=True, related_name="plans")

    objects = WholeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class RateLimit(TimeStamped, Versioned):
    """A rule: whom and what it is for, how much may pass, and what happens then.

    What is left empty matches everything. Of several rules that count the same (``scope``) the one with the lowest
    priority number holds; floors hold beside all others and cannot be deleted.
    """

    name = models.CharField(max_length=40, unique=True, validators=[SLUG], help_text="Told to clients.")
    description = models.CharField(max_length=200, blank=True)
    priority = models.PositiveSmallIntegerField(
        default=DEFAULT_PRIORITY, validators=[MinValueValidator(1)], help_text="The lowest comes first."
    )
    scope = models.CharField(max_length=8, choices=Scope.choices, default=Scope.CLIENT)
    property = models.ForeignKey(
        Property,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Only requests about this property; empty for the whole installation.",
    )
    token = models.ForeignKey(ApiToken, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    role = models.ForeignKey(Role, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey(ApiPlan, null=True, blank=True, on_delete=models.CASCADE, related_name="rules")
    is_anonymous = models.BooleanField(default=False, help_text="Only callers who are not signed in.")
    network = models.CharField(max_length=43, blank=True, help_text="Such as 192.0.2.0/24.")
    area = models.CharField(max_length=40, blank=True, validators=[AREA])
    operation = models.CharField(max_length=120, blank=True, validators=[OPERATION])
    method = models.CharField(max_length=6, blank=True, choices=Method.choices)
    rate = models.PositiveIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(1_000_000)], help_text="Points per period."
    )
    period_seconds = models.PositiveIntegerField(
        default=60, validators=[MinValueValidator(1), MaxValueValidator(86_400)]
    )
    burst = models.PositiveIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(1_000_000)],
        help_text="Points that may pass at once after a pause.",
    )
    cost = models.PositiveSmallIntegerField(
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
        help_text="Points of a plain request; a search costs three times, a report fifty times as much.",
    )
    action = models.CharField(max_length=7, choices=Action.choices, default=Action.OBSERVE)
    valid_from = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateTimeField(null=True, blank=True, help_text="Not included.")
    is_active = models.BooleanField(default=True)
    is_floor = models.BooleanField(default=False, editable=False)
    is_closed = models.BooleanField(
        default=False,
        editable=False,
        help_text="Falls back to a tenth of its share, not to its share, when the counters cannot be reached.",
    )

    objects = InstallationQuerySet.as_manager()

    class Meta:
        ordering = ["priority", "pk"]
        constraints = [
            models.CheckConstraint(
                name="rate_limit_amounts_positive",
                condition=Q(rate__gt=0, period_seconds__gt=0, burst__gt=0, cost__gt=0),
            ),
            models.CheckConstraint(
                name="rate_limit_window_ordered",
                condition=Q(valid_from=None)
                | Q(valid_until=None)
                | Q(valid_from__lt=models.F("valid_until")),
            ),
            models.CheckConstraint(
                name="rate_limit_floor_first",
                condition=Q(is_floor=True, priority=FLOOR_PRIORITY, is_active=True, property=None)
                | Q(is_floor=False, priority__gt=FLOOR_PRIORITY),
            ),
            models.CheckConstraint(
                name="rate_limit_address_knows_no_client",
                condition=~Q(scope=Scope.ADDRESS)
                | Q(token=None, user=None, role=None, plan=None, is_anonymous=False, property=None),
            ),
            models.CheckConstraint(
                name="rate_limit_anonymous_is_nobody",
                condition=Q(is_anonymous=False) | Q(token=None, user=None, role=None, plan=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LimiterState(models.Model):
    """One row: the version of the rules, raised by a trigger with each change, and the kill switch."""

    version = models.BigIntegerField(default=1, editable=False)
    suspended_until = models.DateTimeField(
        null=True, blank=True, help_text="Until then rules only count: nobody is refused but by a block."
    )
    suspended_reason = models.CharField(max_length=200, blank=True)

    objects = WholeQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="limiter_state_one_row", condition=Q(pk=1))]

    def __str__(self) -> str:
        return f"Rules, version {self.version}"


class LimitTally(models.Model):
    """What a rule did in an hour: how many requests it let pass, refused, or would have refused."""

    rule = models.ForeignKey(RateLimit, on_delete=models.CASCADE, related_name="tallies", db_constraint=False)
    hour = models.DateTimeField()
    passed = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    observed = models.BigIntegerField(default=0, help_text="Would have been refused.")

    objects = TallyQuerySet.as_manager()

    class Meta:
        ordering = ["-hour", "rule"]
        constraints = [models.UniqueConstraint(fields=["rule", "hour"], name="limit_tally_once")]

    def __str__(self) -> str:
        return f"{self.rule_id} at {self.hour:%Y-%m-%d %H:00}"
