"""The city ledger: what debtors owe by age, item by item, what they paid, and their statement as PDF."""

from dataclasses import fields
from decimal import Decimal
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from moneyed import Money

from hotel.core.templatetags.pms import money
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.parts import OnceForm
from hotel.dashboard.forms.tills import DebtorPaysForm, WriteOffForm
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.folios.domain.receivables import Aging, aging
from hotel.folios.models import CityAccount
from hotel.folios.selectors.payments import ways_of_payment
from hotel.folios.selectors.receivables import CityItem, city_items, open_items
from hotel.folios.services.city_ledger import city_payment_post
from hotel.folios.services.payments import BY_PROCESSOR
from hotel.folios.services.posting_data import Memo
from hotel.folios.services.receivables import allocations_oldest_first, item_write_off

AGES = [field.name for field in fields(Aging)]


class CityLedgerPage(StaffPage, TemplateView):
    """Every debtor with what he owes by days overdue, and the sums."""

    area = "folios"
    template_name = "dashboard/city_ledger.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Three queries, however many debtors and items."""
        accounts = list(CityAccount.objects.at(self.place.pk).select_related("property").order_by("number"))
        found, day = city_items(accounts), self.place.business_date
        aged = [aging(open_items(found[account.pk]), day) for account in accounts]
        sums = Aging(**{name: sum((getattr(ages, name) for ages in aged), Decimal(0)) for name in AGES})
        currency = str(self.place.currency)
        return super().get_context_data(
            rows=list(zip(accounts, [in_money(ages, currency) for ages in aged], strict=True)),
            sums=in_money(sums, currency),
            **kwargs,
        )


def in_money(ages: Aging, currency: str) -> dict[str, Money]:
    """Every age, ``overdue`` and ``balance`` as money."""
    return {name: Money(getattr(ages, name), currency) for name in (*AGES, "overdue", "balance")}


def _paid(page: "CityAccountPage", values: dict[str, Any]) -> str:
    memo = Memo(reference=values.pop("reference"))
    city_payment_post(account=page.account, actor=page.request.user, memo=memo, **values)  # type: ignore[arg-type]
    return _("%(account)s paid %(amount)s.") % {"account": page.account, "amount": money(values["amount"])}


def _allocated(page: "CityAccountPage", values: dict[str, Any]) -> str:
    made = allocations_oldest_first(account=page.account, actor=page.request.user)  # type: ignore[arg-type]
    if not made:
        return _("There was nothing to put on an item.")
    total = sum((row.amount.amount for row in made), Decimal(0))
    return _("%(amount)s pays the oldest items.") % {"amount": money(Money(total, page.currency))}


def _written_off(page: "CityAccountPage", values: dict[str, Any]) -> str:
    made = item_write_off(account=page.account, actor=page.request.user, **values)  # type: ignore[arg-type]
    return _("%(amount)s is given up.") % {"amount": money(made.amount)}


class CityAccountPage(ActingPage):
    """One debtor: his items with what is open of each, what he paid, and his statement."""

    area = "folios"
    template_name = "dashboard/city_account.html"
    acts: ClassVar = {
        "pay": Act(DebtorPaysForm, _paid, "post", is_once=True),
        "allocate": Act(OnceForm, _allocated, "post", is_once=True),
        "write_off": Act(WriteOffForm, _written_off, "write_off", is_once=True),
    }

    @cached_property
    def account(self) -> CityAccount:
        """The debtor.

        Raises:
            Http404: no such account here.
        """
        rows = CityAccount.objects.at(self.place.pk).select_related("property", "company")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def currency(self) -> str:
        """Of the property, and so of the account."""
        return str(self.place.currency)

    def about(self, name: str) -> dict[str, Any]:
        """The ways a debtor pays: none that needs a till or a processor. Or the items that can be given up."""
        if name == "write_off":
            return {
                "items": [(item.entry_id, self._words(item)) for item in self.owing],
                "currency": self.currency,
            }
        if name != "pay":
            return {}
        rows = ways_of_payment(self.place.pk).order_by("code")
        codes = [code for code in rows if not code.is_cash and code.code != BY_PROCESSOR]
        return {"codes": codes, "currency": self.currency}

    @cached_property
    def items(self) -> list[CityItem]:
        """All that was moved to the account and paid, oldest first."""
        return city_items([self.account])[self.account.pk]

    @property
    def owing(self) -> list[CityItem]:
        """Items of which something is open."""
        return [item for item in self.items if item.open > 0]

    @property
    def ages(self) -> Aging:
        """What is open by days overdue."""
        return aging(open_items(self.items), self.place.business_date)

    def is_possible(self, name: str) -> bool:
        """Payments are put on items while some of both are open; what is open can be given up."""
        if name == "write_off":
            return bool(self.owing)
        ages = self.ages
        return name != "allocate" or (ages.unallocated < 0 and ages.balance > ages.unallocated)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The items with their words, and the first day of a statement of them all."""
        today = self.place.business_date
        return super().get_context_data(
            account=self.account,
            items=[self._shown(item) for item in self.items],
            ages=in_money(self.ages, self.currency),
            since=self.items[0].business_date if self.items else today,
            **kwargs,
        )

    def _shown(self, item: CityItem) -> dict[str, Any]:
        return {
            "item": item,
            "words": named(item),
            "amount": Money(item.amount, self.currency),
            "open": Money(item.open, self.currency),
        }

    def _words(self, item: CityItem) -> str:
        return f"{date_format(item.business_date, 'j M Y')} · {named(item)} · {money(Money(item.open, self.currency))}"


def named(item: CityItem) -> str:
    """What an item is: how it came about, its document, its reference."""
    known = (item.code_name or item.kind.replace("_", " "), item.invoice, item.reference)
    return " · ".join(text for text in known if text)
