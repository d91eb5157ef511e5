"""What letters to members may speak of is known to messaging, and the standard letters use no more."""

import re

from hotel.messaging.domain.standard_templates import STANDARD
from hotel.messaging.domain.variables import variable_names
from loyalty.domain.letter_variables import VARIABLES


def test_they_are_registered_and_the_letters_of_a_language_use_each():
    names = {variable.name for variable in VARIABLES}
    letters: dict[str, str] = {}
    for row in STANDARD:
        if row["code"].startswith("loyalty_"):
            letters[row["language"]] = letters.get(row["language"], "") + row["subject"] + row["body"]

    assert names <= variable_names()
    assert len(letters) == 3
    for text in letters.values():
        assert set(re.findall(r"{{ (loyalty\.\w+)", text)) == names
