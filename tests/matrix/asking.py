"""How a cell of the matrix is asked and judged: a real request, undone afterwards."""

import json
import re
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from zipfile import ZipFile

from django.test import Client

from tests.fuzz.watching import Watch, undone
from tests.matrix.policy import policy
from tests.matrix.principals import Caller
from tests.matrix.world import MARK, PLACES, World

# An amount of money as pages and files write it, with the currency before it or behind; and the last digits of a card.
PRICED = re.compile(r"\b(?:EUR|JPY)\s[−-]?\d[\d.,]*|\d\s(?:EUR|JPY)\b|[€¥]\s?\d|[•*·…]{2,}\s?\d{4}\b")
PROBLEM = "application/problem+json"
# What a refusal leaves: that it happened.
KEPT = {"core_securityevent"}


@dataclass
class Asked:
    """Asks as callers, and keeps what was wrong."""

    world: World
    watch: Watch
    cells: int = 0
    wrong: list[str] = field(default_factory=list)
    statuses: Counter = field(default_factory=Counter)
    _clients: dict[str, Client] = field(default_factory=dict)

    def told(self) -> str:
        """What was answered how often, and each thing that was wrong on a line of its own."""
        return "\n".join([str(dict(self.statuses)), *self.wrong])

    def client(self, caller: Caller) -> Client:
        """A browser or a program of the caller."""
        if caller.name not in self._clients:
            headers = {"Authorization": f"Bearer {caller.secret}"} if caller.secret else {}
            client = self._clients[caller.name] = Client(headers=headers, raise_request_exception=False)
            if caller.session:
                client.cookies["sessionid"] = caller.session
        return self._clients[caller.name]

    def ask(
        self,
        caller: Caller,
        method: str,
        url: str,
        expected: frozenset[int],
        hidden: frozenset[str],
        **sent: Any,
    ) -> None:
        """One cell.

        Args:
            caller: who asks.
            method, url, sent: the request.
            expected: the statuses with which it must be refused; none if it must be let in.
            hidden: the places of which nothing may be shown.
        """
        with self._sent(caller, method, url, **sent) as answer:
            told = self._judged(method, answer, expected)
            told += [f"shows {place}" for place in hidden if MARK[place].encode() in shown(answer).lower()]
            if caller.sees_no_prices:
                told += [f"shows the price {name}" for name in told_prices(answer)]
        for text in told:
            self.wrong.append(f"{method} {url} as {caller.name} -> {answer.status_code}: {text}")

    def write(self, caller: Caller, method: str, url: str, body: Any) -> tuple[Any, list[str]]:
        """The answer to a write, and which tables it changed, of any version of the row; undone."""
        sent = {"data": json.dumps(body), "content_type": "application/json", "headers": {"If-Match": "*"}}
        with self._sent(caller, method, url, **sent) as answer:
            return answer, [name for name in self.watch.changed() if name not in KEPT]

    def act(self, caller: Caller, home: str, name: str, row: Any, *, may: bool) -> None:
        """One cell of an action of the administration on a chosen row: who may not, changes nothing."""
        data = {"action": name, "index": 0, "_selected_action": row}
        with self._sent(caller, "POST", home, **form(data)) as answer:
            changed = [] if may else [name for name in self.watch.changed() if name not in KEPT]
        if changed or answer.status_code >= 500:
            self.wrong.append(f"{home} {name} on {row} as {caller.name} -> {answer.status_code}: {changed}")

    @contextmanager
    def _sent(self, caller: Caller, method: str, url: str, headers: Any = None, **sent: Any) -> Iterator[Any]:
        """The answer to a request; at the end it is undone."""
        client = self.client(caller)
        if caller.session:
            client.cookies["sessionid"] = caller.session  # an answer may have taken it away
        self.cells += 1
        with undone():
            said = {"Idempotency-Key": uuid.uuid4().hex, **(headers or {})}
            answer = client.generic(method, url, headers=said, **sent)
            self.statuses[answer.status_code] += 1
            yield answer

    def _judged(self, method: str, answer: Any, expected: frozenset[int]) -> list[str]:
        if answer.status_code >= 500 and answer.status_code not in {502, 503}:
            return [f"a fault {answer.content[:200]!r}"]
        if not expected:
            return self._let_in(answer)
        told = []
        if answer.status_code not in expected:
            told += [f"expected {sorted(expected)} {answer.content[:160]!r}"]
        elif (
            expected == {404}
            and answer["Content-Type"] == PROBLEM
            and not is_as_if_nothing_were_there(answer)
        ):
            told += [f"tells more than that it is not there {answer.content[:300]!r}"]
        if method not in {"GET", "HEAD"}:
            told += [f"refused, yet changed {name}" for name in self.watch.changed() if name not in KEPT]
        return told

    @staticmethod
    def _let_in(answer: Any) -> list[str]:
        status = answer.status_code
        if status == 403 and code_of(answer) in policy()["finer"]["codes"]:
            return []
        to_the_door = status == 302 and answer["Location"].startswith(("/login", "/admin/login"))
        if to_the_door or (status == 302 and answer["Location"] == "/admin/") or status in {401, 403, 404}:
            return [f"should be let in {answer.content[:160]!r}"]
        return []


def form(data: dict[str, Any]) -> dict[str, Any]:
    """What a browser sends of a form."""
    return {"data": urlencode(data), "content_type": "application/x-www-form-urlencoded"}


def is_as_if_nothing_were_there(answer: Any) -> bool:
    """Whether a refusal is that of a number that nobody ever had, but for the number of the request."""
    return {**answer.json(), "request_id": ""} == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "code": "not_found",
        "detail": "There is no such thing, or it is not yours to see.",
        "fields": {},
        "extra": {},
        "request_id": "",
    }


def shown(answer: Any) -> bytes:
    """All that an answer shows: its headers, and its body also if it is streamed."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):  # a workbook
        with ZipFile(BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    return body + repr(sorted(answer.headers.items())).encode()


def told_prices(answer: Any) -> list[str]:
    """The prices and cards in an answer: the names of fields, of a page or file the words themselves."""
    if answer.headers.get("Content-Type") == "application/json":
        return list(prices(json.loads(answer.content)))
    return sorted({found.group() for found in PRICED.finditer(shown(answer).decode(errors="replace"))})


def prices(found: Any, name: str = "") -> Iterator[str]:
    """The names of all amounts of money, and of what is told of cards, in an answer."""
    if isinstance(found, list):
        for item in found:
            yield from prices(item, name)
    elif isinstance(found, dict):
        if found.get("amount") is not None and "currency" in found:
            yield name
        for key, value in found.items():
            if key in policy()["prices"]["bounds"]:
                continue
            if key in policy()["prices"]["cards"] and value not in (None, ""):
                yield key
            yield from prices(value, key)


def code_of(answer: Any) -> str:
    """The word of a problem; empty if it is none."""
    if answer["Content-Type"] != PROBLEM:
        return ""
    return answer.json()["code"]


def hidden_from(caller: Caller, right: str = "") -> frozenset[str]:
    """The places of which a caller may see nothing, where this right (or any) is asked."""
    return frozenset(PLACES) - caller.places(right)
