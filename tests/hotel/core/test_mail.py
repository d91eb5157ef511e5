"""The way to the mail server has a circuit; what the server refuses is an answer."""

import smtplib

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.core.mail import get_connection

from config.stack.ports import free_port
from hotel.core.breaker_rules import RULES
from hotel.core.breakers import open_circuits
from hotel.core.mail import EmailBackend


def backend(port, **more):
    return EmailBackend(host="127.0.0.1", port=port, timeout=2, **more)


def test_a_mail_server_that_is_away_is_asked_five_times():
    port = free_port()
    for _ in range(RULES.failures):
        with pytest.raises(ConnectionRefusedError):
            backend(port).open()
    with pytest.raises(ConnectionError, match="not answered lately"):
        backend(port).open()
    assert [circuit.purpose for circuit in open_circuits()] == ["mail server"]


def test_silence_counts_too_when_failures_are_swallowed():
    port = free_port()
    assert [backend(port, fail_silently=True).open() for _ in range(7)] == [None] * 7
    with pytest.raises(ConnectionError, match="not answered lately"):
        backend(port).open()


def test_a_server_that_refuses_our_sign_in_has_answered(monkeypatch):
    class Refusing:
        def __init__(self, *args, **kwargs):
            raise smtplib.SMTPAuthenticationError(535, b"no")

    monkeypatch.setattr(EmailBackend, "connection_class", property(lambda self: Refusing), raising=False)
    for _ in range(8):
        mail = backend(25)
        with pytest.raises(smtplib.SMTPAuthenticationError):
            mail.open()
    assert open_circuits() == []


def test_an_open_connection_is_not_opened_again():
    server = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    server.start()
    try:
        with backend(server.port) as mail:
            assert mail.open() is False
    finally:
        server.stop()


def test_a_mail_server_in_the_environment_goes_through_it(settings):
    settings.EMAIL_BACKEND = "hotel.core.mail.EmailBackend"
    assert isinstance(get_connection(), EmailBackend)
    assert get_connection().timeout == 10
