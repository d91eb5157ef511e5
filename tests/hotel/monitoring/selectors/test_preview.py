"""Whom a rule would have limited."""

from datetime import date, timedelta

from hotel.monitoring.domain.gcra import Quota
from hotel.monitoring.domain.matching import Rule
from hotel.monitoring.models import ApiUsage
from hotel.monitoring.selectors.preview import clients_limited, names_of
from tests.factories.accounts import token_make
from tests.factories.monitoring import MINUTE, api_usage_make

DAY = date(2027, 3, 14)


def tried(**over):
    rule = Rule(**{"id": 0, "name": "x", "scope": "client", "quota": Quota(60, 60, 30), **over})
    return [(c.client_id, c.requests, c.refused) for c in clients_limited(ApiUsage.objects.all(), rule, DAY)]


def test_each_client_is_counted_over_all_properties_and_answers(cast):
    api_usage_make(cast.alpha, count=80, client_id=7)
    api_usage_make(cast.beta, count=80, client_id=7, status_class=4)
    api_usage_make(cast.alpha, count=80, client_id=8)
    api_usage_make(cast.alpha, count=500, client_id=7, started_at=MINUTE + timedelta(days=1))
    api_usage_make(cast.alpha, count=500, client_id=7, grain="hour")
    assert tried() == [(7, 160, 70)]


def test_only_what_the_rule_is_for_is_counted(cast):
    api_usage_make(cast.alpha, count=200, client_id=7)
    assert tried(area="rates") == []
    assert tried(area="rooms") == [(7, 200, 110)]
    assert tried(method="POST") == []
    assert tried(principals=frozenset({("token", 8)})) == []
    assert tried(is_anonymous=True) == []


def test_clients_are_called_by_their_names(cast):
    token = token_make(cast.alpha)
    names = names_of([("token", token.pk), ("user", cast.bo.pk), ("anonymous", 0)])
    assert names == {("token", token.pk): token.name, ("user", cast.bo.pk): cast.bo.username}
