"""The demo's words."""

from hotel.messaging.services.demo import demo


def test_the_demo_is_repeatable(cast):
    said = []
    demo(say=said.append)
    demo(say=said.append)
    assert said == [
        "ALPHA: 18 message templates added",
        "BETA: 18 message templates added",
        "ALPHA: 0 message templates added",
        "BETA: 0 message templates added",
    ]
