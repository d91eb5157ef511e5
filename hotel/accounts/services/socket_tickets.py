"""Tickets for websockets: given to who is known by a header or a session, used once, within half a minute."""

import secrets
from datetime import timedelta

from django.db import transaction

from hotel.accounts.models import ApiToken, SocketTicket, User
from hotel.accounts.services.tokens import digest_of
from hotel.core.clock import now
from hotel.core.locks import lock_rows

TICKET_LIFE = timedelta(seconds=30)


@transaction.atomic
def ticket_issue(*, user: User, token: ApiToken | None = None) -> str:
    """A ticket for one websocket.

    Args:
        user: who will be signed in by it.
        token: what narrows him, if he came with one; the socket is narrowed as well.
    """
    ticket = secrets.token_urlsafe(32)
    SocketTicket.objects.create(
        user=user, token=token, digest=digest_of(ticket), expires_at=now() + TICKET_LIFE
    )
    return ticket


@transaction.atomic
def ticket_use(*, ticket: str) -> User | None:
    """Use a ticket up; whom it signs in, narrowed as he was. None when it is unknown, used or too old.

    Locks: the ticket, so that one of two who come with it at once is let in.
    """
    digest = digest_of(ticket.encode(errors="replace").decode())
    found = lock_rows(SocketTicket.objects.filter(digest=digest))
    if not found:
        return None
    [row] = found
    row.delete()
    user = User.objects.filter(pk=row.user_id, is_active=True).first()
    if row.expires_at <= now() or user is None:
        return None
    if row.token is not None:
        if row.token.revoked_at is not None or row.token.expires_at <= now():
            return None
        user.grant_limit = row.token.limit()
    return user


def tickets_forget() -> int:
    """Delete tickets that nobody used in time; how many. Repeatable."""
    return SocketTicket.objects.filter(expires_at__lt=now()).delete()[0]
