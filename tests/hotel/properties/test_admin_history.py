"""The history of a rule in words, and its form filled with an older version: nothing is written until it is saved."""

import re
from decimal import Decimal

import pytest
from auditlog.cid import correlation_id
from auditlog.models import LogEntry
from moneyed import Money

from hotel.core.history import versions_of
from hotel.monitoring.models import RateLimit
from hotel.rates.models import CancellationPolicy, CancellationStep, NoShowPolicy, PromoCode, Restriction
from tests.factories.monitoring import rate_limit_make
from tests.factories.rates import (
    cancellation_policy_make,
    no_show_policy_make,
    promo_make,
    restriction_make,
)

PATH = "/admin/rates/cancellationpolicy"


@pytest.fixture(autouse=True)
def nobody_asks():
    """What was made before the first request of a test belongs to no request."""
    correlation_id.set(None)


@pytest.fixture
def val(cast, signed_in):
    return signed_in(cast.val)


@pytest.fixture
def policy(cast):
    return cancellation_policy_make(cast.alpha)


def words(answer):
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def fields_of(answer):
    """What a browser would send of the form as it is filled: every input, choice and text by name."""
    assert answer.status_code == 200
    form = answer.context["adminform"].form
    forms = [
        form,
        *(one for formset in answer.context["inline_admin_formsets"] for one in formset.formset.forms),
    ]
    sent = {}
    for one in forms:
        for bound in one:
            sent |= flat(bound.field.widget, bound.html_name, bound.value())
    for formset in answer.context["inline_admin_formsets"]:
        for bound in formset.formset.management_form:
            sent[bound.html_name] = str(bound.value())
    return sent


def flat(widget, name, value):
    if hasattr(widget, "decompress"):
        parts = value if isinstance(value, list) else widget.decompress(value)
        names = [f"{name}{suffix}" for suffix in widget.widgets_names]
        return {n: str(v) for n, v in zip(names, parts, strict=True) if v not in (None, "")}
    if value is None or value is False or value == "":
        return {}
    if isinstance(value, list):
        return {name: [str(getattr(one, "pk", one)) for one in value]}
    return {name: "on" if value is True else str(value)}


def save(client, path, answer, **over):
    done = client.post(path, {**fields_of(answer), **over})
    assert done.status_code == 302, done.context["errors"]


def keys_of(row, parts=()):
    return [version.key for version in versions_of(row, parts)]


def test_each_change_is_told_from_what_to_what_and_by_whom(policy, val, cast):
    path = f"{PATH}/{policy.pk}"
    form = val.get(f"{path}/change/")
    save(val, f"{path}/change/", form, name="Strict", **{"steps-0-days_before": "7"})
    told = words(val.get(f"{path}/history/"))
    newest = told.partition("This is how it stands")[0]
    assert f"by {cast.val}" in newest
    assert "Name: Flex → Strict" in newest
    assert "Cancellation step 1 Days before: 2 → 7" in newest
    assert "version" not in newest.partition(f"by {cast.val}")[2]
    assert told.count("Restore this version") == 2


def test_a_version_fills_the_form_and_is_saved_as_any_change(policy, val):
    path = f"{PATH}/{policy.pk}/change/"
    save(val, path, val.get(path), name="Strict", grace_hours="3", **{"steps-0-days_before": "7"})
    parts = [(CancellationStep, "policy")]
    rows = (CancellationPolicy, CancellationStep, LogEntry)
    before = {model: list(model.objects.order_by("pk").values()) for model in rows}

    shown = val.get(f"{path}?restore={keys_of(policy, parts)[1]}")

    assert "Nothing is changed until you save them." in words(shown)
    sent = fields_of(shown)
    assert (sent["name"], sent.get("grace_hours"), sent["steps-0-days_before"]) == ("Flex", "0", "2")
    assert {model: list(model.objects.order_by("pk").values()) for model in rows} == before
    save(val, path, shown)
    policy.refresh_from_db()
    assert (policy.name, policy.grace_hours, policy.version) == ("Flex", 0, 3)
    assert [(step.position, step.days_before) for step in policy.steps.all()] == [(1, 2)]


