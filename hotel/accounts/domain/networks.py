"""From which networks a token may come."""

import ipaddress
from collections.abc import Iterable

from hotel.core.words import _

MOST = 50


def networks_read(texts: Iterable[str]) -> list[str]:
    """Networks and single addresses in their shortest form, each once, in order.

    Args:
        texts: such as ``203.0.113.0/24``, ``203.0.113.7`` or ``2001:db8::/48``.

    Raises:
        ValueError: one is none, has bits beyond its length, or there are more than ``MOST``; says which.
    """
    found = [ipaddress.ip_network(text.strip()) for text in texts]
    if len(found) > MOST:
        raise ValueError(_("At most %(most)s networks.") % {"most": MOST})
    return [str(network) for network in dict.fromkeys(found)]


def is_within(address: str, networks: Iterable[str]) -> bool:
    """Whether an address is in one of the networks. No networks: from everywhere."""
    texts = list(networks)
    if not texts:
        return True
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    return any(parsed in ipaddress.ip_network(text) for text in texts)
