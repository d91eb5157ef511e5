"""Wrapping keys from a file and from a key service on loopback."""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured

from hotel.core.crypto import KeyUnavailable
from security.adapters.keys.sources import source

KEY = base64.b64encode(b"k" * 32).decode()


class Kms(BaseHTTPRequestHandler):
    """Unwraps by turning the text round, for those with the token."""

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        is_known = self.headers["Authorization"] == "Bearer right" and self.path == "/decrypt"
        self.send_response(200 if is_known else 403)
        self.end_headers()
        self.wfile.write(json.dumps({"plaintext": asked["ciphertext"][::-1]}).encode())

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def kms(settings):
    server = HTTPServer(("127.0.0.1", 0), Kms)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.KEY_SOURCE, settings.KMS_TOKEN = "kms", "right"
    settings.KMS_URL, settings.FIELD_KEYS = f"http://127.0.0.1:{server.server_port}", [f"k2:{KEY[::-1]}"]
    yield server
    server.shutdown()
    server.server_close()


def test_a_key_service_unwraps(kms):
    assert source()() == {"k2": b"k" * 32}


@pytest.mark.parametrize("token", ["wrong", ""])
def test_a_service_that_refuses_is_away(kms, settings, token):
    settings.KMS_TOKEN = token
    with pytest.raises(KeyUnavailable):
        source()()


def test_a_file_of_keys(settings, tmp_path):
    settings.KEY_SOURCE, settings.FIELD_KEYS_FILE = "file", str(tmp_path / "keys")
    with pytest.raises(KeyUnavailable):
        source()()
    (tmp_path / "keys").write_text(f"# new\nk2:{KEY}\n\n")
    assert source()() == {"k2": b"k" * 32}


def test_another_source_is_a_misconfiguration(settings):
    settings.KEY_SOURCE = "cloud"
    with pytest.raises(ImproperlyConfigured, match="env, file, kms"):
        source()
