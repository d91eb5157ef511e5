"""How long somebody waits who gets a password wrong: longer each time, never for ever.

Three counts run beside each other: of one name from one network, of one name from everywhere, and of one name on a
browser that this person has signed in with before. The third stands alone: whoever guesses elsewhere cannot make the
night desk wait.

Source: security reference §4.5; ASVS 6.3.1.
"""

import ipaddress
import math
from dataclasses import dataclass
from datetime import timedelta

NOWHERE = "255.255.255.255"  # a name for no address
FORGOTTEN_AFTER = timedelta(days=1)  # without another failure


@dataclass(frozen=True)
class Pace:
    """How one count slows down.

    Attributes:
        free: failures that cost nothing.
        first: the wait after one more than that; it doubles with each further failure.
        longest: no wait is longer.
    """

    free: int
    first: timedelta
    longest: timedelta


NETWORK = Pace(free=5, first=timedelta(seconds=30), longest=timedelta(minutes=15))
# From however many addresses: five guesses, then after 1, 3, 7, 15 and 31 minutes, then every half hour.
EVERYWHERE = Pace(free=5, first=timedelta(minutes=1), longest=timedelta(minutes=30))
KNOWN_DEVICE = Pace(free=5, first=timedelta(seconds=15), longest=timedelta(minutes=2))


def seconds_to_wait(pace: Pace, *, failures: int, since_last: timedelta) -> int:
    """Whole seconds until the next attempt is heard, 0 for now.

    Args:
        pace: of the count.
        failures: so far.
        since_last: from the last failure until now.
    """
    if failures < pace.free or since_last >= FORGOTTEN_AFTER:
        return 0
    # Beyond 2**20 doublings nothing changes any more, and numbers stay small.
    delay = min(pace.first * 2 ** min(failures - pace.free, 20), pace.longest)
    return max(0, math.ceil((delay - since_last).total_seconds()))


def network_of(address: str) -> str:
    """The network that addresses of one guesser share: /24, or /56 of IPv6; ``NOWHERE`` when there is none."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return NOWHERE
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    bits = 24 if parsed.version == 4 else 56
    return str(ipaddress.ip_network(f"{parsed}/{bits}", strict=False).network_address)
