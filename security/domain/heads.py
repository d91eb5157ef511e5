"""What a seal says, as bytes that are hashed and signed, and as the line that leaves the database. Pure."""

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, replace
from datetime import datetime

HASH_SIZE = 32


@dataclass(frozen=True)
class Seal:
    """A range of the trail under one root.

    Attributes:
        number: 1, 2, 3 …
        first_id, last_id: of the entries, both inclusive; together with the neighbours there is no gap.
        rows: entries within; the other numbers were never committed.
        root: RFC 6962 root over the entries.
        sealed_at: when.
    """

    number: int
    first_id: int
    last_id: int
    rows: int
    root: bytes
    sealed_at: datetime

    def leaf(self) -> bytes:
        """What the tree over all seals has of it."""
        moment = self.sealed_at.isoformat()
        return json.dumps(
            [self.number, self.first_id, self.last_id, self.rows, self.root.hex(), moment]
        ).encode()


@dataclass(frozen=True)
class Head:
    """The tree over all seals up to ``number``, signed: who has kept one can prove what came before it."""

    number: int
    last_id: int
    log_root: str
    sealed_at: str
    key_id: str
    signature: str = ""

    def message(self) -> bytes:
        """What is signed."""
        return json.dumps(["auberge-trail-head-1", *list(asdict(self).values())[:-1]]).encode()

    def signed(self, signature: bytes) -> "Head":
        """With its signature."""
        return replace(self, signature=b64encode(signature).decode())

    def line(self) -> str:
        """As it leaves the house; ``head_of_line`` reads it."""
        return json.dumps(asdict(self))

    def signature_bytes(self) -> bytes:
        """The signature."""
        return b64decode(self.signature)


def head_of(seal: Seal, log_root: bytes, key_id: str) -> Head:
    """The head that ends with this seal, not signed yet."""
    return Head(seal.number, seal.last_id, log_root.hex(), seal.sealed_at.isoformat(), key_id)


def head_of_line(line: str) -> Head:
    """Read a line that was kept elsewhere.

    Raises:
        ValueError: it is none of ours.
    """
    try:
        head = Head(**json.loads(line))
        is_sound = isinstance(head.number, int) and len(bytes.fromhex(head.log_root)) == HASH_SIZE
    except (TypeError, AttributeError) as error:
        raise ValueError(f"Not a head: {line[:80]!r}") from error
    if not is_sound:
        raise ValueError(f"Not a head: {line[:80]!r}")
    return head
