"""SMS and push gateways, the console file, and the address check of webhooks."""

import json
import ssl
from datetime import timedelta
from functools import partial

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hotel.core import outbound
from hotel.core.clock import now
from hotel.messaging.adapters.base import Parcel, PermanentFailure, TemporaryFailure, adapter_for
from hotel.messaging.adapters.console.adapter import ConsoleAdapter
from hotel.messaging.adapters.push.adapter import PushGatewayAdapter
from hotel.messaging.adapters.sms.adapter import SmsGatewayAdapter
from hotel.messaging.adapters.webhook import adapter as webhook
from tests.contracts.adapters import HttpAdapterContract

PARCEL = Parcel(
    reference="ref-1",
    channel="sms",
    address="+4315550100",
    recipient_name="Gus",
    subject="",
    body="See you",
    body_html="",
    language="en",
    sender_name="Grand Hotel Alpha",
    reply_to="",
)


@pytest.fixture(autouse=True)
def gateways(settings):
    settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_TOKEN = "https://sms.example.com/v1", "token-of-sms"
    settings.PUSH_GATEWAY_URL, settings.PUSH_GATEWAY_TOKEN = "https://push.example.com/v1", "token-of-push"


class TestSms(HttpAdapterContract):
    secrets = ("token-of-sms",)

    def adapter(self, transport):
        return SmsGatewayAdapter(transport)

    def call(self, adapter):
        return adapter.send(PARCEL)

    def accepted(self):
        return httpx.Response(202, json={"id": 17})

    def check(self, result):
        assert result == "17"

    def test_the_request_is_as_documented(self):
        _, [request] = self.play(self.accepted())
        assert json.loads(request.content) == {
            "to": "+4315550100",
            "from": "Grand Hotel",
            "text": "See you",
            "reference": "ref-1",
        }
        assert request.headers["Authorization"] == "Bearer token-of-sms"
        assert request.headers["Idempotency-Key"] == "ref-1"

    @pytest.mark.parametrize(
        ("status", "kind", "is_bounce"),
        [(400, PermanentFailure, False), (404, PermanentFailure, True), (410, PermanentFailure, True)],
    )
    def test_permanent_answers(self, status, kind, is_bounce):
        with pytest.raises(kind) as caught:
            self.play(httpx.Response(status, text="no"))
        assert (caught.value.code, caught.value.reason, caught.value.is_bounce) == (
            str(status),
            "no",
            is_bounce,
        )

    @pytest.mark.parametrize("status", [301, 401, 403, 408, 409, 425, 429, 500, 503])
    def test_temporary_answers(self, status):
        with pytest.raises(TemporaryFailure) as caught:
            self.play(httpx.Response(status, headers={"Location": "https://elsewhere.example.com"}))
        assert caught.value.code == str(status)


class TestPush(HttpAdapterContract):
    secrets = ("token-of-push",)

    def adapter(self, transport):
        return PushGatewayAdapter(transport)

    def call(self, adapter):
        return adapter.send(PARCEL)

    def accepted(self):
        return httpx.Response(200, json={"id": "p-17"})

    def check(self, result):
        assert result == "p-17"

    def test_the_request_is_as_documented(self):
        _, [request] = self.play(self.accepted())
        assert json.loads(request.content) == {
            "token": "+4315550100",
            "title": "Grand Hotel Alpha",
            "body": "See you",
            "reference": "ref-1",
        }


def test_a_real_gateway_on_the_loopback(web_server, settings):
    settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_TOKEN = f"{web_server.url}/sms", ""
    web_server.text = '{"id": "x1"}'
    assert SmsGatewayAdapter().send(PARCEL) == "x1"
    assert web_server.calls[0].path == "/sms"
    assert "Authorization" not in web_server.calls[0].headers


def test_without_an_address_it_waits_for_the_operator(settings):
    settings.SMS_GATEWAY_URL = ""
    with pytest.raises(TemporaryFailure) as caught:
        SmsGatewayAdapter().send(PARCEL)
    assert caught.value.code == "not_configured"


