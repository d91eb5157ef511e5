"""The key ring in force: a data key for each subject, wrapped under keys of the environment, a file or a service."""

import os
from contextvars import ContextVar

from cryptography.exceptions import InvalidTag
from django.db import connection, transaction

from hotel.core.clock import now
from hotel.core.crypto import DecryptionFailed, EnvironmentKeyRing, KeyErased, normal
from hotel.core.models import DataKey
from security.adapters.keys.sources import source
from security.domain.envelopes import (
    blind_index,
    key_id_of,
    key_unwrapped,
    key_wrapped,
    text_opened,
    text_sealed,
)
from security.services.key_caches import KekCache, Kept

MOST_EXPECTED = 2_000
MOST_FETCHED = 500
INDEX = "index:0"
HOUSE = "house:0"
_expected: ContextVar[dict[int, None] | None] = ContextVar("expected", default=None)


class SubjectKeyRing:
    """See KeyRing. Data keys are kept in clear for a minute, at most 10,000; key-encryption keys for ten."""

    def __init__(self, entries: list[str]) -> None:
        self.keks = KekCache(source())
        self.opened: Kept[int, bytes] = Kept()
        self.current: Kept[str, int] = Kept()
        self.indexes: Kept[str, list[tuple[int, int]]] = Kept()

    @property
    def house(self) -> EnvironmentKeyRing:
        """The ring without subjects: it reads ``v1:``, and made the first fingerprints."""
        return self.keks.ring()

    @property
    def _fresh(self) -> dict[str, tuple[int, object]]:
        """Keys made in this connection's open transaction, with what it runs when it commits."""
        return vars(transaction.get_connection()).setdefault("_fresh_keys", {})

    def encrypt(self, plaintext: str, *, context: str, subject: str = "") -> str:
        """See KeyRing."""
        key_id = self._current(subject or HOUSE)
        return text_sealed(self._key(key_id), key_id, plaintext, context=context)

    def decrypt(self, token: str, *, context: str) -> str:
        """See KeyRing."""
        if token.startswith("v1:"):
            return self.house.decrypt(token, context=context)
        try:
            return text_opened(self._key(key_id_of(token)), token, context=context)
        except (ValueError, InvalidTag) as error:
            raise DecryptionFailed("This value cannot be read.") from error

    def expect(self, token: str) -> None:
        """See KeyRing."""
        try:
            key_id = key_id_of(token)
        except ValueError:
            return
        if key_id not in self.opened:
            waiting = _expected.get() or {}
            if len(waiting) >= MOST_EXPECTED:
                waiting.pop(next(iter(waiting)))
            waiting[key_id] = None
            _expected.set(waiting)

    def fingerprint(self, value: str, *, context: str) -> str:
        """See KeyRing."""
        return self._index(value, context, self._index_versions()[0])

    def fingerprints(self, value: str, *, context: str) -> list[str]:
        """See KeyRing: the one that writes first, then all others, those of the first formats last."""
        return [self._index(value, context, version) for version in self._index_versions()]

    def forget(self, *, subject: str) -> int:
        """See KeyRing. Other processes forget within a minute."""
        rows = DataKey.objects.filter(subject=subject, wrapped__isnull=False)
        ids = list(rows.values_list("pk", flat=True))
        done = DataKey.objects.filter(pk__in=ids).update(wrapped=None, is_current=False, destroyed_at=now())
        self._fresh.pop(subject, None)
        self.current.drop(subject)
        for key_id in ids:
            self.opened.drop(key_id)
        return done

    def prepare(self, subjects: list[str]) -> None:
        """Make or fetch the keys of many subjects at once, for what is written in bulk."""
        wanted = [subject for subject in dict.fromkeys(subjects) if self._known(subject) is None]
        for start in range(0, len(wanted), MOST_FETCHED):
            self._make(wanted[start : start + MOST_FETCHED])

    def renew(self, subject: str) -> int:
        """A new key for what is written to a subject from now on; the old ones go on reading. Returns its id."""
        with transaction.atomic():
            DataKey.objects.filter(subject=subject, is_current=True).update(is_current=False)
            self.current.drop(subject)
            self._fresh.pop(subject, None)
            self._make([subject])
            return self._current(subject)

    def _index(self, value: str, context: str, version: int) -> str:
        if version == 0:
            return self.house.fingerprint(value, context=context)
        root = self.house.index_key if version == 1 else self._key(dict(self._index_keys())[version])
        return blind_index(root, normal(value), context=context, version=version)

    def _index_versions(self) -> list[int]:
        return [version for version, _ in self._index_keys()]

    def _index_keys(self) -> list[tuple[int, int]]:
        """Version and key of each index in use, the one that writes first; 1 and 0 need no row."""
        found = self.indexes.get(INDEX)
        if found is None:
            rows = DataKey.objects.filter(subject=INDEX, wrapped__isnull=False).order_by(
                "-is_current", "-version"
            )
            ranked = list(rows.values_list("version", "pk", "is_current"))
            writes = [(version + 1, pk) for version, pk, is_current in ranked if is_current]
            others = [(version + 1, pk) for version, pk, is_current in ranked if not is_current]
            found = [*writes, *((1, 0),) * (not writes), *others, *((1, 0),) * bool(writes), (0, 0)]
            self.indexes.put(INDEX, found)
        return found

    def _known(self, subject: str) -> int | None:
        fresh = self._fresh.get(subject)
        if fresh is not None:
            if any(hook is fresh[1] for _, hook, _ in connection.run_on_commit):
                return fresh[0]
            del self._fresh[subject]
        return self.current.get(subject)

    def _current(self, subject: str) -> int:
        key_id = self._known(subject)
        if key_id is None:
            self._make([subject])
            key_id = self._known(subject)
        if key_id is None:
            raise DecryptionFailed("No key could be made.")
        return key_id

    def _make(self, subjects: list[str]) -> None:
        """Insert keys for those who have none, in one statement; whoever is quicker wins and is read."""
        kek_id, kek = self.keks.current()
        keys = {subject: os.urandom(32) for subject in subjects}
        wrapped = [key_wrapped(kek, key, owner=subject) for subject, key in keys.items()]
        with connection.cursor() as cursor:
            cursor.execute(_MAKE, [kek_id, now(), list(keys), wrapped])
            made = dict(cursor.fetchall())
        for subject, key_id in made.items():
            self.opened.put(key_id, keys[subject])
            self._note(subject, key_id)
        others = [subject for subject in subjects if subject not in made]
        if others:
            rows = DataKey.objects.filter(subject__in=others, is_current=True)
            for subject, key_id in rows.values_list("subject", "pk"):
                self.current.put(subject, key_id)

    def _note(self, subject: str, key_id: int) -> None:
        """Remember a new key, but only for as long as the transaction that made it stands.

        The connection drops what it was to run at the commit of whatever is rolled back, savepoints included.
        """

        def committed() -> None:
            self._fresh.pop(subject, None)
            self.current.put(subject, key_id)

        self._fresh[subject] = (key_id, committed)
        transaction.on_commit(committed)

    def _key(self, key_id: int) -> bytes:
        key = self.opened.get(key_id)
        if key is None:
            self._fetch(key_id)
            key = self.opened.get(key_id)
        if key is None:
            raise KeyErased("This value was erased.")
        return key

    def _fetch(self, key_id: int) -> None:
        """Read a key, and with it those of all ciphertext that was read with it."""
        waiting = list(_expected.get() or ())[-MOST_FETCHED:]
        _expected.set(None)
        rows = DataKey.objects.filter(pk__in={key_id, *waiting}).values_list(
            "pk", "subject", "kek", "wrapped"
        )
        found = list(rows)
        if key_id not in {row[0] for row in found}:
            raise DecryptionFailed("This value cannot be read.")
        for pk, subject, kek_id, wrapped in found:
            if wrapped is not None:
                try:
                    key = key_unwrapped(self.keks.key(kek_id), bytes(wrapped), owner=subject)
                except InvalidTag as error:
                    if pk == key_id:
                        raise DecryptionFailed("This value cannot be read.") from error
                    continue
                self.opened.put(pk, key)


_MAKE = """
INSERT INTO core_datakey (subject, version, kek, wrapped, is_current, created_at)
SELECT wanted.subject,
       1 + coalesce((SELECT max(version) FROM core_datakey AS old WHERE old.subject = wanted.subject), 0),
       %s, wanted.wrapped, TRUE, %s
  FROM unnest(%s::text[], %s::bytea[]) AS wanted (subject, wrapped)
 ORDER BY wanted.subject
    ON CONFLICT DO NOTHING
RETURNING subject, id
"""
