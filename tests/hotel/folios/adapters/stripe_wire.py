"""A processor that speaks Stripe's wire format: form bodies, idempotency keys, error shapes, signed events.

Only what the adapter uses, after Stripe's API reference. Lies are told to requests that move money.
"""

import json
import threading
from collections import deque
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import stripe

from hotel.folios.adapters.simulator.server import Lie

GOOD_METHOD, BAD_METHOD = "pm_card_visa", "pm_card_chargeDeclined"
CARD = {"brand": "visa", "last4": "4242", "exp_year": 2030, "exp_month": 12}


class Problem(Exception):
    """An error as Stripe tells it."""

    def __init__(self, status: int, **error: Any) -> None:
        super().__init__(str(error))
        self.status, self.body = status, {"error": error}


def invalid(message: str, code: str = "parameter_invalid") -> Problem:
    return Problem(400, type="invalid_request_error", code=code, message=message)


class StripeWire:
    """What it knows, and its server."""

    def __init__(self, api_key: str, webhook_secret: str) -> None:
        self.api_key, self.webhook_secret = api_key, webhook_secret
        self.intents: dict[str, dict] = {}
        self.refunds: list[dict] = []
        self.sessions: dict[str, dict] = {}
        self.gone: set[str] = set()
        self.answers: dict[str, tuple[str, int, dict]] = {}
        self.lies: deque[Lie] = deque()
        self.page_lies: deque[Lie] = deque()
        self.released, self.late_arrived = threading.Event(), threading.Event()
        self.lock, self.numbers = threading.RLock(), count(1)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"wire": self}))
        self.server.daemon_threads, self.server.block_on_close = True, False
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()

    def stop(self) -> None:
        self.released.set()
        self.server.shutdown()
        self.server.server_close()

    def event(self, topic: str, thing: dict) -> tuple[bytes, dict[str, str]]:
        body = json.dumps({"id": f"evt_{next(self.numbers)}", "type": topic, "data": {"object": thing}})
        signature = stripe.WebhookSignature.generate_signature_header(body, self.webhook_secret)
        return body.encode(), {"Stripe-Signature": signature}

    def fill(self, url: str) -> None:
        """The guest at the checkout page."""
        session = self.sessions[url.rsplit("/", 1)[-1]]
        if session["status"] != "open":
            return
        session |= {"status": "complete", "url": None, "customer": "cus_1"}
        method = {"id": GOOD_METHOD, "object": "payment_method", "card": CARD}
        if session["mode"] == "setup":
            session["setup_intent"] = {"id": "seti_1", "status": "succeeded", "payment_method": method}
            return
        price = session["line_items"]["0"]["price_data"]
        made = self.make(
            {"amount": price["unit_amount"], "currency": price["currency"], "payment_method": GOOD_METHOD}
        )
        self.confirm(made["id"], {})
        session["payment_intent"] = {**self.intents[made["id"]], "payment_method": method}

    def delete(self, customer: str) -> dict:
        if customer in self.gone:
            message = "No such customer."
            raise Problem(404, type="invalid_request_error", code="resource_missing", message=message)
        self.gone.add(customer)
        return {"id": customer, "object": "customer", "deleted": True}

    def make(self, given: dict) -> dict:
        if given.get("customer") in self.gone:
            raise invalid("No such customer.", "resource_missing")
        made = {
            "id": f"pi_{next(self.numbers)}", "object": "payment_intent", "status": "requires_confirmation",
            "amount": int(given["amount"]), "amount_received": 0, "currency": given["currency"],
            "metadata": given.get("metadata", {}), "payment_method": given["payment_method"],
            "capture_method": given.get("capture_method", "automatic"), "last_payment_error": None,
        }  # fmt: skip
        self.intents[made["id"]] = made
        return made

    def confirm(self, reference: str, given: dict) -> dict:
        intent = self.intent(reference, "requires_confirmation")
        if intent["payment_method"] == BAD_METHOD:
            error = {"type": "card_error", "code": "card_declined", "decline_code": "generic_decline"}
            error["message"] = "Your card was declined."
            intent |= {"status": "requires_payment_method", "last_payment_error": error}
            raise Problem(402, **error)
        is_manual = intent["capture_method"] == "manual"
        intent["status"] = "requires_capture" if is_manual else "succeeded"
        intent["amount_received"] = 0 if is_manual else intent["amount"]
        return intent

    def increment(self, reference: str, given: dict) -> dict:
        intent = self.intent(reference, "requires_capture")
        intent["amount"] = int(given["amount"])
        return intent

    def capture(self, reference: str, given: dict) -> dict:
        intent = self.intent(reference, "requires_capture")
        if int(given["amount_to_capture"]) > intent["amount"]:
            raise invalid("The amount is larger than what was authorised.", "amount_too_large")
        intent |= {"status": "succeeded", "amount_received": int(given["amount_to_capture"])}
        return intent

    def cancel(self, reference: str, given: dict) -> dict:
        intent = self.intent(reference, "requires_capture")
        intent["status"] = "canceled"
        return intent

    def refund(self, given: dict) -> dict:
        intent = self.intent(given["payment_intent"], "succeeded")
        before = sum(r["amount"] for r in self.refunds if r["payment_intent"] == intent["id"])
        if before + int(given["amount"]) > intent["amount_received"]:
            raise invalid("The refund is greater than what is left.", "charge_already_refunded")
        made = {
            "id": f"re_{next(self.numbers)}", "object": "refund", "status": "succeeded", "currency": intent["currency"],
            "payment_intent": intent["id"], "amount": int(given["amount"]), "metadata": given.get("metadata", {}),
        }  # fmt: skip
        self.refunds.append(made)
        return made

    def checkout(self, given: dict) -> dict:
        reference = f"cs_{next(self.numbers)}"
        self.sessions[reference] = {
            "id": reference, "object": "checkout.session", "status": "open", "mode": given["mode"], "customer": None,
            "url": f"{self.url}/pay/{reference}", "line_items": given.get("line_items"), "payment_intent": None,
            "setup_intent": None,
        }  # fmt: skip
        return self.sessions[reference]

    def expire(self, reference: str) -> dict:
        session = self.sessions[reference]
        if session["status"] != "open":
            raise invalid("Only open sessions can be expired.")
        session |= {"status": "expired", "url": None}
        return session

    def intent(self, reference: str, status: str = "") -> dict:
        if reference not in self.intents:
            raise Problem(
                404, type="invalid_request_error", code="resource_missing", message="No such intent."
            )
        if status and self.intents[reference]["status"] != status:
            raise invalid("This intent's status does not allow it.", "payment_intent_unexpected_state")
        return self.intents[reference]

    def write(self, path: str, given: dict) -> dict:
        match path.strip("/").split("/")[1:]:
            case ["payment_intents"]:
                return self.make(given)
            case ["payment_intents", reference, deed]:
                deeds = {"increment_authorization": self.increment}
                return (deeds.get(deed) or getattr(self, deed))(reference, given)
            case ["refunds"]:
                return self.refund(given)
            case ["checkout", "sessions", reference, "expire"]:
                return self.expire(reference)
            case _:
                return self.checkout(given)

    def read(self, path: str, asked: dict) -> dict:
        match path.strip("/").split("/")[1:]:
            case ["payment_intents", "search"]:
                key = asked["query"].split("'")[3]
                found = [i for i in self.intents.values() if i["metadata"].get("auberge_key") == key]
                return {"object": "search_result", "data": found, "has_more": False, "url": path}
            case ["payment_intents", reference]:
                return self.intent(reference)
            case ["refunds"]:
                found = [r for r in self.refunds if r["payment_intent"] == asked["payment_intent"]]
                return {"object": "list", "data": found, "has_more": False, "url": path}
            case [*_, reference]:
                return self.sessions[reference]

    def once(self, key: str, path: str, body: str) -> tuple[int, dict]:
        """Answers are kept by key, errors too; another body under the key is an error."""
        with self.lock:
            if key not in self.answers:
                try:
                    answer = (200, json.loads(json.dumps(self.write(path, nested(body)))))
                except Problem as problem:
                    answer = (problem.status, problem.body)
                self.answers[key] = (path + body, *answer)
            known, status, told = self.answers[key]
            if known != path + body:
                return 400, {"error": {"type": "idempotency_error", "message": "Keys are for one request."}}
            return status, told


