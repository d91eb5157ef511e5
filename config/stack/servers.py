"""PostgreSQL and Valkey for one data folder: the embedded ones, or those the environment names."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from config.stack.account import server_account
from config.stack.errors import StackError
from config.stack.keys import installation_secrets
from config.stack.lock import HomeLock
from config.stack.paths import home_prepared
from config.stack.postgres import Cluster, servers_folder
from config.stack.processes import Child
from config.stack.valkey import Valkey

FOLDERS = {
    "media": "MEDIA_ROOT",
    "static": "STATIC_ROOT",
    "messages": "MESSAGING_OUTBOX_DIR",
    "backups": "BACKUP_DIR",
}


class Servers:
    """The two servers of one data folder; each is embedded unless its URL is in the environment."""

    def __init__(self, home: Path, environment: Mapping[str, str]) -> None:
        """Nothing is started yet.

        Args:
            home: the data folder.
            environment: where `DATABASE_URL` and `REDIS_URL` are looked for.
        """
        account = server_account()
        folder = servers_folder(home, account)
        self.home = home
        self.outer = environment
        self.postgres: Cluster | None = None
        self.valkey: Valkey | None = None
        if not environment.get("DATABASE_URL"):
            self.postgres = Cluster(folder / "postgres", home / "log/postgres.log", account=account)
        if not environment.get("REDIS_URL"):
            self.valkey = Valkey(folder / "valkey", home / "log/valkey.log", account=account)

    def start(self) -> None:
        """Start the embedded ones, PostgreSQL first; see that the others answer.

        Raises:
            StackError: one of them fails.
        """
        if self.postgres:
            self.postgres.start()
        else:
            database_reach(self.outer["DATABASE_URL"])
        if self.valkey:
            self.valkey.start()
        else:
            redis_reach(self.outer["REDIS_URL"])

    def stop(self) -> None:
        """Stop the embedded ones, PostgreSQL last."""
        for server in (self.valkey, self.postgres):
            if server:
                server.stop()

    def children(self) -> list[Child]:
        """Their processes, in order of starting."""
        return [server.child for server in (self.postgres, self.valkey) if server and server.child]

    def environment(self) -> dict[str, str]:
        """The complete environment for Django: ours, the URLs, and this installation's secrets."""
        made = {**installation_secrets(self.home), "DJANGO_SETTINGS_MODULE": "config.settings.local"}
        for name, variable in FOLDERS.items():
            (self.home / name).mkdir(exist_ok=True)
            made[variable] = str(self.home / name)
        made |= {name: value for name, value in self.outer.items() if value}
        # Without compiled modules each start takes three times as long.
        made.pop("PYTHONDONTWRITEBYTECODE", None)
        if self.postgres:
            made |= self.postgres.environment
        if self.valkey:
            made["REDIS_URL"] = self.valkey.url
        return made


def database_reach(url: str) -> None:
    """See that a configured PostgreSQL answers.

    Raises:
        StackError: it does not, with its reason.
    """
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        raise StackError(f"The database that DATABASE_URL names does not answer:\n{error}") from error


def redis_reach(url: str) -> None:
    """See that a configured Redis or Valkey answers.

    Raises:
        StackError: it does not, with its reason.
    """
    import redis

    try:
        redis.Redis.from_url(url, socket_connect_timeout=5).ping()
    except (redis.RedisError, ValueError) as error:
        raise StackError(f"The server that REDIS_URL names does not answer:\n{error}") from error


@contextmanager
def servers_for_command(command: str) -> Iterator[dict[str, str]]:
    """The environment for a developer's command: the running servers, or ones started just for it.

    Raises:
        StackError: another command is just starting or stopping the servers, or a server fails.
    """
    home = home_prepared()
    lock = HomeLock(home)
    servers = Servers(home, os.environ)
    if not lock.acquire(command):
        with lock.as_guest():
            running = all(server.answers() for server in (servers.postgres, servers.valkey) if server)
            if not running:
                raise StackError(
                    f"The servers of {home} are just starting or stopping. Try again in a moment."
                )
            yield servers.environment()
        return
    try:
        servers.start()
        yield servers.environment()
        lock.wait_for_guests()
    finally:
        servers.stop()
        lock.release()
