"""A card processor on the loopback: real HTTP, hosted card pages, signed webhooks, and lies on demand.

For tests and for evaluation; ``python -m hotel.folios.adapters.simulator`` runs it alone. It is no processor: any
card that passes Luhn's check is good, 4000 0000 0000 0002 is always declined, and no money moves.
"""

import json
import secrets
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from hotel.core.clock import now
from hotel.core.outbound import operators_client
from hotel.folios.adapters.simulator.book import Book, Refusal
from hotel.folios.adapters.simulator.pages import card_page, message_page
from hotel.messaging.domain.signatures import signature_header

SIGNATURE_HEADER = "Simulator-Signature"
KEY_ID = "simulator"


class Lie(StrEnum):
    """How an order is answered wrongly: what happens, and what the caller hears."""

    SILENT_AFTER = "silent_after"  # done, and no answer
    SILENT_BEFORE = "silent_before"  # not done, and no answer
    LATE = "late"  # no answer in time; done only when ``released`` is set
    HANG_UP = "hang_up"  # done, and the connection is cut
    GARBAGE = "garbage"  # done, and the answer is not what was agreed
    WRONG = "wrong"  # done, and the answer tells of another amount
    BROKEN = "broken"  # done, and 500
    TWICE = "twice"  # done once, answered twice on one connection, told twice by webhook
    DECLINE = "decline"  # not done, and declined
    BUSY = "busy"  # not done, and 503


