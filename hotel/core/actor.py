"""Who acts, through which door and why: told to the database with each transaction, and written by its triggers.

Doors say it once: a middleware for pages and the admin, the API's base when it knows the caller of a token, the base of
tasks, and ``manage.py``. What nobody said is written as ``system:unknown``, and counted.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hotel.core.postgresql.context import tell, telling, told

SETTING = "app.act"
UNKNOWN = "system:unknown"
REASON_LENGTH = 200
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@contextmanager
def acting(
    *,
    door: str,
    actor: str = "",
    user_id: int | None = None,
    impersonator_id: int | None = None,
    token_id: int | None = None,
    request_id: str = "",
    address: str = "",
    reason: str = "",
) -> Iterator[None]:
    """Say who acts until the end of the block; an open transaction learns it at once.

    Args:
        door: ``api``, ``page``, ``admin``, ``task`` or ``command``.
        actor: of a machine, such as ``command:migrate``; empty for a person or nobody in particular.
        user_id: the person, also of a token.
        impersonator_id: who looks over the person's shoulder, if anybody does.
        token_id: the API token used.
        request_id: of the request that began it.
        address: from where.
        reason: why, in the person's words; at most ``REASON_LENGTH`` characters are kept.
    """
    act = _act(
        door=door,
        actor=actor or _name(user_id),
        user=user_id,
        impersonator=impersonator_id,
        token=token_id,
        request=request_id,
        address=address,
        reason=words(reason),
    )
    with telling({SETTING: _text(act)}):
        yield


def act_change(**changes: Any) -> None:
    """Correct what was said, until the end of the block around it: a sign-in makes a person known in mid-request.

    Where nobody said anything there is nothing to correct.

    Args:
        changes: ``user_id``, ``impersonator_id``, ``token_id``, ``reason`` or ``door``; see ``acting``.
    """
    if not told().get(SETTING):
        return
    names = {"user_id": "user", "impersonator_id": "impersonator", "token_id": "token"}
    act = {**act_told(), **{names.get(name, name): value for name, value in changes.items()}}
    if "user_id" in changes:
        act["actor"] = _name(changes["user_id"])
    if "reason" in changes:
        act["reason"] = words(changes["reason"])
    tell({SETTING: _text(_act(**act))})


def act_told() -> dict[str, Any]:
    """What is said now; empty when nobody did."""
    text = told().get(SETTING, "")
    return dict(json.loads(text)) if text else {}


@contextmanager
def acting_again(act: dict[str, Any], **changes: Any) -> Iterator[None]:
    """Go on with what ``act_told`` gave elsewhere, such as in the process that sent a task here."""
    with telling({SETTING: _text(_act(**{**act, **changes}))}):
        yield


def words(reason: str) -> str:
    """A reason as it is kept: one line, no control characters, not too long."""
    return _INVISIBLE.sub(" ", reason).strip()[:REASON_LENGTH]


def _name(user_id: int | None) -> str:
    return f"user:{user_id}" if user_id is not None else "anonymous"


def _act(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}


def _text(act: dict[str, Any]) -> str:
    return json.dumps(act, separators=(",", ":"))
