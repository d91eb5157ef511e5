"""Stops on addresses: one per address, the stronger reason wins."""

import pytest

from hotel.core.exceptions import InvalidInput
from hotel.messaging.models import Suppression
from hotel.messaging.services.suppressions import suppression_add, suppression_lift, suppression_refusal
from tests.factories.messaging import suppression_make


def test_a_stronger_stop_replaces_unsubscribe_and_not_the_other_way(cast):
    def add(reason):
        return suppression_add(
            place=cast.alpha, channel="email", address="gus@example.com", reason=reason
        ).reason

    assert [add("unsubscribe"), add("bounce"), add("unsubscribe"), add("complaint")] == [
        "unsubscribe",
        "bounce",
        "bounce",
        "bounce",
    ]


def test_an_address_is_stopped_in_one_form_per_channel_and_property(cast):
    row = suppression_add(place=cast.alpha, channel="email", address=" GUS@example.com ", reason="manual")
    assert row.address == "gus@example.com"
    assert (
        suppression_add(place=cast.alpha, channel="email", address="gus@example.com", reason="manual") == row
    )
    values = {"channel": "email", "address": "Gus@Example.com", "purpose": "transactional"}
    assert suppression_refusal(property_id=cast.alpha.pk, **values) == "The address is stopped: manual."
    assert suppression_refusal(property_id=cast.beta.pk, **values) == ""
    suppression_lift(suppression=row)
    assert suppression_refusal(property_id=cast.alpha.pk, **values) == ""


def test_unsubscribing_stops_advertising_only(cast):
    suppression_make(cast.alpha, reason="unsubscribe")
    values = {"property_id": cast.alpha.pk, "channel": "email", "address": "gus@example.com"}
    assert suppression_refusal(**values, purpose="transactional") == ""
    assert suppression_refusal(**values, purpose="marketing").startswith("The address is stopped: ")


def test_what_is_no_address_is_refused(cast):
    with pytest.raises(InvalidInput):
        suppression_add(place=cast.alpha, channel="sms", address="gus@example.com", reason="manual")
    assert not Suppression.objects.exists()
