"""Who may set a rule aside, and how far from the price one may sell alone."""

from dataclasses import dataclass
from decimal import Decimal

from hotel.accounts.models import User
from hotel.core.exceptions import NotPermitted, PmsError, RuleBroken
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.properties.scoping import grants_of


@dataclass(frozen=True)
class Authority:
    """The person (None for the house itself: channels, imports, sweeps) and the reason given.

    Without a reason nothing is set aside, whoever asks.
    """

    place: Property
    actor: User | None
    reason: str = ""

    @property
    def may_override(self) -> bool:
        """Holds ``override`` on reservations at this property."""
        return self.actor is None or grants_of(self.actor).holds("override", "reservations", self.place.pk)

    def require(self, refusal: PmsError) -> None:
        """Let pass only with the right and a reason.

        Raises:
            PmsError: the given refusal, with a hint for those who could override.
        """
        if self.reason and self.may_override:
            return
        refusal.extra.setdefault("can_override", self.may_override)
        raise refusal

    def require_waiver(self) -> None:
        """Waiving a fee always needs the right and a reason.

        Raises:
            NotPermitted: no right.
            RuleBroken: no reason given (``reason_required``).
        """
        if not self.may_override:
            raise NotPermitted(_("Waiving a fee needs the right to override."), code="waiver_not_permitted")
        if not self.reason:
            raise RuleBroken(_("Say why the fee is waived."), code="reason_required")

    def approve_discount(self, rate: Decimal) -> None:
        """Check a discount against the approval limits of the person's roles.

        Args:
            rate: share off the price, 0–1; not positive is always fine.

        Raises:
            RuleBroken: above the limit (``discount_above_limit``), limit in ``extra``.
        """
        if rate <= 0 or self.actor is None:
            return
        from hotel.accounts.selectors.limits import approval_limits

        limits = approval_limits(self.actor, self.place.pk)
        if rate > limits.max_discount_rate and not limits.can_override_rate:
            raise RuleBroken(
                _("This discount is above your limit. Ask somebody with a higher one to approve it."),
                code="discount_above_limit",
                extra={"discount_rate": str(rate), "max_discount_rate": str(limits.max_discount_rate)},
            )

    def approve_free_price(self) -> None:
        """A price where no rate is set can only be given by those who may override rates.

        Raises:
            RuleBroken: ``rate_override_not_permitted``.
        """
        from hotel.accounts.selectors.limits import approval_limits

        if self.actor is None or approval_limits(self.actor, self.place.pk).can_override_rate:
            return
        raise RuleBroken(
            _("No rate is set for these nights, and you may not set a price of your own."),
            code="rate_override_not_permitted",
        )
