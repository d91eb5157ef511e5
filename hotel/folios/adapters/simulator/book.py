"""What the simulated processor knows and decides: cards, payments, orders by key, hosted pages.

Plain JSON values in four dictionaries, written to a file after each change when there is one, so that an evaluation
can be stopped and started again. Not thread-safe: the server holds its lock around each call.
"""

import json
import re
import secrets
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

Json = dict[str, Any]
DECLINED_CARD = "4000000000000002"
_BRANDS = (("4", "visa"), ("5", "mastercard"), ("2", "mastercard"), ("34", "amex"), ("37", "amex"))
_MONTH = re.compile(r"(0[1-9]|1[0-2])\s*/\s*(\d{2})")


class Refusal(Exception):
    """The processor does not do it; ``status`` and ``code`` go over the wire."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


class Book:
    """The processor's memory.

    Attributes:
        cards: token to brand, digits, expiry and whether the bank declines it.
        payments: id to amounts, as text, and status.
        orders: our customer's key to the order and the answer it got.
        pages: id to what is asked and what the guest gave.
        disputes: id to payment, amount, fee and status.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.file = file
        known = json.loads(file.read_text()) if file and file.exists() else {}
        self.cards: dict[str, Json] = known.get("cards", {})
        self.payments: dict[str, Json] = known.get("payments", {})
        self.orders: dict[str, Json] = known.get("orders", {})
        self.pages: dict[str, Json] = known.get("pages", {})
        self.disputes: dict[str, Json] = known.get("disputes", {})

    def save(self) -> None:
        """Write the file anew, if there is one."""
        if self.file is None:
            return
        new = self.file.with_suffix(".new")
        known = ("cards", "payments", "orders", "pages", "disputes")
        new.write_text(json.dumps({name: getattr(self, name) for name in known}))
        new.replace(self.file)

    def card_add(self, number: str, expiry: str) -> str:
        """Keep a card; the number itself is forgotten. Returns its token.

        Raises:
            Refusal: the number fails Luhn's check, or the expiry is not ``MM/YY``.
        """
        digits = re.sub(r"[\s-]", "", number)
        month = _MONTH.fullmatch(expiry.strip())
        if not re.fullmatch(r"\d{12,19}", digits) or not _passes_luhn(digits) or month is None:
            raise Refusal(422, "invalid_card", "The card number or the expiry (MM/YY) is not right.")
        token = f"tok_{secrets.token_urlsafe(12)}"
        self.cards[token] = {
            "token": token,
            "brand": next((brand for prefix, brand in _BRANDS if digits.startswith(prefix)), "other"),
            "bin": digits[:6],
            "last4": digits[-4:],
            "expires": f"20{month[2]}-{month[1]}",
            "is_declined": digits == DECLINED_CARD,
        }
        self.save()
        return token

    def card_forget(self, token: str) -> None:
        """Charge a card no more; one that is not known is forgotten already."""
        self.cards.pop(token, None)
        self.save()

    def order(self, key: str, given: Json, *, is_declined: bool = False) -> Json:
        """Carry out an order once per key; a repetition gets the first answer, also when that was a refusal.

        Args:
            key: the caller's.
            given: kind, amount, currency, and payment or card.
            is_declined: the bank says no, whatever the card.

        Raises:
            Refusal: declined, impossible, or the key was used for something else.
        """
        known = self.orders.get(key)
        if known is None:
            answer, refusal = {}, []
            try:
                if is_declined:
                    raise Refusal(402, "declined", "The bank declines this payment.")
                answer = self._carry_out(given)
            except Refusal as error:
                refusal = [error.status, error.code, error.message]
            known = self.orders[key] = {"given": given, "answer": answer, "refusal": refusal}
            self.save()
        elif known["given"] != given:
            raise Refusal(422, "key_reused", "This key was used for another order.")
        return self.told(key)

    def told(self, key: str) -> Json:
        """The answer an order got.

        Raises:
            Refusal: that was the answer; or 404, no such order.
        """
        known = self.orders.get(key)
        if known is None:
            raise Refusal(404, "unknown_order", "No order came under this key.")
        if known["refusal"]:
            raise Refusal(*known["refusal"])
        return known["answer"]

    def page_open(self, key: str, given: Json) -> Json:
        """A hosted page; the same key gets the same page."""
        known = next((page for page in self.pages.values() if page["key"] == key), None)
        if known is None:
            reference = f"page_{secrets.token_urlsafe(12)}"
            known = {**given, "key": key, "page": reference, "is_open": True, "card": None, "receipt": None}
            self.pages[reference] = known
            self.save()
        return known

    def page_fill(self, reference: str, number: str, expiry: str) -> Json:
        """What happens when the guest has typed in his card: keep it, and charge it when there is an amount.

        Raises:
            Refusal: no such page, it is used or closed already, the card is not right, or the bank declines it.
        """
        page = self.page(reference)
        if not page["is_open"]:
            raise Refusal(409, "page_closed", "This page was used or closed already.")
        token = self.card_add(number, expiry)
        if page.get("amount"):
            order = {"kind": "charge", "card": token, "amount": page["amount"], "currency": page["currency"]}
            page["receipt"] = self.order(f"{page['key']}#{token}", order)
        page["card"], page["is_open"] = self.cards[token], False
        self.save()
        return page

    def page_close(self, reference: str) -> Json:
        """Let nobody use a page from now on.

        Raises:
            Refusal: 404.
        """
        page = self.page(reference)
        page["is_open"] = False
        self.save()
        return page

    def page(self, reference: str) -> Json:
        """A hosted page.

        Raises:
            Refusal: 404.
        """
        if reference not in self.pages:
            raise Refusal(404, "unknown_page", "There is no such page.")
        return self.pages[reference]

    def dispute_open(self, payment: str, fee: str) -> Json:
        """The guest's bank takes back all that was captured and not refunded.

        Raises:
            Refusal: no such payment.
        """
        if payment not in self.payments:
            raise Refusal(404, "unknown_payment", "There is no such payment.")
        known = self.payments[payment]
        dispute = {
            "dispute": f"dp_{secrets.token_urlsafe(12)}",
            "payment": payment,
            "amount": str(Decimal(known["captured"]) - Decimal(known["refunded"])),
            "currency": known["currency"],
            "fee": fee,
            "status": "open",
        }
        self.disputes[dispute["dispute"]] = dispute
        self.save()
        return dispute

    def dispute_win(self, reference: str) -> Json:
        """The bank gives the money back, and the processor its fee; the same again is won already.

        Raises:
            Refusal: no such dispute.
        """
        if reference not in self.disputes:
            raise Refusal(404, "unknown_dispute", "There is no such dispute.")
        self.disputes[reference]["status"] = "won"
        self.save()
        return self.disputes[reference]

    def _carry_out(self, given: Json) -> Json:
        deeds: dict[str, Callable[[Json, Decimal], Json]] = {
            "authorise": self._authorise,
            "charge": self._authorise,
            "top_up": self._top_up,
            "capture": self._capture,
            "void": self._void,
            "refund": self._refund,
        }
        try:
            deed, amount = deeds[given["kind"]], Decimal(given["amount"])
        except (KeyError, InvalidOperation, TypeError) as error:
            raise Refusal(422, "malformed", "The order has no known kind or amount.") from error
        if not amount.is_finite() or amount <= 0:
            raise Refusal(422, "malformed", "An amount is above zero.")
        payment = deed(given, amount)
        done = {"authorise": "authorised", "top_up": "authorised", "void": "voided", "refund": "refunded"}
        return {
            "status": done.get(given["kind"], "captured"),
            "payment": payment["payment"],
            "amount": given["amount"],
            "currency": payment["currency"],
            "operation": f"op_{secrets.token_urlsafe(9)}",
        }

    def _authorise(self, given: Json, amount: Decimal) -> Json:
        card = self.cards.get(given.get("card", ""))
        if card is None:
            raise Refusal(422, "unknown_card", "There is no such card.")
        if card["is_declined"]:
            raise Refusal(402, "declined", "The bank declines this card.")
        reference = f"pay_{secrets.token_urlsafe(12)}"
        is_charge = given["kind"] == "charge"
        payment = {
            "payment": reference,
            "currency": given["currency"],
            "authorised": str(amount),
            "captured": str(amount) if is_charge else "0",
            "refunded": "0",
            "status": "captured" if is_charge else "authorised",
        }
        self.payments[reference] = payment
        return payment

    def _top_up(self, given: Json, amount: Decimal) -> Json:
        payment = self._payment(given, "authorised")
        if amount <= Decimal(payment["authorised"]):
            raise Refusal(422, "not_more", "A top up names a higher total.")
        payment["authorised"] = str(amount)
        return payment

    def _capture(self, given: Json, amount: Decimal) -> Json:
        payment = self._payment(given, "authorised")
        if amount > Decimal(payment["authorised"]):
            raise Refusal(422, "more_than_authorised", "More than was authorised.")
        payment.update(captured=str(amount), status="captured")
        return payment

    def _void(self, given: Json, amount: Decimal) -> Json:
        payment = self._payment(given, "authorised")
        payment["status"] = "voided"
        return payment

    def _refund(self, given: Json, amount: Decimal) -> Json:
        payment = self._payment(given, "captured")
        refunded = Decimal(payment["refunded"]) + amount
        if refunded > Decimal(payment["captured"]):
            raise Refusal(422, "more_than_captured", "More than was captured.")
        payment["refunded"] = str(refunded)
        return payment

    def _payment(self, given: Json, status: str) -> Json:
        payment = self.payments.get(given.get("payment", ""))
        if payment is None or payment["currency"] != given["currency"]:
            raise Refusal(404, "unknown_payment", "There is no such payment in this currency.")
        if payment["status"] != status:
            raise Refusal(409, "wrong_status", f"The payment is {payment['status']}, not {status}.")
        return payment


def _passes_luhn(digits: str) -> bool:
    doubled = (int(d) * 2 if i % 2 else int(d) for i, d in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0