def nested(body: str) -> dict:
    """``a[b][0]=c`` as dictionaries."""
    found: dict = {}
    for name, value in parse_qsl(body):
        first, *rest = name.replace("]", "").split("[")
        place = found
        for key, following in zip([first, *rest], rest, strict=False):
            place = place.setdefault(key, {})
            first = following
        place[first] = value
    return found


class Handler(BaseHTTPRequestHandler):
    """The wire."""

    wire: StripeWire
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        parts = urlsplit(self.path)
        try:
            with self.wire.lock:
                self.answer(200, self.wire.read(parts.path, dict(parse_qsl(parts.query))))
        except Problem as problem:
            self.answer(problem.status, problem.body)

    def do_DELETE(self):
        try:
            with self.wire.lock:
                self.answer(200, self.wire.delete(self.path.rsplit("/", 1)[-1]))
        except Problem as problem:
            self.answer(problem.status, problem.body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if self.headers["Authorization"] != f"Bearer {self.wire.api_key}":
            message = f"Invalid API Key provided: {self.headers['Authorization']}"
            self.answer(401, {"error": {"type": "invalid_request_error", "message": message}})
            return
        moves = self.path.count("/") > 3 or self.path.endswith("refunds")
        is_page = self.path.startswith("/v1/checkout/")
        lies = self.wire.page_lies if is_page else self.wire.lies
        lie = lies.popleft() if lies and (moves or is_page) else None
        if lie is Lie.BUSY:
            self.answer(429, {"error": {"type": "rate_limit_error", "message": "Too many requests."}})
            return
        if lie is Lie.DECLINE:
            error = {"type": "card_error", "code": "card_declined", "message": "Declined."}
            self.answer(402, {"error": error})
            return
        if lie in (Lie.SILENT_BEFORE, Lie.LATE):
            self.silence()
            if lie is Lie.SILENT_BEFORE:
                return
        status, told = self.wire.once(self.headers["Idempotency-Key"], self.path, body)
        if lie is Lie.LATE:
            self.wire.late_arrived.set()
        self.tell(status, told, lie)

    def tell(self, status, told, lie):
        if lie is Lie.SILENT_AFTER:
            self.silence()
        elif lie is Lie.HANG_UP:
            self.close_connection = True
        elif lie is Lie.GARBAGE:
            self.send(200, b"<html>thank you for your {")
        elif lie is Lie.BROKEN:
            self.answer(500, {"error": {"type": "api_error", "message": "Something broke."}})
        elif lie is Lie.WRONG:
            self.answer(status, {**told, "amount": 100, "amount_received": 100})
        else:
            for _ in range(2 if lie is Lie.TWICE else 1):
                self.answer(status, told)

    def silence(self):
        self.close_connection = True
        self.wire.released.wait(1)

    def answer(self, status, body):
        self.send(status, json.dumps(body).encode())

    def send(self, status, body):
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *args):
        pass


@contextmanager
def stripe_running(api_key: str, webhook_secret: str):
    """The processor for the time of a block."""
    wire = StripeWire(api_key, webhook_secret)
    try:
        yield wire
    finally:
        wire.stop()
