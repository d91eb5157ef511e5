"""A server that fell silent, whose packets vanish while nobody hangs up, is found out, so that nobody waits for it.

No time limit of the server helps then, and none of TCP when something between still confirms what is sent. A statement
may rightly take long, so it is not its length that counts: when a connection has been waiting for a second and nobody
of this process has heard anything meanwhile, the server itself is asked, on a way of its own. If it says nothing for
three seconds, every wait of the process is ended and no new one begins until the server answers again.

Source: security reference §5.8, §5.10 F10.
"""

import logging
import os
import socket
import threading
import time
from itertools import count
from typing import Any, NamedTuple

import psycopg

logger = logging.getLogger(__name__)
TICK, PATIENCE, ASK_SECONDS = 0.2, 1.0, 3.0
# What any server of this protocol answers by one letter before anybody signs in.
SSL_REQUEST = bytes.fromhex("0000000804d2162f")


class Wait(NamedTuple):
    """A connection that waits for the server, and since when."""

    began: float
    socket: int
    host: str
    port: int


class Watch:
    """The waits of this process, and the thread that looks at them."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """As new; also in a child after a fork, which has none of the threads."""
        self._lock = threading.Lock()
        self._waits: dict[int, Wait] = {}
        self._numbers = count()
        self._heard = 0.0
        self._thread: threading.Thread | None = None
        self.is_silent = False

    def begin(self, wait: Wait) -> int:
        """A connection begins to wait; returns its number.

        Raises:
            psycopg.OperationalError: the server is silent.
        """
        if self.is_silent:
            raise psycopg.OperationalError("The database server does not answer.")
        number = next(self._numbers)
        self._waits[number] = wait
        if self._thread is None:
            self._start()
        return number

    def end(self, number: int, *, heard: bool) -> None:
        """It waits no more."""
        with self._lock:  # while it is held, the socket is not another's
            self._waits.pop(number, None)
        if heard:
            self._heard = time.monotonic()

    def look(self) -> None:
        """One look at the waits: nothing, or a question to the server and what follows from it."""
        oldest = min(list(self._waits.values()), default=None)
        asked = time.monotonic()
        if oldest is None or asked - max(oldest.began, self._heard) < PATIENCE:
            return
        if server_answers(oldest.host, oldest.port, ASK_SECONDS) or self._heard > asked:
            return
        self.is_silent = True
        logger.error("The database server has fallen silent.")
        self._hang_up()
        while not server_answers(oldest.host, oldest.port, ASK_SECONDS):
            self._hang_up()  # who began just before it was known
            time.sleep(TICK)
        self.is_silent = False
        logger.warning("The database server answers again.")

    def _hang_up(self) -> None:
        with self._lock:
            for wait in self._waits.values():
                try:
                    with socket.socket(fileno=os.dup(wait.socket)) as ours:
                        ours.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue

    def _start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="database-silence", daemon=True)
                self._thread.start()

    def _watch(self) -> None:
        while True:
            time.sleep(TICK)
            try:
                self.look()
            except Exception:
                logger.exception("The watch over the database's silence goes on.")


watch = Watch()
os.register_at_fork(after_in_child=watch.forget)


class WatchedConnection(psycopg.Connection[Any]):
    """psycopg's, whose waits are watched."""

    def wait(self, gen: Any, *args: Any, **more: Any) -> Any:
        """As psycopg's.

        Raises:
            psycopg.OperationalError: the server is silent, or fell silent meanwhile.
        """
        conn = self.pgconn
        try:
            number = watch.begin(Wait(time.monotonic(), conn.socket, *self._server()))
        except psycopg.OperationalError:
            if watch.is_silent:
                conn.finish()
            raise
        heard = False
        try:
            result = super().wait(gen, *args, **more)
            heard = True
        except psycopg.DatabaseError as error:
            heard = error.sqlstate is not None  # the server itself refused
            raise
        finally:
            watch.end(number, heard=heard)
        return result

    def _server(self) -> tuple[str, int]:
        """Where it is connected to; asked of the library once."""
        kept: tuple[str, int] | None = self.__dict__.get("_server_kept")
        if kept is None:
            conn = self.pgconn
            host = (conn.hostaddr or conn.host or b"").decode()
            kept = self.__dict__["_server_kept"] = (host, int(conn.port or b"5432"))
        return kept


def server_answers(host: str, port: int, seconds: float) -> bool:
    """Whether a server of PostgreSQL's protocol is there; nobody signs in, and other threads run meanwhile.

    Args:
        host: an address or name, or the folder of a Unix socket.
        port: its port.
        seconds: for connecting, and again for the answer.
    """
    try:
        if host.startswith("/"):
            asking = socket.socket(socket.AF_UNIX)
            asking.settimeout(seconds)
            asking.connect(f"{host}/.s.PGSQL.{port}")
        else:
            asking = socket.create_connection((host or "127.0.0.1", port), timeout=seconds)
        with asking:
            asking.sendall(SSL_REQUEST)
            return asking.recv(1) in (b"S", b"N", b"E")
    except OSError:
        return False