def test_the_console_writes_a_line_per_message(settings, tmp_path):
    settings.MESSAGING_OUTBOX_DIR = str(tmp_path / "out")
    assert [ConsoleAdapter().send(PARCEL) for _ in range(2)] == ["ref-1", "ref-1"]
    lines = (tmp_path / "out" / "sms.jsonl").read_text().splitlines()
    assert [json.loads(line)["body"] for line in lines] == ["See you", "See you"]


def test_a_console_that_cannot_write_is_a_temporary_failure(settings, tmp_path):
    (tmp_path / "file").touch()
    settings.MESSAGING_OUTBOX_DIR = str(tmp_path / "file" / "below")
    with pytest.raises(TemporaryFailure):
        ConsoleAdapter().send(PARCEL)


def test_settings_name_the_adapter_of_each_channel(settings):
    settings.MESSAGING_ADAPTERS = {"sms": "hotel.messaging.adapters.sms.adapter.SmsGatewayAdapter"}
    assert isinstance(adapter_for("sms"), SmsGatewayAdapter)


@pytest.fixture
def resolver(monkeypatch):
    """Names resolve to what the test says, one answer after the other."""
    answers: list = []

    def getaddrinfo(host, port, **kwargs):
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(2, 1, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(outbound.socket, "getaddrinfo", getaddrinfo)
    return answers


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::ffff:169.254.169.254"], []]
)
def test_a_name_with_any_inner_address_is_refused(resolver, addresses):
    resolver.append(addresses)
    with pytest.raises(webhook.UrlRefused, match="public internet"):
        webhook.url_check("https://rebinding.example.com/")


def test_a_name_that_changes_to_an_inner_address_is_refused_when_called(resolver, web_server):
    resolver += [["93.184.216.34"], ["127.0.0.1"]]
    url = "https://rebinding.example.com:8443/"
    assert webhook.url_check(url) == "93.184.216.34"
    answer = webhook.webhook_post(url, b"{}", {})
    assert "public internet" in answer.error
    assert web_server.calls == []


def test_the_checked_address_is_connected_to_under_the_urls_name(resolver, web_server, private_webhooks):
    resolver += [["127.0.0.1"], ["203.0.113.9"]]  # asked a second time, the name would point elsewhere
    port = web_server.url.rpartition(":")[2]
    answer = webhook.webhook_post(f"http://receiver.example.com:{port}/a?b=c", b"{}", {"X-Test": "1"})
    assert (answer.status, answer.error, answer.text) == (200, "", "{}")
    call = web_server.calls[0]
    assert (call.path, call.headers["Host"]) == ("/a?b=c", f"receiver.example.com:{port}")


def test_a_huge_answer_is_cut(web_server, private_webhooks):
    web_server.text = "\x00é" * 3_000_000
    answer = webhook.webhook_post(web_server.url, b"{}", {})
    assert answer.status == 200
    assert len(answer.text) <= 300
    assert "\x00" not in answer.text


@pytest.fixture
def tls_server(web_server, tmp_path):
    """The web server behind TLS with a certificate for receiver.example.com; gives the client's trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "receiver.example.com")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now() - timedelta(days=1)).not_valid_after(now() + timedelta(days=1))
    names = x509.SubjectAlternativeName([x509.DNSName("receiver.example.com")])
    certificate = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "server.pem").write_bytes(pem + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")
    web_server.encrypt(context)
    return ssl.create_default_context(cadata=pem.decode())


@pytest.mark.parametrize(
    ("host", "is_trusted"), [("receiver.example.com", True), ("other.example.com", False)]
)
def test_the_certificate_must_be_for_the_urls_name(
    resolver, web_server, tls_server, private_webhooks, monkeypatch, host, is_trusted
):
    monkeypatch.setattr(outbound.httpx, "AsyncClient", partial(httpx.AsyncClient, verify=tls_server))
    resolver.append(["127.0.0.1"])
    port = web_server.url.rpartition(":")[2]
    answer = webhook.webhook_post(f"https://{host}:{port}/", b"{}", {})
    assert (answer.status == 200) is is_trusted
    assert len(web_server.calls) == is_trusted
    assert ("CERTIFICATE_VERIFY_FAILED" in answer.error) is not is_trusted
