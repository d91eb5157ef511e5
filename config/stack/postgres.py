"""A PostgreSQL cluster of our own, started as our direct child: no root, no container."""

import hashlib
import secrets
import signal
from dataclasses import dataclass, field
from pathlib import Path

from config.stack import postgres_setup as setup
from config.stack.account import Account, server_account
from config.stack.database_roles import ADDRESSES, DATABASE, REPORT, ROLE
from config.stack.paths import written_privately
from config.stack.ports import LOOPBACK, kept_port
from config.stack.processes import Child
from config.stack.providers import PostgresPrograms, postgres_programs

# Valid for one start: nothing is written into postgresql.conf, so that a new release can change them.
OPTIONS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "jit": "off",
}
THROWAWAY_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "2GB",
}


@dataclass
class Cluster:
    """One PostgreSQL cluster in one folder.

    Attributes:
        folder: holds `data/`, `port` and `password`; made when absent. The servers' account must be able to
            get there (`servers_folder`).
        throwaway: for tests: the data need not survive a crash, so nothing waits for the disk.
        extra: further settings of the server, by name.
    """

    folder: Path
    log: Path
    throwaway: bool = False
    extra: dict[str, str] = field(default_factory=dict)
    programs: PostgresPrograms = field(default_factory=postgres_programs)
    account: Account = field(default_factory=server_account)
    child: Child | None = None

    @property
    def data(self) -> Path:
        """The data directory in PostgreSQL's sense."""
        return self.folder / "data"

    @property
    def url(self) -> str:
        """`DATABASE_OWNER_URL`: the application's own database, as the role that owns it and may change it."""
        return self.url_of(ROLE)

    @property
    def environment(self) -> dict[str, str]:
        """The addresses of the roles that work here, by variable; reports are for tools of others."""
        return {name: self.url_of(role) for name, role in ADDRESSES.items() if role != REPORT}

    @property
    def admin_url(self) -> str:
        """The same server as its superuser; for set-up and maintenance only."""
        return self.url_of("postgres", "postgres")

    @property
    def superuser_url(self) -> str:
        """The application's own database as the superuser."""
        return self.url_of("postgres")

    def start(self) -> None:
        """Make the cluster when there is none, start the server, and wait until it answers.

        Raises:
            StackError: data of another major version, another server on the same data, or it fails to start.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711)
        bin_folder = setup.executable_programs(self.programs, self.account, self.folder)
        if not self.data.exists():
            setup.cluster_make(
                bin_folder, self.data, self.folder / "password", self.account, sync=not self.throwaway
            )
        setup.other_version_refuse(bin_folder, self.data)
        setup.crash_traces_clear(self.data)
        port = kept_port(self.folder / "port")
        options = {
            **OPTIONS,
            **(THROWAWAY_OPTIONS if self.throwaway else {}),
            **self.extra,
            "port": str(port),
        }
        self.child = Child(
            name="PostgreSQL",
            argv=[
                str(bin_folder / "postgres"),
                *("-D", str(self.data)),
                *(word for name, value in options.items() for word in ("-c", f"{name}={value}")),
            ],
            log=self.log,
            account=self.account,
            stop_signal=signal.SIGINT,  # fast: SIGTERM would wait until every client has left
            stop_seconds=30,
            before_start=lambda: setup.crash_traces_clear(self.data),
        )
        self.child.start()
        self.child.wait_until(self.answers, 60)
        setup.databases_prepare(self.admin_url, self._password)

    def stop(self) -> None:
        """Disconnect everybody, write everything to disk, and end the server."""
        if self.child:
            self.child.stop()

    def answers(self) -> bool:
        """Whether the server accepts a connection now."""
        import psycopg

        try:
            with psycopg.connect(self.admin_url, connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False

    def url_of(self, role: str, database: str = DATABASE) -> str:
        """The address for a role."""
        return f"postgres://{role}:{self._password(role)}@{LOOPBACK}:{self._kept('port')}/{database}"

    def _password(self, role: str) -> str:
        """That of the superuser is the owner's, too; any other role has its own, made when it is first asked for."""
        name = "password" if role in ("postgres", ROLE) else f"password.{role}"
        if not (self.folder / name).exists():
            written_privately(self.folder / name, secrets.token_urlsafe(24))
        return self._kept(name)

    def _kept(self, name: str) -> str:
        return (self.folder / name).read_text().strip()


def servers_folder(home: Path, account: Account) -> Path:
    """Where the data of the embedded servers lies: in `home`, or below /var/lib when `account` cannot get there.

    The second happens only to root with the sources in a closed place such as /root.
    """
    if account.reaches(home / "postgres"):
        return home
    tag = hashlib.sha256(str(home).encode()).hexdigest()[:10]
    return Path("/var/lib/auberge") / f"{home.parent.name}-{tag}"
