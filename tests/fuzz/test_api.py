"""Thousands of made-up requests on every operation: answers as described, no fault, and no refusal changes anything."""

import json
import logging
import os
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.stack import up
from hotel.core.invariants import invariants_verify
from hotel.core.services.idempotency import idempotency_claim
from hotel.reservations.domain.turnaways import DENIALS, RESTRICTED
from tests.architecture.test_api_matrix import ROUTES
from tests.contracts.stage import Client
from tests.fuzz.cases import NEGATIVE, POSITIVE, edges, generated, operations
from tests.fuzz.ground import ground_make
from tests.fuzz.steering import Steering
from tests.fuzz.watching import Watch, undone

SHARDS = 4
OUTSIDE = 502  # no card processor listens here; what was begun there stays begun, as the description says
# AUBERGE_FUZZ multiplies the number of cases for a nightly run.
SCALE = int(os.environ.get("AUBERGE_FUZZ", "1"))
CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
OAUTH = "/api/v1/oauth/token"  # refuses in the words of its RFC, which the schema knows
MODELS = {
    re.sub(r"<(?:\w+:)?(\w+)>", "{id}", route.path): getattr(route.viewset.queryset, "model", None)
    for route in ROUTES
    if getattr(route.viewset, "queryset", None) is not None
}


@dataclass
class Fuzz:
    """Sends cases and keeps what was wrong with the answers."""

    watch: Watch
    statuses: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def ask(self, case: Any, visitor: dict[str, dict[str, str]]) -> None:
        """Send one case as somebody and look at the answer; whatever it did is undone."""
        with undone():
            try:
                answer = case.call(**visitor)
            except UnicodeError:
                return  # cannot be sent at all
            except Exception as error:
                self._note(case, f"raised {error!r}")
                return
            self.statuses[answer.status_code] += 1
            for complaint in self._complaints(case, answer):
                self._note(case, complaint, answer)

    def _complaints(self, case: Any, answer: Any) -> list[str]:
        status, found = answer.status_code, []
        if status >= 500 and status != OUTSIDE and not _is_unprinted(answer):
            return [f"a fault: {answer.content[:200]!r}"]
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as failures:
            found += [f"{failure.title}: {failure.message}" for failure in failures.exceptions]
        if status >= 400:
            found += [] if case.path == OAUTH else self._problem(answer)
            if status == OUTSIDE:
                return found
            found += [f"refused, yet changed {name}" for name in refused_changes(self.watch, answer)]
        elif case.method == "GET":
            found += [f"a GET changed {name}" for name in self.watch.changed()]
        else:
            self.watch.settle()
            found += [f"broke {f.invariant.name} {f.violations}" for f in invariants_verify() if f.violations]
        return found

    def _problem(self, answer: Any) -> list[str]:
        if answer.headers["content-type"] != ["application/problem+json"]:
            return [f"refused with {answer.headers['content-type']}"]
        body = json.loads(answer.content)
        return [] if re.fullmatch(r"[a-z][a-z_]+", body["code"]) else [f"code {body['code']!r}"]

    def _note(self, case: Any, text: str, answer: Any = None) -> None:
        status = answer.status_code if answer is not None else "-"
        self.wrong.append(
            f"{case.method} {case.formatted_path} {case.query or ''} {str(case.body)[:600]} -> {status}: {text[:900]}"
        )


def _is_unprinted(answer: Any) -> bool:
    """Whether a document was not printed, on a machine that cannot."""
    return bool(up.pdf_missing()) and b'"code":"pdf_unavailable"' in answer.content


def refused_changes(watch: Watch, answer: Any) -> list[str]:
    """What a refusal has changed; a sale denied for want of rooms or by a restriction leaves its turnaway.

    A card number that was refused, or another's row asked for, leaves a security event on purpose; a wrong password is
    counted.
    """
    code = json.loads(answer.content).get("code")
    left = {"core_securityevent", "axes_accessattempt"}
    if code in {*DENIALS, RESTRICTED}:
        left.add("reservations_turnaway")
    return [name for name in watch.changed() if name not in left]


@pytest.fixture
def ground(db):
    return ground_make()


@pytest.fixture
def visitors(ground):
    """Ada may do everything at both hotels, Eve works at Beta alone, nobody is not signed in."""
    return {who: ground.visitor(getattr(ground.cast, who, None)) for who in ("ada", "eve", "nobody")}


@pytest.fixture
def fuzz(visitors):
    return Fuzz(Watch())


@pytest.fixture(autouse=True)
def in_process():
    """Requests share the test's transaction, as with Django's own client; the log of each refusal is not wanted."""
    doors = (request_started, request_finished)
    for door in doors:
        door.disconnect(close_old_connections)
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
    for door in doors:
        door.connect(close_old_connections)


