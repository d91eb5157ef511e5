"""The worked seal of docs/algorithms/audit_trail.md, and its program for checking by hand."""

import json
import re
import subprocess
import sys
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from security.api.trail_serializers import ProofSerializer
from security.domain.heads import Seal, head_of
from security.domain.merkle import leaf_hash, node_hash, root_of
from security.models import AuditLog
from security.seal_keys import seal_keys
from security.selectors.proofs import entry_proof
from tests.pages import PAGES, worked_table
from tests.security.trail import execute, trail_made

LINES = [row["line"] for row in worked_table("audit_trail", "Lines")]
STEPS = {row["what"]: row["is"] for row in worked_table("audit_trail", "From the lines to a signed head")}


@pytest.mark.parametrize("line", LINES)
def test_the_database_words_an_entry_as_the_page_does(line, db):
    number, at, op, table, pk, place, old, new, *act, transaction = json.loads(line)
    values = [number, at / 1_000_000, op, table, pk, place]
    values += [None if value is None else json.dumps(value) for value in (old, new)]
    made = execute(
        "SELECT security_trail_line(%s, to_timestamp(%s), %s, %s, %s, %s, %s::jsonb, %s::jsonb, %s, %s, %s, %s, %s, %s,"
        " %s, %s, %s)",
        [*values, *act, transaction],
    )
    assert made == [(line,)]


def test_the_worked_seal_is_as_the_page_says():
    hashes = [sha256(line.encode()).digest() for line in LINES]
    leaves = [leaf_hash(value) for value in hashes]
    node = node_hash(leaves[0], leaves[1])
    root = root_of(leaves)
    seal = Seal(1, 1, 3, 3, root, datetime(2027, 3, 14, 12, 0, 30, tzinfo=UTC))
    log_root = root_of([leaf_hash(seal.leaf())])
    head = head_of(seal, log_root, "k1")
    signature = Ed25519PrivateKey.from_private_bytes(bytes(range(32))).sign(head.message())
    assert root == node_hash(node, leaves[2])
    shown = {f"hash {n}": value for n, value in enumerate(hashes, 1)}
    shown |= {f"leaf {n}": value for n, value in enumerate(leaves, 1)}
    shown |= {"node": node, "root": root, "log root": log_root}
    assert {
        **{name: value.hex()[:16] for name, value in shown.items()},
        "the seal says": seal.leaf().decode().replace(root.hex(), f"{root.hex()[:8]}…"),
        "the head says": head.message().decode().replace(log_root.hex(), f"{log_root.hex()[:8]}…"),
        "signature": b64encode(signature).decode()[:16],
    } == STEPS


def by_hand(proof: dict, key: str) -> subprocess.CompletedProcess:
    """The program of the page, in a process of its own that knows nothing of the house."""
    text = (PAGES / "audit_trail.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    return subprocess.run(  # noqa: S603  (our own page)
        [sys.executable, "-I", "-c", program, key],
        input=json.dumps(proof),
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_program_of_the_page_proves_an_entry_and_finds_what_was_changed(db, monkeypatch):
    trail_made(25, monkeypatch, gaps=(3,))
    key = seal_keys().published()["s1"]
    proof = json.loads(json.dumps(ProofSerializer(entry_proof(AuditLog.objects.get(pk=14))).data))
    sound = by_hand(proof, key)
    assert (sound.returncode, sound.stdout) == (0, "proven by head 3\n")
    told = by_hand({**proof, "line": proof["line"].replace('"14"', '"15"')}, key)
    assert (told.returncode, "the entry is not under its seal" in told.stderr) == (1, True)
    told = by_hand({**proof, "seal_leaf": proof["seal_leaf"].replace("[2, 11", "[2, 12")}, key)
    assert (told.returncode, "the seal is not under the head" in told.stderr) == (1, True)
    told = by_hand({**proof, "head": {**proof["head"], "last_id": 26}}, key)
    assert (told.returncode, "InvalidSignature" in told.stderr) == (1, True)


def test_every_entry_of_a_trail_is_proven(db, monkeypatch):
    trail_made(25, monkeypatch, gaps=(3,))
    for entry in AuditLog.objects.order_by("pk"):
        proof = entry_proof(entry)
        assert json.loads(proof.line)[0] == entry.pk
        assert (proof.seal_index, proof.seal_size) == ((entry.pk - 1) // 10, 3)
