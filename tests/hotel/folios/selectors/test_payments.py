"""Payments as they stand: commands with reasons, the account that is charged, what is due."""

import pytest

from hotel.core.exceptions import InvalidInput
from hotel.folios.adapters.simulator.server import Lie
from hotel.folios.models import Payment, TransactionCode
from hotel.folios.selectors.payments import calls_due, payment_actions, payment_code
from hotel.folios.services.codes import codes_seed
from tests.factories.payments import payment_make


def allowed(payment):
    return {action.name for action in payment_actions(payment) if action.is_allowed}


def test_commands_follow_the_status_and_the_open_order(desk):
    reserved = desk.authorised(80)
    assert allowed(reserved) == {"capture", "top_up", "void"}
    desk.simulator.lies.append(Lie.HANG_UP)
    assert allowed(desk.charged(80)) == {"clarify"}
    assert calls_due() == []


def test_commands_of_prefetched_payments_cost_no_query(stage, django_assert_num_queries):
    payment_make(stage.alpha)
    (payment,) = Payment.objects.select_related("code").prefetch_related("calls")
    with django_assert_num_queries(0):
        assert allowed(payment) == {"refund", "chargeback"}


def test_a_way_of_payment_is_found_by_its_name_at_its_property(stage):
    codes_seed(place=stage.alpha)
    assert payment_code(stage.alpha.pk, "cash") == TransactionCode.objects.get(
        property=stage.alpha, code="cash"
    )
    for place, code in [(stage.alpha, "room"), (stage.alpha, "nonsense"), (stage.beta, "cash")]:
        with pytest.raises(InvalidInput):
            payment_code(place.pk, code)
