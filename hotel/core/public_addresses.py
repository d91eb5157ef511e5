"""Which addresses the house may call for others (server-side request forgery): public ones on web ports only.

Source: security reference §4.11.
"""

import ipaddress
from urllib.parse import urlsplit

from hotel.core.words import _

MAX_URL_LENGTH = 500
PORTS = frozenset({443, 8443})
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def url_problem(url: str, *, allow_private: bool) -> str:
    """What is wrong with the form of a URL that somebody gave us; empty when nothing is.

    Args:
        url: as entered.
        allow_private: an installation on one machine may also use http and any port.
    """
    if len(url) > MAX_URL_LENGTH or not url.isascii() or any(ord(sign) <= 32 for sign in url):
        return _("Give a URL of up to %(max_url_length)s ASCII characters without spaces.") % {
            "max_url_length": MAX_URL_LENGTH
        }
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return _("This is not a URL.")
    if parts.scheme != "https" and not (allow_private and parts.scheme == "http"):
        return _("Use an https URL.")
    if not host or parts.fragment:
        return _("Give a host name and no fragment.")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        return _("Put no user name or password into the URL; the signature tells the sender.")
    if not allow_private and port is not None and port not in PORTS:
        return _("Use port 443 or 8443.")
    return ""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet.

    IPv4 hidden in IPv6 (mapped, NAT64, 6to4, Teredo) is judged by the IPv4 address. Not public: loopback,
    private, link-local, carrier-grade NAT, multicast, reserved, unspecified.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_is_public(part) for part in _layers(ip))


def _is_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """The library calls site-local addresses (``fec0::/10``) global, which old networks still use inside."""
    if isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local:
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _layers(
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """The address itself, or the IPv4 addresses it carries inside."""
    if isinstance(ip, ipaddress.IPv4Address):
        return [ip]
    if ip in _NAT64:
        return [ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)]
    inner = ip.ipv4_mapped or ip.sixtofour
    if inner is not None:
        return [inner]
    return [ip, *(ip.teredo or ())]
