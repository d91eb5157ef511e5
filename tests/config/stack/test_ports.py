import socket

import pytest

from config.stack import ports


@pytest.fixture
def taken():
    with socket.socket() as listener:
        listener.bind((ports.LOOPBACK, 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_listening_port_is_taken(taken):
    assert not ports.is_free(taken)
    assert ports.is_free(ports.free_port())


def test_the_next_free_port_skips_a_taken_one(taken):
    assert ports.next_free_port(taken) > taken


def test_no_free_port_in_reach_gives_any(taken):
    assert ports.next_free_port(taken, tries=1) not in (0, taken)


def test_a_kept_port_stays_until_it_is_taken(tmp_path, taken):
    first = ports.kept_port(tmp_path / "port")
    assert ports.kept_port(tmp_path / "port") == first
    (tmp_path / "port").write_text(f"{taken}\n")
    second = ports.kept_port(tmp_path / "port")
    assert second != taken
    assert (tmp_path / "port").read_text().strip() == str(second)


def test_a_damaged_port_file_is_replaced(tmp_path):
    (tmp_path / "port").write_text("nonsense")
    assert ports.kept_port(tmp_path / "port") > 0
