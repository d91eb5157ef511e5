"""An embedded Valkey: broker, cache and channel layer, over the same `redis://` as in production."""

import secrets
import socket
from dataclasses import dataclass, field
from pathlib import Path

from config.stack.account import Account, readable_copy, server_account
from config.stack.paths import written_privately
from config.stack.ports import LOOPBACK, kept_port
from config.stack.processes import Child
from config.stack.providers import ValkeyProgram, valkey_program


@dataclass
class Valkey:
    """One server of the Redis protocol in one folder.

    Attributes:
        folder: holds `data/`, `port`, `password`; made when absent.
        throwaway: for tests: nothing is written to disk.
    """

    folder: Path
    log: Path
    throwaway: bool = False
    program: ValkeyProgram = field(default_factory=valkey_program)
    account: Account = field(default_factory=server_account)
    child: Child | None = None

    @property
    def url(self) -> str:
        """`REDIS_URL`, without a database number."""
        return f"redis://:{self._kept('password')}@{LOOPBACK}:{self._kept('port')}"

    def start(self) -> None:
        """Start the server and wait until it answers.

        Raises:
            StackError: the server fails to start.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711)
        data = self.account.folder(self.folder / "data")
        password = self.folder / "password"
        if not password.exists():
            written_privately(password, secrets.token_urlsafe(24))
        kept_port(self.folder / "port")
        program = self.program.path
        if not self.account.reaches(program):
            program = readable_copy(program, self.folder / f"{program.name}-{program.stat().st_mtime_ns}")
        # In a file, because the arguments of a process are shown to every user of the machine.
        settings = self.folder / "valkey.conf"
        written_privately(settings, self._settings(data))
        self.child = Child(
            name="Valkey",
            argv=[str(program), str(self.account.give(settings))],
            log=self.log,
            account=self.account,
            stop_seconds=10,
        )
        self.child.start()
        self.child.wait_until(self.answers, 30)

    def stop(self) -> None:
        """Write everything to disk and end the server."""
        if self.child:
            self.child.stop()

    def answers(self) -> bool:
        """Whether the server has loaded its data and takes commands."""
        try:
            with socket.create_connection((LOOPBACK, int(self._kept("port"))), 1) as connection:
                connection.sendall(f"AUTH {self._kept('password')}\r\nPING\r\n".encode())
                connection.settimeout(2)
                reply = b""
                while reply.count(b"\r\n") < 2:
                    part = connection.recv(200)
                    if not part:
                        return False
                    reply += part
        except OSError:
            return False
        return b"+PONG" in reply

    def _settings(self, data: Path) -> str:
        keep = ["appendonly no"] if self.throwaway else ["appendonly yes", "appendfsync everysec"]
        lines = [
            f"bind {LOOPBACK}",
            f"port {self._kept('port')}",
            f'dir "{data}"',
            f"requirepass {self._kept('password')}",
        ]
        # A broker must never drop messages to make room.
        return "\n".join([*lines, *keep, 'save ""', "maxmemory-policy noeviction", ""])

    def _kept(self, name: str) -> str:
        return (self.folder / name).read_text().strip()
