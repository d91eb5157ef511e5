"""TCP ports on this machine's own address, 127.0.0.1."""

import socket
from pathlib import Path

from config.stack.paths import written_privately

LOOPBACK = "127.0.0.1"


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of 127.0.0.1 now."""
    with socket.socket() as probe:
        # As the servers do; without it a port closed a moment ago looks taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Any port that is free now, chosen by the operating system."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def kept_port(file: Path) -> int:
    """The port written in `file` while it is free; else a new one, written there."""
    try:
        port = int(file.read_text())
    except (OSError, ValueError):
        port = 0
    if not port or not is_free(port):
        port = free_port()
        written_privately(file, f"{port}\n")
    return port


def next_free_port(wanted: int, tries: int = 50) -> int:
    """The first free port from `wanted` upwards; any free one when `tries` in a row are taken."""
    return next((port for port in range(wanted, wanted + tries) if is_free(port)), 0) or free_port()


def answers(port: int) -> bool:
    """Whether something accepts connections on this port of 127.0.0.1."""
    try:
        socket.create_connection((LOOPBACK, port), 0.5).close()
    except OSError:
        return False
    return True
