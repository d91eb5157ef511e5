"""Days in sentences: no leading nought, the month in letters, instants on the clock of the zone."""

from datetime import UTC, date, datetime

from django.utils.translation import override

from hotel.core.days import day_told, day_words, moment_words


def test_a_day_names_its_weekday_and_month():
    assert [day_words(day) for day in (date(2027, 6, 26), date(2027, 3, 4))] == [
        "Sat 26 Jun 2027",
        "Thu 4 Mar 2027",
    ]


def test_an_instant_is_told_on_the_clocks_of_the_zone():
    moment = datetime(2027, 6, 26, 16, 0, 59, tzinfo=UTC)

    assert moment_words(moment, "Europe/Vienna") == "Sat 26 Jun 2027 18:00 CEST"
    assert moment_words(moment, "Asia/Tokyo") == "Sun 27 Jun 2027 01:00 JST"


def test_a_day_is_told_in_the_language_of_the_reader_and_in_english_as_it_is_written():
    days = [date(2027, month, 4 + month) for month in range(1, 13)]
    with override("en"):
        assert [day_told(day) for day in days] == [day_words(day) for day in days]
        assert day_told(date(2027, 3, 4), "d M Y") == "04 Mar 2027"
    with override("de"):
        assert day_told(date(2027, 6, 26)) == "Sa 26 Jun 2027"
