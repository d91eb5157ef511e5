"""Days of a status match, and how a rule reads."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from loyalty.domain.matches import again_on, in_words, last_day, same
from tests.pages import worked_table


def day(text):
    return date.fromisoformat(text)


def test_the_table_of_the_page():
    for row in worked_table("points", "Matched for 90 days, asked again after 12 months"):
        found = last_day(day(row["Granted"]), 90), again_on(day(row["Asked"]), 12)
        assert found == (day(row["Last day"]), day(row["Again from"]))


@given(first=st.dates(date(2020, 1, 1), date(2090, 1, 1)), days=st.integers(1, 1096))
def test_so_many_days_are_so_many_whatever_years_end_between(first, days):
    last = last_day(first, days)
    assert (last - first).days + 1 == days
    assert last_day(first, days + 1).toordinal() == last.toordinal() + 1


def test_names_are_compared_without_spaces_that_nobody_sees():
    assert same("  Other   Club\n") == "Other Club"


def test_a_rule_reads_as_a_sentence():
    assert (
        in_words("Other Club Gold", "Silver", 90)
        == "Who is Other Club Gold elsewhere is Silver here for 90 days."
    )
    assert (
        in_words("Other Club Gold", "Silver", 1)
        == "Who is Other Club Gold elsewhere is Silver here for 1 day."
    )
    assert in_words("Other Club Gold", "Silver", 90, "Silver sprint") == (
        "Who is Other Club Gold elsewhere is Silver here for 90 days, and takes part in Silver sprint."
    )
