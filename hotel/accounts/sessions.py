"""The session engine: Django's database sessions, with who, where and until when.

There is no cache before the rows: who deletes one has ended the session with the next request, in every process.
"""

import hashlib
import math
from datetime import UTC, datetime
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions

from hotel.accounts.domain.browsers import browser_name
from hotel.accounts.domain.second_factors import SignInPolicy
from hotel.accounts.domain.sessions import TOUCHED_EVERY, Limits
from hotel.accounts.models import StaffSession
from hotel.core.clock import now
from hotel.core.proxies import is_address

RECORD = "sign_in"
FACTOR_KEY = "second_factor"  # the step that was taken


class SessionStore(DatabaseSessions):
    """See Django; rows are kept under a hash of the key, and what lists show is taken from the session's own record."""

    @classmethod
    def get_model_class(cls) -> Any:
        """See Django."""
        return StaffSession

    def create_model_instance(self, data: dict[str, Any]) -> StaffSession:
        """See Django."""
        row: Any = super().create_model_instance(data)
        row.session_key = row_key(row.session_key)
        record = data.get(RECORD)
        if record and SESSION_KEY in data:
            row.user_id = int(data[SESSION_KEY])
            row.name, row.address = record["name"], record["address"]
            row.started_at, row.last_seen_at = _instant(record["started"]), _instant(record["seen"])
        return row

    def exists(self, session_key: str) -> bool:
        """See Django."""
        return super().exists(row_key(session_key))

    def delete(self, session_key: str | None = None) -> None:
        """See Django."""
        if key := session_key or self.session_key:
            super().delete(row_key(key))

    def _get_session_from_db(self) -> StaffSession | None:
        """See Django. Asynchronous callers use this one in a thread."""
        rows = StaffSession.objects.filter(session_key=row_key(self.session_key or ""), expire_date__gt=now())
        found = rows.first()
        if found is None:
            self._session_key = None
        return found

    async def _aget_session_from_db(self) -> StaffSession | None:
        return await sync_to_async(self._get_session_from_db)()

    async def aexists(self, session_key: str) -> bool:
        """See Django."""
        return await sync_to_async(self.exists)(session_key)

    async def adelete(self, session_key: str | None = None) -> None:
        """See Django."""
        await sync_to_async(self.delete)(session_key)

    async def acreate_model_instance(self, data: dict[str, Any]) -> StaffSession:
        """See Django."""
        return self.create_model_instance(data)


def row_key(key: str) -> str:
    """Under what the session with this key is kept."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


def record_begin(request: Any, policy: SignInPolicy, *, ends: float | None = None) -> None:
    """Write down that a session of a person begins now, under these limits.

    Args:
        request: of the session.
        policy: the limits.
        ends: when it ends whatever happens, if it goes on after a full sign-in; the password was not named then.
    """
    moment, address = now().timestamp(), request.META.get("REMOTE_ADDR", "")
    request.session[RECORD] = {
        "name": browser_name(request.META.get("HTTP_USER_AGENT", "")[:400]),
        "address": address if is_address(address) else None,
        "started": moment,
        "seen": moment,
        "confirmed": moment if ends is None else 0,
        "idle": policy.idle_minutes * 60,
        "ends": min(ends or math.inf, moment + policy.session_hours * 3600),
        "step_up": policy.step_up_minutes * 60,
    }
    _extend(request.session, moment)


def record_touch(session: Any, *, is_used: bool = True) -> bool:
    """Let a session that is used go on, up to its limit; False when it has none, and must end.

    Args:
        session: of a person.
        is_used: False for what a page asks by itself: a desk that was left alone is idle all the same.
    """
    record = session.get(RECORD)
    moment = now().timestamp()
    if not record or not _limits(record).seconds_left(moment):
        return False
    if is_used and moment - record["seen"] >= TOUCHED_EVERY:
        record["seen"] = moment
        _extend(session, moment)
    return True


def record_confirm(session: Any) -> None:
    """The person has just named the password again."""
    session[RECORD] = {**session[RECORD], "confirmed": now().timestamp()}


def record_is_confirmed(session: Any) -> bool:
    """Whether the person has named the password lately enough for what is delicate."""
    record = session.get(RECORD)
    moment = now().timestamp()
    return bool(record) and _limits(record).is_confirmed(confirmed_at=record["confirmed"], now=moment)


def _limits(record: dict[str, Any]) -> Limits:
    return Limits(idle=record["idle"], ends_at=record["ends"], step_up=record["step_up"])


def _extend(session: Any, moment: float) -> None:
    session.set_expiry(_limits(session[RECORD]).seconds_left(moment))


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)
