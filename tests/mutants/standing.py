"""Controls of members' tiers: two people for a match, one number for one member, places, nothing lost."""

from tests.mutants import Mutant

_CHALLENGES = "tests/loyalty/services/test_challenges.py"
_MATCHES = "tests/loyalty/services/test_matches.py"

MUTANTS = (
    Mutant("points: one challenge has more than its places", "loyalty/services/challenges.py",
           "    (row,) = lock_rows(Challenge.objects.filter(pk=challenge.pk))\n    _req",
           "    row = Challenge.objects.get(pk=challenge.pk)\n    _req",
           f"{_CHALLENGES}::test_of_four_who_join_at_once_one_has_the_last_place"),
    Mutant("points: a challenge keeps what a correction undoes", "loyalty/services/challenges.py",
           'challenge.points if found == "done" else 0', "challenge.points",
           f"{_CHALLENGES}::test_a_correction_takes_it_back_and_the_next_stay_gives_it_again"),
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
