"""What a refusal leaves behind: written once the refused command is undone, by whoever answers the caller.

A service that refuses cannot write: its transaction takes everything back. It says in ``PmsError.aftermath`` what is to
be written, and the door (API, page) that answers the refusal calls ``aftermath_write`` outside the transaction. Callers
that try and go on, such as imports and dry runs, do not, so that nothing is left of what nobody was refused.
"""

import logging

from django.db import DatabaseError, transaction

from hotel.core.exceptions import PmsError

logger = logging.getLogger(__name__)


def aftermath_write(refusal: PmsError, *, request_key: str = "") -> None:
    """Write what a refusal leaves, in a transaction of its own; nothing when it leaves nothing.

    The answer matters more: a database that cannot take it now is logged, and the caller still hears why.

    Args:
        refusal: as it came out of the command, which is undone.
        request_key: by which repetitions of one request are known; empty when they are not.

    Raises:
        RuntimeError: called inside a transaction, which might still be undone.
    """
    if refusal.aftermath is None:
        return
    try:
        with transaction.atomic(durable=True):
            refusal.aftermath(request_key=request_key)
    except DatabaseError:
        logger.exception("What the refusal %s leaves was not written.", refusal.code)
