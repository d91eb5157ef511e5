"""What became of a row is told from the readable audit, and how it was before can be told from it."""

from datetime import date
from decimal import Decimal

import pytest
from auditlog.cid import correlation_id
from django.core.exceptions import ValidationError
from moneyed import Money

from hotel.core.audit import audit_note
from hotel.core.history import Change, entries_of, money_read, state_at, values_at, versions_of
from hotel.rates.models import CancellationStep, PromoCode
from hotel.rates.services.promos import promo_use
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.rates import (
    cancellation_policy_make,
    cancellation_step_make,
    promo_make,
    rate_plan_make,
)

STEPS = [(CancellationStep, "policy")]


@pytest.fixture(autouse=True)
def nobody_asks():
    correlation_id.set(None)


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("€50.00", "EUR", Money("50", "EUR")),
        ("€1,250.50", "EUR", Money("1250.50", "EUR")),
        ("1.250,50 €", "EUR", Money("1250.50", "EUR")),
        ("-€0.05", "EUR", Money("-0.05", "EUR")),
        ("−0,05 €", "EUR", Money("-0.05", "EUR")),
        ("JP¥12,000", "JPY", Money("12000", "JPY")),
        ("KWD 1.250", "KWD", Money("1.250", "KWD")),
    ],
)
def test_amounts_are_read_however_they_were_written(text, currency, amount):
    assert money_read(text, currency) == amount


@pytest.mark.parametrize(
    ("text", "currency"), [("", "EUR"), ("free", "EUR"), ("€5.00", ""), ("€5.00", "None")]
)
def test_what_is_no_amount_is_refused(text, currency):
    with pytest.raises(ValidationError):
        money_read(text, currency)


def test_every_amount_that_is_written_is_read_as_it_was(cast):
    from django.utils import translation

    for language in ("en", "de", "es"):
        for amount in (Money("1234567.89", "EUR"), Money("0.05", "EUR"), Money("1234567", "JPY")):
            with translation.override(language):
                assert money_read(str(amount), amount.currency.code) == amount


def test_the_versions_are_told_the_newest_first_in_words(cast):
    promo = promo_make(cast.alpha, discount_rate=Decimal("0.1"), discount_amount=None)
    promo.discount_rate, promo.discount_amount, promo.is_active = None, Money("5", "EUR"), False
    promo.stay_from, promo.version = date(2027, 4, 1), 2
    promo.save()
    newest, oldest = versions_of(promo)
    assert set(newest.changes) == {
        Change("", "discount rate", "0.1", "–"),
        Change("", "discount amount", "–", "€5.00"),
        Change("", "is active", "yes", "no"),
        Change("", "stay from", "–", "2027-04-01"),
    }
    assert (newest.who, newest.is_made, oldest.is_made) == ("", False, True)
    assert Change("", "code", "–", "SPRING", "made") in oldest.changes
    assert {"id", "property", "version"}.isdisjoint(one.label for one in oldest.changes)


def test_counters_push_nothing_out(cast):
    promo = promo_make(cast.alpha)
    promo.name = "New"
    promo.save()
    for _ in range(3):
        promo_use(place=cast.alpha, code="SPRING")
    assert [version.is_made for version in versions_of(promo)] == [False, True]
    assert len(entries_of(promo)) == 2


def test_relations_are_called_by_name_and_choices_by_their_words(cast):
    plan, strict = rate_plan_make(cast.alpha, "WEEK"), cancellation_policy_make(cast.alpha, "STRICT")
    plan.cancellation_policy = strict
    plan.save()
    gone = cancellation_policy_make(cast.alpha, "GONE")
    plan.cancellation_policy = gone
    plan.save()
    plan.cancellation_policy = None
    plan.save()
    gone_pk = gone.pk
    gone.delete()
    told = [next(iter(version.changes)) for version in versions_of(plan)[:3]]
    assert [(one.old, one.new) for one in told] == [
        (f"#{gone_pk}", "–"),
        ("Strict", f"#{gone_pk}"),
        ("–", "Strict"),
    ]
    step = strict.steps.get()
    step.penalty, step.nights, step.share = "percent", None, Decimal("0.5")
    step.save()
    found = versions_of(strict, STEPS)[0].changes
    assert (
        Change(
            "cancellation step 1",
            "penalty",
            "The first nights, at their own prices",
            "A share of the total",
        )
        in found
    )


def test_notes_in_words_are_told_as_they_are(cast):
    promo = promo_make(cast.alpha)
    audit_note(promo, {"plans": ("BAR", "BAR, WEEK")})
    assert versions_of(promo)[0].changes == (Change("", "plans", "BAR", "BAR, WEEK"),)


def test_what_one_request_changed_is_one_version(cast):
    policy = cancellation_policy_make(cast.alpha)
    correlation_id.set("one")
    policy.name = "Strict"
    policy.save()
    cancellation_step_make(policy, 2)
    correlation_id.set("two")
    policy.name = "Stricter"
    policy.save()
    assert [len(version.changes) for version in versions_of(policy, STEPS)][:2] == [1, 7]


def test_how_a_row_and_its_parts_were_is_told_from_what_was_changed_since(cast):
    policy = cancellation_policy_make(cast.alpha)
    step = policy.steps.get()
    first = versions_of(policy, STEPS)[0].key
    policy.name = "Strict"
    policy.save()
    step.days_before = 7
    step.save()
    second = cancellation_step_make(policy, 2)
    third = versions_of(policy, STEPS)[0].key
    step_pk = step.pk
    step.delete()

    then = state_at(policy, STEPS, first)
    assert (then.values, set(then.parts[CancellationStep])) == ({"name": "Flex"}, {step_pk})
    back = values_at(then.parts[CancellationStep][step_pk], CancellationStep())[0]
    assert (back["days_before"], back["at_time"].isoformat(), back["penalty"]) == (2, "18:00:00", "nights")
    then = state_at(policy, STEPS, third)
    assert (then.values, set(then.parts[CancellationStep])) == ({}, {step_pk, second.pk})
    assert then.parts[CancellationStep][second.pk] == {}
    assert then.parts[CancellationStep][step_pk]["days_before"] == "7"


def test_a_version_of_another_row_is_none(cast):
    one, other = promo_make(cast.alpha), promo_make(cast.alpha, code="OTHER")
    assert state_at(one, [], versions_of(other)[0].key) is None


def test_what_cannot_be_read_is_named(cast):
    promo = promo_make(cast.alpha)
    values, unread = values_at(
        {"stay_from": "soon", "discount_amount": "€5.00", "discount_amount_currency": "None"}, promo
    )
    assert (values, unread) == ({}, ["stay from", "discount amount"])


def test_many_versions_cost_what_few_do(cast):
    promo = promo_make(cast.alpha)
    few = queries_of(lambda: versions_of(PromoCode.objects.get(pk=promo.pk)))
    for uses in range(1, 12):
        promo.max_uses = uses
        promo.save()
    assert_constant(few, queries_of(lambda: versions_of(PromoCode.objects.get(pk=promo.pk))))
    assert len(versions_of(promo)) == 12