@dataclass(frozen=True)
class Told:
    """A webhook as it was sent."""

    url: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Simulator:
    """A running processor.

    Attributes:
        api_key: what callers must send.
        webhook_secret: signs webhooks.
        book: what it knows.
        lies: used up one per order.
        page_lies: used up one per call of the house about a hosted page.
        requests: orders received as (key, kind), also those not carried out.
        told: webhooks in order, whether or not they had an address.
        hold_seconds: how long a silent connection is kept open.
        released: ends all silences.
        late_arrived: set when an order that was late has been carried out.
    """

    api_key: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    webhook_secret: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    book: Book = field(default_factory=Book)
    lies: deque[Lie] = field(default_factory=deque)
    page_lies: deque[Lie] = field(default_factory=deque)
    requests: list[tuple[str, str]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    hold_seconds: float = 30
    url: str = ""

    def __post_init__(self) -> None:
        self.lock = threading.RLock()
        self.released = threading.Event()
        self.late_arrived = threading.Event()
        self._server: ThreadingHTTPServer | None = None

    def start(self, port: int = 0) -> None:
        """Listen on the loopback, in threads of this process."""
        handler = type("Handler", (_Handler,), {"simulator": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self._server.daemon_threads, self._server.block_on_close = True, False
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()

    def stop(self) -> None:
        """Stop listening and let go of silent connections."""
        self.released.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    def notice(self, url: str, topic: str, reference: str, *, times: int = 1, **more: Any) -> Told:
        """Tell of an event by webhook, when there is an address; the same event so many times."""
        event = {"event": f"evt_{secrets.token_urlsafe(9)}", "topic": topic, "reference": reference, **more}
        told = self.signed(url, json.dumps(event).encode())
        for _ in range(times):
            self.told.append(told)
            if url:
                threading.Thread(target=_post, args=(told,), daemon=True).start()
        return told

    def signed(self, url: str, body: bytes, *, secret: str = "") -> Told:
        """A webhook with the signature it should have, or a forger's with his own secret."""
        keys = [(KEY_ID, secret or self.webhook_secret)]
        header = signature_header(keys, int(now().timestamp()), body)
        return Told(url, {"Content-Type": "application/json", SIGNATURE_HEADER: header}, body)

    def chargeback(self, payment: str, *, fee: str = "0", notify_url: str = "") -> Told:
        """The guest's bank takes back all that was captured and not refunded; the processor keeps a fee for it.

        Raises:
            Refusal: no such payment.
        """
        with self.lock:
            return self._dispute_told("chargeback", self.book.dispute_open(payment, fee), notify_url)

    def chargeback_won(self, dispute: str, *, notify_url: str = "") -> Told:
        """The dispute is won: the bank gives the money back, and the processor his fee.

        Raises:
            Refusal: no such dispute.
        """
        with self.lock:
            return self._dispute_told("chargeback_won", self.book.dispute_win(dispute), notify_url)

    def _dispute_told(self, topic: str, dispute: dict[str, Any], url: str) -> Told:
        told = {name: dispute[name] for name in ("dispute", "amount", "currency", "fee")}
        return self.notice(url, topic, dispute["payment"], **told)


@contextmanager
def simulator_running(**values: Any) -> Iterator[Simulator]:
    """A processor for the time of a block."""
    simulator = Simulator(**values)
    simulator.start()
    try:
        yield simulator
    finally:
        simulator.stop()


def simulator_serve(*, port: int, api_key: str, webhook_secret: str, file: Path | None) -> None:
    """Run until the process ends."""
    simulator = Simulator(api_key, webhook_secret, Book(file))
    simulator.start(port)
    threading.Event().wait()


def _post(told: Told) -> None:
    """One attempt: whoever misses it asks; that is what reconciliation is for."""
    try:
        with operators_client("simulated webhook", httpx.Timeout(5)) as client:
            client.post(told.url, content=told.body, headers=told.headers)
    except httpx.HTTPError:
        return


class _Handler(BaseHTTPRequestHandler):
    """The wire: JSON below ``/v1``, pages for browsers below ``/pages``, lies below ``/control``."""

    simulator: Simulator
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Orders by key, pages as JSON and for browsers."""
        self.body = b""
        self._serve({"orders": self._order_told, "pages": self._page_told}, self._page_shown)

    def do_POST(self) -> None:
        """Orders, pages, what a guest typed in, lies and chargebacks."""
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        routes = {"orders": self._order, "pages": self._page_open}
        if self.path.startswith("/control/"):
            self._guarded(self._control)
        else:
            self._serve(routes, self._page_filled)

    def do_DELETE(self) -> None:
        """Pages that nobody may use any more, cards that nobody may charge."""
        self.body = b""
        self._serve({"pages": self._page_closed, "cards": self._card_forgotten}, self._page_shown)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""

    def _serve(self, routes: dict[str, Any], page: Any) -> None:
        parts = [part for part in urlsplit(self.path).path.split("/") if part]
        if len(parts) == 2 and parts[0] == "pages":
            self._browser(page, parts[1])
        elif len(parts) in (2, 3) and parts[0] == "v1" and parts[1] in routes:
            self._guarded(lambda: routes[parts[1]](*parts[2:]))
        else:
            self._answer(404, {"error": "not_found", "message": "No such path."})

    def _guarded(self, serve: Any) -> None:
        if not secrets.compare_digest(
            self.headers.get("Authorization", ""), f"Bearer {self.simulator.api_key}"
        ):
            self._answer(401, {"error": "unauthorised", "message": "Wrong key."})
            return
        try:
            serve()
        except Refusal as refusal:
            self._answer(refusal.status, {"error": refusal.code, "message": refusal.message})
        except (ValueError, TypeError, KeyError):
            self._answer(400, {"error": "malformed", "message": "This cannot be read."})

    def _order(self) -> None:
        simulator, given, key = self.simulator, json.loads(self.body), self.headers["Idempotency-Key"]
        url = given.pop("notify_url", "")
        with simulator.lock:
            simulator.requests.append((key, given["kind"]))
        lie = self._lie_begun(simulator.lies)
        if lie is Lie.SILENT_BEFORE:
            return
        with simulator.lock:
            is_new = key not in simulator.book.orders
            answer = simulator.book.order(key, given, is_declined=lie is Lie.DECLINE)
        if lie is Lie.LATE:
            simulator.late_arrived.set()
        if is_new and url:
            times = 2 if lie is Lie.TWICE else 1
            simulator.notice(url, "payment", answer["payment"], times=times)
        self._tell(answer, lie)

    def _lie_begun(self, lies: deque[Lie]) -> Lie | None:
        """The lie whose turn it is, told as far as it comes before the deed."""
        with self.simulator.lock:
            lie = lies.popleft() if lies else None
        if lie is Lie.BUSY:
            raise Refusal(503, "busy", "Come back later.")
        if lie in (Lie.SILENT_BEFORE, Lie.LATE):
            self._silence()
        return lie

    def _tell(self, answer: dict[str, Any], lie: Lie | None) -> None:
        if lie is Lie.SILENT_AFTER:
            self._silence()
        elif lie is Lie.HANG_UP:
            self.close_connection = True
        elif lie is Lie.GARBAGE:
            self._send(200, b"<html>thank you for your {", "text/html")
        elif lie is Lie.WRONG:
            self._answer(200, {**answer, "amount": "1.00"})
        elif lie is Lie.BROKEN:
            self._answer(500, {"error": "internal", "message": "Something broke."})
        else:
            self._answer(200, answer)
            if lie is Lie.TWICE:
                self._answer(200, answer)

    def _order_told(self, key: str) -> None:
        with self.simulator.lock:
            self._answer(200, self.simulator.book.told(key))

    def _page_open(self) -> None:
        key, given = self.headers["Idempotency-Key"], json.loads(self.body)
        self._page_called(lambda book: book.page_open(key, given))

    def _page_told(self, reference: str) -> None:
        self._page_called(lambda book: book.page(reference))

    def _page_closed(self, reference: str) -> None:
        self._page_called(lambda book: book.page_close(reference))

    def _card_forgotten(self, token: str) -> None:
        with self.simulator.lock:
            self.simulator.book.card_forget(token)
        self._answer(200, {})

    def _page_called(self, deed: Callable[[Book], dict[str, Any]]) -> None:
        lie = self._lie_begun(self.simulator.page_lies)
        if lie is Lie.SILENT_BEFORE:
            return
        with self.simulator.lock:
            page = deed(self.simulator.book)
        if lie is Lie.LATE:
            self.simulator.late_arrived.set()
        self._tell(self._page_json(page), lie)

    def _page_json(self, page: dict[str, Any]) -> dict[str, Any]:
        url = f"{self.simulator.url}/pages/{page['page']}" if page["is_open"] else ""
        shown = {name: page[name] for name in ("page", "is_open", "card", "receipt")}
        return {**shown, "url": url}

    def _browser(self, serve: Any, reference: str) -> None:
        try:
            serve(reference)
        except Refusal as refusal:
            self._send(refusal.status, message_page(refusal.message), "text/html; charset=utf-8")

    def _page_shown(self, reference: str) -> None:
        with self.simulator.lock:
            page = self.simulator.book.page(reference)
        text = card_page(page) if page["is_open"] else message_page("This page was used or closed already.")
        self._send(200, text, "text/html; charset=utf-8")

    def _page_filled(self, reference: str) -> None:
        form = {name: values[0] for name, values in parse_qs(self.body.decode()).items()}
        with self.simulator.lock:
            page = self.simulator.book.page_fill(reference, form.get("number", ""), form.get("expiry", ""))
        if page.get("notify_url"):
            self.simulator.notice(page["notify_url"], "page", reference)
        self.send_response(303)
        self.send_header("Location", page["return_url"])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _control(self) -> None:
        given = json.loads(self.body)
        simulator, url = self.simulator, given.get("notify_url", "")
        if self.path == "/control/lies":
            simulator.lies.extend(Lie(name) for name in given["lies"])
        elif self.path == "/control/chargebacks/won":
            simulator.chargeback_won(given["dispute"], notify_url=url)
        else:
            simulator.chargeback(given["payment"], fee=given.get("fee", "0"), notify_url=url)
        self._answer(200, {})

    def _silence(self) -> None:
        self.close_connection = True
        self.simulator.released.wait(self.simulator.hold_seconds)

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        self._send(status, json.dumps(body).encode(), "application/json")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):  # whoever asked has given up
            self.close_connection = True
