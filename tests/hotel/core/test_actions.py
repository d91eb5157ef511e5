"""A denied command is raised with what ``actions[]`` shows."""

from hotel.core.actions import Action


def test_a_refusal_says_what_the_list_of_actions_shows():
    refusal = Action("close", False, "balance_open", "Some window has a balance.").refusal("open")

    assert (refusal.status, refusal.code) == (409, "balance_open")
    assert refusal.message == "Some window has a balance."
    assert refusal.extra == {"command": "close", "status": "open"}


def test_a_denied_command_stays_the_same_command():
    denied = Action("close", True, verb="manage", area="folios").denied("permission_denied", "No right.")

    assert denied == Action("close", False, "permission_denied", "No right.", "manage", "folios")
