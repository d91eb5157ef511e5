"""The range protocol against a real server: five characters leave the house, and nobody waits for who is away."""

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from hotel.accounts.adapters.stolen_passwords import times_stolen

PASSWORD = "gulp-of-salty-water"
DIGEST = hashlib.sha1(PASSWORD.encode(), usedforsecurity=False).hexdigest().upper()


class Lists(BaseHTTPRequestHandler):
    """Knows one password, with padding around it as the real service sends."""

    def do_GET(self):
        self.server.heard.append((self.path, self.headers["Add-Padding"]))
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.text.encode())

    def log_message(self, *args):
        """Silent."""


@pytest.fixture
def lists(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Lists)
    server.heard, server.status = [], 200
    server.text = f"{'0' * 35}:0\r\n{DIGEST[5:]}:4711\r\n{'F' * 35}:3"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.STOLEN_PASSWORDS_URL = f"http://127.0.0.1:{server.server_port}/"
    yield server
    server.shutdown()
    server.server_close()


def test_five_characters_of_the_hash_leave_the_house(lists):
    assert times_stolen(PASSWORD) == 4711
    assert lists.heard == [(f"/range/{DIGEST[:5]}", "true")]


def test_another_password_is_on_no_list(lists):
    assert times_stolen("another-salty-water") == 0


def test_padding_counts_for_nothing(lists):
    lists.text = f"{DIGEST[5:]}:0"
    assert times_stolen(PASSWORD) == 0


@pytest.mark.parametrize(
    ("status", "text"), [(500, ""), (429, "slow down"), (200, "<html>"), (200, "A:many")]
)
def test_an_answer_that_is_none_is_unknown(lists, status, text):
    lists.status, lists.text = status, text
    assert times_stolen(PASSWORD) is None


def test_a_service_that_is_away_is_unknown(lists, caplog):
    lists.shutdown()
    lists.server_close()
    assert times_stolen(PASSWORD) is None
    assert "could not be asked" in caplog.text
    assert PASSWORD not in caplog.text
    assert DIGEST not in caplog.text


def test_without_a_service_nobody_is_asked(settings):
    settings.STOLEN_PASSWORDS_URL = ""
    assert times_stolen(PASSWORD) is None
