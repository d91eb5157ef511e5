from hotel.core import facts
from hotel.dashboard.live import announce


def test_the_desk_listens_once():
    assert facts._listeners.count(announce) == 1
