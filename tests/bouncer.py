"""PgBouncer in transaction mode before the database of a test: few connections that go from hand to hand."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
INI = """[databases]
t = host={HOST} port={PORT} dbname={NAME}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
pool_mode = transaction
default_pool_size = {size}
auth_type = plain
auth_file = {folder}/users
"""


@contextmanager
def bouncer(size: int) -> Iterator[str]:
    """The address of a bouncer with so many connections to the server."""
    settings = connection.settings_dict
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="auberge-bouncer-"))
    (folder / "users").write_text(f'"{settings["USER"]}" "{settings["PASSWORD"]}"\n')
    (folder / "ini").write_text(INI.format(**settings, port=port, size=size, folder=folder))
    given = {}
    if os.geteuid() == 0:  # it refuses to run as root
        given["user"] = "nobody"
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, "nobody")
    child = subprocess.Popen([str(PROGRAM), "-q", str(folder / "ini")], stderr=subprocess.DEVNULL, **given)  # noqa: S603
    address = f"postgres://{settings['USER']}:{settings['PASSWORD']}@127.0.0.1:{port}/t"
    try:
        _answers(child, address)
        yield address
    finally:
        child.terminate()
        child.wait(60)
        shutil.rmtree(folder)


def _answers(child: subprocess.Popen, address: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(address, connect_timeout=10).close()
            return
        except psycopg.OperationalError:
            if child.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
