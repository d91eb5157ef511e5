"""Files given to browsers: their kind is not guessed, their name is encoded, and nothing in them runs.

Source: RFC 6266; security reference §4.2 (3.2.1, 5.4.1).
"""

import re
import unicodedata

from django.http import HttpResponse
from django.utils.http import content_disposition_header

_UNSAFE = re.compile(r"[^\w.\- ()]+")
MAX_NAME = 120


def safe_name(name: str) -> str:
    """A file name without paths, quotes, control and direction signs; ``file`` when nothing is left of it."""
    plain = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    plain = _UNSAFE.sub("_", plain.replace("\\", "/").rpartition("/")[2]).strip(". _")
    stem, dot, extension = plain.rpartition(".")
    return f"{stem[: MAX_NAME - 11]}{dot}{extension[:10]}" if dot else plain[:MAX_NAME] or "file"


def download(content: bytes, name: str, kind: str, *, is_shown: bool = False, **headers: str) -> HttpResponse:
    """A file to save under a name.

    Args:
        content: its bytes.
        name: as people see it; made safe here.
        kind: its media type.
        is_shown: in the browser, where that is safe, as for PDF; otherwise it is always saved.
        headers: more of them.
    """
    fixed = {
        "Content-Disposition": content_disposition_header(not is_shown, safe_name(name)) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "Cache-Control": "private, no-store",
    }
    if is_shown:
        del fixed["Content-Security-Policy"]
    return HttpResponse(content, content_type=kind, headers={**fixed, **headers})
