from collections import Counter

from hotel.stays.simulation.groups import Group, groups_of, note_write, notes_read


def test_seeds_are_played_in_groups_of_which_the_last_may_be_smaller():
    assert groups_of(5, 7, 30, together=3) == [Group(5, 3, 30), Group(8, 3, 30), Group(11, 1, 30)]
    assert str(Group(8, 3, 30)) == "seeds 8 to 10"


def test_what_held_is_noted_and_read_again(tmp_path):
    file = tmp_path / "notes"
    assert notes_read(file) == {}

    note_write(file, Group(1, 2, 3), Counter(audit=6))
    note_write(file, Group(3, 2, 3), Counter(audit=6, crashes=1))

    assert notes_read(file) == {
        Group(1, 2, 3): Counter(audit=6),
        Group(3, 2, 3): Counter(audit=6, crashes=1),
    }