def test_steps_that_went_come_back_and_those_that_came_go(policy, val):
    path, step = f"{PATH}/{policy.pk}/change/", policy.steps.get()
    added = {
        "steps-TOTAL_FORMS": "2",
        "steps-0-DELETE": "on",
        "steps-1-position": "1",
        "steps-1-deadline": "after_booking",
        "steps-1-hours_after": "0",
        "steps-1-penalty": "flat",
        "steps-1-amount_0": "1250.50",
        "steps-1-amount_1": "EUR",
    }
    save(val, path, val.get(path), **added)
    assert [str(one.amount) for one in policy.steps.all()] == ["€1,250.50"]
    parts = [(CancellationStep, "policy")]

    shown = val.get(f"{path}?restore={keys_of(policy, parts)[1]}")

    sent = fields_of(shown)
    assert (sent["steps-0-DELETE"], sent["steps-1-days_before"], sent["steps-1-at_time"]) == (
        "on",
        "2",
        "18:00:00",
    )
    save(val, path, shown)
    assert [(one.position, one.days_before, one.penalty) for one in policy.steps.all()] == [(1, 2, "nights")]
    assert policy.steps.get().pk != step.pk

    save(val, path, val.get(f"{path}?restore={keys_of(policy, parts)[1]}"))
    again = policy.steps.get()
    assert (again.penalty, again.amount, again.hours_after) == ("flat", Money("1250.5", "EUR"), 0)


def test_an_older_version_must_pass_the_checks_of_today(cast, val):
    promo = promo_make(cast.alpha, discount_rate=Decimal("0.1"), discount_amount=None)
    path = f"/admin/rates/promocode/{promo.pk}/change/"
    promo.code = "SUMMER"
    promo.save()
    promo_make(cast.alpha, code="SPRING")
    shown = val.get(f"{path}?restore={keys_of(promo)[1]}")
    sent = fields_of(shown)
    assert sent["code"] == "SPRING"
    assert "Nothing was changed" in words(val.post(path, sent, follow=True))
    promo.refresh_from_db()
    assert promo.code == "SUMMER"


def test_amounts_days_and_marks_come_back_as_they_were(cast, val):
    row = no_show_policy_make(cast.alpha, penalty="flat", nights=None, amount=Money("80", "EUR"))
    row.penalty, row.nights, row.amount, row.is_active = "nights", 1, None, False
    row.save()
    path = f"/admin/rates/noshowpolicy/{row.pk}/change/"
    save(val, path, val.get(f"{path}?restore={keys_of(row)[1]}"))
    found = NoShowPolicy.objects.get()
    assert (found.penalty, found.nights, found.amount, found.is_active) == (
        "flat",
        None,
        Money("80", "EUR"),
        True,
    )


def test_who_may_only_look_sees_the_history_and_restores_nothing(cast, policy, signed_in):
    policy.name = "Strict"
    policy.save()
    path, bo = f"{PATH}/{policy.pk}", signed_in(cast.bo)
    told = words(bo.get(f"{path}/history/"))
    assert ("Flex → Strict" in told, "Restore this version" in told) == (True, False)
    shown = bo.get(f"{path}/change/?restore={keys_of(policy, [(CancellationStep, 'policy')])[1]}")
    assert "Nothing is changed until" not in words(shown)


def test_the_history_of_another_hotel_is_not_there(cast, val, signed_in):
    theirs = cancellation_policy_make(cast.beta)
    assert val.get(f"{PATH}/{theirs.pk}/history/").status_code == 404
    assert signed_in(cast.di).get(f"{PATH}/{theirs.pk}/history/").status_code == 404


def test_a_version_that_is_none_leaves_the_form_as_it_is(policy, val, cast):
    other = cancellation_policy_make(cast.alpha, "OTHER")
    path = f"{PATH}/{policy.pk}/change/"
    for key in ("0", "x", "-1", "9" * 30, str(keys_of(other)[0])):
        shown = val.get(f"{path}?restore={key}")
        assert "Nothing is changed until" not in words(shown)
        assert fields_of(shown)["name"] == "Flex"


def test_what_is_read_only_has_a_history_and_no_way_back(cast, val):
    day = cast.alpha.business_date
    rule = restriction_make(cast.alpha, "min_los", day, day.replace(year=day.year + 1), 2)
    rule.value = 3
    rule.save()
    told = words(val.get(f"/admin/rates/restriction/{rule.pk}/history/"))
    assert ("Value: 2 → 3" in told, "Restore this version" in told) == (True, False)
    assert Restriction.objects.get().value == 3


def test_a_limit_is_restored_by_its_service(cast, signed_in):
    ada, rule = signed_in(cast.ada), rate_limit_make(cast.alpha)
    path = f"/admin/monitoring/ratelimit/{rule.pk}/change/"
    save(ada, path, ada.get(path), rate="5", name="tight")
    assert RateLimit.objects.get(pk=rule.pk).version == 2
    save(ada, path, ada.get(f"{path}?restore={keys_of(rule)[1]}"))
    found = RateLimit.objects.get(pk=rule.pk)
    assert (found.rate, found.name, found.version) == (60, "some-rule", 3)


def test_a_promo_code_is_not_offered_by_its_past_alone(cast, val):
    promo = promo_make(cast.alpha)
    assert "This is how it stands." in words(val.get(f"/admin/rates/promocode/{promo.pk}/history/"))
    assert PromoCode.objects.get().used_count == 0
