"""What takes heads out of the database, and gives them back to a check."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from security.domain.heads import Head


class HeadExporter(Protocol):
    """Keeps heads where the database's administrator cannot reach them, or can only add to them."""

    def export(self, heads: Iterable[Head]) -> None:
        """Keep these heads, in order; when it returns they are safe.

        Raises:
            OSError: they are not, and are brought again.
        """
        ...

    def kept(self) -> Iterator[Head]:
        """All heads that were kept, oldest first; nothing where they cannot be read back.

        Raises:
            ValueError: what is kept is not what was brought.
        """
        ...


class HeadsUnreadable(ValueError):
    """What was kept outside can no longer be read as heads."""
