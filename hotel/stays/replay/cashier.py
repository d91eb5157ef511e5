"""The cashier of a played hotel: takes deposits and payments, moves bills to debtors, gives back, issues invoices."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from moneyed import Money

from hotel.accounts.models import User
from hotel.core.exceptions import Conflict
from hotel.core.money import rounded
from hotel.folios.models import CashierSession, CityAccount, Folio, FolioWindow, Payment, TransactionCode
from hotel.folios.selectors.balances import account_balances, window_balances
from hotel.folios.selectors.tills import tills_expected
from hotel.folios.services.city_ledger import city_ledger_transfer, city_payment_post
from hotel.folios.services.codes import codes_seed
from hotel.folios.services.deposits import deposits_use
from hotel.folios.services.folios import folio_close
from hotel.folios.services.invoices import invoice_issue
from hotel.folios.services.payment_data import PaymentData, Target
from hotel.folios.services.payments import payment_take
from hotel.folios.services.receivables import allocations_oldest_first
from hotel.folios.services.refunds import payment_refund
from hotel.folios.services.settlements import payment_post
from hotel.folios.services.tills import session_close, session_open
from hotel.properties.models import Property
from hotel.reservations.models import Reservation
from hotel.stays.replay.played import Played

FLOAT = Decimal(200)


class Cashier:
    """One person with a till at one property; every command is a transaction of its own."""

    def __init__(self, place: Property, clerk: User, played: Played) -> None:
        """Nothing is done yet but making the standard codes.

        Args:
            place: the property.
            clerk: whose till takes the cash.
            played: counts what is done.
        """
        self.place, self.clerk, self.played = place, clerk, played
        codes_seed(place=place)
        rows = TransactionCode.objects.at(place.pk).filter(is_standard=True)
        self.codes = {row.code: row for row in rows}
        self.session: CashierSession | None = None

    def till_open(self) -> None:
        """Begin a day with the usual float."""
        self.session = session_open(
            place=self.place, cashier=self.clerk, floats={str(self.place.currency): FLOAT}
        )

    def till_close(self) -> None:
        """End the day: what should be in the till is in it."""
        if self.session is None:
            return
        expected = tills_expected([self.session.pk])[self.session.pk]
        counted = {code: amount.amount for code, amount in expected.items()}
        with self.played.timed("tills closed"):
            session_close(session=self.session, counted=counted, actor=self.clerk)
        self.session = None

    def take(self, target: Target, way: str, amount: Money, key: str) -> Payment:
        """A payment for a window, or a deposit for a stay."""
        name = "payments" if isinstance(target, FolioWindow) else "deposits"
        data = PaymentData(target=target, amount=rounded(amount), key=key, actor=self.clerk)
        with self.played.timed(name):
            return payment_take(data=data, code=self.codes[way])

    def give_back(self, stay: Reservation, amount: Money | None = None) -> bool:
        """Pay back the deposit of a stay, all that is left of it or so much; whether there was any."""
        payment = Payment.objects.at(self.place.pk).filter(reservation=stay.pk, of=None).first()
        if payment is None:
            return False
        left = payment.money(payment.standing.refundable)
        wanted = left if amount is None else min(amount, left)
        if wanted.amount:
            with self.played.timed("refunds"):
                payment_refund(payment=payment, amount=wanted, key=f"{payment.key}:back:{payment.version}")
        return bool(wanted.amount)

    def settle(self, window: FolioWindow, balance: Money, way: str, debtor: CityAccount | None) -> None:
        """Bring a window to zero: by a payment, by a debtor of the city ledger, or by paying back."""
        stay = window.folio.reservation
        if balance.amount > 0 and debtor is not None:
            with self.played.timed("city ledger"):
                city_ledger_transfer(window=window, account=debtor)
        elif balance.amount > 0:
            self.take(window, way, balance, f"window-{window.pk}-{window.folio.version}")
        elif balance.amount < 0 and not (stay is not None and self.give_back(stay, -balance)):
            with self.played.timed("refunds"):
                payment_post(window=window, code=self.codes["bank"], amount=-balance, is_refund=True)

    def invoice(self, window: FolioWindow) -> None:
        """Issue the invoice of a settled window; of one that cost nothing there is none."""
        try:
            with self.played.timed("invoices"):
                invoice_issue(window=window)
        except Conflict as refused:
            if refused.code != "nothing_to_invoice":
                raise

    def close_bill(self, stay: Reservation, way: str, debtor: CityAccount | None) -> None:
        """End the bill of somebody who did not come: his deposit pays the fee, the rest goes one way or the other."""
        folio = Folio.objects.at(self.place.pk).filter(reservation=stay.pk).select_related("property").first()
        if folio is None:  # he owes nothing
            self.give_back(stay)
            return
        deposits_use(folio=folio)
        for window, balance in self.bills([stay.pk]).values():
            self.settle(window, balance, way, debtor)
            self.invoice(window)
        folio_close(folio=folio)

    def bills(self, stays: Collection[int]) -> dict[int, tuple[FolioWindow, Money]]:
        """The open first window of each stay and what it owes, by reservation id; two queries."""
        rows = FolioWindow.objects.at(self.place.pk).filter(
            folio__reservation__in=stays, number=1, closed_at=None
        )
        windows = {
            row.folio.reservation_id: row
            for row in rows.select_related("property", "folio__reservation").order_by("pk")
        }
        balances = window_balances(self.place.pk, [window.pk for window in windows.values()])
        return {pk: (window, balances[window.pk]) for pk, window in windows.items() if pk is not None}

    def debtors_pay(self, accounts: Mapping[str, CityAccount]) -> None:
        """Let each debtor pay by bank all that he owes."""
        balances = account_balances(self.place.pk, [account.pk for account in accounts.values()])
        for account in accounts.values():
            if balances[account.pk].amount > 0:
                with self.played.timed("debtors paid"):
                    city_payment_post(
                        account=account, code=self.codes["bank"], amount=rounded(balances[account.pk])
                    )
                    allocations_oldest_first(account=account)
