import pytest

from hotel.core.exceptions import NotFound
from hotel.monitoring.models import ApiPlan, RateLimit
from hotel.monitoring.selectors.rules import rules_version
from hotel.monitoring.services.plans import PlanUsed, plan_change, plan_create, plan_delete
from tests.factories.accounts import token_make
from tests.factories.monitoring import rate_limit_make

pytestmark = pytest.mark.usefixtures("seeded")


def test_the_tokens_of_a_plan_are_those_named_last(cast):
    first, second = (
        token_make(cast.alpha, user=cast.ada, prefix=f"abg_live_{digit}", digest=digit * 64) for digit in "01"
    )
    plan = plan_create(values={"name": "partners", "concurrency": 5, "tokens": [first]})
    assert [*plan.tokens.all()] == [first]

    before = rules_version()
    plan_change(plan=plan, changes={"tokens": [second]})
    assert [*plan.tokens.all()] == [second]
    assert rules_version() > before, "processes must hear of it"

    plan_change(plan=plan, changes={"concurrency": 7})
    kept = ApiPlan.objects.get()
    assert (kept.concurrency, [*kept.tokens.all()]) == (7, [second])


def test_a_plan_that_rules_are_for_stays(cast):
    plan = plan_create(values={"name": "partners"})
    rule = rate_limit_make(None, plan=plan)
    with pytest.raises(PlanUsed):
        plan_delete(plan=plan)
    assert RateLimit.objects.get(pk=rule.pk).plan == plan

    rule.delete()
    plan_delete(plan=plan)
    for act in (lambda: plan_delete(plan=plan), lambda: plan_change(plan=plan, changes={"concurrency": 1})):
        with pytest.raises(NotFound):
            act()
    assert not ApiPlan.objects.exists()
