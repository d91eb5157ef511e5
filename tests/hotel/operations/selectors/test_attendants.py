"""Who works in the house."""

from hotel.operations.selectors.attendants import attendants, may_work


def test_those_who_hold_the_right_by_role(cast):
    assert [user.username for user in attendants(cast.alpha.pk)] == ["ada", "bo", "di"]
    assert [user.username for user in attendants(cast.beta.pk)] == ["ada", "eve"]
    assert (may_work(cast.di, cast.alpha.pk), may_work(cast.di, cast.beta.pk), may_work(cast.cy, cast.alpha.pk)) == (
        True, False, False,
    )  # fmt: skip


def test_those_who_hold_it_themselves_and_are_active(stage):
    helper = stage.person({"work_operations_area"})
    gone = stage.person({"work_operations_area"})
    gone.is_active = False
    gone.save()
    assert list(attendants(stage.alpha.pk)) == [helper]
