"""Gates of the API: asked of each request once its caller is known."""

from hotel.core.api import gates
from hotel.core.exceptions import NotPermitted


def test_a_gate_is_asked_once_and_refuses_by_raising(cast, api, monkeypatch):
    asked = []

    def gate(user, method, path):
        asked.append((user, method, path))
        if method == "DELETE":
            raise NotPermitted("Not now.", code="not_now")

    monkeypatch.setattr(gates, "_gates", [])
    gates.register_gate(gate)
    gates.register_gate(gate)
    assert api(cast.ada).get("/api/v1/rooms").status_code == 200
    assert asked == [(cast.ada, "GET", "/api/v1/rooms")]
    refused = api(cast.ada).delete("/api/v1/rooms/1")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_now")
