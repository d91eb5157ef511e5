from hotel.properties.tasks import restraints_end


def test_nothing_is_over(db):
    assert restraints_end() == 0
