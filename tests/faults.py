"""A TCP proxy on the loopback that can stop passing on what it is sent, as a network does whose packets vanish."""

import socket
import threading
import time
from contextlib import suppress


class FaultyProxy:
    """Between a client and a server.

    Attributes:
        port: where clients come.
        delay: seconds that each piece is kept.
    """

    def __init__(self, port: int) -> None:
        self.target, self.delay = port, 0.0
        self._passes = threading.Event()
        self._passes.set()
        self._server = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def hold(self) -> None:
        """From now on everything is taken and nothing passed on, also of new connections."""
        self._passes.clear()

    def release(self) -> None:
        """What was held arrives, late, as TCP sends again what was lost."""
        self._passes.set()

    def close(self) -> None:
        """Take no more connections."""
        self._server.close()
        self._passes.set()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(client,), daemon=True).start()

    def _join(self, client: socket.socket) -> None:
        self._passes.wait()
        try:
            server = socket.create_connection(("127.0.0.1", self.target), timeout=5)
        except OSError:
            client.close()
            return
        server.settimeout(None)
        for source, target in ((client, server), (server, client)):
            threading.Thread(target=self._pump, args=(source, target), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(65536):
                self._passes.wait()
                if self.delay:
                    time.sleep(self.delay)
                target.sendall(piece)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
