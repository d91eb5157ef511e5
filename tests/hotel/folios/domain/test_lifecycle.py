"""The table of what may be done with a folio."""

import pytest

from hotel.folios.domain.lifecycle import COMMANDS, Situation, action, actions


@pytest.mark.parametrize(
    ("status", "has_balance", "allowed", "codes"),
    [
        ("open", False, ["charge", "pay", "transfer", "window", "route", "close"], {"folio_open"}),
        ("open", True, ["charge", "pay", "transfer", "window", "route"], {"balance_open", "folio_open"}),
        ("closed", False, ["reopen"], {"folio_closed"}),
    ],
)
def test_what_is_allowed_and_why_not(status, has_balance, allowed, codes):
    found = actions(Situation(status, has_balance))
    assert [one.name for one in found] == list(COMMANDS)
    assert [one.name for one in found if one.is_allowed] == allowed
    denied = [one for one in found if not one.is_allowed]
    assert {one.code for one in denied} == codes
    assert all(one.reason.endswith(".") for one in denied)
    assert {(one.name, one.verb) for one in found} >= {("charge", "post"), ("transfer", "adjust")}
    assert {one.area for one in found} == {"folios"}


def test_an_unknown_command_is_a_mistake():
    with pytest.raises(KeyError):
        action("delete", Situation("open"))
