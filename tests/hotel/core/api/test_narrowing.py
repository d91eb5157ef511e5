"""Those who registered are told who calls, once each."""

from hotel.core.api import narrowing


def test_each_who_registered_is_told_once(monkeypatch):
    monkeypatch.setattr(narrowing, "_narrowings", [])
    told: list[str] = []
    hear = told.append
    narrowing.register_narrowing(hear)
    narrowing.register_narrowing(hear)
    narrowing.narrow_to("somebody")
    assert told == ["somebody"]
