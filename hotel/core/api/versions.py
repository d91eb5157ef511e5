"""ETag and If-Match: optimistic concurrency on versioned resources."""

import re
from typing import Any

from hotel.core.exceptions import InvalidInput, PmsError


class PreconditionRequired(PmsError):
    """The command changes what someone else may have changed: say which version you saw (428)."""

    status = 428
    code = "precondition_required"


def etag(version: int) -> str:
    """The entity tag of a version, such as ``"v3"`` with its quotes."""
    return f'"v{version}"'


def expected_version(request: Any, *, required: bool = False) -> int | None:
    """The version named by If-Match; None when absent or ``*``.

    Raises:
        PreconditionRequired: absent though required.
        InvalidInput: not one of our tags.
    """
    header = request.headers.get("If-Match", "").strip()
    if not header:
        if required:
            raise PreconditionRequired('Send If-Match with the ETag you last saw, such as "v3".')
        return None
    if header == "*":
        return None
    match = re.fullmatch(r'(?:W/)?"v(\d{1,9})"', header)
    if not match:
        raise InvalidInput(
            'If-Match must be an ETag of this resource, such as "v3".', code="if_match_invalid"
        )
    return int(match[1])
