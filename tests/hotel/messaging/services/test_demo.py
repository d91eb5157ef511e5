"""The demo's words."""

from hotel.messaging.services.demo import demo_seed


def test_the_demo_is_repeatable(cast):
    said = []
    demo_seed(say=said.append)
    demo_seed(say=said.append)
    assert said == [
        "ALPHA: 36 message templates added",
        "BETA: 36 message templates added",
        "ALPHA: 0 message templates added",
        "BETA: 0 message templates added",
    ]
