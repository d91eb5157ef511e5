"""The cursor of the change feed: opaque to callers, a position to us."""

import base64
import binascii
import re

from hotel.core.exceptions import InvalidInput

LATEST = "latest"
_POSITION = re.compile(r"c1:([0-9]{1,18})")


class CursorUnknown(InvalidInput):
    """Not a cursor that this feed has given."""

    code = "cursor_unknown"


def cursor_of(position: int) -> str:
    """The cursor after a position."""
    return base64.urlsafe_b64encode(f"c1:{position}".encode()).decode().rstrip("=")


def position_of(cursor: str, *, last: int) -> int:
    """The position a cursor stands for: 0 when empty, the end of the feed for ``latest``.

    Raises:
        CursorUnknown: malformed, or beyond the end of the feed.
    """
    if not cursor:
        return 0
    if cursor == LATEST:
        return last
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        match = _POSITION.fullmatch(text.decode("ascii"))
    except (ValueError, binascii.Error):
        match = None
    if match is None or int(match[1]) > last or cursor_of(int(match[1])) != cursor:
        raise CursorUnknown(
            "This cursor is unknown. Use next_cursor of an answer, or none to begin at the start."
        )
    return int(match[1])
