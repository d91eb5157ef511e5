"""What letters to members may speak of is known to messaging, and the standard letter uses no more."""

from hotel.messaging.domain.standard_templates import STANDARD
from hotel.messaging.domain.variables import variable_names
from loyalty.domain.letter_variables import VARIABLES


def test_they_are_registered_and_the_letter_uses_each():
    names = {variable.name for variable in VARIABLES}
    letters = [row["subject"] + row["body"] for row in STANDARD if row["code"] == "loyalty_statement"]

    assert names <= variable_names()
    assert len(letters) == 3
    for letter in letters:
        assert {name for name in names if "{{ " + name in letter} == names
