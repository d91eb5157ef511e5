"""A limit is told in words and tried from its page in the administration."""

from hotel.core.clock import now
from hotel.monitoring.models import RateLimit
from tests.factories.monitoring import api_usage_make, rate_limit_make

SAID = "Each client may ask 60 times a minute about Alpha, 10 at once after a pause. What is more is only counted."


def words(answer):
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_limit_is_told_and_tried_on_the_requests_of_a_day(cast, signed_in):
    rule, ada = rate_limit_make(cast.alpha), signed_in(cast.ada)
    path = f"/dashboard/monitoring/limits/{rule.pk}/test"
    form = words(ada.get(f"/admin/monitoring/ratelimit/{rule.pk}/change/"))
    assert f'href="{path}">Try it on the requests of the last 24 hours</a>' in form
    assert SAID in form

    assert "No request that it is for was made in these hours" in words(ada.get(path))
    api_usage_make(cast.alpha, started_at=now().replace(second=0, microsecond=0), count=100, client_id=77)
    page = words(ada.get(path))
    for part in (SAID, "100 requests", "30 refused", "77 <span"):
        assert part in page
    assert "less than or equal to 336" in words(ada.get(f"{path}?hours=337"))
    assert RateLimit.objects.filter(pk=rule.pk, version=1).exists()


def test_what_cannot_be_known_is_said(cast, signed_in):
    rule = rate_limit_make(None, scope="address", network="192.0.2.0/24")
    assert "cannot be tried" in words(signed_in(cast.ada).get(f"/dashboard/monitoring/limits/{rule.pk}/test"))


def test_limits_that_are_not_seen_are_not_there(cast, signed_in):
    rule = rate_limit_make(cast.beta)
    path = f"/dashboard/monitoring/limits/{rule.pk}/test"
    assert signed_in(cast.ada).get(path).status_code == 200
    assert signed_in(cast.val).get(path).status_code in {403, 404}
    assert signed_in(cast.di).get(path).status_code == 403
