"""How many requests are under way: of each client, and in this process."""

import threading

from hotel.monitoring.domain.matching import Principal


class Leases:
    """Counts of this process. A lease ends with its request, so none is ever left behind."""

    def __init__(self) -> None:
        """Nobody is served."""
        self._held: dict[Principal, int] = {}
        self._lock = threading.Lock()
        self.in_flight = 0

    def enter(self) -> None:
        """A request begins."""
        with self._lock:
            self.in_flight += 1

    def leave(self) -> None:
        """A request is answered."""
        with self._lock:
            self.in_flight -= 1

    def take(self, principal: Principal, most: int) -> bool:
        """Give a client one more lease unless he holds so many already."""
        with self._lock:
            held = self._held.get(principal, 0)
            if held >= most:
                return False
            self._held[principal] = held + 1
            return True

    def give_back(self, principal: Principal) -> None:
        """End one lease of a client."""
        with self._lock:
            left = self._held.get(principal, 0) - 1
            if left > 0:
                self._held[principal] = left
            else:
                self._held.pop(principal, None)


leases = Leases()
