"""What may become of a request: a table of its states."""

EDGES: dict[str, frozenset[str]] = {
    "received": frozenset({"identified", "refused", "withdrawn"}),
    "identified": frozenset({"proposed", "completed", "refused", "withdrawn"}),
    "proposed": frozenset({"approved", "identified", "refused", "withdrawn"}),
    "approved": frozenset({"completed", "partly_completed", "refused"}),
    "completed": frozenset(),
    "partly_completed": frozenset(),
    "refused": frozenset(),
    "withdrawn": frozenset(),
}
OPEN = frozenset(name for name, following in EDGES.items() if following)


def may_become(status: str, wanted: str) -> bool:
    """Whether a request in one state may come into another one."""
    return wanted in EDGES[status]
