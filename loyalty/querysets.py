"""Tenancy of loyalty: what belongs to a programme is seen where its hotels are."""

from datetime import date, datetime
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from hotel.properties.scoping import PropertyScopedQuerySet, grants_of


class ThroughProgram(models.QuerySet):
    """Rows of programmes that a property takes part in where the caller holds the right.

    Class attributes:
        program_path: from the row to the id of its programme.
    """

    program_path = "program_id"

    def visible_to(self, user: Any, verb: str = "view", area: str = "loyalty") -> Self:
        """Rows of the programmes of the properties where the user holds the verb."""
        held = grants_of(user).property_ids(verb, area)
        return self.at_any(held) if held else self.none()

    def at_any(self, property_ids: Any) -> Self:
        """Rows of the programmes that one of these properties takes part in, or did."""
        houses = apps.get_model("loyalty", "ProgramProperty").objects.filter(property_id__in=property_ids)
        return self.filter(Exists(houses.filter(program_id=OuterRef(self.program_path))))


class ProgramQuerySet(ThroughProgram):
    """Vocabulary of programmes."""

    program_path = "pk"


class ThroughMember(ThroughProgram):
    """Rows of members."""

    program_path = "member__program_id"


class ProgramPropertyQuerySet(PropertyScopedQuerySet):
    """Vocabulary of the hotels of programmes."""

    def on(self, day: date) -> Self:
        """Those that take part on a business date."""
        return self.filter(Q(left_on=None) | Q(left_on__gt=day), joined_on__lte=day)


class EarningRuleQuerySet(ThroughProgram):
    """Vocabulary of earning rules."""

    def on(self, day: date) -> Self:
        """The versions that hold for departures of a day."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)


class RewardQuerySet(ThroughProgram):
    """Vocabulary of rewards."""

    def on(self, day: date) -> Self:
        """Those that are offered on a business date."""
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_until=None) | Q(valid_until__gte=day), is_active=True)


class RedemptionQuerySet(ThroughMember):
    """Vocabulary of redemptions."""

    def taking(self) -> Self:
        """Those that have their part of the stock: held, confirmed or used."""
        return self.filter(status__in=("held", "confirmed", "fulfilled"))

    def over(self, at: datetime) -> Self:
        """Those that were held until an instant before, and not confirmed."""
        return self.filter(status="held", held_until__lte=at)


class VoucherQuerySet(ThroughProgram):
    """Vocabulary of vouchers."""

    program_path = "redemption__member__program_id"


class ReferralRuleQuerySet(EarningRuleQuerySet):
    """Vocabulary of what referrals give."""


class MemberQuerySet(ThroughProgram):
    """Vocabulary of members."""

    def standing(self) -> Self:
        """Those who were not merged into another one."""
        return self.filter(merged_into=None)

    def numbered(self, number: str) -> Self:
        """Who has a number, or goes on for the one who had it."""
        found = dict(self.model._default_manager.filter(number=number).values_list("pk", "merged_into_id"))
        while gone := {pk: heir for pk, heir in found.items() if heir}:
            heirs = self.model._default_manager.filter(pk__in=gone.values()).values_list(
                "pk", "merged_into_id"
            )
            found = {pk: heir for pk, heir in found.items() if not heir} | dict(heirs)
        return self.filter(pk__in=found)


class MergeQuerySet(ThroughProgram):
    """Vocabulary of merged memberships."""

    program_path = "kept__program_id"

    def standing(self) -> Self:
        """Those that were not undone."""
        return self.filter(undone_on=None)


class PoolMemberQuerySet(ThroughMember):
    """Vocabulary of who is in pools."""

    def standing(self) -> Self:
        """Those who have not left: in the pool, or invited."""
        return self.filter(left_on=None)

    def joined(self) -> Self:
        """Those who are in the pool now."""
        return self.standing().filter(joined_on__isnull=False)


class LotQuerySet(ThroughMember):
    """Vocabulary of lots."""

    def with_points(self) -> Self:
        """Those that have something left."""
        return self.filter(left__gt=0)

    def over(self, day: date) -> Self:
        """Those whose last day has gone, and that have something left."""
        return self.with_points().filter(expires_on__lt=day)
