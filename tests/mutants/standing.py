"""Controls of members' tiers: two people for a match, one number for one member, nothing lost."""

from tests.mutants import Mutant

_MATCHES = "tests/loyalty/services/test_matches.py"

MUTANTS = (
    Mutant("points: who asks for a match grants it", "loyalty/services/matches.py",
           "    if fresh.asked_by_id == actor.pk:\n", "    if False:\n",
           f"{_MATCHES}::test_nobody_decides_on_what_he_asked"),
    Mutant("points: a match ends what lasts longer", "loyalty/services/matches.py",
           "    if member.floor is not None and (", "    if False and (",
           f"{_MATCHES}::test_what_was_granted_for_longer_is_not_lost"),
    Mutant("points: one number for many members", "loyalty/services/matches.py",
           "    for rule in lock_rows(rows):\n", "    for rule in rows:\n",
           f"{_MATCHES}::test_of_four_members_who_show_one_number_at_once_one_is_heard"),
)  # fmt: skip
