"""The part of a member's page about rewards: what he may have now, and what becomes of what he redeemed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from hotel.core.templatetags.pms import points
from hotel.dashboard.forms.parts import OnceForm, OneOfField
from hotel.dashboard.views.acting import Act
from hotel.reservations.models import Reservation
from loyalty.models import RewardRedemption
from loyalty.selectors.catalogue import (
    RedemptionShown,
    RewardOffered,
    redemptions_shown,
    rewards_offered,
    stays_open,
)
from loyalty.selectors.statements import BalanceExplained, balance_explained
from loyalty.services.redemptions import (
    MOST,
    RedemptionAsked,
    redemption_cancel,
    redemption_confirm,
    redemption_fulfil,
    redemption_hold,
    redemption_redeem,
)
from loyalty.services.settlements import redemption_settle
from loyalty.views.member_parts import MemberPart


class RedeemForm(OnceForm):
    """A reward that the member can afford, and the stay it is for."""

    quantity = forms.IntegerField(label=_lazy("How many"), min_value=1, max_value=MOST, initial=1)
    is_held = forms.BooleanField(label=_lazy("Only hold it at this price, and confirm later"), required=False)

    def __init__(
        self, *args: Any, offers: list[RewardOffered], stays: list[Reservation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        price = {one.reward.pk: points(one.price.points) for one in offers}
        self.fields["reward"] = OneOfField(
            [one.reward for one in offers], words=lambda row: f"{row} · {price[row.pk]}", label=_("Reward")
        )
        self.fields["reservation"] = OneOfField(
            stays,
            words=lambda row: f"{row.number} · {row.arrival:%d %b} – {row.departure:%d %b}",
            empty=_("No stay"),
            label=_("For the stay"),
        )
        self.order_fields(("reward", "reservation", "quantity", "is_held"))


class RedemptionForm(forms.Form):
    """What was redeemed; the button says the rest."""

    def __init__(self, *args: Any, rows: list[RewardRedemption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["redemption"] = OneOfField(rows, label=_("Redemption"))


class RewardActs(MemberPart):
    """Redeeming, and what may be done with what was redeemed."""

    @cached_property
    def balance(self) -> BalanceExplained:
        """What the member has, lot by lot."""
        return balance_explained(self.member)

    @cached_property
    def offers(self) -> list[RewardOffered]:
        """What the hotel has for him, also what he cannot afford."""
        return rewards_offered(self.member, self.place)

    @cached_property
    def affordable(self) -> list[RewardOffered]:
        """What he has the points for."""
        return [one for one in self.offers if one.price.points <= self.balance.usable]

    @cached_property
    def redeemed(self) -> list[RedemptionShown]:
        """What he redeemed."""
        return redemptions_shown(self.member, self.place)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The catalogue, what was redeemed, and what was refused of it."""
        context = super().get_context_data(
            balance=self.balance,
            offers=self.offers,
            affordable=self.affordable,
            redeemed=self.redeemed,
            may_print=self.may("redeem"),
            **kwargs,
        )
        told = (form for form in context["forms"].values() if isinstance(form, RedemptionForm))
        return {**context, "refused": [form for form in told if form.errors]}


def _redeemed(page: RewardActs, values: dict[str, Any]) -> str:
    is_held = values.pop("is_held")
    asked = RedemptionAsked(member=page.member, place=page.place, **values)
    work = redemption_hold if is_held else redemption_redeem
    made = work(asked=asked, actor=page.request.user)  # type: ignore[arg-type]
    words = _("Held for %(points)s points.") if is_held else _("Redeemed for %(points)s points.")
    return words % {"points": points(made.points)}


def _given(service: Callable[..., Any], told: str) -> Callable[[RewardActs, dict[str, Any]], str]:
    """The work of a button beside a redemption."""

    def work(page: RewardActs, values: dict[str, Any]) -> str:
        service(redemption=values["redemption"], actor=page.request.user)
        return str(told)

    return work


def _beside(command: str, work: Callable[[RewardActs, dict[str, Any]], str]) -> Act:
    """A button beside each redemption that allows its command."""

    def rows(page: RewardActs) -> list[RewardRedemption]:
        return [one.row for one in page.redeemed if command in one.commands]

    return Act(
        RedemptionForm,
        work,
        "enrol",
        needs=lambda page: {"rows": rows(page)},
        when=lambda page: bool(rows(page)),
    )


def _handed_over(page: RewardActs, values: dict[str, Any]) -> str:
    redemption_fulfil(redemption=values["redemption"])
    return _("Noted that the member has got it.")


def _choice(page: RewardActs) -> dict[str, Any]:
    """What he can afford; of what was sent the service says what is missing, for he may have spent it meanwhile."""
    offers = page.offers if page.request.method == "POST" else page.affordable
    return {"offers": offers, "stays": list(stays_open(page.member, page.place))}


ACTS = {
    "redeem": Act(
        RedeemForm, _redeemed, "enrol", is_once=True, needs=_choice, when=lambda page: bool(page.affordable)
    ),
    "confirm": _beside("confirm", _given(redemption_confirm, _lazy("It is the member's."))),
    "settle": _beside("settle", _given(redemption_settle, _lazy("It is paid on the bill."))),
    "fulfil": _beside("fulfil", _handed_over),
    "cancel": _beside("cancel", _given(redemption_cancel, _lazy("It is given up."))),
}
