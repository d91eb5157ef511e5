"""How passwords are hashed: Argon2id, as costly as a front desk on two cores can bear."""

import threading
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher

# Each hash takes 46 MiB: a storm of log-ins waits its turn and does not take the memory of everybody else.
_AT_ONCE = threading.BoundedSemaphore(2)


class HouseHasher(Argon2PasswordHasher):
    """Argon2id with 46 MiB, one pass, one lane, two at once per process; older hashes are renewed at sign-in.

    Source: security reference §4.5; OWASP password storage.
    """

    time_cost = 1
    memory_cost = 47_104
    parallelism = 1

    def encode(self, password: str, salt: str) -> Any:
        """See Django."""
        with _AT_ONCE:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """See Django."""
        with _AT_ONCE:
            return super().verify(password, encoded)