@pytest.mark.long
@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_operation_answers_as_described(shard, visitors, fuzz):
    cases = 0
    for operation in operations()[shard::SHARDS]:
        steering = Steering(operation.label)
        model = MODELS.get(operation.path)
        drawn = [
            *generated(operation, POSITIVE, 2 * SCALE),
            *generated(operation, NEGATIVE, SCALE),
            *edges(operation, 2 * SCALE),
        ]
        for number, case in enumerate(drawn):
            steering.steer(case, model)
            fuzz.ask(case, visitors["ada"])
            cases += 1
            if number < 1:
                fuzz.ask(case, visitors["eve"])
                fuzz.ask(case, visitors["nobody"])
                cases += 2
    assert fuzz.wrong == []
    assert cases >= 500 * SCALE
    assert fuzz.statuses[200] > 60 * SCALE, "the cases never came past the door"


NASTY = [
    "a\x00b",
    "\ud800",
    10**400,
    -(2**63),
    1e308,
    "9" * 5000,
    "0001-01-01",
    "9999-12-31",
    [[]] * 50,
    {"a": {}},
]


def bodies_of(ground) -> dict[str, dict]:
    """Good bodies of commands that sell, to be spoilt one value at a time."""
    house = ground.alpha
    stay = house.stay()
    words = {"room_type": stay.room_type.pk, "rate_plan": stay.rate_plan.pk, "adults": 2, "note": "text"}
    words |= {
        "arrival": str(stay.arrival),
        "departure": str(stay.departure),
        "children": {},
        "promo_code": "",
    }
    place = {"property": house.place.pk}
    return {
        "bookings": {**place, "notes": "text", "external_id": "X", "reservations": [words]},
        "holds": {**place, **words, "quantity": 1},
        "quotes": {**place, **words, "rooms": 1},
        "turnaways": {
            **place,
            "arrival": str(stay.arrival),
            "departure": str(stay.departure),
            "reason": "price",
        },
        "guests": {**place, "last_name": "Berg", "email": "berg@example.com", "language": "de"},
    }


def spoilt(body: dict):
    """The body with one value replaced by each nasty one."""
    for name, value in body.items():
        for nasty in NASTY:
            yield {**body, name: nasty}
        if isinstance(value, list):
            yield from ({**body, name: [inner]} for inner in spoilt(value[0]))


def test_no_nasty_value_is_a_fault_or_changes_anything_when_refused(ground, visitors, fuzz):
    client = Client(raise_request_exception=False)
    client.force_authenticate(user=ground.cast.ada)
    asked, wrong = 0, []
    for family, body in bodies_of(ground).items():
        for number, bad in enumerate(spoilt(body)):
            with undone():
                raw = json.dumps(bad).encode()
                answer = client.generic(
                    "POST",
                    f"/api/v1/{family}",
                    raw,
                    content_type="application/json",
                    HTTP_IDEMPOTENCY_KEY=f"n{number}",
                )
                changed = refused_changes(fuzz.watch, answer) if answer.status_code >= 400 else []
                if answer.status_code >= 500 or changed:
                    wrong.append((family, raw[:300], answer.status_code, changed))
            asked += 1
    assert wrong == []
    assert asked > 300


NO_BODIES = {
    "deep list": (b"[" * 200_000, "application/json", 400),
    "deep object": (b'{"property": ' * 5_000, "application/json", 400),
    "no UTF-8": (b"\xff\xfe", "application/json", 400),
    "empty": (b"", "application/json", 400),
    "null": (b"null", "application/json", 400),
    "text": (b'"text"', "application/json", 400),
    "list": (b"[]", "application/json", 400),
    "long": (b"{}" + b" " * 3_000_000, "application/json", 413),
    "form": (b"property=1", "application/x-www-form-urlencoded", 415),
    "parts": (b"--x--", "multipart/form-data; boundary=x", 415),
    "XML": (b"<a/>", "application/xml", 415),
    "odd": (b"{}", "no type at all", 415),
}


def test_a_body_that_is_none_is_refused(ground, visitors, fuzz):
    client = Client(raise_request_exception=False)
    client.force_authenticate(user=ground.cast.ada)
    found = {}
    for name, (raw, kind, _) in NO_BODIES.items():
        with undone():
            answer = client.generic(
                "POST", "/api/v1/bookings", raw, content_type=kind, HTTP_IDEMPOTENCY_KEY="raw"
            )
            found[name] = (answer.status_code, answer["content-type"], fuzz.watch.changed())
    problem = "application/problem+json"
    assert found == {name: (status, problem, []) for name, (_, _, status) in NO_BODIES.items()}


def test_the_watch_sees_what_stays_and_not_what_is_taken_back(ground, visitors, fuzz):
    with undone():
        with transaction.atomic():
            ground.cast.chain.save()
            transaction.set_rollback(True)
        assert fuzz.watch.changed() == []
        ground.cast.chain.save()
        assert fuzz.watch.changed() == ["properties_chain"]
        claim = idempotency_claim(principal="user:1", route="POST /", key="k", body_hash="").record
        assert fuzz.watch.changed() == ["core_idempotencyrecord", "properties_chain"]
        claim.delete()
        assert fuzz.watch.changed() == ["properties_chain"]
    assert fuzz.watch.changed() == []
