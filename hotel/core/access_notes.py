"""Who looked at personal data: doors note what they show, and the notes of a request are written at its end.

The kernel only gathers them; a higher floor registers what writes them, in one statement however many there are.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class AccessNote:
    """Rows of one table that were shown.

    Attributes:
        table: of the persons, such as ``guests_guest``.
        kind: ``view``, ``list``, ``search``, ``export``, or ``reveal`` for what is masked otherwise.
        subjects: their keys, sorted, each once.
    """

    table: str
    kind: str
    subjects: tuple[int, ...]


Sink = Callable[[list[AccessNote]], None]
_notes: ContextVar[dict[tuple[str, str], set[int]] | None] = ContextVar("access_notes", default=None)
_sinks: list[Sink] = []


def register_access_sink(sink: Sink) -> None:
    """Have the notes of each request written by this function."""
    if sink not in _sinks:
        _sinks.append(sink)


def access_note(table: str, subjects: Iterable[int], kind: str = "view") -> None:
    """Note that these persons were shown; outside of a request nobody looks."""
    notes = _notes.get()
    if notes is not None and (keys := set(subjects)):
        notes.setdefault((table, kind), set()).update(keys)


@contextmanager
def access_noted() -> Iterator[None]:
    """Gather the notes of the block, and have them written at its end; not when it fails, as nothing was shown then."""
    notes: dict[tuple[str, str], set[int]] = {}
    token = _notes.set(notes)
    try:
        yield
    finally:
        _notes.reset(token)
    if notes:
        gathered = [AccessNote(table, kind, tuple(sorted(keys))) for (table, kind), keys in notes.items()]
        for sink in _sinks:
            sink(gathered)
