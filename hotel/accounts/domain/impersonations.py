"""Looking over somebody's shoulder: for how long, and what stays closed meanwhile.

Support looks, the person acts: only reading is allowed, so that nothing in the books was ever done by somebody else
under his name.
"""

MOST_MINUTES = 30
LEAST_REASON = 10  # characters
END_PAGE = "/dashboard/view-as/end"
SIGN_OUT = frozenset({"/logout", "/api/v1/auth/logout", "/admin/logout/"})

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN = ("/account", "/api/v1/auth/", "/admin/password_change/")  # how the person signs in


def is_as_oneself(path: str) -> bool:
    """Whether a request is made by who looks, not as the other: what ends it, and signing out."""
    is_end_of_api = path.startswith("/api/v1/impersonations/") and path.endswith("/end")
    return is_end_of_api or path == END_PAGE or path in SIGN_OUT


def refusal_of(method: str, path: str) -> str:
    """The stable code for what is closed while somebody looks as another; empty for what is open."""
    if is_as_oneself(path):
        return ""
    if method not in _SAFE:
        return "acting_as_read_only"
    return "acting_as_own_account" if path.startswith(_OWN) else ""
