"""An example of a request stands on its serializer, and on no answer."""

from rest_framework import serializers

from hotel.core.api.examples import example


@example("A gift", points=500, reason="The lift stood still")
class Asked(serializers.Serializer):
    """What is sent."""


def test_a_serializer_shows_one_request():
    (shown,) = Asked._spectacular_annotation["examples"]
    assert (shown.name, shown.value) == ("A gift", {"points": 500, "reason": "The lift stood still"})
    assert (shown.request_only, shown.response_only) == (True, False)
