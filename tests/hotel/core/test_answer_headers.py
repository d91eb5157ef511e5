"""Headers of answers; every route is asked in tests/hostile/test_web.py."""


def test_known_callers_answers_are_kept_by_no_cache(api, cast, client):
    assert api(cast.bo).get("/api/v1/me")["Cache-Control"] == "no-store"
    assert "no-store" in client.get("/login")["Cache-Control"]
    assert "no-store" not in client.get("/api/schema").headers.get("Cache-Control", "")


def test_no_page_may_use_a_device(client, db):
    assert "camera=()" in client.get("/login")["Permissions-Policy"]
