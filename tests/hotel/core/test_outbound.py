"""The one way out: nothing typed by anybody reaches an inner address."""

import ast
import socket
import threading
import time

import pytest

from hotel.core import outbound, public_addresses
from hotel.core.outbound import Limits, OutboundFailed, UrlRefused, call, url_check
from tests.architecture.survey import modules, product, shown, tree
from tests.hostile.urls import NAMES, hostile_urls

REDIRECT = "HTTP/1.1 {status} Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n"


class Listener:
    """Accepts on every address of the loopback, remembers each byte, and answers as told."""

    def __init__(self):
        self.heard, self.answer, self.drip = [], b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", False
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.others = [socket.create_server((host, self.port)) for host in ("127.0.0.2",)]
        for server in (self.socket, *self.others):
            threading.Thread(target=self._serve, args=(server,), daemon=True).start()

    def _serve(self, server):
        while True:
            try:
                caller, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=self._hear, args=(server, caller), daemon=True).start()

    def _hear(self, server, caller):
        with caller:
            self.heard.append((server.getsockname()[0], caller.recv(65536)))
            try:
                if self.drip:
                    caller.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
                    for _ in range(200):
                        caller.sendall(b"x")
                        time.sleep(0.02)
                caller.sendall(self.answer)
            except OSError:
                return

    def close(self):
        for server in (self.socket, *self.others):
            server.close()


@pytest.fixture
def listener():
    made = Listener()
    yield made
    made.close()


@pytest.fixture
def names(monkeypatch):
    """Every name is the attacker's and leads to 127.0.0.1; numbers are read as the system reads them."""
    answers = {}
    real = socket.getaddrinfo

    def getaddrinfo(host, port, *rest, **more):
        if host.lower() in {name.lower() for name in NAMES} or host in answers:
            found = answers.get(host, ["127.0.0.1"])
            address = found.pop(0) if len(found) > 1 else found[0]
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]
        return real(host, port, *rest, flags=socket.AI_NUMERICHOST, **more)

    monkeypatch.setattr(outbound.socket, "getaddrinfo", getaddrinfo)
    return answers


@pytest.fixture
def any_port(monkeypatch, listener):
    """The listener's port counts as a web port: only the address stands in the way."""
    monkeypatch.setattr(public_addresses, "PORTS", frozenset({443, 8443, listener.port}))


def refused(url: str) -> bool:
    try:
        call("GET", url, limits=Limits(total_seconds=2))
    except UrlRefused:
        return True
    except OutboundFailed:
        return False
    return False


def test_the_corpus_reaches_no_inner_address(listener, names, any_port):
    corpus = hostile_urls(listener.port)
    assert len(set(corpus)) >= 150
    assert [url for url in corpus if not refused(url)] == []
    assert listener.heard == []


def test_other_ports_than_those_of_the_web_are_refused(listener, names):
    names["open.example.com"] = ["93.184.216.34"]
    for port in (22, 25, 80, 5432, 6379, listener.port):
        assert refused(f"https://open.example.com:{port}/")
    assert listener.heard == []


def test_the_listener_of_the_corpus_hears_who_is_let_through(listener):
    reply = call("POST", f"http://127.0.0.1:{listener.port}/a", body=b"x", limits=Limits(allow_private=True))
    assert (reply.status, reply.body, reply.is_cut) == (200, b"ok", False)
    assert listener.heard[0][1].startswith(b"POST /a HTTP/1.1")


def test_a_name_that_changes_between_check_and_call_leads_nowhere(listener, names, any_port):
    names["rebind2.example.com"] = ["93.184.216.34", "127.0.0.1"]
    url = f"https://rebind2.example.com:{listener.port}/"
    assert url_check(url, Limits()) == "93.184.216.34"
    with pytest.raises(UrlRefused, match="public internet"):
        call("GET", url, limits=Limits())
    assert listener.heard == []


