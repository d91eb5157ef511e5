import pytest

from hotel.accounts.domain.browsers import browser_name

LIKE = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) {}"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox on Windows"),
        (LIKE.format("Windows NT 10.0", "Chrome/130.0 Safari/537.36 Edg/130.0"), "Edge on Windows"),
        (LIKE.format("X11; Linux x86_64", "Chrome/130.0 Safari/537.36"), "Chrome on Linux"),
        (LIKE.format("Linux; Android 14", "Chrome/130.0 Mobile Safari/537.36"), "Chrome on Android"),
        (LIKE.format("iPhone; CPU iPhone OS 17_0 like Mac OS X", "Version/17.0 Safari/604.1"), "Safari on iPhone"),
        ("Mozilla/5.0 Firefox/130.0", "Firefox"),
        ("curl/8.0", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)  # fmt: skip
def test_a_browser_is_called_by_what_people_know(agent, name):
    assert browser_name(agent) == name
