"""Tracing by its switch, to a real receiver: off nothing is instrumented, on the caller's trace is continued."""

import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.db import connection

from config.stack.paths import ROOT

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PROGRAM = """
import sys
from config.wsgi import application
from django.test import RequestFactory
from django.core.handlers.wsgi import WSGIHandler
environ = RequestFactory().get("/api/health/ready", HTTP_TRACEPARENT="00-{trace}-00f067aa0ba902b7-01").environ
said = []
body = application(environ, lambda status, headers: said.append(status))
print(said[0], "opentelemetry.instrumentation.django" in sys.modules)
getattr(body, "close", int)()
if "opentelemetry.instrumentation.django" in sys.modules:
    from opentelemetry import trace
    trace.get_tracer_provider().force_flush()
""".replace("{trace}", TRACE)


@pytest.fixture
def receiver():
    """A receiver of OTLP over HTTP: its address, and the bodies it was sent."""
    bodies = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            bodies.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", bodies
    server.shutdown()
    thread.join()
    server.server_close()


def served(receiver, tracing):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.hotel.monitoring.attended",
        "ATTENDED_DATABASE": connection.settings_dict["NAME"],
        "OTEL_EXPORTER_OTLP_ENDPOINT": receiver[0],
        "TRACING": tracing,
    }
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_off_nothing_is_instrumented_and_nothing_sent(receiver, db):
    assert served(receiver, "off") == "200 OK False"
    assert receiver[1] == []


def test_on_the_request_and_its_statements_continue_the_callers_trace(receiver, db):
    assert served(receiver, "on") == "200 OK True"
    assert {path for path, _ in receiver[1]} == {"/v1/traces"}
    sent = b"".join(body for _, body in receiver[1])
    assert bytes.fromhex(TRACE) in sent
    for words in (b"auberge", b"api/health/ready", b"SELECT"):
        assert words in sent
