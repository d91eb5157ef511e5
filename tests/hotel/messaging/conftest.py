"""Real servers on the loopback: a mail server and a web server that say what a test tells them."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller


@dataclass
class MailServer:
    """What the server heard, and what it answers."""

    port: int = 0
    at_recipient: str = "250 OK"
    at_data: str = "250 OK"
    seconds: float = 0
    letters: list = field(default_factory=list)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.at_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.at_recipient

    async def handle_DATA(self, server, session, envelope):
        if self.seconds:
            time.sleep(self.seconds)
        if self.at_data.startswith("250"):
            self.letters.append((envelope.rcpt_tos, envelope.content))
        return self.at_data


class LoopbackController(Controller):
    """On a port that the system chooses."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def mail_server(settings):
    """A real SMTP server, and Django sending to it."""
    server = MailServer()
    controller = LoopbackController(server, hostname="127.0.0.1", port=0)
    controller.start()
    server.port = controller.port
    settings.EMAIL_BACKEND = "hotel.core.mail.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "Auberge <no-reply@hotel.test>"
    yield server
    controller.stop()


@dataclass
class Call:
    """One request a web server got."""

    path: str
    headers: dict
    body: bytes


@dataclass
class WebServer:
    """What the server heard; ``answers`` are used up one by one, then ``status`` counts."""

    url: str = ""
    status: int = 200
    text: str = "{}"
    headers: dict = field(default_factory=dict)
    seconds: float = 0
    answers: list = field(default_factory=list)
    calls: list = field(default_factory=list)
    encrypt: Callable | None = None


@pytest.fixture
def web_server():
    """A real HTTP server on the loopback."""
    told = WebServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            told.calls.append(Call(self.path, dict(self.headers), body))
            time.sleep(told.seconds)
            status = told.answers.pop(0) if told.answers else told.status
            self.send_response(status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(told.text.encode())

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True

    def encrypt(context):
        server.socket = context.wrap_socket(server.socket, server_side=True)

    told.encrypt = encrypt
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    told.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield told
    server.shutdown()
    server.server_close()


@pytest.fixture
def private_webhooks(settings):
    """Webhooks may call the loopback."""
    settings.WEBHOOK_ALLOW_PRIVATE = True


@pytest.fixture
def consent():
    """Answers of the consent check: ``consent[guest_id] = True | False | "reason"``; others True."""
    from hotel.messaging.consent import register_consent_check, unregister_consent_check

    answers: dict = {}

    def check(guest_id, channel, purpose):
        return answers.get(guest_id, True)

    register_consent_check(check)
    yield answers
    unregister_consent_check(check)


@pytest.fixture(autouse=True)
def no_other_consent_checks(monkeypatch):
    """Higher floors stay silent here."""
    from hotel.messaging import consent as port

    monkeypatch.setattr(port, "_checks", [])
