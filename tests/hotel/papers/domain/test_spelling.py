"""Values as people read them."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.papers.domain.spelling import Spelling

SHOWN = {
    "nothing": (None, "text", "", ""),
    "text": ("Ana", "text", "Ana", "Ana"),
    "count": (1234, "count", "1,234", "1.234"),
    "day": (date(2027, 3, 14), "day", "Mar 14, 2027", "14.03.2027"),
    "time": (time(17, 5), "time", "17:05", "17:05"),
    "share": (Decimal("0.0769"), "share", "7.7 %", "7,7 %"),
    "euro": (Money("-1234.5", "EUR"), "money", "−1,234.50", "−1.234,50"),
    "yen": (Money(1234, "JPY"), "money", "1,234", "1.234"),
}


@pytest.mark.parametrize(("value", "kind", "english", "german"), SHOWN.values(), ids=SHOWN)
def test_cells(value, kind, english, german):
    assert (Spelling("en").cell(value, kind), Spelling("de").cell(value, kind)) == (english, german)


def test_a_moment_a_long_day_money_and_a_country():
    german = Spelling("de")
    assert german.cell(datetime(2027, 3, 14, 22, 5)) == "14.03.27, 22:05"
    assert german.long_day(date(2027, 3, 14)) == "Sonntag, 14. März 2027"
    assert german.money(Money("5", "EUR")) == "EUR\N{NO-BREAK SPACE}5,00"
    assert (german.country("AT"), german.country(""), german.country("QQ")) == ("Österreich", "", "QQ")
