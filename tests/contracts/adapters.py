"""What every adapter of an outside system over HTTP keeps, whoever the provider is; no network is touched.

Example::

    class TestPagerAdapter(HttpAdapterContract):
        secrets = ("top-secret-key",)

        def adapter(self, transport):
            return PagerAdapter(key="top-secret-key", transport=transport)

        def call(self, adapter):
            return adapter.send(message)

        def accepted(self):
            return httpx.Response(200, json={"id": "p-17"})

        def check(self, result):
            assert result.reference == "p-17"
"""

import httpx
import pytest

from hotel.core.exceptions import ExternalFailure


class HttpAdapterContract:
    """An adapter takes an ``httpx`` transport, so that recorded answers can be played to it.

    Class attributes:
        secrets: texts that must never appear in an error.
        max_seconds: the longest timeout of one phase of a request.
    """

    secrets: tuple[str, ...] = ()
    max_seconds = 10

    def adapter(self, transport: httpx.BaseTransport):
        """The adapter, speaking through the transport."""
        raise NotImplementedError

    def call(self, adapter):
        """One call of the adapter."""
        raise NotImplementedError

    def accepted(self) -> httpx.Response:
        """The provider's recorded good answer."""
        raise NotImplementedError

    def check(self, result) -> None:
        """The result of the good answer, exactly."""
        raise NotImplementedError

    def play(self, answer) -> tuple[object, list[httpx.Request]]:
        """Call once against an answer (a response, or an exception to raise); returns the requests sent."""
        sent: list[httpx.Request] = []

        def handle(request: httpx.Request) -> httpx.Response:
            sent.append(request)
            if isinstance(answer, Exception):
                raise answer
            return answer

        return self.call(self.adapter(httpx.MockTransport(handle))), sent

    def test_a_good_answer_is_understood(self):
        result, _ = self.play(self.accepted())
        self.check(result)

    def test_requests_are_encrypted_and_timed(self):
        _, sent = self.play(self.accepted())
        assert sent
        for request in sent:
            assert request.url.scheme == "https" or request.url.host in {"localhost", "127.0.0.1"}
            limits = request.extensions["timeout"].values()
            assert all(limit is not None and limit <= self.max_seconds for limit in limits)

    @pytest.mark.parametrize(
        "answer",
        [
            httpx.Response(500, text="oops"),
            httpx.Response(503),
            httpx.Response(429, headers={"Retry-After": "1"}),
            httpx.Response(401, json={"error": "bad key"}),
            httpx.Response(200, text="<html>not what was agreed</html>"),
            httpx.ConnectTimeout("slow"),
            httpx.ReadTimeout("slow"),
            httpx.ConnectError("refused"),
            httpx.RemoteProtocolError("hung up"),
        ],
        ids=lambda a: f"{type(a).__name__} {getattr(a, 'status_code', '')}".strip(),
    )
    def test_a_bad_answer_is_an_external_failure_without_secrets(self, answer):
        with pytest.raises(ExternalFailure) as caught:
            self.play(answer)
        told = f"{caught.value.message} {caught.value.extra}"
        assert not [secret for secret in self.secrets if secret in told]
