import pytest

from hotel.accounts.domain.pins import pin_problem


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12345a", "１２３４５６", " 12345", "-12345"])
def test_a_pin_is_six_digits(pin):
    assert pin_problem(pin) == "A PIN has 6 digits."


@pytest.mark.parametrize(
    "pin",
    [
        "123456",
        "654321",
        "890123",
        "210987",
        "000000",
        "121212",
        "123123",
        "110110",
        "112211",
        "147258",
        "112233",
    ],
)
def test_rows_repetitions_and_patterns_are_refused(pin):
    assert "guessed too easily" in pin_problem(pin)


@pytest.mark.parametrize("pin", ["482915", "100375", "908172", "135790"])
def test_others_are_taken(pin):
    assert pin_problem(pin) == ""