def test_one_inner_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    found = [(2, 1, 6, "", (address, 443)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(outbound.socket, "getaddrinfo", lambda *a, **k: found)
    with pytest.raises(UrlRefused, match="public internet"):
        url_check("https://two.example.com/", Limits())


@pytest.fixture
def outer(monkeypatch, listener):
    """127.0.0.2 stands for the public internet, and http for https."""
    real = public_addresses.is_public
    monkeypatch.setattr(outbound, "is_public", lambda address: address == "127.0.0.2" or real(address))
    monkeypatch.setattr(
        outbound,
        "url_problem",
        lambda url, allow_private: public_addresses.url_problem(url, allow_private=True),
    )
    return f"http://127.0.0.2:{listener.port}/"


def test_a_redirect_is_not_followed_unless_asked_for(listener, outer):
    listener.answer = REDIRECT.format(status=302, to=f"http://127.0.0.1:{listener.port}/").encode()
    assert call("GET", outer, limits=Limits()).status == 302
    assert [host for host, _ in listener.heard] == ["127.0.0.2"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_inside_is_refused(listener, outer, status):
    listener.answer = REDIRECT.format(status=status, to=f"http://127.0.0.1:{listener.port}/").encode()
    with pytest.raises(UrlRefused):
        call("GET", outer, limits=Limits(max_redirects=3))
    assert [host for host, _ in listener.heard] == ["127.0.0.2"]


def test_redirects_end_after_those_allowed_and_take_no_secret_along(listener, outer):
    listener.answer = REDIRECT.format(status=302, to=outer).encode()
    reply = call(
        "POST", outer, body=b"x", headers={"Authorization": "Bearer s"}, limits=Limits(max_redirects=3)
    )
    assert reply.status == 302
    assert len(listener.heard) == 4
    assert [b"Bearer s" in text for _, text in listener.heard] == [True, False, False, False]
    assert listener.heard[1][1].startswith(b"GET ")


def test_proxies_of_the_environment_are_not_used(listener, monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.2:9")
    call("GET", f"http://127.0.0.1:{listener.port}/", limits=Limits(allow_private=True))
    assert [host for host, _ in listener.heard] == ["127.0.0.1"]


def test_an_answer_without_end_is_cut(listener):
    # Whoever waited for all of it would see the connection break.
    listener.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n" + b"x" * 1_000_001
    reply = call("GET", f"http://127.0.0.1:{listener.port}/", limits=Limits(allow_private=True))
    assert (len(reply.body), reply.is_cut) == (1_000_000, True)


def test_an_answer_in_drips_is_given_up(listener):
    listener.drip = True
    with pytest.raises(OutboundFailed, match="No answer within"):
        call(
            "GET", f"http://127.0.0.1:{listener.port}/", limits=Limits(allow_private=True, total_seconds=0.3)
        )


def test_a_name_that_nobody_answers_for_is_given_up(monkeypatch):
    release = threading.Event()
    monkeypatch.setattr(outbound.socket, "getaddrinfo", lambda *a, **k: release.wait(5))
    with pytest.raises(UrlRefused, match="in time"):
        url_check("https://slow.example.com/", Limits(resolve_seconds=0.05))
    release.set()


# path -> why it opens connections itself
CALLERS = {
    "hotel/core/outbound.py": "the one way out",
    "hotel/core/mail.py": "SMTP to the operator's server, which httpx does not speak; behind a circuit as well",
    "hotel/core/postgresql/silence.py": "asks whether PostgreSQL answers, within seconds of its own",
    "hotel/messaging/adapters/email/adapter.py": "reads the failures of that server",
    "hotel/monitoring/adapters/probes.py": "asks whether that server answers",
}
_MODULES = (
    "requests",
    "urllib.request",
    "http.client",
    "smtplib",
    "aiohttp",
    "urllib3",
    "ftplib",
    "telnetlib",
)
_MAKERS = {"Client", "AsyncClient", "get", "post", "put", "patch", "delete", "head", "request", "stream"}


def _is_of_the_product(path) -> bool:
    """The launcher speaks only to servers that it started itself."""
    return not shown(path).startswith("config/")


def _opens_connections(path) -> bool:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import) and any(alias.name in _MODULES for alias in node.names):
            return True
        if isinstance(node, ast.ImportFrom) and node.module in _MODULES:
            return True
        if isinstance(node, ast.ImportFrom) and node.module == "httpx":
            return True
        if _is_a_way_out(node) and not _is_a_type(path, node):
            return True
    return False


def _is_a_way_out(node) -> bool:
    if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)):
        return False
    return (node.value.id == "httpx" and node.attr in _MAKERS) or node.attr == "create_connection"


def _is_a_type(path, node) -> bool:
    """``client: httpx.Client`` says what something is; it opens nothing."""
    calls = (n.func for n in ast.walk(tree(path)) if isinstance(n, ast.Call))
    return node not in list(calls)


def test_every_outbound_call_goes_the_one_way():
    callers = {
        shown(path) for path in modules(*product()) if _is_of_the_product(path) and _opens_connections(path)
    }
    assert callers - set(CALLERS) == set(), "call hotel.core.outbound instead"
    assert set(CALLERS) - callers == set(), "stale"


# call -> the argument that ends it in time
_LIMITED = {
    "create_connection": "timeout",
    "urlopen": "timeout",
    "Redis.from_url": "socket_timeout",
    "httpx.Client": "timeout",
    "httpx.AsyncClient": "timeout",
    "smtplib.SMTP": "timeout",
    "get_connection": "timeout",
}


def test_every_call_outside_has_a_time_out(settings):
    """What asks for Django's mail connection without one has that of the settings."""
    found = {
        shown(path)
        for path in modules(*product())
        if _is_of_the_product(path)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and (limit := _LIMITED.get(_called(node)))
        if limit not in {keyword.arg for keyword in node.keywords}
    }
    assert found == {"hotel/messaging/adapters/email/adapter.py"}
    assert settings.EMAIL_TIMEOUT == 10


def _called(node) -> str:
    """``get_connection`` or ``httpx.Client``; of ``transaction.get_connection`` nothing, which is the database's."""
    name = ast.unparse(node.func)
    return name if name in _LIMITED else name.rpartition(".")[2] if name.startswith("socket.") else ""


def test_an_operators_server_is_given_ten_seconds_and_three_to_connect():
    with outbound.operators_client("test") as client:
        assert client.timeout == outbound.httpx.Timeout(10, connect=3)
